const PRINTABLE_ASCII = /^[ -~]*$/;

/** Reduces a text to what a reader sees, on one line: no control sequences or invisible characters, single blanks. */
export function visibleText(text: string): string {
  return (PRINTABLE_ASCII.test(text) ? text : withoutInvisible(text)).replace(/ {2,}/g, ' ').trim();
}

function withoutInvisible(text: string): string {
  // Not literals: Node would compile these slow ones at every start.
  // biome-ignore lint/complexity/useRegexLiterals: see above
  const invisible = new RegExp('[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]', 'gu');
  // biome-ignore lint/complexity/useRegexLiterals: see above
  const blank = new RegExp('[\\p{Cc}\\p{Z}\\u2800]', 'gu');
  return (
    text
      .replace(invisible, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what this removes
      .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g, '')
      .replace(blank, ' ')
  );
}
