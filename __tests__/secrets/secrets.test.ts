import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { message } from '../../src/base/message.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { anyCharacter } from '../support/any-character.ts';
import { encodings, furtherEncodings } from './encodings.ts';

const SECRET = 'pak_Zx81+mQ/v4&Tt"R';

/** What breaks a line, moves the cursor, turns the writing direction, or starts a command. */
const HOSTILE = [
  ...[
    '\n',
    '\r',
    '\r\n',
    '\v',
    '\f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\0',
    '\t',
    '\b',
    '\u007f',
    '\u009b',
  ],
  ...[
    '::',
    '::error::',
    '::error title=x::y',
    '::add-mask::',
    '::stop-commands::x',
    ' ::warning::',
    '##[',
    '##[error]',
    '#',
    '[',
  ],
  ...[
    '%0A',
    '%0D',
    '%25',
    '%3A',
    '\u001b[31m',
    '\u001b[2J',
    '\u001b]0;title\u0007',
    '\u001b',
    '\u009b31m',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200f',
    '\u200b',
    '\u200d',
    '\u00ad',
    '\ufeff',
    '\u{e0041}',
    '\ud800',
    '\udc00',
    '\ue000',
    '\uffff',
  ],
  ...['🔑', 'é', 'e\u0301', ' ', '\u00a0', '\u3000'],
];

/** What may stand between the characters of a secret without a reader's notice. */
const SEPARATORS = [
  '\n',
  ' ',
  '\t',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00ad',
  '\u001b[1m',
  '\u001b[0m',
  '\0',
  '\u202e',
  '\u2028',
  '\ud800',
  ' \u200b\n',
  ...['\u001b[m', '\u001b[1;31m', '\u001b[?25l', '\u001b[0 q'],
];

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: anyCharacter, maxLength: 8 }),
      fc.constant(SECRET),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

/** A secret as somebody may choose it, long enough not to stand in a text by chance. */
const secretText = fc
  .string({
    unit: fc.constantFrom(...'abcXYZ0189-._~+/=&%"<>\\\'{}$!()*|,:#@? é🔑ß'),
    minLength: 8,
    maxLength: 24,
  })
  // An escape that is cut short at its end would swallow what follows it, as in `…%` + `41`.
  .map((text) => `${text.trim().replace(/ {2,}/g, ' ')}Z`)
  .filter((text) => text.length >= 8 && text.replace(/[ +]/g, '').length >= 6);

/** What stands around it: no `x`, which with a zero ahead of it means hex. */
const edge = fc.string({ unit: fc.constantFrom(...'abcYZ0189-._ :=/&"\'{}'), maxLength: 6 });

const LEFT_OUT = '[left out: it may hold a secret]';

function secretsOf(...texts: string[]): Secrets {
  const secrets = new Secrets(() => undefined);
  secrets.add(texts);
  return secrets;
}

function announcedFor(...texts: string[]): string[] {
  const announced: string[] = [];
  new Secrets((secret) => announced.push(secret)).add(texts);
  return announced;
}

/** What is shown of text from elsewhere. */
const shown = (text: string, ...secrets: string[]) => secretsOf(...secrets).show(message`${text}`);

/** What is left of a text once all that a reader overlooks is taken out. */
const squeezed = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal does not show these
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/[\p{C}\p{Z}]/gu, '')
    .toLowerCase();

function expectFitForALog(quoted: string): void {
  expect(quoted.length).toBeLessThanOrEqual(300);
  expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u);
  expect(quoted.isWellFormed()).toBe(true);
  expect(
    [quoted, `"${quoted}"`, ` ${quoted}`, `\t${quoted} more::`].flatMap(
      (line) => parseCommand(line) ?? [],
    ),
  ).toEqual([]);
}

