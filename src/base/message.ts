/** Text from elsewhere (made safe when shown), a number, or another message. */
export type Value = string | number | Message;

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

  /**
   * @param safe makes a value fit to be shown
   * @param own escapes the message's own words, where that is needed
   */
  show(safe: (value: string) => string, own = (words: string) => words): string {
    return this.words.reduce((shown, words, index) => {
      const value = this.values[index - 1];
      // Not `instanceof`: dist/cli.js has a class Message of its own.
      const text =
        typeof value === 'object'
          ? value.show(safe, own)
          : typeof value === 'string'
            ? safe(value)
            : value;
      return shown + (text ?? '') + own(words);
    }, '');
  }

  /** Shows no value, in case a message is printed by accident. */
  toString(): string {
    return this.show(() => '…');
  }
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
  return new Message(
    ['', ...messages.map((_, index) => (index < messages.length - 1 ? between : ''))],
    messages,
  );
}

/** A part of a text from elsewhere, in lower case. Shown only if the whole is safe to show: part of a secret is not recognized. */
export function partOf(whole: string, part: string | undefined, otherwise: Message): Message {
  const show: Message['show'] = (safe, own) =>
    part && safe(whole).toLowerCase().includes(part) ? safe(part) : otherwise.show(safe, own);
  return Object.assign(new Message([], []), { show });
}
