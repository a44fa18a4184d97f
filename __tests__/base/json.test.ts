import { describe, expect, test } from '@jest/globals';
import { Foreign } from '../../src/base/foreign.ts';
import { numberIn, parseObject, plausible, textIn } from '../../src/base/json.ts';

describe('an object', () => {
  test.each([
    ['{}', {}],
    [' {"a":[1]} ', { a: [1] }],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['{"a":"\uFEFF"}', { a: '\uFEFF' }],
  ])('is read in %j', (text, fields) => {
    expect(parseObject(text)).toEqual(fields);
  });

  test.each(['', 'null', '1', '"{}"', '[]', '{', '{}{}', '<html>', '\uFEFF\uFEFF{}'])(
    'is not %j',
    (text) => {
      expect(parseObject(text)).toBeUndefined();
    },
  );
});

test.each(['', ' ', '\n\t', null, undefined, 1, true, {}, ['a']])('no text is in %j', (value) => {
  expect(textIn(value)).toBeUndefined();
});

test('text is foreign, and given as it came', () => {
  expect(textIn(' a ')).toEqual(new Foreign(' a '));
});

test.each([
  [60, 60],
  [-1.5, -1.5],
  ['60', 60],
  ['-5', -5],
  ['1.25', 1.25],
  ['007', 7],
])('a number is in %j', (value, number) => {
  expect(numberIn(value)).toBe(number);
});

test.each([
  '',
  ' 60',
  '60 ',
  '+5',
  '1e3',
  '0x10',
  '1.',
  '.5',
  '1,5',
  '9'.repeat(21),
  null,
  true,
  [1],
  {},
  Number.NaN,
])('no number is in %j', (value) => {
  expect(numberIn(value)).toBeUndefined();
});

test('the years from 2000 to 9999 are plausible', () => {
  const [first, last] = [Date.UTC(2000, 0), Date.UTC(10_000, 0) - 1];
  expect([first - 1, first, last, last + 1].map(plausible)).toEqual([
    undefined,
    first,
    last,
    undefined,
  ]);
});
