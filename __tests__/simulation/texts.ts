import { encodings } from '../secrets/encodings.ts';
import type { Chance } from './chance.ts';

/**
 * What no encoding may show a run of: random letters and digits with a sign. Other secrets look like words in some encoding,
 * as do two signs in a row: `&equals;&equals;`.
 */
const KEY = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[+/=_-])[\w.~+/=-]{24,}(?<!==)$/;
/** Characters of a key or of its encoding in a row: fewer help nobody. */
const TOO_MUCH = 12;
/** The beginning of a secret that is enough to find it. */
const BEGINNING = 64;

/** What a key, a password or a token may look like. Most look like keys. */
export function drawSecret(chance: Chance): string {
  if (chance.in100(60)) return drawKey(chance, chance.int(24, 60));
  return chance.pick([
    () => `${chance.letters(6)}&${chance.letters(4)}<+"'%/=\\${chance.letters(8)}`,
    () => `${chance.letters(20)}\n${chance.letters(20)}\r\n${chance.letters(9)}`,
    () => `${chance.letters(7)} ${chance.letters(7)}  ${chance.letters(5)}`,
    () => `${chance.letters(5)}ğüşİöç🔑${chance.letters(8)}`,
    // With a digit, so that it is not found in a title.
    () => `${chance.letters(chance.int(2, 6))}${chance.int(0, 9)}`,
    () => drawKey(chance, chance.int(500, 3000)),
    () => `::stop-commands::${chance.letters(12)}`,
  ])();
}

function drawKey(chance: Chance, length: number): string {
  const ahead = chance.int(1, length - 2);
  return `${chance.letters(ahead)}${chance.pick([...'+/=_-'])}${chance.letters(length - ahead - 1)}`;
}

/** A secret as somebody put it where a person may come to see it. */
export interface Planted {
  readonly secret: string;
  readonly how: string;
  readonly text: string;
}

/** Secrets, and what became of them. */
export interface Hoard {
  readonly secrets: readonly string[];
  readonly planted: Planted[];
}

/** Ways to write a secret letter by letter. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  spaced: (text) => Array.from(text).join(' '),
  'with zero-width spaces': (text) => Array.from(text).join('\u200b'),
};

/** A secret as it may stand in anybody's text, the user's too. */
export function spelled(chance: Chance, secret: string): Planted {
  const how = chance.pick(Object.keys(spellings));
  return { secret, how, text: spellings[how]?.(secret) ?? '' };
}

function plant(chance: Chance, secret: string): Planted {
  if (!KEY.test(secret) || chance.in100(15)) return spelled(chance, secret);
  const how = chance.pick(Object.keys(encodings));
  return { secret, how, text: encodings[how]?.(secret) ?? '' };
}

/** Text of a stranger's: too long, or made to pass for something else. */
function strangeText(chance: Chance): string {
  return chance.pick([
    `${chance.letters(3, 'abcdefghijklmnopqrstuvwxyz')} `.repeat(chance.int(50, 400)),
    `\n::error title=The key has expired::${chance.letters(4)}`,
    `x\r\n::set-env name=PATH::/evil ##[add-path]/evil ##[stop-commands]${chance.letters(9)}`,
    '\u001b[31mred\u001b[0m\u0007\u202e|<img src=x>](javascript:x)`@all',
    `${'\u200b'.repeat(70_000)}late`,
    '\ud800\udfff\ud83d half',
    '</code></p><script>alert(1)</script>&lt;',
    '$&$1$`%\\',
  ]);
}

/** Text of a server's or of the CLI's, with a secret somewhere in it or none. */
export function hostileText(chance: Chance, { secrets, planted }: Hoard): string {
  if (chance.in100(30)) return strangeText(chance);
  const stuff = plant(chance, chance.pick(secrets));
  planted.push(stuff);
  // The text is cut at 300 characters, which must not make words of a key.
  const long = 'word '.repeat(chance.int(40, 60));
  const ahead = ['', 'The key ', '"', 'key=', 'client 12 ', long, long.replaceAll(' ', '')];
  const behind = ['', ' is not valid', '"', '.', ' 3 4', strangeText(chance)];
  return `${chance.pick(ahead)}${stuff.text}${chance.pick(behind)}`;
}

/** Tells of each secret that a person can make out in a text: letter by letter, and of a planted key any run that is too long. */
export function leaksIn(shown: string, { secrets, planted }: Hoard): string[] {
  const letters = lettersOf(shown);
  const spelledOut = secrets
    .flatMap((secret) => [secret, ...secret.split(/[\r\n]+/)])
    .filter((secret) => secret.trim() && letters.includes(lettersOf(secret).slice(0, BEGINNING)));
  const seen = new Set(runsIn(shown));
  const encoded = planted.filter(
    ({ secret, text }) =>
      KEY.test(secret) && [secret, text].some((each) => runsIn(each).some((run) => seen.has(run))),
  );
  return [
    ...spelledOut.map((secret) => `${secret} letter by letter`),
    ...encoded.map(({ secret, how }) => `a part of ${secret}, planted: ${how}`),
  ];
}

/** A text as secrets are compared: without capitals, blanks, and what is a blank in forms. */
function lettersOf(text: string): string {
  return text.replace(/[^\S\n]|\+/g, '').toLowerCase();
}

function runsIn(text: string): string[] {
  const solid = text.replace(/\s/g, '');
  const length = Math.max(0, solid.length - TOO_MUCH + 1);
  const runs = Array.from({ length }, (_, at) => solid.slice(at, at + TOO_MUCH));
  // Signs alone help nobody.
  return runs.filter((run) => /[\p{L}\p{N}]/u.test(run));
}
