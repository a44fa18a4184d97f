import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { visibleText } from '../../src/base/text.ts';
import { anyCharacter } from '../support/any-character.ts';

test.each([
  ['a\nb', 'a b'],
  ['a\r\n\t b', 'a b'],
  ['a\u0085b\u2028c\u2029d\u00a0e', 'a b c d e'],
  ['a\u3000b\u2800c', 'a b c'],
  ['  padded\n', 'padded'],
  ['two  blanks', 'two blanks'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b[?25lx\u001b[2Ky', 'xy'],
  ['\u001b]0;a title\u0007x', 'x'],
  ['\u001b]8;;https://a.example\u001b\\a link\u001b]8;;\u001b\\', 'a link'],
  ['x\u001b]0;no end', 'x'],
  ['a\u001bb', 'a b'],
  ['a\u202eb\u200bc\ufeffd\u00ade', 'abcde'],
  ['a\u180eb\u3164c\u115fd\ufe0fe', 'abcde'],
  ['a\ud800b\udc00c', 'abc'],
  ['a\ue000b\u{10ffff}c', 'abc'],
  ['', ''],
  ['\u200b\n', ''],
])('%j is seen as %j', (text, seen) => {
  expect(visibleText(text)).toBe(seen);
});

test('what is seen is one line that can be seen', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const seen = visibleText(text);
      expect(seen).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|^ | $| {2}/u);
      expect(visibleText(seen)).toBe(seen);
    }),
    { numRuns: 1000 },
  );
});

test('a letter has 30 accents at most, however they are kept apart', () => {
  for (const between of ['', '\u200b', '\u001b[m'])
    expect(visibleText(`a${Array(1000).fill('\u0301').join(between)}b`)).toBe(
      `á${'\u0301'.repeat(29)}b`,
    );
});

test('a letter is the same however it is put together', () => {
  expect(visibleText('e\u0301')).toBe('\u00e9');
});

test('text that one can see stays as it is', () => {
  for (const text of ['The organization "Acme" is at 100 %: [x] #1.', 'é 東京 🚀'])
    expect(visibleText(text)).toBe(text);
});
