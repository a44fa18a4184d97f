import { isDeepStrictEqual } from 'node:util';
import type { Run } from './rounds.ts';

/**
 * Makes sure that the floor does what the action does: the same masks, and the same files with the same names and values in
 * them. A floor that did less would make the action look worse than it is; one that did more, better.
 * @throws Error that tells both, where they differ
 */
export function assertSameWork(floor: Run, action: Run): void {
  const [expected, actual] = [workOf(action), workOf(floor)];
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(
    `bench/floor.cjs does not do what the action does.\nThe action: ${JSON.stringify(expected)}\nThe floor: ${JSON.stringify(actual)}`,
  );
}

function workOf({ cost, published }: Run): object {
  const { env, outputs, state } = published;
  return {
    masks: [...new Set(cost.output.match(/^::add-mask::.*$/gm))].sort(),
    env,
    // The one value that depends on the time of the run.
    outputs: { ...outputs, 'token-expires-at': typeof outputs['token-expires-at'] },
    state,
  };
}
