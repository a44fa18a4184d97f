/**
 * A text that a server, the Appcircle CLI or Node wrote, or that may be a key in the wrong place. A `Message` shows the words of it
 * alone, see src/secrets/words.ts. Only what judges answers, errors and output reads `raw` (scripts/check-house.ts).
 */
export class Foreign {
  readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }

  /** Shows nothing, in case it gets into a text by accident. */
  toString(): string {
    return '…';
  }
}
