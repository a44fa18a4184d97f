import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  joined,
  type Message,
  message,
  partOf,
  type Value,
  words,
} from '../../src/base/message.ts';

const marked = (text: Message) => text.show((value) => `<${value}>`);

test('only what is text from elsewhere is made safe', () => {
  expect(marked(message`${'auth.example.com'} answered ${503} after ${'<b>'}.`)).toBe(
    '<auth.example.com> answered 503 after <<b>>.',
  );
  expect(marked(message``)).toBe('');
  expect(marked(message`${''}`)).toBe('<>');
  expect(marked(message`${0} and ${-1.5}`)).toBe('0 and -1.5');
});

test('a message in a message keeps its words and its values', () => {
  const inner = message`the host ${'h'}`;
  const outer = message`${inner} (${message`or ${inner} with ${words`${2} tries`}`}) is ${'down'}.`;
  expect(marked(outer)).toBe('the host <h> (or the host <h> with 2 tries) is <down>.');
});

test('a part is shown where the whole is safe to show, and other words where it is not', () => {
  const shown = (whole: string, part: string | undefined) =>
    partOf(whole, part, message`nothing of ${'it'}`);
  expect(marked(shown('https://A.Example/b', 'a.example'))).toBe('<a.example>');
  expect(marked(shown('https://A.Example/b', 'b.example'))).toBe('nothing of <it>');
  expect(marked(shown('https://A.Example/b', undefined))).toBe('nothing of <it>');
  const withoutSecret = (value: string) => value.replace('first.rest', '***');
  expect(shown('https://first.rest/', 'first.rest').show(withoutSecret)).toBe('nothing of it');
  expect(
    message`To ${shown('https://a.example/', 'a.example')}.`.show(withoutSecret, (own) =>
      own.toUpperCase(),
    ),
  ).toBe('TO a.example.');
});

test('own words can be dressed as well', () => {
  expect(
    message`a ${'b'} ${message`c ${1}`}`.show(
      (value) => value,
      (own) => own.toUpperCase(),
    ),
  ).toBe('A b C 1');
});

test('text of it shows no value', () => {
  const secret = message`The key ${'s3cret'} has ${message`${'s3cret'} and ${9} days`}.`;
  expect(`${secret}`).toBe('The key … has … and 9 days.');
  expect(String(secret)).not.toContain('s3cret');
});

test('a value that looks like a template is a value', () => {
  const template = ['$', '{y}'].join('');
  expect(marked(message`${'$'}{x} ${template}`)).toBe(`<$>{x} <${template}>`);
});

test('a message of another bundle is a message', () => {
  const foreign = { show: (safe: (value: string) => string) => safe('x') } as unknown as Message;
  expect(marked(message`a ${foreign}`)).toBe('a <x>');
});

test('messages are put one behind the other', () => {
  expect(marked(joined([]))).toBe('');
  expect(marked(joined([message`a ${'b'}`]))).toBe('a <b>');
  expect(marked(joined([message`a`, message`${'b'}`, message`c`]))).toBe('a <b> c');
  expect(marked(joined([message`a`, message`b`], ', '))).toBe('a, b');
});

test('two messages are equal where their words and values are', () => {
  expect(message`a ${'b'}`).toEqual(message`a ${'b'}`);
  expect(message`a ${'b'}`).not.toEqual(message`a ${'c'}`);
  expect(message`a ${'b'}`).not.toEqual(message`b ${'b'}`);
});

/** A value and what is to be seen of it. */
interface Sample {
  readonly value: Value;
  readonly shown: string;
}

test('however deep it is nested, each text is made safe once, and nothing else is', () => {
  const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
    sample: fc.oneof(
      { maxDepth: 4 },
      fc.string().map((value) => ({ value, shown: `<${value}>` })),
      fc.integer().map((value) => ({ value, shown: String(value) })),
      fc.array(tie('sample'), { maxLength: 3 }).map((inner) => {
        const own = Array.from({ length: inner.length + 1 }, (_, index) => `w${index} `);
        const shown = own.map((part, index) => part + (inner[index]?.shown ?? '')).join('');
        return {
          value: message(Object.assign(own, { raw: own }), ...inner.map(({ value }) => value)),
          shown,
        };
      }),
    ),
  }));
  fc.assert(
    fc.property(sample, ({ value, shown }) => expect(marked(message`${value}`)).toBe(shown)),
  );
});
