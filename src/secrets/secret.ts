import { visibleText } from '../base/text.ts';

/** The beginning is enough to find a secret, and all that is kept of it: tokens may be long, and many. */
const LONGEST_SOUGHT = 64;
/** Holds that beginning, whatever is invisible in it. */
const LONGEST_READ = 4096;

type Range = [start: number, end: number];

/** The letters of a text as they are compared, and the place of each in the text. */
interface Letters {
  readonly text: string;
  readonly places: readonly number[];
}

/** Something to keep out of what is shown: letter by letter, and with other capitals or blanks. */
export class Secret {
  readonly #beginning: string;
  readonly #isWhole: boolean;

  constructor(text: string) {
    const letters = lettersOf(visibleText(text.slice(0, LONGEST_READ))).text;
    this.#beginning = letters.slice(0, LONGEST_SOUGHT);
    this.#isWhole = letters.length <= LONGEST_SOUGHT && text.length <= LONGEST_READ;
  }

  /** Where it stands in a line. The end of a long one is unknown, so all that follows is taken for it. */
  rangesIn({ text, places }: Letters, line: string): Range[] {
    const ranges: Range[] = [];
    const sought = this.#beginning;
    if (sought === '') return ranges;
    let at = text.indexOf(sought);
    while (at >= 0) {
      const start = places[at] ?? 0;
      if (!this.#isWhole) return [[start, line.length]];
      const last = places[at + sought.length - 1] ?? start;
      append([start, last + 1], ranges);
      at = text.indexOf(sought, at + 1);
    }
    return ranges;
  }
}

/** Replaces secrets by `***`. */
export function redact(line: string, secrets: readonly Secret[]): string {
  const letters = lettersOf(line);
  const ranges = secrets.flatMap((secret) => secret.rangesIn(letters, line));
  let shown = '';
  let done = 0;
  for (const [start, end] of merged(ranges)) {
    shown += `${line.slice(done, start)}***`;
    done = end;
  }
  return shown + line.slice(done);
}

function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of ranges.toSorted(([a], [b]) => a - b)) append(range, all);
  return all;
}

/** Adds a range to earlier ones, as a part of the last where they overlap or touch: there may be thousands. */
function append([start, end]: Range, earlier: Range[]): void {
  const last = earlier.at(-1);
  if (last && start <= last[1]) last[1] = Math.max(last[1], end);
  else earlier.push([start, end]);
}

/** What may stand between the letters of a key, or get lost: blanks, signs, and the dot that is left of a Turkish capital. */
const BETWEEN_LETTERS = /[ -/:-@[-`{-~]|\u0307/;

/** Letters and digits, all small. The Turkish alphabet has two more letters i. */
function lettersOf(line: string): Letters {
  let text = '';
  const places: number[] = [];
  for (let place = 0; place < line.length; place++) {
    const letter = line.charAt(place);
    if (BETWEEN_LETTERS.test(letter)) continue;
    text += letter.toLowerCase().replace('\u0307', '').replace('\u0131', 'i');
    while (places.length < text.length) places.push(place);
  }
  return { text, places };
}
