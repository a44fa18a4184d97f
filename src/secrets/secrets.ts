import { isGuid } from '../base/guid.ts';
import type { Message } from '../base/message.ts';
import { visibleText } from '../base/text.ts';
import { hidesSecret, Secret, withoutSecrets } from './secret.ts';

const SHOWN = 300;
const MOST_KNOWN = 500;
/** Room for what is shown, and for a secret behind it in nested encodings. */
const SEARCHED = 4096;
/** More is not read, however few of its characters are visible. */
const READ = 65_536;
/** Shown for a text with an encoded secret, since its place in the text is unknown. */
const LEFT_OUT = '[left out: it may hold a secret]';

/** Announces secrets to the runner, and keeps them out of everything that the action shows. */
export class Secrets {
  readonly #announce: (secret: string) => void;
  readonly #known = new Set<string>();
  readonly #secrets: Secret[] = [];

  /** @param announce masks a secret in the log of the job */
  constructor(announce: (secret: string) => void) {
    this.#announce = announce;
  }

  add(texts: readonly string[], most = Number.POSITIVE_INFINITY): boolean {
    const found = new Set(texts.flatMap(masksFor).filter((mask) => !this.#known.has(mask)));
    // Each of them takes time to look for: a list of many pages must not add up to more than a run can bear.
    if (
      found.size > most ||
      (most < Number.POSITIVE_INFINITY && this.#known.size + found.size > MOST_KNOWN)
    )
      return false;
    for (const text of found) {
      this.#known.add(text);
      this.#secrets.push(new Secret(text));
      this.#announce(text);
    }
    return true;
  }

  show(message: Message): string {
    let foreign = 0;
    const values = message.show((value) => {
      foreign += lengthOf(value);
      return this.#safe(value);
    });
    // A secret may be split over two values, so the whole line is checked again.
    const line = withoutSecrets(values, this.#secrets);
    return hidesSecret(line, foreign, this.#secrets) ? message.show(() => LEFT_OUT) : line;
  }

  /** Values go into `<code>`, where GitHub neither renders Markdown nor makes links; all of a line with a split secret does. */
  showAsHtml(message: Message): string {
    const safe = (value: string) => this.#safe(value);
    const line = this.show(message);
    return line === message.show(safe)
      ? message.show((value) => code(safe(value)), escapeTags)
      : code(line);
  }

  /** Makes text of a server or a user safe: at most 300 characters, no secrets, no workflow commands. */
  #safe(text: string): string {
    const secrets = this.#secrets;
    const foreign = lengthOf(text);
    const visible = boundedText(text);
    if (visible === undefined) return LEFT_OUT;
    const safe = withoutSecrets(visible, secrets);
    // Where a secret was replaced, it may have been a piece of another one's encoding.
    const others =
      safe === visible
        ? []
        : secrets.filter((secret) => withoutSecrets(visible, [secret]) === visible);
    const hides = hidesSecret(safe, foreign, secrets) || hidesSecret(visible, foreign, others);
    return hides ? LEFT_OUT : harmless(safe);
  }
}

/** Characters of a secret that a value can hold. Most runs show only GUIDs, dates and names. */
function lengthOf(value: string): number {
  return isGuid(value) ? 16 : /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(value) ? 0 : value.length;
}

/** Lines too, since a log shows lines. */
function masksFor(secret: string): string[] {
  const lines = secret.split(/[\r\n]/).map((line) => line.trim());
  return [secret, secret.trim(), ...lines].filter((mask) => mask.trim() !== '');
}

function code(text: string): string {
  const escaped = escapeTags(text).replace(
    /["'`|]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
  return `<code>${escaped}</code>`;
}

function escapeTags(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The visible beginning of a text; `undefined` if so little is visible that the rest may hide something. */
function boundedText(text: string): string | undefined {
  const visible = visibleText(text.slice(0, READ));
  return text.length > READ && visible.length < SEARCHED ? undefined : visible.slice(0, SEARCHED);
}

/** Shortens a text, takes JWTs out, and keeps it from starting a workflow command. */
function harmless(text: string): string {
  const safe = text
    // JWTs, the tokens of other systems among them (RFC 7519).
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***')
    // The runner looks for `##[` anywhere in a line, and for `::` at its start (actions/runner, ActionCommand.cs).
    .replaceAll('##[', '## [')
    .replace(/^::/, ': :');
  return safe.length <= SHOWN
    ? safe
    : `${safe.slice(0, SHOWN - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
