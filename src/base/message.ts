/** What a message can hold: text from elsewhere, which is made safe before it is shown, a number, or another message. */
export type Value = string | number | Message;

/**
 * A sentence that keeps its own words apart from the values in it, so that whoever shows it can make the values safe. `Log` and
 * `Failure` take nothing else, and text put together by hand does not compile.
 */
export class Message {
  // TypeScript's private rather than #private: Jest takes objects for equal whose contents it can't see.
  private readonly words: readonly string[];
  private readonly values: readonly Value[];

  constructor(words: readonly string[], values: readonly Value[]) {
    this.words = words;
    this.values = values;
  }

  /**
   * @param safe makes a value fit to be shown
   * @param own does the same for the message's own words, where the place it is shown in needs that
   */
  show(safe: (value: string) => string, own = (words: string) => words): string {
    return this.words.reduce((shown, words, index) => {
      const value = this.values[index - 1];
      // Not `instanceof`: dist/cli.js brings a class Message of its own.
      const text = typeof value === 'object' ? value.show(safe, own) : typeof value === 'string' ? safe(value) : value;
      return shown + (text ?? '') + own(words);
    }, '');
  }

  /** The words alone: a message that gets somewhere by accident shows no value. */
  toString(): string {
    return this.show(() => '…');
  }
}

declare const allOwn: unique symbol;

/** A message of the action's own words and numbers alone. The runner masks no titles, so a title is one of these. */
export type Words = Message & { readonly [allOwn]: true };

/** Makes a message of a template: message`${host} answered ${status}.` */
export function message(words: TemplateStringsArray, ...values: readonly Value[]): Message {
  return new Message(words, values);
}

/** Makes a message of the action's own words and numbers: no text from elsewhere compiles here. */
export function words(own: TemplateStringsArray, ...values: readonly (number | Words)[]): Words {
  return new Message(own, values) as Words;
}

/** Puts messages one behind the other. */
export function joined(messages: readonly Message[], between = ' '): Message {
  return new Message(['', ...messages.map((_, index) => (index < messages.length - 1 ? between : ''))], messages);
}
