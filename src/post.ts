import { logOut } from './cli.ts';
import type { Runner } from './runner/runner.ts';
import { cliPreviousEnvironment } from './state.ts';
import type { World } from './world.ts';

/** Undoes what main left behind for the rest of the job. Never fails it. */
export async function post(runner: Runner, world: World): Promise<void> {
  const previous = runner.state(cliPreviousEnvironment);
  if (previous) await logOut(previous, runner, world);
}
