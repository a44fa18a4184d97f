import type { SecretTaker } from '../base/context.ts';
import { isGuid } from '../base/guid.ts';
import type { Message } from '../base/message.ts';
import { boundedText, harmless } from './bounds.ts';
import { hidesSecret } from './decode.ts';
import { Secret, withoutSecrets } from './secret.ts';

/** In the place of a text that hides a secret in some encoding: where in it the secret stands can't be told. */
const LEFT_OUT = '[left out: it may hold a secret]';

/** What must not be seen: announced to the runner the moment it is known, and kept out of all that the action shows. */
export class Secrets implements SecretTaker {
  readonly #announce: (secret: string) => void;
  readonly #known = new Map<string, Secret>();

  /** @param announce tells the runner of one more secret */
  constructor(announce: (secret: string) => void) {
    this.#announce = announce;
  }

  add(texts: readonly string[], most = Number.POSITIVE_INFINITY): boolean {
    const found = new Set(texts.flatMap(masksFor).filter((mask) => !this.#known.has(mask)));
    if (found.size > most) return false;
    for (const text of found) {
      this.#known.set(text, new Secret(text));
      this.#announce(text);
    }
    return true;
  }

  /** Shows a message as one line of text. */
  show(message: Message): string {
    const asIs = (text: string) => text;
    return this.#show(message, asIs, asIs);
  }

  /** Shows a message as HTML, its values in `<code>`, where text is neither Markdown nor made into links. */
  showAsHtml(message: Message): string {
    return this.#show(message, (value) => `<code>${escapeHtml(value)}</code>`, escapeTags);
  }

  #show(message: Message, dress: (value: string) => string, own: (words: string) => string): string {
    const secrets = [...this.#known.values()];
    const line = message.show((value) => dress(this.#safe(value, secrets)), own);
    // A secret may be split over two values, or stand half in the words, so the whole is looked at once more.
    const safe = withoutSecrets(line, secrets);
    return hidesSecret(safe, secrets) ? message.show(() => dress(LEFT_OUT), own) : safe;
  }

  /** Makes text of a server or a user fit to be shown: at most 300 characters that can neither start a command nor hold a secret. */
  #safe(text: string, secrets: readonly Secret[]): string {
    // Most runs show GUIDs alone, which are too short to hold an encoded key.
    if (isGuid(text)) return withoutSecrets(text, secrets);
    const visible = boundedText(text);
    if (visible === undefined) return LEFT_OUT;
    const safe = withoutSecrets(visible, secrets);
    return hidesSecret(safe, secrets) ? LEFT_OUT : harmless(safe);
  }
}

/** What to mask for a secret: all of it, trimmed too, and each of its lines, since a log shows lines. */
function masksFor(secret: string): string[] {
  const lines = secret.split(/[\r\n]/).map((line) => line.trim());
  return [secret, secret.trim(), ...lines].filter((mask) => mask.trim() !== '');
}

/** Quotes, backticks and bars as well, for a value stands where Markdown is read too. */
function escapeHtml(text: string): string {
  return escapeTags(text).replace(/["'`|]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function escapeTags(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
