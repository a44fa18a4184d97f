import { getState, saveState } from '@actions/core';
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
process.on('exit', () => end(new Error('the run came to no end')));
process.on('uncaughtException', leave);

run().then(() => leave(), leave);

async function run(): Promise<void> {
  if (getState(mainRan)) return post(runner, realWorld);
  saveState(mainRan, 'true');
  return main(runner, realWorld);
}

/** Ends the process at once: what is still open (a name look-up, a proxy that says nothing) is of no use any more. */
function leave(error?: unknown): void {
  end(error);
  process.stdout.write('', () => process.exit());
}

/** Says how the run ended, once. */
function end(error?: unknown): void {
  if (ended) return;
  ended = true;
  if (error === undefined) process.exitCode = 0;
  else reportFailure(error, runner.masks);
}
