/** What is wrong with a file: writing fails at once, or after so many bytes. */
export type FileTrouble = 'read-only' | 'full';

/** What files there are at the start. */
export interface FirstFiles {
  readonly texts: ReadonlyMap<string, string>;
  readonly troubles: ReadonlyMap<string, FileTrouble>;
  /** Bytes that a full disk still takes of a file. */
  readonly room: number;
}

/** Files in memory. Folders need not be made. */
export class VirtualFiles {
  readonly texts: Map<string, string>;
  readonly troubles: Map<string, FileTrouble>;
  #room: number;

  constructor({ texts, troubles, room }: FirstFiles) {
    this.texts = new Map(texts);
    this.troubles = new Map(troubles);
    this.#room = room;
  }

  read(path: string): string {
    const text = this.texts.get(path);
    if (text === undefined) throw trouble('ENOENT', 'open', path);
    return text;
  }

  stat(path: string): { size: number; isFile: () => boolean } {
    return { size: Buffer.byteLength(this.read(path)), isFile: () => true };
  }

  list(folder: string): string[] {
    return [...this.texts.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1));
  }

  write(path: string, text: string): void {
    this.#mayWrite(path);
    this.texts.set(path, text);
  }

  append(path: string, text: string): void {
    // As in Node, where a file that is not there is made, and one without a name can't be.
    if (path === '') throw trouble('ENOENT', 'open', path);
    const before = this.texts.get(path) ?? '';
    if (this.troubles.get(path) !== 'full') {
      this.write(path, before + text);
      return;
    }
    this.texts.set(path, before + text.slice(0, this.#room));
    const fits = text.length <= this.#room;
    this.#room = Math.max(0, this.#room - text.length);
    if (!fits) throw trouble('ENOSPC', 'write', path);
  }

  truncate(path: string, size: number): void {
    this.#mayWrite(path);
    this.texts.set(path, Buffer.from(this.read(path)).subarray(0, size).toString());
  }

  rename(from: string, to: string): void {
    const text = this.read(from);
    this.write(to, text);
    this.texts.delete(from);
  }

  /** A draft beside a file shares the folder with it. */
  #mayWrite(path: string): void {
    for (const [troubled, what] of this.troubles)
      if (what === 'read-only' && (path === troubled || path.startsWith(`${troubled}.`)))
        throw trouble('EACCES', 'open', path);
  }
}

function trouble(code: string, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { code });
}
