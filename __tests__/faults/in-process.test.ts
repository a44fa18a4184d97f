import { setTimeout as realDelay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { BAIT_TOKEN } from '../../sandbox/network/faults.ts';
import type { World } from '../../src/world.ts';
import { type Ended, runInProcess } from '../support/in-process.ts';
import { replaceLookup } from './lookup.ts';
import { type Row, secondsOf } from './row.ts';
import { type Scene, setUp } from './scene.ts';
import { table } from './table.ts';

/** Milliseconds that a server gets to fall silent before the time limit is made to run out. */
const UNTIL_SILENCE_MS = 150;

/** Faked time goes on at this step, as real time does, until it is made to jump. */
const TICK_MS = 10;

beforeAll(() => {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
});
afterAll(() => {
  jest.useRealTimers();
});

/** The rows that need no process of their own, in this one: the same promise, without the waiting. */
test.each(table.filter((row) => row.process === undefined).map((row) => [row.name, row] as const))(
  '%s',
  async (_name, row) => {
    const scene = await setUp(row);
    try {
      const { runner, failure } = await withSurroundings(row, scene, () => runToItsEnd(row, scene));
      const told = failure && { title: failure.title, says: `${failure.message} ${failure.remedy}` };
      const read = [runner.shown, told?.says, ...runner.states.values()].join('\n');
      expect(scene.secrets().filter((secret) => read.includes(secret))).toEqual([]);
      if (row.ends === 'token' || row.ends === 'bait token') {
        expect(told).toBeUndefined();
        const token = row.ends === 'token' ? scene.appcircle.issued.at(-1)?.access_token : BAIT_TOKEN;
        expect([runner.exported, runner.outputs?.['access-token']]).toEqual([token, token]);
      } else {
        expect(told).toEqual({ title: row.ends, says: expect.stringContaining(row.says ?? '') });
        expect([runner.exported, runner.outputs, runner.summary]).toEqual([undefined, undefined, '']);
      }
      if (row.requests !== undefined) expect(scene.appcircle.requests.length).toBe(row.requests);
      if (scene.recorder) expect([scene.recorder.connections, scene.recorder.received]).toEqual([0, '']);
    } finally {
      await scene.close();
    }
  },
);

/** Runs the story; where time has to run out, makes it do so once the server has fallen silent. */
async function runToItsEnd(row: Row, { inputs }: Scene): Promise<Ended> {
  const clock = setInterval(() => jest.advanceTimersByTime(TICK_MS), TICK_MS);
  try {
    const run = runInProcess(inputs, { world: worldWithoutWaits() });
    if (row.ends === 'Appcircle did not answer in time') {
      await realDelay(UNTIL_SILENCE_MS);
      jest.advanceTimersByTime(secondsOf(row) * 1000);
    }
    return await run;
  } finally {
    clearInterval(clock);
  }
}

/** A world in which a wait is over at once, and has taken its time all the same. */
function worldWithoutWaits(): Partial<World> {
  let waited = 0;
  return {
    now: () => Date.now() + waited,
    elapsed: () => performance.now() + waited,
    random: () => 0.5,
    sleep: async (ms) => {
      waited += ms;
    },
  };
}

/** Gives this process the row's variables and name look-ups for as long as the run lasts. */
async function withSurroundings<T>({ lookups }: Row, { env }: Scene, run: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  const restoreLookup = lookups && replaceLookup(lookups);
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return await run();
  } finally {
    restoreLookup?.();
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
