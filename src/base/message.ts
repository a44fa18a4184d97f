import type { Foreign } from './foreign.ts';

/** Text of the user or the runner, text of somebody else, a number, or another message. */
export type Value = string | Foreign | number | Message;

/** Makes a value fit to be shown. */
export type Safe = (value: string | Foreign) => string;

/**
 * A sentence that keeps its own words and its values apart, so that whoever shows it can make the values safe. `Log` and `Failure` take
 * nothing else: text put together by hand does not compile.
 */
export class Message {
  // TypeScript's private, not #private: to Jest, objects with #private fields are all equal.
  private readonly words: readonly string[];
  private readonly values: readonly Value[];

  constructor(words: readonly string[], values: readonly Value[]) {
    this.words = words;
    this.values = values;
  }

  /** @param own escapes the message's own words, where that is needed */
  show(safe: Safe, own = (words: string) => words): string {
    let shown = '';
    for (const [index, words] of this.words.entries()) {
      shown += own(words);
      const value = this.values[index];
      if (value !== undefined) shown += showValue(value, safe, own);
    }
    return shown;
  }

  /** Shows no value, in case a message is printed by accident. */
  toString(): string {
    return this.show(() => '…');
  }
}

function showValue(value: Value, safe: Safe, own: (words: string) => string): string {
  if (typeof value === 'number') return String(value);
  // Not `instanceof`: dist/cli.js has classes Message and Foreign of its own.
  if (typeof value === 'object' && 'show' in value) return value.show(safe, own);
  return safe(value);
}

declare const allOwn: unique symbol;

/** A message of the action's own words and numbers. Titles are these, since the runner does not mask titles. */
export type Words = Message & { readonly [allOwn]: true };

/** message`${host} answered HTTP ${status}.` */
export function message(words: TemplateStringsArray, ...values: readonly Value[]): Message {
  return new Message(words, values);
}

/** Likewise, but a value from elsewhere does not compile. */
export function words(own: TemplateStringsArray, ...values: readonly (number | Words)[]): Words {
  return new Message(own, values) as Words;
}

export function joined(messages: readonly Message[], between = ' '): Message {
  if (messages.length === 0) return message``;
  const gaps = messages.slice(1).map(() => between);
  return new Message(['', ...gaps, ''], messages);
}
