const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * Reduces a text to what a reader sees, on one line: in NFC, with single blanks, without control sequences and invisible characters, and
 * with 30 accents in a row at most.
 */
export function visibleText(text: string): string {
  const visible = PRINTABLE_ASCII.test(text) ? text : normalized(text);
  return visible.replace(/ {2,}/g, ' ').trim();
}

/** Leaves out what has no width, marks the direction of writing, or stands for no character. */
export function withoutInvisible(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  const invisible = unicode('[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]');
  return text.replace(invisible, '');
}

function normalized(text: string): string {
  return (
    withoutInvisible(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what this removes
      .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g, '')
      .replace(unicode('[\\p{Cc}\\p{Z}\\u2800]'), ' ')
      // Normalizing takes time by the square of the accents in a row (UAX #15, Stream-Safe Text Format).
      .replace(unicode('(\\p{M}{30})\\p{M}+'), '$1')
      .normalize('NFC')
  );
}

/** Not a literal: Node would compile these slow ones at every start. */
const unicode = (pattern: string) => new RegExp(pattern, 'gu');
