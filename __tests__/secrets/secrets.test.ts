import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { message } from '../../src/base/message.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { anyCharacter } from '../support/any-character.ts';

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

/** A secret as somebody may choose it. */
const secretText = fc
  .string({
    unit: fc.constantFrom(...'abcXYZ0189-._~+/=&%"<>\\\'{}$!()*|,:#@? é🔑ß'),
    minLength: 8,
    maxLength: 24,
  })
  .map((text) => `Z${text.trim()}Z`);

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

/** What is shown of a text of the user's. */
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
      expect(squeezed(line)).not.toContain(SECRET.toLowerCase().replace('+', ''));
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

test('a value is shown to its three hundredth character', () => {
  expect(shown('x'.repeat(300))).toBe('x'.repeat(300));
  expect(shown('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
  expect(shown(`${'x'.repeat(298)}🔑🔑`)).toBe(`${'x'.repeat(298)}…`);
  expect(shown(`${'x'.repeat(297)}🔑🔑`)).toBe(`${'x'.repeat(297)}🔑…`);
});

test('of foreign text, the word that is cut is not shown', () => {
  const words = 'word '.repeat(58);
  const line = secretsOf().show(message`${new Foreign(`${words}abcdefghijklmnopqr`)}`);
  expect(line).toBe(`${words}…`);
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

test('a secret is found where signs stand between its letters, in Turkish capitals too', () => {
  for (const text of ['abc → 1-23 » ıx│yz', 'ABC123İXYZ', 'a.b.c.1.2.3.I.X.Y.Z'])
    expect(shown(text, 'abc/123ixyz')).toBe('***');
});

test('a secret is hidden to the end of its last letter, which may be one of two code units', () => {
  expect(shown('no key1𝐀𝐁, here', 'key1𝐀𝐁')).toBe('no ***, here');
});

test('secrets that overlap are covered together', () => {
  expect(shown('1abcdefghijkl2', 'abcdefgh', 'efghijkl')).toBe('1***2');
  expect(shown('1abcdefghijkl2 abcdefgh efghijkl', 'efghijkl', 'abcdefgh')).toBe('1***2 *** ***');
  expect(shown('abcdefghefghijkl', 'abcdefgh', 'efghijkl')).toBe('***');
});

test('a shorter secret inside a longer one uncovers nothing of it', () => {
  expect(shown('1 abcdefghijkl 2', 'efgh', 'abcdefghijkl')).toBe('1 *** 2');
  expect(shown('1 ABCDefghIJKL 2', 'efgh', 'abcdefghijkl')).toBe('1 *** 2');
});

test('a secret that overlaps itself is covered whole', () => {
  expect(shown('xabaabaabay', 'abaaba')).toBe('x***y');
  expect(shown('xx1xx2xx', 'xx')).toBe('***1***2***');
});

test('a secret that is split over two values, or between a value and words, is not shown', () => {
  const secrets = secretsOf('abcdefghijkl');
  expect(secrets.show(message`no ${'abcdef'}${'ghijkl'} here`)).toBe('no *** here');
  expect(secrets.show(message`no ${'abcdef'} ${new Foreign('ghijkl')} here`)).toBe('no *** here');
  expect(secrets.show(message`no ${'abcdef'}ghijkl here`)).toBe('no *** here');
});

test('a long secret is found by its beginning, and covers what follows', () => {
  const token = `${'abcdefgh'.repeat(8)}${'x'.repeat(100_000)}`;
  expect(shown(`no ${token} here`, token)).toBe('no ***');
  expect(shown(`no ${token.slice(0, 64)} here`, token)).toBe('no ***');
  expect(shown(`no ${token.slice(0, 63)}`, token)).toBe(`no ${token.slice(0, 63)}`);
});

test('a secret stays hidden in the HTML of the job summary', () => {
  const secrets = secretsOf('abc<efgh>ijkl');
  expect(
    secrets.showAsHtml(message`no ${'abc<efgh>ijkl'} & ${new Foreign('ABC<efgh>IJKL')} here`),
  ).toBe('no <code>***</code> &amp; <code>***</code> here');
  expect(secrets.showAsHtml(message`no ${'abc<ef'} ${'gh>ijkl'} here`)).toBe(
    '<code>no *** here</code>',
  );
});

test('nothing in the HTML of the job summary is more than text', () => {
  expect(
    secretsOf().showAsHtml(message`<b>own & words</b> ${'<img src="x" onerror=\'y\'>`|'}`),
  ).toBe(
    '&lt;b&gt;own &amp; words&lt;/b&gt; <code>&lt;img src=&#34;x&#34; onerror=&#39;y&#39;&gt;&#96;&#124;</code>',
  );
  fc.assert(
    fc.property(hostileText, fc.boolean(), (text, foreign) => {
      const value = foreign ? new Foreign(text) : text;
      const html = secretsOf(SECRET).showAsHtml(message`${value}`);
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

test('a secret that nobody can see hides nothing else', () => {
  expect(shown('abc', '\u200b\u200b')).toBe('abc');
  expect(shown('a b', '', ' ')).toBe('a b');
});

test('a secret with blanks and controls in it is found as it is shown', () => {
  const secret = 'one  two\u0007three';
  expect(shown('(one  two\u0007three)', secret)).toBe('(***)');
  expect(shown('(one \n two\u200b three)', secret)).toBe('(***)');
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
});

describe('announced is a secret', () => {
  test.each([
    ['one', ['one']],
    ['  padded \n', ['  padded \n', 'padded']],
    [
      'first\nsecond\r\n  third ',
      ['first\nsecond\r\n  third ', 'first\nsecond\r\n  third', 'first', 'second', 'third'],
    ],
    ['one\none', ['one\none', 'one']],
    [' \n', []],
  ])('whole, trimmed and line by line, each once: %j', (secret, announced) => {
    expect(announcedFor(secret)).toEqual(announced);
  });

  test('of many lines with the first fifty of them', () => {
    const lines = Array.from({ length: 499 }, (_, number) => `line ${number}`);
    expect(announcedFor(lines.join('\n'))).toEqual([lines.join('\n'), ...lines.slice(0, 50)]);
  });
});

test.each([
  'a',
  'a ',
  '%61',
  '\u200b',
  '\u001b[',
  '\u0301\u0316',
  'a.',
  'aB3 ',
  '97,',
  '東',
  'name=',
  '::',
])('of a mebibyte of %j a harmless line is shown', (part) => {
  const secrets = secretsOf(SECRET, part.repeat(20_000));
  const text = part.repeat(Math.ceil(1_048_576 / part.length));
  for (const value of [text, new Foreign(text)]) expectFitForALog(secrets.show(message`${value}`));
});
