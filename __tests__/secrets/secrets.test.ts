import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../sandbox/runner/commands.ts';
import { parseFileCommands } from '../sandbox/runner/file-commands.ts';
import { parseTokenAnswer } from '../src/appcircle/token.ts';
import { Failure } from '../src/failure.ts';
import { Masks } from '../src/masks.ts';
import { publish } from '../src/runner/files.ts';

const SECRET = 'pak_Zx81+mQ/v4&Tt"R';

/** What breaks a line, moves the cursor, turns the writing direction, or starts a command. */
const HOSTILE = [
  ...['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029', '\0', '\t', '\b', '\u007f', '\u009b'],
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
  ...['%0A', '%0D', '%25', '%3A', '\u001b[31m', '\u001b[2J', '\u001b]0;title\u0007', '\u001b', '\u009b31m'],
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
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 }), fc.constant(SECRET)), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

/** A secret as somebody may choose it, long enough not to stand in a text by chance. */
const secretText = fc.string({
  unit: fc.constantFrom(...'abcXYZ0189-._~+/=&%"<>\\\'{}$é🔑ß'),
  minLength: 12,
  maxLength: 60,
});

const masksOf = (...secrets: string[]) => {
  const masks = new Masks(() => undefined);
  for (const secret of secrets) masks.add(secret);
  return masks;
};

const announcedFor = (...secrets: string[]) => {
  const announced: string[] = [];
  const masks = new Masks((secret) => announced.push(secret));
  for (const secret of secrets) masks.add(secret);
  return announced;
};

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
  for (const line of [quoted, `"${quoted}"`, ` ${quoted}`, `\t${quoted} more::`])
    expect(parseCommand(line)).toBeUndefined();
}

test('quoted text is one harmless line without the secret, whatever it was', () => {
  const masks = masksOf(SECRET);
  fc.assert(
    fc.property(hostileText, (text) => {
      const quoted = masks.quote(text);
      expectFitForALog(quoted);
      expect(squeezed(quoted)).not.toContain(SECRET.toLowerCase());
    }),
    { numRuns: 1000 },
  );
});

test.each([...HOSTILE, SECRET, [...SECRET].join('\u200b'), 'x'])(
  'a megabyte of %j is quoted in no time to speak of',
  (part) => {
    const masks = masksOf(SECRET);
    const started = performance.now();
    expectFitForALog(masks.quote(part.repeat(Math.ceil(1_048_576 / part.length))));
    expect(performance.now() - started).toBeLessThan(3000);
  },
);

test('harmless text stays as it is', () => {
  const text = 'The organization "Acme" (d3f8a1b6) is at 100 %: [x] #1, a::b, é, 東京 🚀.';
  expect(masksOf(SECRET).quote(text)).toBe(text);
  expect(masksOf().quote(text)).toBe(text);
  expect(masksOf().redact('')).toBe('');
  expect(masksOf().quote('')).toBe('');
});

