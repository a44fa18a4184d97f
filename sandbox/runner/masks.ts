/**
 * The values masked so far. `add-mask` hides its value and each line of it. The runner hides some encodings of them too, which
 * nothing here relies on: a secret that the action shows in one stays visible.
 * Source: actions/runner, `src/Sdk/DTLogging/Logging/SecretMasker.cs`, and `add-mask` in
 * `src/Runner.Worker/ActionCommandManager.cs`.
 */
export class Masks {
  readonly #values = new Set<string>();

  /** The masked values, each whole and line by line. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  add(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]+/)]) if (part !== '') this.#values.add(part);
  }

  /** Replaces what masked values cover with `***`. Adjacent matches become one. */
  apply(text: string): string {
    const covered = new Uint8Array(text.length);
    for (const value of this.#values) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
        covered.fill(1, at, at + value.length);
    }
    let masked = '';
    for (let at = 0; at < text.length; at += 1) {
      if (!covered[at]) masked += text.charAt(at);
      else if (!covered[at - 1]) masked += '***';
    }
    return masked;
  }
}
