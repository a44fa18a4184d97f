import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Failure, type Transient } from '../../src/failure.ts';
import { Deadline } from '../../src/http/deadline.ts';
import { withRetries } from '../../src/http/retry.ts';
import { memoryLog, reasonOf, stillWorld } from './support.ts';

const trouble = (transient?: Transient) => new Failure('The connection failed', 'It broke.', 'Mend it.', transient);
const BROKEN = trouble({ waitMs: undefined });
const askedFor = (waitMs: number) => trouble({ waitMs });

/** Tries what fails with each of these in turn, and works after them; the last one for ever with `forEver`. */
async function tryThrough(
  failures: readonly unknown[],
  { seconds = 60, random = 0.5, forEver = false, tookMs = 0 } = {},
) {
  const world = stillWorld(random);
  world.pass(5000);
  const log = memoryLog();
  const deadline = new Deadline(seconds * 1000, world);
  let tries = 0;
  const attempt = async () => {
    world.pass(tookMs);
    const failure = failures[forEver ? Math.min(tries, failures.length - 1) : tries];
    tries += 1;
    if (failure !== undefined) throw failure;
    return 'token';
  };
  const ended = await withRetries(attempt, deadline, world, log).catch((error: unknown) => error);
  deadline.clear();
  return { ended, tries, waits: world.waits, lines: log.lines, deadline };
}

test('does not try again what worked', async () => {
  expect(await tryThrough([])).toMatchObject({ ended: 'token', tries: 1, waits: [], lines: [] });
});

test('does not try again what will not get better', async () => {
  const failure = trouble();
  expect(await tryThrough([failure])).toMatchObject({ ended: failure, tries: 1, waits: [], lines: [] });
});

test('does not try again what is not a Failure', async () => {
  const bug = new TypeError('x is not a function');
  expect(await tryThrough([bug])).toMatchObject({ ended: bug, tries: 1 });
});

test('waits longer each time, half of the bound with chance at a half, 15 s at most', async () => {
  const { ended, waits, lines } = await tryThrough(Array(8).fill(BROKEN), { seconds: 600 });
  expect(ended).toBe('token');
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
  expect(lines.slice(0, 3)).toEqual([
    'It broke. Try 2 comes in 250 ms.',
    'It broke. Try 3 comes in 500 ms.',
    'It broke. Try 4 comes in 1 s.',
  ]);
});

test('draws each wait from all between nothing and the bound', async () => {
  expect((await tryThrough(Array(3).fill(BROKEN), { random: 0 })).waits).toEqual([0, 0, 0]);
  const bound = 1 - Number.EPSILON / 2;
  const { waits } = await tryThrough(Array(7).fill(BROKEN), { random: bound, seconds: 600 });
  expect(waits.map(Math.ceil)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('never waits less than the server asks for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 50_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (asked, random) => {
        const { waits, ended } = await tryThrough([askedFor(asked)], { random });
        expect(ended).toBe('token');
        expect(waits[0]).toBeGreaterThanOrEqual(asked);
        expect(waits[0]).toBeLessThan(asked + 500);
      },
    ),
  );
});

test('leaves the jitter out where the wait fits only without', async () => {
  expect(await tryThrough([askedFor(9800)], { seconds: 10 })).toMatchObject({ ended: 'token', waits: [9800] });
});

test('gives up at once where the wait that the server asks for does not fit', async () => {
  const { ended, tries, waits } = await tryThrough([askedFor(120_000)], { tookMs: 2000 });
  expect({ tries, waits }).toEqual({ tries: 1, waits: [] });
  expect(ended).toMatchObject({
    title: 'The connection failed',
    message: 'It broke. Tried once; the server asks to wait 2 min, and 58 s are left.',
    remedy: 'Mend it. A timeout-seconds of more than 122 would have sat this wait out (600 at most).',
    transient: undefined,
  });
});

test('gives up where the wait would end with the time itself', async () => {
  const { ended, tries, waits } = await tryThrough([askedFor(10_000)], { seconds: 10 });
  expect({ tries, waits }).toEqual({ tries: 1, waits: [] });
  expect(ended).toMatchObject({
    message: 'It broke. Tried once; the server asks to wait 10 s, and 10 s are left.',
  });
  expect(await tryThrough([BROKEN], { seconds: 0.25 })).toMatchObject({ tries: 1, waits: [] });
});

test('does not advise a longer time limit than there is', async () => {
  const { ended } = await tryThrough([askedFor(599_000)], { seconds: 60 });
  expect(ended).toMatchObject({
    remedy: 'Mend it. A timeout-seconds of more than 599 would have sat this wait out (600 at most).',
  });
  expect((await tryThrough([askedFor(600_000)], { seconds: 60 })).ended).toMatchObject({ remedy: 'Mend it.' });
});

test('gives up when no wait fits any more, and says how often it tried', async () => {
  const { ended, waits } = await tryThrough([BROKEN], { seconds: 2.3, forEver: true });
  expect(waits).toEqual([250, 500, 1000]);
  expect(ended).toMatchObject({
    message: 'It broke. Tried 4 times in 1.8 s, and no time is left for another.',
    remedy: 'Mend it.',
  });
});

test("gives up on its own wait, not the server's, where the server asks for none to speak of", async () => {
  const { ended, tries } = await tryThrough([askedFor(0)], { seconds: 2.3, forEver: true });
  expect(tries).toBe(4);
  expect(ended).toMatchObject({ message: 'It broke. Tried 4 times in 1.8 s, and no time is left for another.' });
  expect((await tryThrough([askedFor(499)], { seconds: 0.5 })).tries).toBe(1);
  expect((await tryThrough([askedFor(500)], { seconds: 0.6 })).tries).toBe(2);
});

test('leaves half a second for a try of its own choice', async () => {
  expect((await tryThrough([BROKEN], { seconds: 0.75 })).tries).toBe(1);
  expect((await tryThrough([BROKEN], { seconds: 0.751 })).tries).toBe(2);
});

test('keeps for the deadline what it is doing and what went wrong', async () => {
  const { deadline } = await tryThrough([BROKEN]);
  expect([deadline.doing, deadline.lastTrouble]).toEqual(['waiting 250 ms for another try', 'It broke.']);
});

test('stops waiting when the time is up', async () => {
  const world = { ...stillWorld(), sleep: () => new Promise<never>(() => undefined) };
  const deadline = new Deadline(520, world);
  const reason = await reasonOf(
    withRetries(() => Promise.reject(trouble({ waitMs: 0 })), deadline, { ...world, random: () => 0 }, memoryLog()),
  );
  expect(reason).toMatchObject({ title: 'Appcircle did not answer in time' });
});

test('stops trying when the time is up', async () => {
  const world = stillWorld();
  const deadline = new Deadline(20, world);
  const reason = await reasonOf(withRetries(() => new Promise(() => undefined), deadline, world, memoryLog()));
  expect(reason).toMatchObject({ title: 'Appcircle did not answer in time' });
});
