import { visibleText } from '../base/text.ts';
import { fold, unescaped } from './decode.ts';

/** Shorter text stands in ordinary words too, once blanks and capitals are overlooked. */
const SHORTEST_FOLDED = 6;
/** Shorter text turns up in any other, once that has been decoded in enough ways. */
const SHORTEST_HIDDEN = 8;
/** More of a secret need not be found to know that it is there. */
const LONGEST_SOUGHT = 64;

/** Where a stretch of a line starts, and where it ends. */
type Range = readonly [start: number, end: number];

/** A secret with what to look for to find it. */
export class Secret {
  readonly #forms: readonly string[];
  readonly #folded: string;
  /** What gives it away in a text that was decoded; empty for a secret too short to tell. */
  readonly hidden: readonly string[];

  constructor(text: string) {
    this.#forms = [...new Set([text, visibleText(text)])].filter((form) => form !== '');
    this.#folded = fold(text);
    this.hidden = [...new Set([this.#folded, fold(unescaped(text))])]
      .filter((folded) => folded.length >= SHORTEST_HIDDEN)
      // The beginning of an escape right before it (`%2`, `\u00`, `&#`) takes its first characters with it.
      .map((folded) => folded.slice(2, LONGEST_SOUGHT));
  }

  /** Where it stands letter by letter. */
  rangesIn(line: string): Range[] {
    return this.#forms.flatMap((form) => occurrences(line, form));
  }

  /** Where it stands with other blanks and capitals. */
  foldedRangesIn(line: string, folded: string): Range[] {
    const sought = this.#folded.slice(0, LONGEST_SOUGHT);
    if (sought.length < SHORTEST_FOLDED || !folded.includes(sought)) return [];
    const letters = [...sought].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
    const found = [...line.matchAll(new RegExp(letters.join('[ +]*'), 'giu'))];
    // Where a long one ends can't be told, nor where one stands whose letters fold in ways of their own.
    const whole = found.length === 0 || this.#folded.length > LONGEST_SOUGHT;
    if (whole) return [[found[0]?.index ?? 0, line.length]];
    return found.map(({ index, 0: text }) => [index, index + text.length]);
  }
}

/** The line with `***` for each stretch where a secret stands. */
export function withoutSecrets(line: string, secrets: readonly Secret[]): string {
  const exact = cover(
    line,
    secrets.flatMap((secret) => secret.rangesIn(line)),
  );
  const folded = fold(exact);
  return cover(
    exact,
    secrets.flatMap((secret) => secret.foldedRangesIn(exact, folded)),
  );
}

/** Every stretch that a form covers, those of occurrences that overlap too. */
function occurrences(line: string, form: string): Range[] {
  const found: Range[] = [];
  for (let at = line.indexOf(form); at >= 0; at = line.indexOf(form, at + 1)) found.push([at, at + form.length]);
  return found;
}

/** Stretches that touch become one. */
function cover(line: string, ranges: readonly Range[]): string {
  let covered = '';
  let done = -1;
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    if (start > done) covered += `${line.slice(Math.max(done, 0), start)}***`;
    done = Math.max(done, end);
  }
  return covered + line.slice(Math.max(done, 0));
}
