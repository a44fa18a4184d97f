import { expect, test } from '@jest/globals';
import { Foreign } from '../../src/base/foreign.ts';
import { joined, type Message, message, words } from '../../src/base/message.ts';

/** Marks each value that would be made safe: own text in angle brackets, foreign text in curly ones. */
const marked = (text: Message) =>
  text.show((value) => (typeof value === 'string' ? `<${value}>` : `{${value.raw}}`));

test.each([
  [message``, ''],
  [message`${''}`, '<>'],
  [
    message`${'a.example'} answered ${503} after ${-1.5} ${'<b>'}.`,
    '<a.example> answered 503 after -1.5 <<b>>.',
  ],
  [message`${'$'}{x}`, '<$>{x}'],
  [message`a ${message`b ${new Foreign('c')} ${words`${2} tries`}`}`, 'a b {c} 2 tries'],
  [joined([]), ''],
  [joined([message`a`, message`${'b'}`, message`c`]), 'a <b> c'],
  [joined([message`a`, message`b`], ', '), 'a, b'],
])('each text in a message is made safe, numbers and its own words are not: %#', (text, shown) => {
  expect(marked(text)).toBe(shown);
});

test('own words can be dressed as well', () => {
  const text = message`a ${'b'} ${message`c ${1}`}`;
  expect(text.show(String, (own) => own.toUpperCase())).toBe('A b C 1');
});

test('what gets into plain text by accident shows no value', () => {
  const secret = message`The key ${'s3cret'} has ${message`${new Foreign('s3cret')} and ${9} days`}.`;
  expect(`${secret}`).toBe('The key … has … and 9 days.');
  expect(`${new Foreign('s3cret')}`).toBe('…');
});

test('two messages are equal, to Jest too, where their words and values are', () => {
  expect(message`a ${'b'}`).toEqual(message`a ${'b'}`);
  expect(message`a ${'b'}`).not.toEqual(message`a ${'c'}`);
  expect(message`a ${'b'}`).not.toEqual(message`b ${'b'}`);
});

test('a message or a foreign text of another bundle is one', () => {
  const other = { show: (safe: (value: string) => string) => safe('x') } as unknown as Message;
  expect(marked(message`a ${other}`)).toBe('a <x>');
  expect(marked(message`a ${{ raw: 'x' }}`)).toBe('a {x}');
});
