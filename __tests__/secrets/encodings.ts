/** Ways in which software repeats a text, by their names: a key in each of them must not be shown. */
type Encode = (text: string) => string;

const characters =
  (encode: (code: number, character: string) => string): Encode =>
  (text) =>
    [...text].map((character) => encode(character.codePointAt(0) ?? 0, character)).join('');
const units =
  (encode: (unit: number) => string): Encode =>
  (text) =>
    Array.from({ length: text.length }, (_, index) => encode(text.charCodeAt(index))).join('');
const bytes =
  (encode: (byte: number) => string, separator = ''): Encode =>
  (text) =>
    [...Buffer.from(text)].map(encode).join(separator);
const onlyOf =
  (pattern: RegExp, encode: Encode): Encode =>
  (text) =>
    text.replace(pattern, encode);

const hex = (byte: number) => byte.toString(16).padStart(2, '0');
const unit4 = (unit: number) => unit.toString(16).padStart(4, '0');
const upper = (text: string) => text.toUpperCase();
const PUNCTUATION = /[^A-Za-z0-9]/gu;
const percent: Encode = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    bytes((byte) => `%${upper(hex(byte))}`),
  );
const json: Encode = (text) => JSON.stringify(text).slice(1, -1);
const base64: Encode = (text) => Buffer.from(text).toString('base64');
const base64url: Encode = (text) => Buffer.from(text).toString('base64url');
const binary = (byte: number) => byte.toString(2).padStart(8, '0');
const octal = (byte: number) => byte.toString(8).padStart(3, '0');
const inLines = (separator: string): Encode => onlyOf(/.{76}/g, (line) => line + separator);

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base32: Encode = (text) => {
  const groups = bytes(binary)(text).match(/.{1,5}/g) ?? [];
  return groups.map((bits) => BASE32.charAt(Number.parseInt(bits.padEnd(5, '0'), 2))).join('');
};

const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
/** Four bytes as five letters from "!" to "u". */
const ascii85: Encode = (text) => {
  const groups = bytes(hex)(text).match(/.{1,8}/g) ?? [];
  return groups.map((group) => lettersOf85(Number.parseInt(group.padEnd(8, '0'), 16))).join('');
};
function lettersOf85(value: number): string {
  const powers = [85 ** 4, 85 ** 3, 85 ** 2, 85, 1];
  return powers.map((power) => String.fromCharCode(33 + (Math.floor(value / power) % 85))).join('');
}

function rotated(letter: string): string {
  const first = letter < 'a' ? 65 : 97;
  return String.fromCharCode(first + ((letter.charCodeAt(0) - first + 13) % 26));
}

const NAMES: Readonly<Record<string, string>> = {
  ...{
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": 'apos',
    '+': 'plus',
    '/': 'sol',
    '=': 'equals',
    '!': 'excl',
  },
  ...{
    '(': 'lpar',
    ')': 'rpar',
    '*': 'ast',
    $: 'dollar',
    '%': 'percnt',
    '{': 'lcub',
    '}': 'rcub',
    '\\': 'bsol',
  },
  ...{
    '.': 'period',
    ',': 'comma',
    ':': 'colon',
    '#': 'num',
    '@': 'commat',
    '?': 'quest',
    _: 'lowbar',
    '|': 'vert',
  },
};

