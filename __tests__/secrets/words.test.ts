import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Foreign } from '../../src/base/foreign.ts';
import { message } from '../../src/base/message.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { wordsOf } from '../../src/secrets/words.ts';
import { encodings } from './encodings.ts';
import { names, readable, shortened } from './texts.ts';

/** A run of a key or of its encoding that long would help somebody who wants the key. */
const TOO_MUCH = 12;

describe('of foreign text, what is made of words is shown whole:', () => {
  test.each(readable)('%s', (text) => {
    expect(wordsOf(text)).toBe(text);
  });
});

describe('the name of an organization is shown whole:', () => {
  test.each(names)('%s', (name) => {
    expect(wordsOf(name)).toBe(name);
  });
});

describe('a word is lost:', () => {
  test.each(shortened)('%s', (text, shown) => {
    expect(wordsOf(text)).toBe(shown);
  });
});

describe('a word', () => {
  test.each([
    ['a'.repeat(30), 'small letters'],
    ['A'.repeat(20), 'capitals'],
    ['東'.repeat(40), 'a script without capitals'],
    ['Abcdefghij'.repeat(4), 'camel case'],
    ['fooBarBaz'.repeat(2), 'humps of three letters'],
    ['1'.repeat(16), 'a number'],
    ['aB3dE5gH1jK2mN4p', 'letters and digits'],
    ['A1.b2.c3.d4.e5.f6.g7', 'letters, digits and what stands between them'],
    ['a1b2c3d4e5f6g7h8.example.com', 'letters and digits in a host'],
    ['1a.2b.3c.4d.5e.example.com', 'parts of a host that begin with a digit'],
    ['A.b.c.d.of.single.letters', 'single letters'],
    ['oauth2.sha256.sha512.http2.utf8', 'numbered words'],
    ['one.two.three.four.five.six.seven.eight.nine.ten.eleven.twelve', 'parts'],
    ['name=value', 'a name and a value'],
    ['id=aB3dE5gH1jK2', 'a name and something short'],
  ])('of so many is shown: %s (%s)', (word) => {
    expect(wordsOf(word)).toBe(word);
  });

  test.each([
    ['a'.repeat(31), 'small letters'],
    ['A'.repeat(21), 'capitals'],
    ['東'.repeat(41), 'a script without capitals'],
    ['InVaLiDoInVaLiDoIn', 'humps of two letters'],
    ['1'.repeat(17), 'a number'],
    ['123456789-12345678', 'digits in all'],
    ['aB3dE5gH1jK2mN4pQ', 'letters and digits'],
    ['A1.b2.c3.d4.e5.f6.g7.h', 'letters, digits and what stands between them'],
    ['M.3.O.V.B.k.N.l.o.O.q.0', 'single letters and digits'],
    ['A.b.c.d.e.of.single.letters', 'single letters'],
    ['a1b2c3d4e5f6g7h8i.example.com', 'letters and digits in a host'],
    [`${'Abcdefghij'.repeat(4)}k`, 'camel case'],
    ['one.two.three.four.five.six.seven.eight.nine.ten.eleven.twelve.thirteen', 'parts'],
    ['aB3dE5gH1jK2=mN4pQ6', 'a key with "=" in it'],
    ['client_id=aB3dE5gH1jK2', 'a name and something short'],
  ])('of one more is not: %s (%s)', (word) => {
    expect(wordsOf(word)).toMatch(/^…$|^\w+=…$/);
  });

  test('of ideographs that are a key, read as UTF-16, is not', () => {
    const key = Buffer.from('Zx81mQv4TtR99kLm0aB3+g5M').toString('utf16le');
    expect(wordsOf(key)).toBe('…');
  });

  test('keeps the punctuation and the symbols around it', () => {
    expect(wordsOf('("aB3dE5gH1jK2mN4pQ6r"), *** <bold> 🚀')).toBe('("…"), *** <bold> 🚀');
  });

  test.each([
    '2026-11-28',
    '28/11/2026',
    '2026-11-28T07:22:14.123Z',
    '2026-11-28T07:22:14+02:00',
    '10:00:00',
    '03:00',
    '203.0.113.7:8443',
    '10.0.0.0/8',
    '2001:db8::/32',
    '2001:db8:85a3:0:0:8a2e:370:7334',
    'FE80::1FF:FE23:4567:890A',
    'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
    'D3F8A1B6-2C47-4E90-9B3D-5F6E7A8C9D01',
  ])('that says when, where or which one is shown four times: %s', (word) => {
    expect(wordsOf(`${word} `.repeat(6).trim())).toBe(`${word} ${word} ${word} ${word} … …`);
  });

  test.each(['6b:65:79:6b:65:79:6b:65', '6b:65:79:6b:65:79:6b:65:79:31'])(
    'of bytes in hex is no address: %s',
    (bytes) => {
      expect(wordsOf(bytes)).not.toContain('6b:65:79');
    },
  );
});