test.each([
  ['a\nb', 'a b'],
  ['a\r\n\t b', 'a b'],
  ['a\u0085b\u2028c\u2029d\u00a0e', 'a b c d e'],
  ['  padded\n', 'padded'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b[?25lx\u001b[2Ky', 'xy'],
  ['a\u001bb', 'a b'],
  ['a\u202eb\u200bc\ufeffd\u00ade', 'abcde'],
  ['a\ud800b\udc00c', 'abc'],
  ['a\ue000b\u{10ffff}c', 'abc'],
  ['::error::x', ': :error::x'],
  [' \u200b::error::x', ': :error::x'],
  ['a ::error::x', 'a ::error::x'],
  ['##[error]x##[', '## [error]x## ['],
  ['#\u200b#[error]x', '## [error]x'],
  ['##\u001b[0m[error]x', '## [error]x'],
])('quotes %j as %j', (text, quoted) => {
  expect(masksOf().quote(text)).toBe(quoted);
});

test('quoted text ends with three hundred characters', () => {
  expect(masksOf().quote('x'.repeat(300))).toBe('x'.repeat(300));
  expect(masksOf().quote('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
  expect(masksOf().quote(`${'x'.repeat(298)}🔑🔑`)).toBe(`${'x'.repeat(298)}…`);
  expect(masksOf().quote(`${'x'.repeat(297)}🔑🔑`)).toBe(`${'x'.repeat(297)}🔑…`);
});

test('no secret is cut in two by the end of the line', () => {
  const masks = masksOf(SECRET);
  for (let ahead = 270; ahead <= 310; ahead++) {
    const quoted = masks.quote(`${'-'.repeat(ahead)}${SECRET}${'-'.repeat(20)}`);
    expect(quoted).not.toContain(SECRET.slice(0, 4));
    expectFitForALog(quoted);
  }
});

test.each<[string, (secret: string) => string]>([
  ['as it is', (secret) => secret],
  ['in capitals', (secret) => secret.replace(/[a-z]/g, (letter) => letter.toUpperCase())],
  ['without capitals', (secret) => secret.replace(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ['percent-encoded', encodeURIComponent],
  [
    'percent-encoded in lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (octet) => octet.toLowerCase()),
  ],
  ['form-encoded', (secret) => new URLSearchParams({ a: secret }).toString().slice(2)],
  [
    'form-encoded in lower case',
    (secret) =>
      new URLSearchParams({ a: secret })
        .toString()
        .slice(2)
        .replace(/%../g, (octet) => octet.toLowerCase()),
  ],
  ['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['in JSON with slashes escaped', (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
  [
    'in JSON that is ASCII',
    (secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[^\0-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  [
    'in HTML',
    (secret) =>
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
  ],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex')],
  ['in hexadecimal capitals', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['in Base64', (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['in URL-safe Base64', (secret) => Buffer.from(secret).toString('base64url')],
])('a secret is found %s', (name, encode) => {
  fc.assert(
    fc.property(secretText, fc.nat(40), (secret, ahead) => {
      const masks = masksOf(secret);
      const text = `${'- '.repeat(ahead)}${encode(secret)} -`;
      const whole = squeezed(encode(secret));
      expect(squeezed(masks.quote(text))).not.toContain(whole);
      expect(masks.quote(text)).toContain('***');
      if (!/capitals$/.test(name) || /hexadecimal/.test(name)) expect(masks.redact(text)).toContain('***');
    }),
  );
});

test.each<BufferEncoding>(['base64', 'base64url'])(
  'a secret is found in the %s of something that it stands in',
  (encoding) => {
    fc.assert(
      fc.property(secretText, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), (secret, before, behind) => {
        const encoded = Buffer.from(before + secret + behind).toString(encoding);
        const masks = masksOf(secret);
        for (const shown of [masks.quote(encoded), masks.redact(encoded)]) {
          expect(shown).toContain('***');
          for (const run of shown.split('***')) {
            const decoded = [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), encoding).toString());
            expect(decoded.filter((text) => text.includes(secret.slice(1, -1)))).toEqual([]);
          }
        }
      }),
    );
  },
);

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
        const quoted = masksOf(secret).quote(`no ${broken} here`);
        expect(squeezed(quoted)).not.toContain(squeezed(secret));
        expect(quoted).toMatch(/^no ?\*\*\* here$/);
      },
    ),
  );
});

test.each(['\u001b[0m', '\u001b[1;38;5;196m', '\u001b[2 q', '\u001b[?25l', ' \u001b[K\u200b\t'])(
  'a secret in capitals is found where %j breaks it up',
  (sequence) => {
    const broken = `SK_4F9A27C1${sequence}D8E35B60`;
    expect(masksOf('sk_4f9a27c1d8e35b60').quote(`no ${broken} here`)).toBe('no *** here');
  },
);

test('secrets that overlap are covered together', () => {
  const masks = masksOf('abcdefgh', 'efghijkl');
  expect(masks.redact('1abcdefghijkl2')).toBe('1***2');
  expect(masks.quote('1abcdefghijkl2')).toBe('1***2');
  expect(masksOf('efghijkl', 'abcdefgh').redact('1abcdefghijkl2 abcdefgh efghijkl')).toBe('1***2 *** ***');
  expect(masks.redact('abcdefghefghijkl')).toBe('***');
  expect(masks.redact('abcdefgh efghijkl')).toBe('*** ***');
});

test('our own lines are without the secrets as they are', () => {
  const masks = masksOf('abcdef', 'abcdefghi', 'hijk');
  expect(masks.hide('1abcdefghijk2 abcdef')).toBe('1***2 ***');
  expect(masks.hide(`a b c d e f ${Buffer.from('abcdef').toString('hex')}`)).toBe('a b c d e f 616263646566');
  expect(masksOf().hide('nothing is secret')).toBe('nothing is secret');
});

test('a GUID is quoted as it is, unless it is a secret', () => {
  const guid = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
  expect(masksOf(SECRET).quote(guid)).toBe(guid);
  expect(masksOf(guid).quote(guid)).toBe('***');
});

test('a secret that overlaps itself is covered whole', () => {
  expect(masksOf('abaaba').redact('xabaabaabay')).toBe('x***y');
  expect(masksOf('xx').redact('1xxxxx2')).toBe('1***2');
});

test('many secrets that overlap themselves are one', () => {
  const masks = masksOf(...Array.from({ length: 10 }, (_, index) => 'a'.repeat(index + 6)));
  expect(masks.quote(`x${'a'.repeat(10_000)}y`)).toBe('x***y');
});

test('a secret that nobody can see hides nothing else', () => {
  const masks = masksOf('\u200b\u200b');
  expect(masks.redact('a\u200b\u200bb')).toBe('a***b');
  expect(masks.quote('abc')).toBe('abc');
});

test('only a broken-up secret of some length is taken for one', () => {
  expect(masksOf('abcde').quote('a b c d e abcde')).toBe('a b c d e ***');
  expect(masksOf('abcdef').quote('a b c d e f')).toBe('***');
  expect(masksOf('abcde').quote('ABCDE')).toBe('ABCDE');
  expect(masksOf('abcdef').redact('a b c d e f ABCDEF')).toBe('a b c d e f ABCDEF');
});

test('a short secret is not looked for in encodings, which are short too', () => {
  expect(masksOf('abc').redact('YWJj 616263 abc')).toBe('YWJj 616263 ***');
  expect(masksOf('abcde').redact(Buffer.from('abcde').toString('hex'))).toBe('6162636465');
  expect(masksOf('abcdef').redact(Buffer.from('abcdef').toString('hex'))).toBe('***');
});

test('a secret with blanks and controls in it is found as it is shown', () => {
  const masks = masksOf('one  two\u0007three');
  expect(masks.redact('(one  two\u0007three)')).toBe('(***)');
  expect(masks.redact('(one two three)')).toBe('(***)');
  expect(masks.redact('one two three')).toBe('***');
  expect(masks.quote('(one \n two\u200b three)')).toBe('(***)');
});

test('secrets of a few characters are found in text that is shorter than their encodings', () => {
  expect(masksOf('é'.repeat(6)).redact('é'.repeat(6))).toBe('***');
  expect(masksOf('a'.repeat(6)).redact('aaaaa')).toBe('aaaaa');
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
  expect(announcedFor(' first\nsecond ')).toEqual([' first\nsecond ', 'first\nsecond', 'first', 'second']);
  expect(announcedFor('one', 'one\none', 'two')).toEqual(['one', 'one\none', 'two']);
});

test('blank text is no secret', () => {
  expect(announcedFor('', ' ', '\n', ' \r\n\t')).toEqual([]);
  expect(announcedFor('a\n\n \nb')).toEqual(['a\n\n \nb', 'a', 'b']);
  expect(masksOf('', ' ').redact('a b')).toBe('a b');
});

test('a secret of several lines is found line by line', () => {
  const masks = masksOf('-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\n  kiG9w0BAQEFAASC\n-----END KEY-----');
  expect(masks.quote('the line MIIEvQIBADANBgkqh and kiG9w0BAQEFAASC')).toBe('the line *** and ***');
});

test('a secret that is told later is found from then on', () => {
  const masks = masksOf();
  expect(masks.redact('later-secret')).toBe('later-secret');
  masks.add('later-secret');
  expect(masks.redact('later-secret')).toBe('***');
  masks.add('another-secret');
  expect(masks.redact('later-secret another-secret')).toBe('*** ***');
});

const folder = mkdtempSync(join(tmpdir(), 'appcircle-masks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the steps after this one find, when this token is published. */
function published(token: string, organization: string) {
  const before = { ...process.env };
  const paths = { GITHUB_ENV: join(folder, 'env'), GITHUB_OUTPUT: join(folder, 'output') };
  for (const path of Object.values(paths)) writeFileSync(path, '');
  Object.assign(process.env, paths);
  try {
    publish(
      {
        'access-token': token,
        'token-expires-at': '',
        'organization-id': organization,
        'credential-type': 'api-key',
        'key-expires-on': '',
        'key-days-left': '',
        'key-expiry-status': 'unknown',
      },
      true,
    );
  } finally {
    for (const name of [...Object.keys(paths), 'AC_ACCESS_TOKEN']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  return {
    env: parseFileCommands(readFileSync(paths.GITHUB_ENV, 'utf8'), 'GITHUB_ENV'),
    outputs: parseFileCommands(readFileSync(paths.GITHUB_OUTPUT, 'utf8'), 'GITHUB_OUTPUT'),
  };
}

const injection = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        'NODE_OPTIONS=--require=x',
        'PATH=/tmp',
        '<<',
        'EOF',
        'ghadelimiter_',
        '=',
        '::set-env name=A::b',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('a token that could set another variable is no token', () => {
  fc.assert(
    fc.property(injection, fc.boolean(), (text, asJwt) => {
      const token = asJwt ? `e30.${text}.e30` : text;
      let value: string;
      try {
        value = parseTokenAnswer(JSON.stringify({ access_token: token }), 0).value;
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        return;
      }
      expect(value).toMatch(/^[!-~]+$/);
      expect(published(value, '').env).toEqual({ AC_ACCESS_TOKEN: value });
    }),
    { numRuns: 300 },
  );
});

test('nothing that is published can set another variable or output', () => {
  fc.assert(
    fc.property(injection, injection, (token, organization) => {
      const { env, outputs } = published(token, organization);
      expect(env).toEqual({ AC_ACCESS_TOKEN: token });
      expect(Object.keys(outputs).length).toBe(7);
      expect([outputs['access-token'], outputs['organization-id']]).toEqual([token, organization]);
    }),
    { numRuns: 300 },
  );
});