/** The encodings in which a server may repeat a secret: those of docs/FOR-SECURITY-TEAMS.md ("What it shows") as programs write them. */
export const encodings: Readonly<Record<string, Encode>> = {
  'percent, as JavaScript': encodeURIComponent,
  'percent, RFC 3986': percent,
  'percent, RFC 3986, small letters': onlyOf(/.+/gs, (text) =>
    percent(text).replace(/%../g, (octet) => octet.toLowerCase()),
  ),
  'percent, as Python': (text) => percent(text).replaceAll('%2F', '/'),
  'percent, every byte': bytes((byte) => `%${upper(hex(byte))}`),
  'percent, every byte, small letters': bytes((byte) => `%${hex(byte)}`),
  form: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  HTML: characters((_, character) =>
    '&<>"\''.includes(character) ? `&${NAMES[character]};` : character,
  ),
  'HTML with numbers': onlyOf(
    /[&<>"'+/=]/g,
    characters((code) => `&#${code};`),
  ),
  'HTML, every name': characters((_, character) =>
    NAMES[character] ? `&${NAMES[character]};` : character,
  ),
  'HTML, every number': characters((code) => `&#${code};`),
  'HTML, every number, padded': characters((code) => `&#${String(code).padStart(9, '0')};`),
  'HTML, every hex number': characters((code) => `&#x${code.toString(16)};`),
  'HTML, every hex number, capitals': characters((code) => `&#X${upper(code.toString(16))};`),
  'HTML, every hex number, padded': characters(
    (code) => `&#x${code.toString(16).padStart(8, '0')};`,
  ),
  JSON: json,
  'JSON with slashes escaped': (text) => json(text).replaceAll('/', '\\/'),
  'JSON in JSON': (text) => json(json(text)),
  'JSON, punctuation escaped': onlyOf(
    PUNCTUATION,
    units((unit) => `\\u${unit4(unit)}`),
  ),
  'JSON, everything escaped': units((unit) => `\\u${unit4(unit)}`),
  'JSON, everything escaped, capitals': units((unit) => `\\u${upper(unit4(unit))}`),
  'JavaScript with braces': characters((code) => `\\u{${code.toString(16)}}`),
  '\\xNN': bytes((byte) => `\\x${hex(byte)}`),
  '\\xNN, capitals': bytes((byte) => `\\x${upper(hex(byte))}`),
  '\\xNN, punctuation, as Python': onlyOf(
    PUNCTUATION,
    bytes((byte) => `\\x${hex(byte)}`),
  ),
  Base64: base64,
  base64url,
  'Base64 behind one character': (text) => base64(`x${text}yz`),
  'Base64 behind two characters': (text) => base64(`xy${text}z`),
  'Base64 in lines': (text) => inLines('\n')(base64(`${'p'.repeat(50)}${text}${'q'.repeat(60)}`)),
  'Base64 in lines of a mail': (text) =>
    inLines('\r\n')(base64(`${'p'.repeat(49)}${text}${'q'.repeat(60)}`)),
  hex: bytes(hex),
  'hex, capitals': bytes((byte) => upper(hex(byte))),
  'hex with dashes': bytes(hex, '-'),
  'hex with dashes, capitals': bytes((byte) => upper(hex(byte)), '-'),
  'hex with colons': bytes(hex, ':'),
  'hex with blanks': bytes(hex, ' '),
  'hex, 0x ahead': (text) => `0x${bytes(hex)(text)}`,
  'hex, 0x ahead of each byte': bytes((byte) => `0x${hex(byte)}`, ', '),
  'broken up by zero-width spaces': characters((_, character) => `${character}\u200b`),
  'broken up by tag characters': characters((_, character) => `${character}\u{e0041}`),
  'broken up by NULs': characters((_, character) => `${character}\0`),
  'broken up by line feeds': characters((_, character) => `${character}\n`),
  'octal escapes': bytes((byte) => `\\${octal(byte)}`),
  'octal escapes of punctuation': onlyOf(
    PUNCTUATION,
    bytes((byte) => `\\${octal(byte)}`),
  ),
  'bytes in decimal, as Java and Go': bytes(String, ', '),
  "JavaScript's escape()": (text) =>
    text.replace(/[^A-Za-z0-9@*_+\-./]/g, (unit) => {
      const code = unit.charCodeAt(0);
      return code < 256 ? `%${upper(hex(code))}` : `%u${upper(unit4(code))}`;
    }),
  '%uNNNN': units((unit) => `%u${unit4(unit)}`),
  'backslashes, as a shell': onlyOf(/[^A-Za-z0-9_ ]/gu, (character) => `\\${character}`),
  '\\x{NN}, as Perl': characters((code) => `\\x{${code.toString(16)}}`),
  'decomposed letters': (text) => text.normalize('NFD'),
  'full-width letters': onlyOf(
    /[!-~]/g,
    units((unit) => String.fromCharCode(unit + 0xfee0)),
  ),
  'terminal sequences between': onlyOf(/..../gu, (text) => `${text}\u001b[1m`),
  'JSON three times': (text) => json(json(json(text))),
  'quoted-printable': (text) => inLines('=\n')(text.replaceAll('=', '=3D')),
  'quoted-printable, everything': bytes((byte) => `=${upper(hex(byte))}`),
  'U+NNNN': units((unit) => `U+${upper(unit4(unit))}`),
  'U+NNNN with blanks': units((unit) => `U+${upper(unit4(unit))} `),
  Base32: base32,
  'Base32, small letters': (text) => base32(text).toLowerCase(),
  Ascii85: ascii85,
  'Ascii85 in brackets': (text) => `<~${ascii85(text)}~>`,
  Z85: (text) => ascii85(text).replace(/./g, (letter) => Z85.charAt(letter.charCodeAt(0) - 33)),
  binary: bytes(binary),
  'binary with blanks': bytes(binary, ' '),
  octal: bytes(octal),
  'octal with blanks': bytes(octal, ' '),
  'decimal with dots': bytes(String, '.'),
  'letters with blanks': (text) => [...text].join(' '),
  'letters with commas': (text) => [...text].join(','),
  'letters with commas and blanks': (text) => [...text].join(', '),
  'letters with dashes': (text) => [...text].join('-'),
  'letters with bars': (text) => [...text].join(' | '),
  'letters in quotes': characters((_, character) => `'${character}' `),
  'a JSON list of letters': (text) => JSON.stringify([...text]),
  'a JSON list of letters, indented': (text) => JSON.stringify([...text], undefined, 1),
  'a JSON list of bytes': (text) => JSON.stringify([...Buffer.from(text)]),
  'an array in C': bytes((byte) => `0x${hex(byte)}`, ','),
  'hex in groups of four': (text) => bytes(hex)(text).replace(/.{4}/g, '$& '),
  'hex in groups of eight': (text) => bytes(hex)(text).replace(/.{8}/g, '$& '),
  'hex with colons, in lines': (text) => bytes(hex, ':')(text).replace(/(.{47}):/g, '$1\n'),
  'UTF-16 in hex': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  'UTF-16 in Base64': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'a JWT around it': (text) =>
    `eyJhbGciOiJIUzI1NiJ9.${base64url(`{"key":"${text}"}`)}.${base64url(text)}`,
  capitals: upper,
  'small letters': (text) => text.toLowerCase(),
  backwards: (text) => [...text].reverse().join(''),
  ROT13: (text) => text.replace(/[A-Za-z]/g, rotated),
  'as Go prints a map': (text) => `map[k:[${text}]]`,
  itself: (text) => text,
  'itself, of a form that was decoded': (text) => text.replaceAll('+', ' '),
};
