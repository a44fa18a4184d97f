import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
type FileVariable = (typeof FILES)[number];

/** A step of a job in this process: the runner's files, its variables, and what is written to standard output. */
export class Step {
  readonly folder = mkdtempSync(join(tmpdir(), 'appcircle-step-'));
  /** What was written to standard output until {@link end}. */
  stdout = '';
  readonly #env = { ...process.env };
  readonly #exitCode = process.exitCode;
  readonly #write = process.stdout.write;

  /** @param env variables on top of the runner's; one that is undefined is taken away */
  constructor(env: Readonly<Record<string, string | undefined>> = {}) {
    for (const name of FILES) {
      writeFileSync(this.path(name), '');
      process.env[name] = this.path(name);
    }
    for (const [name, value] of Object.entries(env)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    process.stdout.write = (text: string | Uint8Array) => {
      this.stdout += String(text);
      return true;
    };
  }

  path(name: FileVariable): string {
    return join(this.folder, name);
  }

  /** What a file holds that the runner reads. */
  file(name: FileVariable): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Puts everything back as it was before the step. */
  end(): void {
    process.stdout.write = this.#write;
    process.exitCode = this.#exitCode;
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
