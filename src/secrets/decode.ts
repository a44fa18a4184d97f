import { visibleText } from '../base/text.ts';

/** Levels of nested encodings. */
const DEEPEST = 3;
/** The shortest runs that can hold a secret of eight bytes. */
const HEX_RUN = /[\da-f]{16,}/gi;
const BASE64_RUN = /[A-Za-z\d+/_-]{10,}/g;
/** What can be text, in bytes that were decoded. */
const TEXT = /[^\uFFFD]{6,}/g;
/** As Go and Java print bytes. */
const DECIMAL_BYTES = /(?:\d{1,3}[,; ]+){7,}\d{1,3}/g;
/** Between the bytes of a hex dump. */
const HEX_SEPARATORS = /0x(?=[\da-f]{2})|[^\da-z]/gi;
const MAY_ESCAPE = /[%&\\]/;
const ESCAPE =
  /((?:(?:%|\\x)[\da-f]{2}|\\[0-3][0-7]{2})+)|[\\%]u([\da-f]{4})|\\[ux]\{0*([\da-f]{1,6})\}|&#x0*([\da-f]{1,6});?|&#0*(\d{1,7});?|&(\w{2,31});|\\([^\da-z])|\\[bfnrtv0]/gi;

/** HTML's names for punctuation, each with its character. */
const NAMES = `amp& lt< gt> quot" apos' excl! num# dollar$ percnt% lpar( rpar) ast* midast* plus+ comma, period. sol/ colon: semi; equals=
  quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] Hat^ lowbar_ UnderBar_ grave\` lcub{ lbrace{ vert| verbar| VerticalLine| rcub}
  rbrace} hyphen- dash- tilde~ nbsp\u00a0`;
const CHARACTERS = new Map(
  NAMES.split(/[ \n]+/).map((entry) => [entry.slice(0, -1).toLowerCase(), entry.slice(-1)]),
);

/** Drops what comparing ignores: capitals, blanks, invisible characters, and `+`, which is a blank in forms. */
export function fold(text: string): string {
  return squeezed(visibleText(text));
}

function squeezed(visible: string): string {
  return (/[^ -~]/.test(visible) ? visible.normalize('NFKC') : visible)
    .replace(/[ +]/g, '')
    .toLowerCase();
}

/** Undoes percent-encoding and the escapes of JSON, HTML, programming languages and shells. Drops blanks. */
export function unescaped(text: string, kind = ESCAPE, charset: BufferEncoding = 'utf8'): string {
  if (!MAY_ESCAPE.test(text)) return solid(text);
  return solid(text).replace(kind, (_whole, bytes, u, brace, hex, decimal, name, itself) => {
    if (bytes) return Buffer.from(bytes.match(/[\da-f]{2,3}/gi).map(byteOf)).toString(charset);
    const code = decimal ? Number(decimal) : Number.parseInt(u ?? brace ?? hex, 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    if (name) return CHARACTERS.get(name.toLowerCase()) ?? '';
    return itself ?? ' ';
  });
}

/** Finds secrets in nested encodings. Linear in the text, which is bounded. */
export function hidesAny(sought: readonly string[], text: string): boolean {
  const seen = new Set([text, solid(text)]);
  let layer = [text];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const decoded = layer.flatMap(decodings).filter((each) => !seen.has(each) && seen.add(each));
    layer = decoded.map(visibleText);
    for (const visible of layer) {
      seen.add(visible).add(solid(visible));
      const looks = `${squeezed(visible)}\n${visible.toLowerCase()}`;
      if (sought.some((secret) => looks.includes(secret))) return true;
    }
  }
  return false;
}

/** Blanks may break up an encoding. */
const solid = (text: string) => text.replaceAll(' ', '');

/** Base64 and hex mean something else from each offset; from the wrong one, hardly any of it is text. */
function decodings(text: string): string[] {
  const base64 = solid(text).match(BASE64_RUN) ?? [];
  const hex = solid(text).replace(HEX_SEPARATORS, '').match(HEX_RUN) ?? [];
  const decimal = (text.match(DECIMAL_BYTES) ?? []).map((run) =>
    Buffer.from(run.split(/\D+/).map(Number)).toString(),
  );
  const from = (runs: readonly string[], offset: number, encoding: BufferEncoding) =>
    runs
      .flatMap((run) => Buffer.from(run.slice(offset), encoding).toString().match(TEXT) ?? [])
      .join('\n');
  // All, and one kind alone, for secrets that hold what looks like an escape of another.
  const kinds = MAY_ESCAPE.test(text) ? ['', '%', '\\\\', '&'] : [];
  const escapes = kinds.map((start) =>
    unescaped(text, new RegExp(`(?=${start})(?:${ESCAPE.source})`, 'gi')),
  );
  return [
    ...escapes,
    ...escapes.slice(0, 1).flatMap((all) => [unescaped(all), unescaped(text, ESCAPE, 'latin1')]),
    ...decimal,
    ...[0, 1, 2, 3].map((offset) => from(base64, offset, 'base64')),
    ...[0, 1].map((offset) => from(hex, offset, 'hex')),
  ];
}

/** Three digits are octal. */
const byteOf = (digits: string) => Number.parseInt(digits, digits.length === 3 ? 8 : 16);
