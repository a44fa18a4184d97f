/** A word of a text, with the punctuation and symbols around it, which are always shown. */
export interface Word {
  readonly before: string;
  readonly core: string;
  readonly after: string;
  kind: Kind;
}

type Kind =
  /** Nothing but punctuation, symbols and blanks. */
  | 'punctuation'
  /** A date, a time, an address or a GUID. */
  | 'formatted'
  /** A word of a language, a number, or several of them, as in a class or a path. */
  | 'plain'
  /** Letters and digits in any order, too few of them for a key. */
  | 'mixed'
  | 'hidden';

const MOST_PARTS = 12;
/** As many as a version has. */
const MOST_NUMBERS = 4;
/** Of single letters and digits. */
const MOST_SINGLE = 4;
/** Letters and digits of `IDX10223`, `v3`, `AADSTS7000215`. */
const LONGEST_MIXED = 16;
/** The same with what stands between them. */
const LONGEST_MIXED_WHOLE = 20;
const LONGEST_CAMEL_CASE = 40;
const SHORTEST_HUMP = 3;

/** Reads what stands between two gaps: one word, or two, since `name=` ahead of a word is a word of its own. */
export function readWords(text: string): Word[] {
  const [name] = patterns().nameAhead.exec(text) ?? [];
  if (name === undefined) return [readWord(text)];
  const value = readWord(text.slice(name.length));
  // A key may have "=" in it.
  if (value.kind === 'mixed' && !isShort(text)) value.kind = 'hidden';
  return [readWord(name), value];
}

function readWord(text: string): Word {
  const [, before = '', core = '', after = ''] = patterns().edges.exec(text) ?? [];
  const word: Word = { before, core, after, kind: kindOf(core) };
  // What an ellipsis cuts is the beginning of something longer.
  const isCut = /\u2026|\.\.\./.test(after);
  if (isCut && (word.kind === 'mixed' || hasDigits(word))) word.kind = 'hidden';
  return word;
}

function kindOf(core: string): Kind {
  const { misread, between, host } = patterns();
  if (core === '') return 'punctuation';
  if (isFormatted(core)) return 'formatted';
  if (misread.test(core)) return 'hidden';
  const parts = core.split(between).filter((part) => part !== '');
  if (parts.length === 0 || parts.length > MOST_PARTS) return 'hidden';
  const numbers = parts.filter((part) => /^\d+$/.test(part));
  if (numbers.length > MOST_NUMBERS) return 'hidden';
  const odd = parts.filter((part) => !isPlain(part));
  const isSpelled = parts.filter((part) => part.length === 1).length > MOST_SINGLE;
  const isLongNumber = numbers.join('').length > LONGEST_MIXED;
  if (odd.length === 0 && !isSpelled && !isLongNumber) return 'plain';
  if (isShort(core)) return 'mixed';
  if (host.test(core) && odd.join('').length <= LONGEST_MIXED) return 'plain';
  return 'hidden';
}

function isFormatted(core: string): boolean {
  const { guid, when, ipv4, ipv6 } = patterns();
  if (guid.test(core) || when.test(core) || ipv4.test(core)) return true;
  // Bytes in hex have two digits each, and none are left out.
  return ipv6.test(core) && /::|[\da-f]{3}/i.test(core);
}

function isPlain(part: string): boolean {
  const { number, small, numbered, capitals, caseless } = patterns();
  if ([number, small, numbered, capitals, caseless].some((form) => form.test(part))) return true;
  return isCamelCase(part);
}

function isCamelCase(part: string): boolean {
  const { camelCase, hump } = patterns();
  if (part.length > LONGEST_CAMEL_CASE || !camelCase.test(part)) return false;
  const humps = part.match(hump) ?? [];
  const average = humps.join('').length / humps.length;
  return average >= SHORTEST_HUMP;
}

/** Whether so few letters and digits are in a text that it is no key. */
function isShort(text: string): boolean {
  return alphanumeric(text).length <= LONGEST_MIXED && text.length <= LONGEST_MIXED_WHOLE;
}

function alphanumeric(text: string): string {
  return text.replace(patterns().noLetterOrDigit, '');
}

export function isSingle({ core }: Word): boolean {
  return patterns().single.test(core);
}

