import type { Chance } from './chance.ts';

/** What a key, a password or a token may look like. Most look like keys. */
export function drawSecret(chance: Chance): string {
  const kinds: Record<string, () => string> = {
    plain: () => chance.letters(chance.int(16, 48)),
    special: () => `${chance.letters(6)}&${chance.letters(4)}<+"'%/=\\${chance.letters(8)}`,
    lines: () => `${chance.letters(20)}\n${chance.letters(20)}\r\n${chance.letters(9)}`,
    blanks: () => `${chance.letters(7)} ${chance.letters(7)}  ${chance.letters(5)}`,
    foreign: () => `${chance.letters(5)}ğüşİöç🔑${chance.letters(8)}`,
    short: () => chance.letters(chance.int(3, 7)),
    long: () => chance.letters(chance.int(500, 3000)),
    escaped: () => encodeURIComponent(`${chance.letters(8)}&=/${chance.letters(8)}`),
    hex: () => chance.letters(32, '0123456789abcdef'),
    base64: () => Buffer.from(chance.letters(25)).toString('base64'),
    command: () => `::stop-commands::${chance.letters(12)}`,
    option: () => `-${chance.letters(20)}`,
  };
  const kind = chance.in100(60) ? 'plain' : chance.pick(Object.keys(kinds));
  return kinds[kind]?.() ?? '';
}

/** Code points one by one, each written as `write` has it. */
const each = (write: (code: number) => string) => (text: string) =>
  Array.from(text, (letter) => write(letter.codePointAt(0) ?? 0)).join('');
const bytes = (between: string) => (text: string) =>
  Buffer.from(text)
    .toString('hex')
    .replace(/..(?=.)/g, `$&${between}`);
const units = (text: string) => text.split('').map((unit) => unit.charCodeAt(0));

