import { visibleText } from '../base/text.ts';
import type { Secret } from './secret.ts';

/** Encodings in one another that are looked through. */
const DEEPEST = 3;

/** Shorter runs can't hold a secret worth finding: eight bytes make sixteen digits in hex, eleven in Base64. */
const HEX_RUN = /[\da-f]{16,}/gi;
const BASE64_RUN = /[A-Za-z\d+/_-]{10,}/g;

/** What may stand between the bytes of a hex dump. */
const HEX_SEPARATORS = /0x|[^\da-z]/gi;

const ESCAPE =
  /((?:%[\da-f]{2})+)|(?:\\|%)u([\da-f]{4})|\\u\{([\da-f]{1,6})\}|\\x([\da-f]{2})|&#x([\da-f]{1,6});?|&#(\d{1,7});?|&(\w{2,6});|\\(["'\\/])|\\([bfnrtv0])/gi;

/** HTML's names for what stands in keys, as servers' own encoders and the usual libraries write them. */
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

/** A text as it is compared: what is not seen, blanks (`+` in forms) and capitals left aside. */
export function fold(text: string): string {
  return visibleText(text).replace(/[ +]/g, '').toLowerCase();
}

/** The text with its escapes taken back, of percent-encoding, JSON, JavaScript and HTML. */
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

/**
 * Whether a secret stands in a text in some encoding, or in encodings of encodings. The text is bounded, and each decoding is linear in it.
 */
export function hidesSecret(text: string, secrets: readonly Secret[]): boolean {
  const sought = secrets.flatMap(({ hidden }) => hidden);
  if (sought.length === 0) return false;
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

/** What a text may mean: read as Base64 and as hex it means something else from each offset. */
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
