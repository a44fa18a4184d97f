import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A program to run, in exactly this environment. */
export interface Command {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What one run of a program cost. */
export interface Cost {
  /** The exit code; a signal's number, negative, where one ended the program. */
  readonly exit: number;
  /** From the start of the process to its end, in seconds. */
  readonly wall: number;
  /** User and system time of the process and of those that it waited for, in seconds. */
  readonly cpu: number;
  /** The largest resident set that any one of them had, in bytes. */
  readonly peak: number;
  /** What was written to standard output and standard error. */
  readonly output: string;
}

/** Measures programs, one at a time. meter.py tells how. */
export interface Meter {
  /** @throws Error where the program can't be started */
  run(command: Command): Promise<Cost>;
  close(): void;
}

const SCRIPT = fileURLToPath(new URL('meter.py', import.meta.url));
const LIMIT_SECONDS = 120;

/** @throws Error where there is no Python 3, or it has no `os.wait4`, which is so on Windows */
export async function startMeter(): Promise<Meter> {
  if (process.platform === 'win32') {
    throw new Error(
      'The bench runs on Linux and macOS: Windows has no wait4, which tells what a process cost.',
    );
  }
  // -I and -S: nothing of the user's, and as little of Python's own as can be.
  const python = spawn('python3', ['-I', '-S', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(python, 'spawn').catch(() => {
    throw new Error(
      'The bench needs Python 3 on the PATH, to ask the operating system what a process cost.',
    );
  });
  const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
  return {
    run: async ({ argv, env }) => {
      python.stdin.write(`${JSON.stringify({ argv, env, seconds: LIMIT_SECONDS })}\n`);
      const { done, value } = await lines.next();
      if (done)
        throw new Error(
          `The meter ended, ${await howItEnded(python)}; it was to run ${argv.join(' ')}`,
        );
      return JSON.parse(value) as Cost;
    },
    close: () => python.stdin.end(),
  };
}

async function howItEnded(python: ChildProcess): Promise<string> {
  if (python.exitCode === null && python.signalCode === null) await once(python, 'exit');
  return python.signalCode ?? `exit code ${python.exitCode}`;
}
