import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of bytes into lines as .NET's StreamReader, which the runner reads with: at CR LF, LF and CR alone. */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(bytes: Buffer): void {
    this.#rest += this.#decoder.write(bytes);
    // A CR at the very end may be half of a CR LF.
    const whole = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    const lines = whole.split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? '') + this.#rest.slice(whole.length);
    lines.forEach(this.#onLine);
  }

  end(): void {
    this.write(Buffer.from(this.#decoder.end()));
    if (this.#rest === '') return;
    this.#onLine(this.#rest.replace(/\r$/, ''));
    this.#rest = '';
  }
}
