import { leave } from './leave.ts';
import { main } from './main.ts';
import { post } from './post.ts';
import { githubRunner } from './runner/github.ts';
import { reportFailure } from './runner/report.ts';
import { mainRan } from './state.ts';
import { realWorld } from './world.ts';

const runner = githubRunner();
let ended = false;

// Red until the story has come to its end: a process that runs out of things to do would otherwise end green without a token.
process.exitCode = 1;
process.on('exit', () => ended || end(new Error('the run came to no end')));
process.on('uncaughtException', endNow);

run().then(() => endNow(), endNow);

async function run(): Promise<void> {
  return runner.state(mainRan) ? post(runner, realWorld) : main(runner, realWorld);
}

/** What is still open (a name look-up, a proxy that says nothing) is of no use once the run has ended. */
function endNow(error?: unknown): void {
  end(error);
  process.stdout.write('', leave);
}

/** Says how the run ended, once. */
function end(error?: unknown): void {
  if (ended) return;
  ended = true;
  if (error === undefined) process.exitCode = 0;
  else reportFailure(error, runner.masks);
}
