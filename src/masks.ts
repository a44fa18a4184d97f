import { isGuid } from './guid.ts';
import { redactExactly, redactLoosely } from './redaction.ts';

const SHOWN_CHARACTERS = 300;

/**
 * What must not be seen in a log. A secret is announced to the runner the moment it is known, and remembered, so that text from
 * elsewhere can be shown without it.
 */
export class Masks {
  readonly #announce: (secret: string) => void;
  /** Each secret with the forms of it to look for, worked out once they are needed. */
  readonly #secrets = new Map<string, readonly string[] | undefined>();

  /** @param announce tells the runner of one more secret, before anything else is said */
  constructor(announce: (secret: string) => void) {
    this.#announce = announce;
  }

  /** Announces a secret: as it is, trimmed, and each of its lines by itself, since a log shows lines. Blank text is none. */
  add(secret: string): void {
    const lines = secret.replaceAll('\r', '\n').split('\n');
    for (const part of [secret, secret.trim(), ...lines.map((line) => line.trim())]) {
      if (part.trim() === '' || this.#secrets.has(part)) continue;
      this.#secrets.set(part, undefined);
      this.#announce(part);
    }
  }

  /** The text with every known secret replaced by `***`, as it is alone: for lines put together of what was quoted before. */
  hide(text: string): string {
    return redactExactly(text, [...this.#secrets.keys()]);
  }

  /** The text with every known secret replaced by `***`, in the encodings too that a log may carry it in. */
  redact(text: string): string {
    return redactExactly(text, this.#formsIn(text));
  }

  /**
   * Text of a server or a user, made fit to stand in a log: one line of at most 300 characters, without control characters and
   * secrets, broken up or not, and unable to start a workflow command.
   */
  quote(text: string): string {
    // Spares most runs the work on encodings: what they quote is an organization's GUID, too short to hold an encoded key.
    if (isGuid(text)) return this.hide(text);
    return shorten(this.redact(tame(redactLoosely(text, this.#formsIn(text)))));
  }

  #formsIn(text: string): string[] {
    return [...this.#secrets.keys()].flatMap((secret) => (mayBeIn(text, secret) ? this.#formsOf(secret) : []));
  }

  #formsOf(secret: string): readonly string[] {
    const forms = this.#secrets.get(secret) ?? [...new Set(encodings(secret))].filter((form) => form !== '');
    this.#secrets.set(secret, forms);
    return forms;
  }
}

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Spares most runs the work on tokens, which are longer than what is shown: no form of text without blanks is shorter than the text. */
function mayBeIn(text: string, secret: string): boolean {
  return secret.length <= text.length || !/^[!-~]*$/.test(secret);
}

/** One line, with nothing in it that moves the cursor, turns the writing direction or starts a command. */
function tame(text: string): string {
  return (
    (PRINTABLE_ASCII.test(text) ? text : withoutControls(text))
      .replace(/ {2,}/g, ' ')
      .trim()
      // The runner looks for `##[` anywhere in a line, and for `::` at its start (actions/runner, ActionCommand.cs).
      .replaceAll('##[', '## [')
      .replace(/^::/, ': :')
  );
}

function withoutControls(text: string): string {
  // biome-ignore lint/complexity/useRegexLiterals: Node checks a literal when it loads the file, and this one takes it long
  const invisible = new RegExp('[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]', 'gu');
  // biome-ignore lint/complexity/useRegexLiterals: likewise
  const blank = new RegExp('[\\p{Cc}\\p{Z}]', 'gu');
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what this removes
      .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
      .replace(invisible, '')
      .replace(blank, ' ')
  );
}

function shorten(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  return `${text.slice(0, SHOWN_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The forms in which a secret may come back: encoded by a server, a proxy or a library on its way into a message. */
function encodings(secret: string): string[] {
  const plain = [secret, tame(secret)];
  // Short text encoded is short text too, which would turn up everywhere.
  if (secret.length < 6) return plain;
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const uri = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const hex = bytes.toString('hex');
  return [
    ...plain,
    ...[0, 1, 2].flatMap((shift) => base64(bytes, shift)),
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    uri,
    uri.replace(/%../g, (octet) => octet.toLowerCase()),
    form,
    form.replace(/%../g, (octet) => octet.toLowerCase()),
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    hex,
    hex.toUpperCase(),
  ];
}

/** What stays the same of the bytes in Base64, whatever stands before (`shift` bytes, modulo 3) and behind them. */
function base64(bytes: Buffer, shift: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
  const first = shift === 0 ? 0 : shift + 1;
  const last = Math.floor((whole.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((alphabet) => whole.toString(alphabet).slice(first, last));
}
