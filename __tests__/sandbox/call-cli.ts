import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { runCommandLine } from '../../sandbox/cli/program.ts';

/** How a call of the CLI ended. */
export interface Called {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the stand-in for the CLI in this process, which is much faster than starting one. */
export async function callCli(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  fault?: CliFault,
): Promise<Called> {
  const [stdout, stderr] = [new Text(), new Text()];
  const status = await runCommandLine(words, { env, console: new Console(stdout, stderr) }, fault);
  return { status, stdout: stdout.text, stderr: stderr.text };
}

class Text extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
