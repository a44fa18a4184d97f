import { visibleText } from '../base/text.ts';

/** Levels of nested encodings. */
const DEEPEST = 3;

/** The shortest runs that can hold a secret of eight bytes. */
const HEX_RUN = /[\da-f]{16,}/gi;
const BASE64_RUN = /[A-Za-z\d+/_-]{10,}/g;

/** Between the bytes of a hex dump. */
const HEX_SEPARATORS = /0x|[^\da-z]/gi;

const ESCAPE =
  /((?:%[\da-f]{2})+)|(?:\\|%)u([\da-f]{4})|\\u\{([\da-f]{1,6})\}|\\x([\da-f]{2})|&#x([\da-f]{1,6});?|&#(\d{1,7});?|&(\w{2,6});|\\(["'\\/])|\\([bfnrtv0])/gi;

/** HTML's names for punctuation. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(' },
  ...{
    rpar: ')',
    ast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    equals: '=',
    quest: '?',
  },
  ...{ commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', Hat: '^', lowbar: '_', grave: '`' },
  ...{ lcub: '{', lbrace: '{', vert: '|', verbar: '|', rcub: '}', rbrace: '}', hyphen: '-', dash: '-', tilde: '~' },
};

/** Drops what comparing ignores: capitals, blanks, invisible characters, and `+`, which is a blank in forms. */
export function fold(text: string): string {
  return visibleText(text).replace(/[ +]/g, '').toLowerCase();
}

/** Undoes percent-encoding and the escapes of JSON, JavaScript and HTML. */
export function unescaped(text: string): string {
  return text.replace(ESCAPE, (whole, percent, u, brace, x, hex, decimal, name, itself) => {
    if (percent) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString();
    const code = u ?? brace ?? x ?? hex;
    if (code) return character(Number.parseInt(code, 16));
    if (decimal) return character(Number(decimal));
    if (name) return NAMED[name] ?? whole;
    return itself ?? ' ';
  });
}

/** Finds secrets in nested encodings. Linear in the text, which is bounded. */
export function hidesAny(sought: readonly string[], text: string): boolean {
  const seen = new Set([text]);
  let layer = [text];
  for (let depth = 0; depth < DEEPEST && layer.length > 0; depth++) {
    layer = layer.flatMap(decodings).filter((decoded) => !seen.has(decoded) && seen.add(decoded));
    for (const decoded of layer) {
      const folded = fold(decoded);
      if (sought.some((secret) => folded.includes(secret))) return true;
    }
  }
  return false;
}

/** Base64 and hex mean something else from each offset. */
function decodings(text: string): string[] {
  const base64 = text.replaceAll(' ', '').match(BASE64_RUN) ?? [];
  const hex = text.replace(HEX_SEPARATORS, '').match(HEX_RUN) ?? [];
  const from = (runs: readonly string[], offset: number, encoding: BufferEncoding) =>
    runs.map((run) => Buffer.from(run.slice(offset), encoding).toString()).join('\n');
  return [
    unescaped(text),
    ...[0, 1, 2, 3].map((offset) => from(base64, offset, 'base64')),
    ...[0, 1].map((offset) => from(hex, offset, 'hex')),
  ].filter((decoded) => decoded.length >= 6);
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
