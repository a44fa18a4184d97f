import { visibleText } from '../base/text.ts';

/** The beginning is enough to find a secret, and all that is kept of it: tokens may be long, and many. */
const LONGEST_SOUGHT = 64;
/** Holds that beginning, whatever is invisible in it. */
const LONGEST_READ = 4096;

/** The letters of a line (`lettersOf`), and which of its characters each is from. */
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

  /** Whether both are found in the same places: signs don't count. */
  equals(other: Secret): boolean {
    return this.#beginning === other.#beginning && this.#isWhole === other.#isWhole;
  }

  isIn(letters: string): boolean {
    return this.#beginning !== '' && letters.includes(this.#beginning);
  }

  /** Marks the characters of a line that it stands in. */
  markIn({ letters, places }: Line, marks: Uint8Array): void {
    const sought = this.#beginning;
    let at = letters.indexOf(sought);
    // The end of a long one is unknown, so all that follows is taken for it.
    if (at >= 0 && !this.#isWhole) {
      marks.fill(1, places[at]);
      return;
    }
    while (at >= 0) {
      const last = places[at + sought.length - 1] ?? 0;
      marks.fill(1, places[at], last + 1);
      at = letters.indexOf(sought, at + 1);
    }
  }
}

/** Replaces secrets by `***`. */
export function redact(text: string, secrets: readonly Secret[]): string {
  const letters = lettersOf(text);
  const found = secrets.filter((secret) => secret.isIn(letters));
  if (found.length === 0) return text;
  const characters = [...text];
  const places = characters.flatMap((character, place) =>
    Array<number>(lettersOf(character).length).fill(place),
  );
  const marks = new Uint8Array(characters.length);
  for (const secret of found) secret.markIn({ letters, places }, marks);
  const shown = characters.map((character, place) => {
    if (!marks[place]) return character;
    return marks[place - 1] ? '' : '***';
  });
  return shown.join('');
}

/** Letters and digits, all small: blanks and signs may stand between those of a key. */
export function lettersOf(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.replace(/[^A-Za-z\d]/g, '').toLowerCase();
  const small = text.replace(/[^\p{L}\p{M}\p{N}]/gu, '').toLowerCase();
  // The Turkish letters i are one here, and so are the Greek letters s.
  return small.replaceAll('\u0307', '').replaceAll('\u0131', 'i').replaceAll('\u03c2', '\u03c3');
}
