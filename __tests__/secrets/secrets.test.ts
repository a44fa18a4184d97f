import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { message } from '../../src/base/message.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { anyCharacter } from '../support/any-character.ts';

const SECRET = 'pak_Zx81+mQ/v4&Tt"R';

/** What breaks a line, moves the cursor, turns the writing direction, or starts a command. */
const HOSTILE = [
  '\n',
  '\r',
  '\u0085',
  '\u2028',
  '\0',
  '\u007f',
  '::',
  '::add-mask::',
  ' ::warning::',
  '##[',
  '#',
  '[',
  '%0A',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b',
  '\u009b31m',
  '\u202e',
  '\u200b',
  '\u{e0041}',
  '\ud800',
  '\udc00',
  '\uffff',
  '🔑',
  'e\u0301',
  '\u00a0',
];

/** What may stand between the characters of a secret without a reader's notice. */
const SEPARATORS = [
  '\n',
  ' ',
  '\u200b',
  '\u00ad',
  '\u001b[1;31m',
  '\u001b[?25l',
  '\u001b[2 q',
  '\0',
  '\u202e',
  '\u2028',
  '\ud800',
  ' \u001b[K\u200b\t',
];

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: anyCharacter, maxLength: 8 }),
      fc.constant(SECRET),
    ),
    { maxLength: 60 },
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

/** What is shown of a text of the user's. */
const shown = (text: string, ...secrets: string[]) => secretsOf(...secrets).show(message`${text}`);

/** What is left of a text once all that a reader overlooks is taken out. */
const squeezed = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal does not show these
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/[\p{C}\p{Z}]/gu, '')
    .toLowerCase();

function expectFitForALog(line: string): void {
  expect(line.length).toBeLessThanOrEqual(300);
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u);
  for (const whole of [line, ` ${line} more::`]) expect(parseCommand(whole)).toBeUndefined();
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
  ['  a\nb\n', 'a b'],
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
        expect(shown(`no ${broken} here`, secret)).toMatch(/^no [ +]*\*\*\* here$/);
      },
    ),
  );
});

const TOKEN = `${'abcdefgh'.repeat(8)}${'x'.repeat(100_000)}`;
const TWO_LINES = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\n  kiG9w0BAQEFAASC\n-----END KEY-----';

test.each([
  ['with signs between its letters', ['abc/123ixyz'], 'abc → 1-23 » ıx│yz', '***'],
  ['in Turkish capitals', ['abc/123ixyz'], 'ABC123İXYZ', '***'],
  ['with the other Greek letter s', ['abcς1234'], 'abcσ1234', '***'],
  [
    'with letters put together',
    ['pe\u0301sswörd-1'],
    'no p\u00e9sswo\u0308rd-1, here',
    'no ***, here',
  ],
  ['to its last letter, of two code units', ['key1𝐀𝐁'], 'no key1𝐀𝐁, here', 'no ***, here'],
  ['over another', ['abcdefgh', 'efghijkl'], '1abcdefghijkl2', '1***2'],
  ['next to others', ['efghijkl', 'abcdefgh'], 'abcdefgh efghijkl', '*** ***'],
  ['right behind another', ['abcdefgh', 'efghijkl'], 'abcdefghefghijkl', '***'],
  ['around a shorter one', ['efgh', 'abcdefghijkl'], '1 ABCDefghIJKL 2', '1 *** 2'],
  ['over itself', ['abaaba'], 'xabaabaabay', 'x***y'],
  ['again and again', ['xx'], 'xx1xx2xx', '***1***2***'],
  ['of 64 letters alone', [TOKEN.slice(0, 64)], `no ${TOKEN.slice(0, 64)} here`, 'no *** here'],
  ['of 65 with all behind it', [TOKEN.slice(0, 65)], `no ${TOKEN.slice(0, 65)} here`, 'no ***'],
  ['of few letters far apart', [`abcdefgh${' '.repeat(5000)}ijkl`], 'no abcdefgh ijkl', 'no ***'],
  ['of thousands of characters', [TOKEN], `no ${TOKEN} here`, 'no ***'],
  ['after one that is its beginning', [TOKEN.slice(0, 64), TOKEN], `no ${TOKEN} here`, 'no ***'],
  ['by its beginning', [TOKEN], `no ${TOKEN.slice(0, 64)} here`, 'no ***'],
  ['line by line', [TWO_LINES], 'MIIEvQIBADANBgkqh and kiG9w0BAQEFAASC', '*** and ***'],
  ['with blanks and controls', ['one  two\u0007three'], '(one \n two\u200b three)', '(***)'],
])('a secret is hidden %s', (_how, secrets, text, line) => {
  expect(shown(text, ...secrets)).toBe(line);
});

test.each([
  ['its beginning cut short', TOKEN, TOKEN.slice(0, 63)],
  ['nothing that is seen', '\u200b\u200b', 'abc'],
  ['blanks', ' ', 'a b'],
])('%s hides nothing', (_what, secret, text) => {
  expect(shown(text, secret)).toBe(text);
});

test('a secret that is split over two values, or between a value and words, is not shown', () => {
  const secrets = secretsOf('abcdefghijkl');
  expect(secrets.show(message`no ${'abcdef'} ${new Foreign('ghijkl')} here`)).toBe('no *** here');
  expect(secrets.show(message`no ${'abcdef'}ghijkl here`)).toBe('no *** here');
  expect(secrets.show(message`no abcdefghijkl here`)).toBe('no *** here');
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
});

test('in the HTML of the job summary, a page of the documentation is a link', () => {
  expect(secretsOf().showAsHtml(message`See https://docs.appcircle.io/account/api-keys.`)).toBe(
    'See <a href="https://docs.appcircle.io/account/api-keys">https://docs.appcircle.io/account/api-keys</a>.',
  );
});

test('a secret that is told later is found from then on', () => {
  const secrets = secretsOf();
  expect(secrets.show(message`${'later-secret'}`)).toBe('later-secret');
  secrets.add(['later-secret']);
  expect(secrets.show(message`${'later-secret'}`)).toBe('***');
});

function announcedFor(secret: string): string[] {
  const announced: string[] = [];
  new Secrets((mask) => announced.push(mask)).add([secret]);
  return announced;
}

test.each([
  ['one', ['one']],
  ['  padded \n', ['  padded \n', 'padded']],
  ['one\none', ['one\none', 'one']],
  ['1 \r\n 2 \n', ['1 \r\n 2 \n', '1 \r\n 2', '1', '2']],
  [' \n', []],
])('announced whole, trimmed and line by line is %j', (secret, announced) => {
  expect(announcedFor(secret)).toEqual(announced);
});

test('announced of many lines are the first fifty', () => {
  const lines = Array.from({ length: 499 }, (_, number) => `line ${number}`);
  expect(announcedFor(lines.join('\n'))).toEqual([lines.join('\n'), ...lines.slice(0, 50)]);
});

test.each(['a ', '%61', '\u200b', '\u001b[', '\u0301\u0316', 'aB3 ', '97,', '東', 'name=', '::'])(
  'of a mebibyte of %j a harmless line is shown',
  (part) => {
    const secrets = secretsOf(SECRET, part.repeat(20_000));
    const text = part.repeat(Math.ceil(1_048_576 / part.length));
    for (const value of [text, new Foreign(text)])
      expectFitForALog(secrets.show(message`${value}`));
  },
);