export function hasDigits({ core }: Word): boolean {
  return /\d/.test(core);
}

/** Whether its letters and digits, or capitals and small letters, are mixed as in a key. */
export function looksRandom({ core, kind }: Word): boolean {
  return kind === 'mixed' || patterns().innerCapital.test(core);
}

/** What of a word may be a piece of a key: its letters and digits. Of a word of a language, its digits alone. */
export function pieceOf(word: Word): string {
  if (word.kind === 'plain' && !isSingle(word)) return word.core.replace(/\D/g, '');
  return alphanumeric(word.core);
}

let compiled: ReturnType<typeof compile> | undefined;

/** Compiled on first use: patterns of Unicode are slow to compile, and most runs show nothing of others. */
function patterns() {
  compiled ??= compile();
  return compiled;
}

function compile() {
  const { raw } = String;
  const pattern = (source: string, flags = 'u') => new RegExp(source, flags);
  const day = raw`(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})`;
  const time = raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:[AaPp][Mm])?`;
  const offset = raw`(?:UTC|GMT)?[+\-]\d{1,2}(?::?\d\d)?`;
  const zone = raw`(?:Z|${offset})`;
  const edge = raw`[\p{P}\p{S}\p{Z}]{0,8}`;
  const letter = raw`[\p{Ll}\p{Lu}\d]`;
  const name = raw`\p{L}{2,11}(?:[_.\-]\p{L}{2,11}){0,3}`;
  return {
    /** A key may be written in punctuation too (Ascii85), so that only so much of it is an edge. */
    edges: pattern(raw`^(${edge})(.*?)(${edge})$`),
    /** `client_id=`, with a letter, a digit or a quote behind it. */
    nameAhead: pattern(raw`^[\p{P}\p{S}]{0,2}${name}=(?=["'(]?[\p{L}\p{N}])`),
    guid: pattern(raw`^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$`, 'i'),
    when: pattern(raw`^(?:${day}(?:[T_]${time}${zone}?)?|${time}${zone}?|${offset})$`),
    ipv4: pattern(raw`^(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d{1,5})?$`, ''),
    ipv6: pattern(raw`^[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?:/\d{1,3}|\]:\d{1,5})?$`, 'i'),
    /** With or without scheme, user, port and path. */
    host: pattern(
      raw`^(?:[a-z]{2,10}://)?(?:[a-z\d._+\-]+@)?[a-z\d\-]+(?:\.[a-z\d\-]+)+(?::\d{1,5})?(?:/[a-z\d._/\-]*)?$`,
      '',
    ),
    /** Between the parts of a word, and where a script without capitals meets another. */
    between: pattern(
      raw`[._:,@&/\\'\u2019+()\u2010-\u2015\-]|(?<=\p{Lo})(?=${letter})|(?<=${letter})(?=\p{Lo})`,
    ),
    /** `v1` too. */
    number: /^v?\d+$/,
    small: pattern(raw`^[\p{Ll}\p{Lu}][\p{Ll}\p{M}]{0,29}$`),
    /** `oauth2`, `sha256` */
    numbered: pattern(raw`^[\p{Ll}\p{Lu}][\p{Ll}\p{M}]{2,8}\d{1,3}$`),
    capitals: pattern(raw`^[\p{Lu}\p{M}]{1,20}$`),
    caseless: pattern(raw`^[\p{Lo}\p{Lm}\p{M}]{1,40}$`),
    /** `errorDescription`, `SSLHandshakeException` */
    camelCase: pattern(raw`^(?:\p{Lu}{2,4}|[\p{Ll}\p{M}]+)?(?:\p{Lu}[\p{Ll}\p{M}]+)+$`),
    innerCapital: pattern(raw`\p{Ll}\p{Lu}`),
    single: pattern(raw`^[\p{Ll}\p{Lu}\d]$`),
    /** Rare ideographs, which bytes of ASCII look like in UTF-16. */
    misread: pattern(raw`[\u3400-\u4dbf]`),
    hump: pattern(raw`\p{Lu}?[\p{Ll}\p{M}]+`, 'gu'),
    noLetterOrDigit: pattern(raw`[^\p{L}\p{M}\p{N}]`, 'gu'),
  };
}
