type Encode = (text: string) => string;

/** Writes each character by its code. A key is ASCII, so that characters, UTF-16 and bytes are the same. */
const each =
  (write: (code: number) => string, separator = ''): Encode =>
  (text) =>
    [...text].map((character) => write(character.charCodeAt(0))).join(separator);
/** The same of what is no letter or digit. */
const signs = (write: (code: number) => string): Encode => {
  return (text) => text.replace(/[^A-Za-z\d]/g, each(write));
};
const between =
  (separator: string): Encode =>
  (text) =>
    [...text].join(separator);

const inBase = (base: number, digits: number) => (code: number) =>
  code.toString(base).padStart(digits, '0');
const hex = inBase(16, 2);
const unit = inBase(16, 4);
const octal = inBase(8, 3);
const binary = inBase(2, 8);

const inBase64 = (text: string) => Buffer.from(text).toString('base64');
const inLines: Encode = (text) => text.replace(/.{76}/g, '$&\n');

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function base32(text: string): string {
  const groups = each(binary)(text).match(/.{5}/g) ?? [];
  return groups.map((bits) => BASE32.charAt(Number.parseInt(bits, 2))).join('');
}

/** Four bytes as five letters from "!" to "u". */
function ascii85(text: string): string {
  const groups = each(hex)(text).match(/.{8}/g) ?? [];
  return groups.map((group) => lettersOf85(Number.parseInt(group, 16))).join('');
}

function lettersOf85(value: number): string {
  const powers = [85 ** 4, 85 ** 3, 85 ** 2, 85, 1];
  return powers.map((power) => String.fromCharCode(33 + (Math.floor(value / power) % 85))).join('');
}

/** Ways in which software repeats a key, by their names: in none of them it must be shown. */
export const encodings: Readonly<Record<string, Encode>> = {
  itself: (text) => text,
  'itself, of a form that was decoded': (text) => text.replaceAll('+', ' '),
  'as Go prints a map': (text) => `map[k:[${text}]]`,
  capitals: (text) => text.toUpperCase(),
  backwards: (text) => [...text].reverse().join(''),
  percent: encodeURIComponent,
  'percent, every byte': each((code) => `%${hex(code)}`),
  '%uNNNN': each((code) => `%u${unit(code)}`),
  'HTML by names': (text) =>
    text.replaceAll('+', '&plus;').replaceAll('/', '&sol;').replaceAll('=', '&equals;'),
  'HTML by numbers': signs((code) => `&#${code};`),
  'HTML, every number': each((code) => `&#${code};`),
  'HTML, every hex number': each((code) => `&#x${hex(code)};`),
  'JSON, slashes escaped': (text) => text.replaceAll('/', '\\/'),
  'JSON, signs escaped': signs((code) => `\\u${unit(code)}`),
  'JSON, everything escaped': each((code) => `\\u${unit(code)}`),
  'JavaScript with braces': each((code) => `\\u{${hex(code)}}`),
  '\\xNN': each((code) => `\\x${hex(code)}`),
  'octal escapes': each((code) => `\\${octal(code)}`),
  'backslashes, as a shell': signs((code) => `\\${String.fromCharCode(code)}`),
  'quoted-printable': each((code) => `=${hex(code)}`),
  'U+NNNN': each((code) => `U+${unit(code)}`, ' '),
  'full-width letters': each((code) => String.fromCharCode(code + 0xfee0)),
  Base64: inBase64,
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'Base64 in lines': (text) => inLines(inBase64(`${'p'.repeat(50)}${text}${'q'.repeat(60)}`)),
  'UTF-16 in Base64': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'a JWT around it': (text) => `eyJhbGciOiJIUzI1NiJ9.${inBase64(`{"key":"${text}"}`)}.c2ln`,
  Base32: base32,
  Ascii85: ascii85,
  'UTF-16 in hex': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  hex: each(hex),
  'hex with dashes': each(hex, '-'),
  'hex with colons': each(hex, ':'),
  'hex with blanks': each(hex, ' '),
  'hex in groups of four': (text) => each(hex)(text).replace(/.{4}/g, '$& '),
  'hex in groups of eight': (text) => each(hex)(text).replace(/.{8}/g, '$& '),
  'an array in C': each((code) => `0x${hex(code)}`, ', '),
  'bytes in decimal': each(String, ', '),
  'decimal with dots': each(String, '.'),
  'octal with blanks': each(octal, ' '),
  binary: each(binary),
  'binary with blanks': each(binary, ' '),
  'letters with blanks': between(' '),
  'letters with commas': between(', '),
  'letters with dashes': between('-'),
  'letters with bars': between(' | '),
  'letters in quotes': (text) => JSON.stringify([...text]),
  'letters with zero-width spaces': between('\u200b'),
  'letters with line feeds': between('\n'),
  'letters with terminal sequences': between('\u001b[1m'),
};