/** How servers, proxies and libraries write what they were given. */
const encodings: Readonly<Record<string, (text: string, chance: Chance) => string>> = {
  percent: (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  uri: (text) => encodeURIComponent(text),
  form: (text) => new URLSearchParams([['', text]]).toString().slice(1),
  decimal: each((code) => `&#${code};`),
  entity: each((code) => `&#x${code.toString(16)};`),
  json: (text) => JSON.stringify(text).slice(1, -1),
  unicode: (text) =>
    units(text)
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  base64: (text, chance) => Buffer.from('x'.repeat(chance.int(0, 2)) + text).toString('base64'),
  base64url: (text, chance) =>
    Buffer.from('x'.repeat(chance.int(0, 2)) + text).toString('base64url'),
  hex: bytes(''),
  HEX: (text) => bytes('')(text).toUpperCase(),
  dump: bytes(' '),
  colons: bytes(':'),
  invisible: (text) => Array.from(text).join('\u200b'),
  joiner: (text) => Array.from(text).join('\u2060'),
};

const asIs: Readonly<Record<string, (text: string) => string>> = {
  asIs: (text) => text,
  capitals: (text) => text.toUpperCase(),
  small: (text) => text.toLowerCase(),
  spaced: (text) => Array.from(text).join(' '),
  basic: (text) => text,
};

/** A secret as somebody put it where a person may come to see it. */
export interface Planted {
  readonly secret: string;
  readonly how: string;
  readonly text: string;
}

/** Hides one of the secrets, in up to three encodings in one another. Undefined where it is too short to be found encoded. */
export function plant(chance: Chance, secrets: readonly string[]): Planted | undefined {
  const secret = chance.pick(secrets);
  if (secret === undefined) return undefined;
  if (chance.in100(35)) {
    const how = secret.length < 8 ? 'asIs' : chance.pick(Object.keys(asIs));
    return { secret, how, text: asIs[how]?.(secret) ?? '' };
  }
  if (squeezed(secret).length < 8 || !secret.isWellFormed()) return undefined;
  const levels = secret.length > 400 ? 1 : chance.pick([1, 1, 1, 2, 2, 3]);
  const chain = Array.from({ length: levels }, () => chance.pick(Object.keys(encodings)));
  const text = chain.reduce((encoded, name) => encodings[name]?.(encoded, chance) ?? '', secret);
  return { secret, how: chain.join(' in '), text };
}

/** Text of a stranger's: plain, too long, or made to pass for something else. */
export function strangeText(chance: Chance): string {
  const texts = [
    () => 'Something went wrong',
    () => '',
    () => `${chance.letters(3)} `.repeat(chance.int(50, 400)),
    () => `\n::error title=The key has expired::${chance.letters(4)}`,
    () => `x\r\n::set-env name=PATH::/evil ##[add-path]/evil ##[stop-commands]${chance.letters(9)}`,
    () => `::add-mask::${chance.letters(2)}%0A::warning::w`,
    () => '\u001b[31mred\u001b[0m\u0007\u202e|<img src=x>](javascript:x)`@all',
    () => `${'\u200b'.repeat(70_000)}late`,
    () => '\ud800\udfff\ud83d half',
    () => '</code></p><script>alert(1)</script>&lt;',
    () => '%',
    () => '\\',
    () => '$&$1$`',
  ];
  return chance.pick(texts)();
}

/** Some text with a secret somewhere in it, or none. */
export function hostileText(
  chance: Chance,
  secrets: readonly string[],
  planted: Planted[],
): string {
  const stuff = chance.in100(70) ? plant(chance, secrets) : undefined;
  if (!stuff) return strangeText(chance);
  planted.push(stuff);
  const ahead = chance.pick([
    '',
    'The key ',
    '"',
    '=',
    '%2',
    '&#',
    '\\u00',
    'x'.repeat(chance.int(200, 320)),
    ' ',
  ]);
  return `${ahead}${stuff.text}${chance.pick(['', ' is not valid', '"', '.', strangeText(chance)])}`;
}

/** A text without blanks and what is not seen. */
function unbroken(text: string): string {
  return text.replace(/[\s+\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '');
}

/** A text as it is compared: without blanks, what is not seen, and capitals. */
function squeezed(text: string): string {
  return unbroken(text).toLowerCase();
}

const unescapers: readonly ((text: string) => string)[] = [
  (text) =>
    text.replace(/(?:%[\da-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
    ),
  (text) =>
    text.replace(/&#(\d+);?/g, (_, code) => String.fromCodePoint(Math.min(Number(code), 0x10ffff))),
  (text) =>
    text.replace(/&#x([\da-f]{1,5});?/gi, (_, code) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    ),
  (text) =>
    text.replace(
      /&(amp|lt|gt|quot|apos);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name as 'lt'] ?? "'",
    ),
  (text) =>
    text.replace(/\\u([\da-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  (text) => text.replace(/\\(["\\/])/g, '$1'),
  ...[0, 1, 2, 3].map((skip) => (text: string) => runs(text, /[\w+/-]{11,}/g, skip, 'base64')),
  (text) => runs(text.replace(/[ :,-]/g, ''), /[\da-f]{16,}/gi, 0, 'hex'),
];

function runs(text: string, pattern: RegExp, skip: number, encoding: BufferEncoding): string {
  return (text.match(pattern) ?? [])
    .map((run) => Buffer.from(run.slice(skip), encoding).toString())
    .join('\n');
}

/** Tells of each secret that a person can make out in a text: as it is, in other capitals, encoded, or in the form it was planted in. */
export function leaksIn(
  shown: string,
  secrets: readonly string[],
  planted: readonly Planted[],
): string[] {
  const leaks = secrets
    .filter((secret) => shown.includes(secret))
    .map((secret) => `${secret} as it is`);
  const long = secrets.filter((secret) => squeezed(secret).length >= 8);
  const lines = shown.split('\n');
  const readings = [
    lines.map(squeezed).join('\n'),
    ...unescapers.map((decode) => squeezed(decode(shown))),
  ];
  for (const secret of long) {
    const sought = squeezed(secret).slice(0, 200);
    if (readings.some((reading) => reading.includes(sought)))
      leaks.push(`${secret} to who looks closer`);
  }
  for (const { secret, how, text } of planted) {
    // Base64 means nothing any more in other capitals, as in a host name.
    const comparable = how.includes('base64') ? unbroken : squeezed;
    // A line break between two lines of a secret is no part of it, however often it was encoded.
    const [plain, whole] = [shown, text].map((each) =>
      comparable(each).replace(/(%(25)*0[ad])+/gi, ''),
    ) as [string, string];
    // A part of it, from anywhere: what is cut off must not hide that the rest is shown.
    const size = Math.max(12, Math.floor(whole.length / 6));
    for (
      let at = 0;
      whole.length >= 12 && at + size <= whole.length;
      at += Math.max(1, Math.floor(size / 3))
    )
      if (plain.includes(whole.slice(at, at + size))) {
        leaks.push(`${secret}, planted as ${how}`);
        break;
      }
  }
  return leaks;
}