describe('pieces in a row:', () => {
  test.each([
    ['error 401 403 here', 'error 401 403 here'],
    ['bytes 97 98 99 100 here', 'bytes 97 98 99 100 here'],
    ['bytes 97, 98 | 99 100 101 here', 'bytes …, … | … … … here'],
    ['wait 5 s, or 1 m', 'wait 5 s, or 1 m'],
    ['a 1 b 2 c 3 d 4 e 5 f 6', '… … … … … … … … … … … …'],
    ['aB3dE5 gH1jK2', '… …'],
    ['aB3dE5 is gH1jK2', 'aB3dE5 is gH1jK2'],
    [`${'aB3dE5gH'.repeat(4)} aB3dE5gH1jK2 is wrong`, '… … is wrong'],
    [`${'aB3dE5gH'.repeat(4)} camelCaseWord`, '… …'],
    [`IDX10223: ${'aB3dE5gH'.repeat(4)} expired`, '…: … expired'],
    ['10:00:00 aB3dE5gH1jK2 10:00:01 mN4pQ6rS8tU0', '10:00:00 … 10:00:01 …'],
    ['aB3dE5gH: 1jK2mN4p: Q6rS8tU0:', '…: …: …:'],
    ['aB3dE5gH... 12 is wrong', '…... … is wrong'],
    ['aBcDeFg...', '…...'],
    ['v12...', '…...'],
    ['Please wait...', 'Please wait...'],
    ['123456 78901', '123456 78901'],
    ['123456 789012', '… …'],
    ['QWERTYuiop ASDFGHjkl', '… …'],
    ['server-1a2b.example.com 42', 'server-1a2b.example.com 42'],
    ['\u3400 12', '… …'],
    ['.'.repeat(20), '........…........'],
  ])('%s', (text, shown) => {
    expect(wordsOf(text)).toBe(shown);
  });
});

const letters = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  minLength: 12,
  maxLength: 32,
});
/** Letters and digits in any order, with a sign somewhere among them. Biased ones would be words. */
const randomKey = fc
  .noBias(fc.tuple(letters, fc.constantFrom(...'+/=-_'), letters))
  .map((parts) => parts.join(''));

const surroundings = fc.constantFrom(
  ['', ''],
  ['Invalid key ', ' here'],
  ['secret=', ''],
  ['"', '".'],
  ['client 12 ', ' 3 4'],
);

/** Whether a run of a text is shown, whatever blanks stand in it. */
function isSeen(text: string, shown: string): boolean {
  const [sought = '', seen = ''] = [text, shown].map((each) => each.replace(/\s/g, ''));
  return [...sought.slice(TOO_MUCH - 1)].some((_, at) =>
    seen.includes(sought.slice(at, at + TOO_MUCH)),
  );
}

describe('no part of a key is shown:', () => {
  test.each(Object.entries(encodings))('%s', (_name, encode) => {
    fc.assert(
      fc.property(randomKey, surroundings, (key, [before, after]) => {
        const secrets = new Secrets(() => undefined);
        secrets.add([key]);
        const encoded = encode(key);
        const shown = secrets.show(message`${new Foreign(before + encoded + after)}`);
        expect([key, encoded].filter((text) => isSeen(text, shown))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

/** Lists of docs/FOR-SECURITY-TEAMS.md hold what is shown as it is, what is hidden, and what stays open. */
describe('docs/FOR-SECURITY-TEAMS.md', () => {
  const page = readFileSync('docs/FOR-SECURITY-TEAMS.md', 'utf8');
  const [, lists = ''] = /<!-- words:start -->(.*?)<!-- words:end -->/s.exec(page) ?? [];
  const items = [...lists.matchAll(/^- [^`]+: `([^`]+)`(?: becomes `([^`]+)`)?$/gm)];

  test('has an example in each item of its lists of what is shown', () => {
    expect(items.length).toBeGreaterThan(10);
    expect(items).toHaveLength([...lists.matchAll(/^- /gm)].length);
  });

  test.each(items.map(([, text = '', shown = text]) => [text, shown]))(
    'shows %s as %s',
    (text, shown) => {
      expect(wordsOf(text)).toBe(shown);
    },
  );
});
