import { systemClock } from './base/clock.ts';
import { Deadline } from './base/deadline.ts';
import { endOnSignals } from './process/cancellation.ts';
import { Ending, runMain } from './process/ending.ts';
import { exit } from './process/force-exit.ts';
import { githubRunner } from './runner/github.ts';

const deadline = new Deadline(systemClock);
const run = { ...githubRunner(), clock: systemClock, random: Math.random, deadline };
const ending = new Ending(run, process);

process.on('exit', () => ending.fail(new Error('the run came to no end')));
process.on('uncaughtException', (error) => {
  ending.fail(error);
  exitOnceWritten();
});
endOnSignals(deadline);
runMain(run, ending).finally(exitOnceWritten);

/** Does not wait for what is still open, such as a name look-up. */
function exitOnceWritten(): void {
  process.stdout.write('', exit);
}
