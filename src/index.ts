import './node-version.ts';
import { systemClock } from './base/clock.ts';
import { Deadline } from './base/deadline.ts';
import { endOnSignals } from './cancellation.ts';
import { exit } from './force-exit.ts';
import { main } from './main.ts';
import { reportFailure, unexpected } from './report/failure.ts';
import { githubRunner } from './runner/github.ts';

const runner = githubRunner();
const deadline = new Deadline(systemClock);
let ended = false;

// Red until the end is reached: a process that runs out of things to do would end green without a token.
process.exitCode = 1;
process.on('exit', () => ended || end(new Error('the run came to no end')));
process.on('uncaughtException', endNow);
endOnSignals(deadline);

main(runner, { ...runner, clock: systemClock, random: Math.random, deadline }).then(
  () => endNow(),
  (error) => revokeLogin().finally(() => endNow(error)),
);

/** Logs out a CLI that this step or an earlier one logged in. A `configure-cli` that was misspelt errs to the safe side. */
async function revokeLogin(): Promise<void> {
  if (/^(false|False|FALSE)?$/.test(runner.input('configure-cli').trim())) return;
  (await import('./cli.ts')).logOutEarlier(runner);
}

/** Does not wait for what is still open, such as a name look-up. */
function endNow(error?: unknown): void {
  end(error);
  process.stdout.write('', exit);
}

function end(error?: unknown): void {
  if (ended) return;
  ended = true;
  try {
    if (error === undefined) process.exitCode = 0;
    else reportFailure(error, runner);
  } catch {
    const { title, reason, remedy } = unexpected('an error could not be reported');
    runner.fail(title, reason, remedy);
  }
}
