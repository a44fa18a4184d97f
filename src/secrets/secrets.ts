import type { Foreign } from '../base/foreign.ts';
import type { Message } from '../base/message.ts';
import { visibleText } from '../base/text.ts';
import { masksFor } from './masks.ts';
import { redact, Secret } from './redact.ts';
import { wordsOf } from './words.ts';

const LONGEST_SHOWN = 300;
/** Room for what is shown, whatever is invisible in it, and for secrets that `***` makes shorter. */
const LONGEST_READ = 16_384;

/** Announces secrets to the runner, and keeps them out of everything that the action shows. */
export class Secrets {
  readonly #announce: (secret: string) => void;
  readonly #secrets: Secret[] = [];

  /** @param announce masks a secret in the log of the job */
  constructor(announce: (secret: string) => void) {
    this.#announce = announce;
  }

  add(texts: readonly string[]): void {
    for (const text of new Set(texts.flatMap(masksFor))) {
      this.#announce(text);
      const secret = new Secret(text);
      // Each costs time whenever something is shown.
      if (!this.#secrets.some((known) => known.equals(secret))) this.#secrets.push(secret);
    }
  }

  show(message: Message): string {
    // A secret may be split over two values, so the whole line is searched again.
    return withoutCommands(redact(message.show(this.#safe), this.#secrets));
  }

  /** Values go into `<code>`, where GitHub neither renders Markdown nor makes links. */
  showAsHtml(message: Message): string {
    const line = this.show(message);
    const isSplit = line !== message.show(this.#safe);
    // No value has the `***` of a secret that is split over two, so all of the line is one value.
    if (isSplit) return code(line);
    return message.show((value) => code(this.#safe(value)), withLinks);
  }

  /** Makes a value safe: one line of at most 300 characters, without secrets. Of foreign text, words alone. */
  readonly #safe = (value: string | Foreign): string => {
    if (typeof value === 'string') return shortened(this.#line(value));
    const line = this.#line(value.raw);
    if (line.length <= LONGEST_SHOWN) return wordsOf(line);
    return wordsOf(line.slice(0, LONGEST_SHOWN - 1), true);
  };

  #line(text: string): string {
    const visible = visibleText(text.slice(0, LONGEST_READ));
    return withoutCommands(redact(visible, this.#secrets));
  }
}

function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  const beginning = text.slice(0, LONGEST_SHOWN - 1);
  const withoutHalfCharacter = beginning.replace(/[\uD800-\uDBFF]$/, '');
  return `${withoutHalfCharacter}…`;
}

/** The runner looks for `##[` anywhere in a line, and for `::` at its start (actions/runner, ActionCommand.cs). */
function withoutCommands(text: string): string {
  return text.replaceAll('##[', '## [').replace(/^::/, ': :');
}

function code(text: string): string {
  const escapeSign = (sign: string) => `&#${sign.charCodeAt(0)};`;
  const escaped = escapeHtml(text).replace(/["'`|]/g, escapeSign);
  return `<code>${escaped}</code>`;
}

/** The action's own words, with links to the pages of Appcircle's documentation. */
function withLinks(words: string): string {
  const page = /https:\/\/docs\.appcircle\.io\/[\w/-]+/g;
  return escapeHtml(words).replace(page, '<a href="$&">$&</a>');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
