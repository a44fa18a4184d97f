import { logOutCli, main, type Run } from '../main.ts';
import { reportFailure, unexpected } from '../report/failure.ts';
import type { Runner } from '../runner/github.ts';

type Program = Pick<NodeJS.Process, 'exitCode'>;

/** How a run ends. Only the first ending counts: what fails later is not reported. */
export class Ending {
  readonly #runner: Runner;
  readonly #program: Program;
  #isOver = false;

  /** @param program gets the exit code */
  constructor(runner: Runner, program: Program) {
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

/** Runs main to its end. After a failure the CLI is logged out, since later steps may run in spite of it. */
export async function runMain(run: Run, ending: Ending): Promise<void> {
  try {
    await main(run);
  } catch (error) {
    await logOutCli(run).finally(() => ending.fail(error));
    return;
  }
  ending.succeed();
}
