import { logOutCli, main, type Run } from '../main.ts';
import { reportFailure, unexpected } from '../report/failure.ts';
import type { Runner } from '../runner/github.ts';

/** How a run ends, which is decided once: what fails after the end is not reported any more. */
export class Ending {
  readonly #runner: Runner;
  readonly #program: Pick<NodeJS.Process, 'exitCode'>;
  #isOver = false;

  /** @param program gets the exit code */
  constructor(runner: Runner, program: Pick<NodeJS.Process, 'exitCode'>) {
    this.#runner = runner;
    this.#program = program;
    // A process that runs out of things to do would end green without a token.
    program.exitCode = 1;
  }

  succeed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#program.exitCode = 0;
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      reportFailure(error, this.#runner);
    } catch {
      const { title, reason, remedy } = unexpected('an error could not be reported');
      this.#runner.fail(title, reason, remedy);
    }
  }
}

/** Runs main to its end. After a failure no token of an earlier step is left to the steps that follow. */
export async function runMain(run: Run, ending: Pick<Ending, 'succeed' | 'fail'>): Promise<void> {
  try {
    await main(run);
  } catch (error) {
    await logOutCli(run).finally(() => ending.fail(error));
    return;
  }
  ending.succeed();
}
