import { expect, test } from '@jest/globals';
import { BAIT_TOKEN } from '../../sandbox/network/faults.ts';
import type { Clock } from '../../src/base/clock.ts';
import { type Ended, MemoryRunner, runInProcess } from '../support/in-process.ts';
import { replaceLookup } from './lookup.ts';
import type { Row } from './row.ts';
import { type Scene, setUp } from './scene.ts';
import { table } from './table.ts';

const TIME = 'Appcircle did not answer in time';

/** Milliseconds that a server gets to fall silent, once it was asked, before the time limit is made to run out. */
const UNTIL_SILENCE_MS = 100;

/** The rows that need no process of their own, in this one: the same promise, without the waiting. */
test.each(table.filter((row) => row.process === undefined).map((row) => [row.name, row] as const))('%s', async (_name, row) => {
  const scene = await setUp(row);
  try {
    const { runner, told } = await runRow(row, scene);
    const read = [runner.shown, JSON.stringify(told), ...runner.states.values()].join('\n');
    expect(scene.secrets().filter((secret) => read.includes(secret))).toEqual([]);
    if (row.ends === 'token' || row.ends === 'bait token') {
      expect(told).toBeUndefined();
      const token = row.ends === 'token' ? scene.appcircle.issued.at(-1)?.access_token : BAIT_TOKEN;
      expect([runner.exported, runner.outputs?.['access-token']]).toEqual([token, token]);
    } else {
      expect(told?.title).toBe(row.ends);
      expect(`${told?.reason} ${told?.remedy}`).toContain(row.says ?? '');
      expect([runner.exported, runner.outputs, runner.summary]).toEqual([undefined, undefined, '']);
    }
    if (row.requests !== undefined) expect(scene.appcircle.requests.length).toBe(row.requests);
    if (scene.recorder) expect([scene.recorder.connections, scene.recorder.received]).toEqual([0, '']);
  } finally {
    await scene.close();
  }
});

async function runRow(row: Row, { inputs, env, appcircle }: Scene): Promise<Ended> {
  const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? '']));
  const restoreLookup = row.lookups && replaceLookup(row.lookups);
  try {
    const asked = () => appcircle.requests.length >= (row.requests ?? 0);
    const clock = hastyClock(row.ends === TIME ? asked : undefined);
    return await runInProcess({}, { clock, random: () => 0.5, runner: new MemoryRunner(inputs, variables) });
  } finally {
    restoreLookup?.();
  }
}

/** A clock by which a wait is over at once, and has taken its time all the same. The time limit runs out after `asked`, if that is given. */
function hastyClock(asked: (() => boolean) | undefined): Clock {
  let skipped = 0;
  let limited = false;
  return {
    now: () => Date.now() + skipped,
    elapsed: () => performance.now() + skipped,
    after: (ms, call) => {
      // The first timer is the time limit.
      if (!limited) {
        limited = true;
        const wait = (): NodeJS.Timeout => setTimeout(asked?.() ? call : () => (timer = wait()), UNTIL_SILENCE_MS);
        let timer = asked ? wait() : setTimeout(call, ms);
        return () => clearTimeout(timer);
      }
      skipped += ms;
      const turn = setImmediate(call);
      return () => clearImmediate(turn);
    },
  };
}
