import { hasDigits, isMixed, isShort, isSingle, lettersOf, readWord, type Word } from './word.ts';

/** Of dates, times, addresses and GUIDs. */
const MOST_EXACT = 4;
/** Letters and digits of what may be pieces of a key, in a row. */
const MOST_IN_PIECES = 11;
/** Blanks, and the punctuation of scripts that write without any. */
const GAPS = /([ \u3000-\u303f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+)/;

/**
 * Shows the words of a text that somebody else wrote, and an ellipsis for all that could be a key, a token or an encoding of one. The
 * rule is about what words look like. It asks nothing of any secret. docs/SECURITY.md says what it lets through.
 */
export function wordsOf(text: string): string {
  const words = text.split(GAPS).flatMap(readUnit);
  hide(words.filter(({ kind }) => kind === 'exact').slice(MOST_EXACT));
  for (const row of rowsOfPieces(words)) if (mayBeKey(row)) hide(row);
  return words.map(show).join('');
}

/** `name=` ahead of a word is a word of its own. */
function readUnit(unit: string): Word[] {
  const [name] = nameAhead().exec(unit) ?? [];
  if (name === undefined) return [readWord(unit)];
  const value = readWord(unit.slice(name.length));
  // A key may have "=" in it.
  if (value.kind === 'mixed' && !isShort(unit)) hide([value]);
  return [readWord(name), value];
}

/** `client_id=`, with a letter, a digit or a quote behind it. */
function nameAhead(): RegExp {
  const name = String.raw`\p{L}{2,11}(?:[_.\-]\p{L}{2,11}){0,3}`;
  return new RegExp(String.raw`^[\p{P}\p{S}]{0,2}${name}=(?=["'(]?[\p{L}\p{N}])`, 'u');
}

/** Pieces in a row, with nothing but punctuation in between: lines of an encoding, bytes, single letters. */
function rowsOfPieces(words: readonly Word[]): Word[][] {
  const rows: Word[][] = [[]];
  for (const word of words.filter(({ kind }) => kind !== 'none')) {
    if (isPiece(word)) rows.at(-1)?.push(word);
    if (!isPiece(word) || introduces(word)) rows.push([]);
  }
  return rows;
}

function isPiece(word: Word): boolean {
  if (isSingle(word) || word.kind === 'hidden') return true;
  return word.kind !== 'exact' && (hasDigits(word) || isMixed(word));
}

/** `IDX10223: Lifetime validation failed` */
function introduces({ core, after }: Word): boolean {
  return after.includes(':') && /\D{2}/.test(core);
}

function mayBeKey(row: readonly Word[]): boolean {
  if (row.some(({ kind }) => kind === 'hidden')) return true;
  return row.length > 1 && row.map(lettersOf).join('').length > MOST_IN_PIECES;
}

function hide(words: readonly Word[]): void {
  for (const word of words) word.kind = 'hidden';
}

function show({ before, core, after, kind }: Word): string {
  return before + (kind === 'hidden' ? '…' : core) + after;
}
