const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * One line of what a reader sees in a text: control sequences and invisible characters are gone, blanks and other controls are single
 * blanks, and none are at its ends.
 */
export function visibleText(text: string): string {
  return (PRINTABLE_ASCII.test(text) ? text : withoutInvisible(text)).replace(/ {2,}/g, ' ').trim();
}

function withoutInvisible(text: string): string {
  // Node checks a literal when it loads the file, and Unicode's classes take it long.
  // biome-ignore lint/complexity/useRegexLiterals: see above
  const invisible = new RegExp('[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]', 'gu');
  // biome-ignore lint/complexity/useRegexLiterals: see above
  const blank = new RegExp('[\\p{Cc}\\p{Z}\\u2800]', 'gu');
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what this removes
      .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
      .replace(invisible, '')
      .replace(blank, ' ')
  );
}
