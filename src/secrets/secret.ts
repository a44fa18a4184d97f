import { visibleText } from '../base/text.ts';

/** The beginning is enough to find a secret, and all that is kept of it: tokens may be long, and many. */
const LONGEST_SOUGHT = 64;
/** Holds that beginning, whatever is invisible in it. */
const LONGEST_READ = 4096;

type Range = [start: number, end: number];

/** The letters of a line (`lettersOf`), and the place in it of each. */
interface Line {
  readonly letters: string;
  readonly places: readonly number[];
}

/** Something to keep out of what is shown: letter by letter, and with other capitals or blanks. */
export class Secret {
  readonly #beginning: string;
  readonly #isWhole: boolean;

  constructor(text: string) {
    const letters = lettersOf(visibleText(text.slice(0, LONGEST_READ)));
    this.#beginning = letters.slice(0, LONGEST_SOUGHT);
    this.#isWhole = letters.length <= LONGEST_SOUGHT && text.length <= LONGEST_READ;
  }

  /** @param letters of a text (`lettersOf`) */
  isIn(letters: string): boolean {
    return this.#beginning !== '' && letters.includes(this.#beginning);
  }

  /** Where it stands in a line. The end of a long one is unknown, so all that follows is taken for it. */
  rangesIn({ letters, places }: Line, length: number): Range[] {
    const ranges: Range[] = [];
    const sought = this.#beginning;
    let at = letters.indexOf(sought);
    while (at >= 0) {
      const start = places[at] ?? 0;
      if (!this.#isWhole) return [[start, length]];
      const last = places[at + sought.length - 1] ?? start;
      append([start, last + 1], ranges);
      at = letters.indexOf(sought, at + 1);
    }
    return ranges;
  }
}

/** Replaces secrets by `***`. */
export function redact(text: string, secrets: readonly Secret[]): string {
  const letters = lettersOf(text);
  const found = secrets.filter((secret) => secret.isIn(letters));
  if (found.length === 0) return text;
  const line = readLine(text);
  const ranges = found.flatMap((secret) => secret.rangesIn(line, text.length));
  let shown = '';
  let done = 0;
  for (const [start, end] of merged(ranges)) {
    shown += `${text.slice(done, start)}***`;
    done = end;
  }
  return shown + text.slice(done);
}

function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of [...ranges].sort(([a], [b]) => a - b)) append(range, all);
  return all;
}

/** Adds a range to earlier ones, as a part of the last where they overlap or touch: there may be thousands. */
function append([start, end]: Range, earlier: Range[]): void {
  const last = earlier.at(-1);
  if (last && start <= last[1]) last[1] = Math.max(last[1], end);
  else earlier.push([start, end]);
}

/** Letters and digits, all small: blanks and signs may stand between those of a key. */
function lettersOf(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.replace(/[^A-Za-z\d]/g, '').toLowerCase();
  const small = text.replace(/[^\p{L}\p{M}\p{N}]/gu, '').toLowerCase();
  // The Turkish letters i are one here, and so are the Greek letters s.
  return small.replaceAll('\u0307', '').replaceAll('\u0131', 'i').replaceAll('\u03c2', '\u03c3');
}

function readLine(text: string): Line {
  let letters = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    letters += lettersOf(character);
    while (places.length < letters.length) places.push(place);
    place += character.length;
  }
  return { letters, places };
}
