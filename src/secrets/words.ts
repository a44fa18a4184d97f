import { hasDigits, isSingle, looksRandom, pieceOf, readWords, type Word } from './word.ts';

/** Of dates, times, addresses and GUIDs. */
const MOST_FORMATTED = 4;
/** Letters and digits of what may be pieces of a key, in a row. */
const MOST_IN_PIECES = 11;
/** Blanks, and the punctuation of scripts that write without any. */
const GAPS = /([ \u201c\u201d\u3000-\u303f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+)/;

/**
 * Shows the words of a text that somebody else wrote, and an ellipsis for all that could be a key, a token or an encoding of one. The
 * rule is about what words look like. It asks nothing of any secret. docs/FOR-SECURITY-TEAMS.md says what it lets through.
 * @param isCut whether the last word is only the beginning of one: that of a key may look like a word
 */
export function wordsOf(text: string, isCut = false): string {
  // The gaps are read too, as words that are punctuation alone.
  const words = text.split(GAPS).flatMap(readWords);
  if (isCut) hide(words.slice(-1));
  hide(words.filter(({ kind }) => kind === 'formatted').slice(MOST_FORMATTED));
  for (const row of rowsOfPieces(words)) if (mayBeKey(row)) hide(row);
  return words.map(show).join('');
}

/** Pieces in a row, with nothing but punctuation, dates and addresses in between: lines of an encoding, bytes, single letters. */
function rowsOfPieces(words: readonly Word[]): Word[][] {
  const rows: Word[][] = [[]];
  for (const word of words) {
    if (word.kind === 'punctuation' || word.kind === 'formatted') continue;
    if (isPiece(word)) rows.at(-1)?.push(word);
    else rows.push([]);
  }
  return rows;
}

function isPiece(word: Word): boolean {
  if (word.kind === 'hidden') return true;
  return isSingle(word) || hasDigits(word) || looksRandom(word);
}

function mayBeKey(row: readonly Word[]): boolean {
  if (row.some(({ kind }) => kind === 'hidden')) return true;
  return row.length > 1 && row.map(pieceOf).join('').length > MOST_IN_PIECES;
}

function hide(words: readonly Word[]): void {
  for (const word of words) word.kind = 'hidden';
}

function show({ before, core, after, kind }: Word): string {
  const shown = kind === 'hidden' ? '…' : core;
  return before + shown + after;
}
