/**
 * The runner's secret masker: what is masked, and in which encodings.
 * Source: actions/runner, `src/Sdk/DTLogging/Logging/SecretMasker.cs` and `ValueEncoders.cs`, `add-mask` in
 * `src/Runner.Worker/ActionCommandManager.cs`.
 */

/** The values masked so far. `add-mask` hides its value, each line of it, and each of their encodings. */
export class Masks {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();

  /** The masked values, each whole and line by line. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  add(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]+/)]) {
      if (part === '') continue;
      this.#values.add(part);
      for (const form of [part, ...encodings(part)]) if (form !== '') this.#forms.add(form);
    }
  }

  /** Replaces what masked values cover with `***`. Adjacent matches become one. */
  apply(text: string): string {
    const covered = new Uint8Array(text.length);
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
        covered.fill(1, at, at + form.length);
    }
    let masked = '';
    for (let at = 0; at < text.length; at += 1) {
      if (!covered[at]) masked += text.charAt(at);
      else if (!covered[at - 1]) masked += '***';
    }
    return masked;
  }
}

function encodings(value: string): string[] {
  return [
    base64(value, 0),
    base64(value, 1),
    base64(value, 2),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    uriEscaped(value),
    xmlEscaped(value),
    value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '',
    ...aroundAmpersand(value),
  ];
}

/** Encodes the value without its first `shift` bytes. Base64 at any offset looks like one of three. */
function base64(value: string, shift: number): string {
  const bytes = Buffer.from(value, 'utf8');
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
}

/** Escapes as .NET's Uri.EscapeDataString does: all but letters, digits and `-._~`. */
function uriEscaped(value: string): string {
  const escaped = encodeURIComponent(value.toWellFormed());
  return escaped.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function xmlEscaped(value: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Returns the parts around `&`, where PowerShell's errors break a command line, if six characters or longer. */
function aroundAmpersand(value: string): string[] {
  const plus = value.indexOf('&+');
  const last = value.lastIndexOf('&');
  if (last < 0) return [];
  const parts =
    plus >= 0
      ? [value.slice(0, plus + 2), value.slice(plus + 3)]
      : [value.slice(0, last + 1), value.slice(last + 1)];
  return parts.filter((part) => part.length >= 6);
}