test('whatever a text is, one harmless line of it is shown, without the secret', () => {
  const secrets = secretsOf(SECRET);
  fc.assert(
    fc.property(hostileText, (text) => {
      const line = secrets.show(message`${text}`);
      expectFitForALog(line);
      expect(squeezed(line)).not.toContain(SECRET.toLowerCase());
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a\nb', 'a b'],
  ['  padded\n', 'padded'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['a\u202eb\u200bc\ufeffd\u00ade', 'abcde'],
  ['::error::x', ': :error::x'],
  [' \u200b::error::x', ': :error::x'],
  ['a ::error::x', 'a ::error::x'],
  ['##[error]x##[', '## [error]x## ['],
  ['#\u200b#[error]x', '## [error]x'],
  ['##\u001b[0m[error]x', '## [error]x'],
])('shows %j as %j', (text, line) => {
  expect(shown(text)).toBe(line);
});

test('a text with a date or a GUID in it is still searched for encoded secrets', () => {
  const encoded = Buffer.from(SECRET).toString('base64');
  for (const harmless of [
    '2026-01-01',
    '2026-01-01T00:00:00Z',
    'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  ])
    for (const text of [`${encoded} ${harmless}`, `${harmless} ${encoded}`])
      expect(shown(text, SECRET)).toBe(LEFT_OUT);
});

test('a value is shown to its three hundredth character', () => {
  expect(shown('x'.repeat(300))).toBe('x'.repeat(300));
  expect(shown('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
  expect(shown(`${'x'.repeat(298)}🔑🔑`)).toBe(`${'x'.repeat(298)}…`);
  expect(shown(`${'x'.repeat(297)}🔑🔑`)).toBe(`${'x'.repeat(297)}🔑…`);
});

test('own words are shown in full, and a value that is a message or a number as it is', () => {
  const inner = message`${'a'} and ${7}`;
  expect(secretsOf(SECRET).show(message`Own words, ${'x'.repeat(400)}, (${inner}).`)).toBe(
    `Own words, ${'x'.repeat(299)}…, (a and 7).`,
  );
});

test('no secret is cut in two by the end of a value', () => {
  for (let ahead = 270; ahead <= 310; ahead++) {
    const line = shown(`${'-'.repeat(ahead)}${SECRET}${'-'.repeat(20)}`, SECRET);
    expect(line).not.toContain(SECRET.slice(0, 4));
    expectFitForALog(line);
  }
});

/** Whether a text that a secret was put into is shown without it. */
function expectHidden(secret: string, encoded: string, before: string, after: string): void {
  const line = shown(before + encoded + after, secret);
  if (line === LEFT_OUT) return;
  expect(line).toContain('***');
  expect(squeezed(line)).not.toContain(squeezed(encoded));
}

test.each(Object.entries({ ...encodings, ...furtherEncodings }))(
  'a secret is found: %s',
  (_name, encode) => {
    fc.assert(
      fc.property(secretText, edge, edge, (secret, before, after) => {
        // A number or an escape goes on where a digit follows it.
        expectHidden(secret, encode(secret), before, ` ${after}`);
      }),
      { numRuns: 50 },
    );
  },
);

test.each(Object.entries(encodings))(
  'a secret is found in two encodings, the inner of them: %s',
  (_name, inner) => {
    fc.assert(
      fc.property(
        secretText,
        fc.constantFrom(...Object.values(encodings)),
        fc.tuple(edge, edge, edge, edge),
        (secret, outer, [one, two, three, four]) => {
          expectHidden(secret, outer(`${one}${inner(secret)} ${two}`), three, ` ${four}`);
        },
      ),
      { numRuns: 60 },
    );
  },
);

test('a secret is found in the Base64 of something that it stands in, whatever is around it', () => {
  fc.assert(
    fc.property(
      secretText,
      fc.string(),
      fc.string(),
      fc.constantFrom('base64', 'base64url'),
      (secret, a, b, encoding) => {
        const encoded = Buffer.from(a + secret + b).toString(encoding);
        expect(shown(encoded, secret)).toBe(LEFT_OUT);
      },
    ),
  );
});

test.each([
  '%',
  '%2',
  '%C3',
  '\\',
  '\\u',
  '\\u00',
  '\\u0',
  '\\x',
  '\\x4',
  '&',
  '&#',
  '&#x',
  '&#x0',
  '\\u{',
  '%u',
  '\\1',
])('the beginning of an escape, %j, does not hide the secret behind it', (opener) => {
  for (const secret of [
    'abcdef0123456789+/xyz',
    '0123456789abcdef+',
    'Sk_4f9A27c1&D8e35b60',
    '123456789012345',
  ]) {
    const lines = Object.entries(encodings).map(([name, encode]) => [
      name,
      shown(`no ${opener}${encode(secret)} here`, secret),
    ]);
    expect(lines.filter(([, line = '']) => !/\*\*\*|left out/.test(line))).toEqual([]);
  }
});

test('a secret is found in the middle of a mebibyte and beyond what is shown', () => {
  const encoded = Buffer.from(SECRET).toString('base64');
  for (const filler of ['\u200b', ' ', '\u001b[1m'])
    expect(shown(`${filler.repeat(100_000)}${encoded}`, SECRET)).toMatch(/^\[left out|^$/);
  expect(shown(`${'- '.repeat(140)}${encoded}`, SECRET)).toBe(LEFT_OUT);
  expect(shown(`${'-'.repeat(5000)}${encoded}`, SECRET)).toBe(`${'-'.repeat(299)}…`);
});

test('a secret is found where something stands between its characters', () => {
  fc.assert(
    fc.property(
      secretText,
      fc.constantFrom(...SEPARATORS),
      fc.integer({ min: 1, max: 12 }),
      (secret, separator, every) => {
        const broken = [...secret]
          .map((character, index) => (index % every === 0 ? separator + character : character))
          .join('');
        const line = shown(`no ${broken} here`, secret);
        expect(squeezed(line)).not.toContain(squeezed(secret));
        expect(line).toMatch(/^no [ +]*\*\*\* here$/);
      },
    ),
  );
});

test.each(['\u001b[0m', '\u001b[1;38;5;196m', '\u001b[2 q', '\u001b[?25l', ' \u001b[K\u200b\t'])(
  'a secret in capitals is found where %j breaks it up',
  (sequence) => {
    expect(shown(`no SK_4F9A27C1${sequence}D8E35B60 here`, 'sk_4f9a27c1d8e35b60')).toBe(
      'no *** here',
    );
  },
);

test.each(['e\u0301', '\u00e9'])(
  'a letter is the same however it is put together: %j',
  (letter) => {
    expect(shown(`no p${letter}ssw${letter}rd-1 here`, 'pe\u0301ssw\u00e9rd-1')).not.toMatch(/ssw/);
  },
);

test('secrets that overlap are covered together', () => {
  expect(shown('1abcdefghijkl2', 'abcdefgh', 'efghijkl')).toBe('1***2');
  expect(shown('1abcdefghijkl2 abcdefgh efghijkl', 'efghijkl', 'abcdefgh')).toBe('1***2 *** ***');
  expect(shown('abcdefghefghijkl', 'abcdefgh', 'efghijkl')).toBe('***');
});

test('a shorter secret inside a longer one uncovers nothing of it', () => {
  expect(shown('1 abcdefghijkl 2', 'efgh', 'abcdefghijkl')).toBe('1 *** 2');
  expect(shown('1 ABCDefghIJKL 2', 'efgh', 'abcdefghijkl')).not.toMatch(/abcd|ijkl/i);
  const whole = 'abcdefgh+ijklmnop';
  expect(shown(`1 ${encodeURIComponent(whole)} 2`, 'abcdefgh', whole)).toBe(LEFT_OUT);
  expect(shown(`1 ${encodeURIComponent(whole)} 2`, 'ijk', whole)).toBe(LEFT_OUT);
  // A server that reports a piece of the encoding as a token of its own.
  const base64 = Buffer.from(whole).toString('base64');
  for (const piece of [base64.slice(0, 1), base64.slice(4, 8), base64.slice(3, 15)])
    expect(shown(`1 ${base64} 2`, whole, piece)).toBe(LEFT_OUT);
});

test('a secret that is there both as it is and encoded is not shown', () => {
  const secret = 'abcdefgh+ijklmnop';
  expect(shown(`${secret} and ${encodeURIComponent(secret)}`, secret)).toBe(LEFT_OUT);
  expect(shown(`${secret} and &lt;b&gt;`, secret)).toBe('*** and &lt;b&gt;');
});

test('a secret that is split over two values, or between a value and words, is not shown', () => {
  const secrets = secretsOf('abcdefghijkl');
  expect(secrets.show(message`no ${'abcdef'}${'ghijkl'} here`)).toBe('no *** here');
  expect(secrets.show(message`no ${'abcdef'} ${'ghijkl'} here`)).toBe('no *** here');
  expect(secrets.show(message`no ${'abcdef'}ghijkl here`)).toBe('no *** here');
  const base64 = Buffer.from('abcdefghijkl').toString('base64');
  expect(secrets.show(message`no ${base64.slice(0, 8)}${base64.slice(8)} here`)).toBe(
    `no ${LEFT_OUT}${LEFT_OUT} here`,
  );
});

test('a secret stays hidden in the HTML of the job summary', () => {
  const secrets = secretsOf('abc<efgh>ijkl');
  expect(secrets.showAsHtml(message`no ${'abc<efgh>ijkl'} & ${'ABC<efgh>IJKL'} here`)).toBe(
    'no <code>***</code> &amp; <code>***</code> here',
  );
  expect(secrets.showAsHtml(message`no ${'abc&lt;efgh&gt;ijkl'} here`)).toBe(
    `no <code>${LEFT_OUT}</code> here`,
  );
  expect(secrets.showAsHtml(message`no ${'abc<ef'}${'gh>ijkl'} here`)).toBe(
    '<code>no *** here</code>',
  );
  expect(secrets.showAsHtml(message`no ${'abc<ef'} ${'gh>ijkl'} here`)).toBe(
    '<code>no *** here</code>',
  );
  expect(secrets.showAsHtml(message`no ${'abc%3Cef'}${'gh>ijkl'} & here`)).toBe(
    `<code>no ${LEFT_OUT}${LEFT_OUT} &amp; here</code>`,
  );
});

test('nothing in the HTML of the job summary is more than text', () => {
  expect(
    secretsOf().showAsHtml(message`<b>own & words</b> ${'<img src="x" onerror=\'y\'>`|'}`),
  ).toBe(
    '&lt;b&gt;own &amp; words&lt;/b&gt; <code>&lt;img src=&#34;x&#34; onerror=&#39;y&#39;&gt;&#96;&#124;</code>',
  );
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = secretsOf(SECRET).showAsHtml(message`${text}`);
      expect(html).toMatch(/^<code>[^<>"'`|\n]*<\/code>$/);
    }),
  );
});

test('own words hold no secret either', () => {
  const secrets = secretsOf('abcdef', 'abcdefghi', 'hijk');
  expect(secrets.show(message`1abcdefghijk2 abcdef`)).toBe('1***2 ***');
  expect(secrets.show(message`${7}abcdef`)).toBe('7***');
  expect(secretsOf().show(message`nothing is secret`)).toBe('nothing is secret');
});

test('a GUID is shown as it is, unless it is a secret or hides one', () => {
  const guid = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
  expect(shown(guid, SECRET)).toBe(guid);
  expect(shown(guid, guid)).toBe('***');
  expect(shown(guid.toUpperCase(), guid)).toBe('***');
  const hex = Buffer.from('sixteen-letters!').toString('hex');
  expect(shown(hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), 'sixteen-letters!')).toBe(
    LEFT_OUT,
  );
});

test('a secret that overlaps itself is covered whole', () => {
  expect(shown('xabaabaabay', 'abaaba')).toBe('x***y');
  expect(shown('1xxxxx2', 'xx')).toBe('1***2');
  expect(shown('xx1xx2xx', 'xx')).toBe('***1***2***');
  const secrets = Array.from({ length: 10 }, (_, index) => 'a'.repeat(index + 6));
  expect(shown(`x${'a'.repeat(10_000)}y`, ...secrets)).toBe('x***');
});

test('a secret that nobody can see hides nothing else', () => {
  expect(shown('abc', '\u200b\u200b')).toBe('abc');
  expect(shown('a\u200b\u200bb', '\u200b\u200b')).toBe('ab');
});

test('only a broken-up secret of some length is taken for one', () => {
  expect(shown('a b c d e abcde', 'abcde')).toBe('a b c d e ***');
  expect(shown('a b c d e f', 'abcdef')).toBe('***');
  expect(shown('ABCDE', 'abcde')).toBe('ABCDE');
});

test('a short secret is not looked for in encodings, which are short too', () => {
  expect(shown('YWJj 616263 abc', 'abc')).toBe('YWJj 616263 ***');
  expect(shown(Buffer.from('abcdefg').toString('hex'), 'abcdefg')).toBe('61626364656667');
  expect(shown(Buffer.from('abcdefgh').toString('hex'), 'abcdefgh')).toBe(LEFT_OUT);
});

test('a secret with blanks and controls in it is found as it is shown', () => {
  const secret = 'one  two\u0007three';
  expect(shown('(one  two\u0007three)', secret)).toBe('(***)');
  expect(shown('(one two three)', secret)).toBe('(***)');
  expect(shown('(one \n two\u200b three)', secret)).toBe('(***)');
});

test('a secret is announced whole, trimmed and line by line, each once', () => {
  expect(announcedFor('one')).toEqual(['one']);
  expect(announcedFor('  padded \n')).toEqual(['  padded \n', 'padded']);
  expect(announcedFor('first\nsecond\r\n  third  \rfourth')).toEqual([
    'first\nsecond\r\n  third  \rfourth',
    'first',
    'second',
    'third',
    'fourth',
  ]);
  expect(announcedFor(' first\nsecond ')).toEqual([
    ' first\nsecond ',
    'first\nsecond',
    'first',
    'second',
  ]);
  expect(announcedFor('one', 'one\none', 'two')).toEqual(['one', 'one\none', 'two']);
});

test('blank text is no secret', () => {
  expect(announcedFor('', ' ', '\n', ' \r\n\t')).toEqual([]);
  expect(announcedFor('a\n\n \nb')).toEqual(['a\n\n \nb', 'a', 'b']);
  expect(shown('a b', '', ' ')).toBe('a b');
});

test('more secrets than allowed are not announced at all', () => {
  const announced: string[] = [];
  const secrets = new Secrets((secret) => announced.push(secret));
  expect(secrets.add(['one', 'two'], 2)).toBe(true);
  // What is known needs no mask, and a line is one.
  expect(secrets.add(['one', 'three'], 1)).toBe(true);
  expect(secrets.add(['four\nfive'], 2)).toBe(false);
  expect(announced).toEqual(['one', 'two', 'three']);
  expect(secrets.show(message`one four`)).toBe('*** four');
});

test('a secret of several lines is found line by line', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\n  kiG9w0BAQEFAASC\n-----END KEY-----';
  expect(shown('the line MIIEvQIBADANBgkqh and kiG9w0BAQEFAASC', key)).toBe('the line *** and ***');
});

test('a secret that is told later is found from then on', () => {
  const secrets = secretsOf();
  expect(secrets.show(message`${'later-secret'}`)).toBe('later-secret');
  secrets.add(['later-secret']);
  expect(secrets.show(message`${'later-secret'}`)).toBe('***');
  secrets.add(['another-secret']);
  expect(secrets.show(message`${'later-secret another-secret'}`)).toBe('*** ***');
});

test('harmless text stays as it is', () => {
  const text = 'The organization "Acme" (d3f8a1b6) is at 100 %: [x] #1, a::b, é, 東京 🚀.';
  expect(shown(text, SECRET)).toBe(text);
  expect(shown(text)).toBe(text);
  expect(shown('')).toBe('');
});

test('whatever the secrets, words, GUIDs, URLs and numbers are shown as they are', () => {
  const urlRest = fc.string({
    unit: fc.constantFrom(...'abcxyzABC019-._~!$()*+,;:@/?&=', '%2F', '%C3%A9', '%26'),
    maxLength: 30,
  });
  const ordinary = fc.oneof(
    fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      minLength: 1,
      maxLength: 12,
    }),
    fc.uuid(),
    fc.tuple(fc.domain(), urlRest).map(([host, rest]) => `https://${host}/${rest}`),
    fc.integer().map(String),
    fc.base64String({ maxLength: 60 }),
    fc.json({ maxDepth: 2, stringUnit: anyCharacter }),
    fc.constantFrom(
      '"Acme"',
      '100 %',
      'a\\b',
      '&amp;',
      'R&D',
      '%20',
      'HTTP 401:',
      'iOS Team (release)',
      'C:\\Users\\x',
    ),
  );
  const key = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/_-'),
    minLength: 20,
    maxLength: 90,
  });
  fc.assert(
    fc.property(
      fc.array(ordinary, { maxLength: 12 }),
      fc.array(key, { minLength: 1, maxLength: 5 }),
      (texts, keys) => {
        const text = texts.join(' ').slice(0, 290).trim();
        expect(shown(text, ...keys)).toBe(shown(text));
        expect(shown(text)).not.toContain('left out');
      },
    ),
    { numRuns: 500 },
  );
});

const NEAR_MISSES = Array.from(
  { length: 100 },
  (_, index) => `${'a'.repeat(40)}${index}b${'a'.repeat(20)}`,
);
const INCREASING = Array.from({ length: 100 }, (_, index) => 'a'.repeat(index + 1));

// Generous: it takes some ten milliseconds.
test.each([
  ...HOSTILE,
  SECRET,
  [...SECRET].join('\u200b'),
  'a',
  'a ',
  '%61',
  '%2561',
  '&#x61;',
  '&#0000',
  '\\u0061',
  '\\',
  '65,',
  '36 31 ',
  '\u001b[',
  '\u001b[0',
  'x\u0001',
  '\u0301\u0316',
  '\ufdfa',
  '&abcd;',
  Buffer.from(
    Buffer.from(Buffer.from('seed'.repeat(50)).toString('hex')).toString('base64'),
  ).toString('base64'),
])('showing a mebibyte of %j takes little, whatever the secrets', (part) => {
  const text = part.repeat(Math.ceil(1_048_576 / part.length));
  for (const secrets of [[SECRET], ['a'.repeat(20_000)], NEAR_MISSES, INCREASING]) {
    const known = secretsOf(...secrets);
    const started = performance.now();
    expectFitForALog(known.show(message`${text}`));
    expect(performance.now() - started).toBeLessThan(1000);
  }
});

test.each([
  ['token eyJhbGci.eyJzdWIi.c2ln is not active', 'token *** is not active'],
  ['#id_token%3DeyJhbGci.eyJzdWIi.c2ln', '#id_token%3D***'],
  ['eyJhbGci.eyJzdWIi.', '***'],
  ['eyJhbGci', 'eyJhbGci'],
])('JWTs are not shown, whosever they are: %s', (text, shownText) => {
  expect(shown(text)).toBe(shownText);
});

test('a line takes little where many long secrets are known, each time it is shown', () => {
  const known = new Secrets(() => undefined);
  known.add(Array.from({ length: 400 }, (_, number) => `${number}${'şığü-'.repeat(1000)}`));
  const started = performance.now();
  for (let time = 0; time < 20; time++) known.show(message`${'%41 name '.repeat(60)}`);
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each(['\u0301\u0316', '&abcd;', '%41a'])('a secret of many %j takes little', (part) => {
  const started = performance.now();
  const known = secretsOf(part.repeat(50_000));
  expectFitForALog(known.show(message`${part.repeat(10_000)}`));
  expect(performance.now() - started).toBeLessThan(1000);
});

test('answers may not add up to more masks than a run can bear', () => {
  const announced: string[] = [];
  const secrets = new Secrets((secret) => announced.push(secret));
  const page = (number: number) =>
    Array.from({ length: 100 }, (_, index) => `token-${number}-${index}`);
  expect([1, 2, 3, 4, 5].map((number) => secrets.add(page(number), 100))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(secrets.add(page(6), 100)).toBe(false);
  expect(announced).toHaveLength(500);
  // An input is a secret of the user's own, however many lines it has.
  expect(secrets.add(page(7))).toBe(true);
});

test.each(['shy', 'zwj', 'ZeroWidthSpace', 'NoBreak'])(
  'a secret broken up by &%s; is not shown',
  (name) => {
    const secrets = new Secrets(() => undefined);
    secrets.add(['sk_4f9a27c1d8e35b60']);
    expect(secrets.show(message`${[...'sk_4f9a27c1d8e35b60'].join(`&${name};`)}`)).toBe(
      '[left out: it may hold a secret]',
    );
  },
);
