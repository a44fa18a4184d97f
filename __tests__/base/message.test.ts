import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Foreign } from '../../src/base/foreign.ts';
import { joined, type Message, message, type Value, words } from '../../src/base/message.ts';

/** Marks each value that would be made safe: own text in angle brackets, foreign text in curly ones. */
const marked = (text: Message) =>
  text.show((value) => (typeof value === 'string' ? `<${value}>` : `{${value.raw}}`));

test('each text in a message is made safe, numbers are not', () => {
  expect(marked(message`${'auth.example.com'} answered ${503} after ${'<b>'}.`)).toBe(
    '<auth.example.com> answered 503 after <<b>>.',
  );
  expect(marked(message``)).toBe('');
  expect(marked(message`${''}`)).toBe('<>');
  expect(marked(message`${0} and ${-1.5}`)).toBe('0 and -1.5');
});

test('foreign text in a message stays foreign, however deep it is nested', () => {
  const said = message`The server says: "${new Foreign('no')}"`;
  expect(marked(message`${'h'} failed. ${said}`)).toBe('<h> failed. The server says: "{no}"');
});

test('a message in a message keeps its words and its values', () => {
  const inner = message`the host ${'h'}`;
  const outer = message`${inner} (${message`or ${inner} with ${words`${2} tries`}`}) is ${'down'}.`;
  expect(marked(outer)).toBe('the host <h> (or the host <h> with 2 tries) is <down>.');
});

test('own words can be dressed as well', () => {
  const text = message`a ${'b'} ${message`c ${1}`}`;
  expect(text.show(String, (own) => own.toUpperCase())).toBe('A b C 1');
});

test('text of it shows no value', () => {
  const secret = message`The key ${'s3cret'} has ${message`${'s3cret'} and ${9} days`}.`;
  expect(`${secret}`).toBe('The key … has … and 9 days.');
  expect(String(secret)).not.toContain('s3cret');
});

test('foreign text that gets into plain text by accident shows nothing', () => {
  const text = new Foreign('s3cret');
  expect(`${text}`).toBe('…');
});

test('a value that looks like a template is a value', () => {
  const template = ['$', '{y}'].join('');
  expect(marked(message`${'$'}{x} ${template}`)).toBe(`<$>{x} <${template}>`);
});

test('a message or a foreign text of another bundle is one', () => {
  const other = { show: (safe: (value: string) => string) => safe('x') } as unknown as Message;
  expect(marked(message`a ${other}`)).toBe('a <x>');
  expect(marked(message`a ${{ raw: 'x' }}`)).toBe('a {x}');
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
      fc.string().map((raw) => ({ value: new Foreign(raw), shown: `{${raw}}` })),
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
