import { visibleText } from '../base/text.ts';
import { fold, hidesAny, unescaped } from './decode.ts';

/** Shorter ones match ordinary words once blanks and capitals are ignored. */
const SHORTEST_FOLDED = 6;
/** Shorter ones turn up by chance in decoded text. */
const SHORTEST_HIDDEN = 8;
/** The beginning is enough to find it. */
const LONGEST_SOUGHT = 64;
/** Holds that beginning, whatever escapes it is written in. */
const LONGEST_READ = 4096;

type Range = readonly [start: number, end: number];

export class Secret {
  readonly #forms: readonly string[];
  readonly #folded: string;
  readonly #text: string;
  #hidden: readonly string[] | undefined;

  constructor(text: string) {
    this.#forms = [...new Set([text, visibleText(text)])].filter((form) => form !== '');
    const beginning = fold(text.slice(0, 4 * LONGEST_SOUGHT));
    this.#folded = beginning.length > LONGEST_SOUGHT ? beginning : fold(text);
    this.#text = text;
  }

  /** What to look for in text decoded from so many characters. */
  hiddenIn(length: number): readonly string[] {
    // Spares most runs the work: no escape takes more than twelve characters for one.
    if (this.#text.length > 12 * length || this.#text.length < SHORTEST_HIDDEN) return [];
    this.#hidden ??= hiddenForms(visibleText(this.#text).slice(0, LONGEST_READ));
    return (
      this.#hidden
        .filter((form) => form.length >= SHORTEST_FOLDED && form.length <= length)
        // An incomplete escape right before it (`%2`, `\u00`, `&#`) swallows its first characters, and sought is what is left.
        .map((form) =>
          form.slice(Math.min(Math.max(form.length - SHORTEST_HIDDEN, 2), 7), LONGEST_SOUGHT),
        )
    );
  }

  /** Finds it letter by letter or else with other blanks and capitals. */
  rangesIn(line: string, folded: string): Range[] {
    const exact = this.#forms.flatMap((form) => occurrences(line, form));
    if (exact.length > 0) return exact;
    const sought = this.#folded.slice(0, LONGEST_SOUGHT);
    if (sought.length < SHORTEST_FOLDED || !folded.includes(sought)) return [];
    const letters = [...sought].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
    const found = [...line.matchAll(new RegExp(letters.join('[ +]*'), 'giu'))];
    // The place of one with letters such as U+0130, which is two in small, is unknown.
    const [first] = found;
    if (!first || found.length < occurrences(folded, sought).length) return [[0, line.length]];
    // So is the end of a long one.
    if (this.#folded.length > LONGEST_SOUGHT) return [[first.index, line.length]];
    return found.map(({ index, 0: text }) => [index, index + text.length]);
  }
}

function hiddenForms(text: string): string[] {
  return [...new Set([fold(text), fold(unescaped(text)), text.toLowerCase()])];
}

/** Whether a text, of which so many characters are foreign, holds a secret in some encoding. */
export function hidesSecret(text: string, foreign: number, secrets: readonly Secret[]): boolean {
  const sought = secrets.flatMap((secret) => secret.hiddenIn(foreign));
  return sought.length > 0 && hidesAny(sought, text);
}

/** Replaces secrets by `***`. */
export function withoutSecrets(line: string, secrets: readonly Secret[]): string {
  const once = cover(line, secrets);
  // A secret may be there in capitals as well.
  return once === line ? line : cover(once, secrets);
}

/** Includes occurrences that overlap; those are one range. */
function occurrences(line: string, form: string): Range[] {
  const found: [number, number][] = [];
  for (let at = line.indexOf(form); at >= 0; at = line.indexOf(form, at + 1)) {
    const last = found.at(-1);
    if (last && at <= last[1]) last[1] = at + form.length;
    else found.push([at, at + form.length]);
  }
  return found;
}

function cover(line: string, secrets: readonly Secret[]): string {
  const folded = fold(line);
  const ranges = secrets.flatMap((secret) => secret.rangesIn(line, folded));
  let covered = '';
  let done = -1;
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    if (start > done) covered += `${line.slice(Math.max(done, 0), start)}***`;
    done = Math.max(done, end);
  }
  return covered + line.slice(Math.max(done, 0));
}
