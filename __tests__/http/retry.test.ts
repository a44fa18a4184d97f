import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { Failure, type FailureDetails } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { retryDetails, withRetries } from '../../src/http/retry.ts';
import { response } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';
import { failureData, failureFrom } from '../support/failures.ts';

const trouble = (transient?: NonNullable<FailureDetails['transient']>) => {
  const details: FailureDetails = transient ? { transient } : {};
  return new Failure('The connection failed', message`${'It'} broke.`, message`Mend it.`, details);
};
const BROKEN = trouble({ waitMs: undefined });
/** More than there is time for. */
const FOR_EVER = Array(5000).fill(BROKEN);
const askedFor = (waitMs: number) => trouble({ waitMs });
const never = new Promise<never>(() => undefined);
const waiting = () => message`waiting for ${'host'} to answer.`;

/** Tries what fails with each of these in turn and works after them, or once it is up. */
async function tryThrough(
  failures: readonly unknown[],
  { seconds = 60, random = 0.5, tookMs = 0, upAfterMs = Number.POSITIVE_INFINITY } = {},
) {
  const context = testContext({ seconds, random: () => random });
  const { clock, log } = context;
  const waits: number[] = [];
  let tries = 0;
  let lastEnd = 0;
  const attempt = async () => {
    if (tries > 0) waits.push(clock.elapsed() - lastEnd);
    const failure = failures[tries];
    tries += 1;
    clock.pass(tookMs);
    lastEnd = clock.elapsed();
    if (failure !== undefined && lastEnd < upAfterMs) throw failure;
    return 'token';
  };
  const end: unknown = await clock
    .runUntil(withRetries(attempt, waiting, context))
    .catch((error: unknown) => error);
  const ended = end instanceof Failure ? failureData(end) : end;
  return { ended, tries, waits, lines: log.lines };
}

test('does not try again what worked', async () => {
  expect(await tryThrough([])).toMatchObject({ ended: 'token', tries: 1, waits: [], lines: [] });
});

test('does not try again what will not get better', async () => {
  const failure = trouble();
  expect(await tryThrough([failure])).toMatchObject({
    ended: failureData(failure),
    tries: 1,
    waits: [],
    lines: [],
  });
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
    'It broke. Retrying in 250 ms (attempt 2).',
    'It broke. Retrying in 500 ms (attempt 3).',
    'It broke. Retrying in 1 s (attempt 4).',
  ]);
});

test('draws each wait from all between nothing and the bound', async () => {
  expect((await tryThrough(Array(3).fill(BROKEN), { random: 0 })).waits).toEqual([0, 0, 0]);
  const bound = 1 - Number.EPSILON / 2;
  const { waits } = await tryThrough(Array(7).fill(BROKEN), { random: bound, seconds: 600 });
  expect(waits.map(Math.ceil)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('draws each wait anew', async () => {
  const context = testContext({ seconds: 60, random: jest.fn(() => 0) });
  let tries = 0;
  const attempt = async () => {
    if (++tries < 4) throw BROKEN;
  };
  await context.clock.runUntil(withRetries(attempt, waiting, context));
  expect(context.random).toHaveBeenCalledTimes(3);
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
  expect(await tryThrough([askedFor(9800)], { seconds: 10 })).toMatchObject({
    ended: 'token',
    waits: [9800],
  });
});

test('gives up at once where the wait that the server asks for does not fit', async () => {
  const { ended, tries } = await tryThrough([askedFor(120_000)], { tookMs: 2000 });
  expect(tries).toBe(1);
  // Without `transient`: nobody is to try again.
  expect(ended).toEqual({
    title: 'The connection failed',
    reason:
      'It broke. Tried once. The server asks to wait 2 min, but timeout-seconds leaves only 58 s.',
    remedy: 'Mend it. Or set timeout-seconds to 123 or more (at most 600).',
  });
});

test('counts what was spent before these tries, too, in the limit that would be enough', async () => {
  const context = testContext({ seconds: 60, random: () => 0 });
  context.clock.pass(20_000);
  const attempt = () => Promise.reject(askedFor(50_000));
  const failure = await context.clock
    .runUntil(withRetries(attempt, waiting, context))
    .catch((error: unknown) => error);
  expect(failureData(failure as Failure)).toMatchObject({
    remedy: 'Mend it. Or set timeout-seconds to 71 or more (at most 600).',
  });
});

test('gives up where the wait would end with the time itself', async () => {
  const { ended, tries } = await tryThrough([askedFor(10_000)], { seconds: 10 });
  expect(tries).toBe(1);
  expect(ended).toMatchObject({
    reason:
      'It broke. Tried once. The server asks to wait 10 s, but timeout-seconds leaves only 10 s.',
  });
  expect((await tryThrough([BROKEN], { seconds: 0.25 })).tries).toBe(1);
});

test('does not advise a longer time limit than there is', async () => {
  const { ended } = await tryThrough([askedFor(599_000)], { seconds: 60 });
  expect(ended).toMatchObject({
    remedy: 'Mend it. Or set timeout-seconds to 600 or more (at most 600).',
  });
  expect((await tryThrough([askedFor(599_001)], { seconds: 60 })).ended).toMatchObject({
    remedy: 'Mend it.',
  });
});

test('shortens a drawn wait so that half a second is left behind it, and then gives up', async () => {
  const { ended, waits } = await tryThrough(FOR_EVER, { seconds: 2.3 });
  expect(waits).toEqual([250, 500, 1000, 50]);
  expect(ended).toMatchObject({
    reason: 'It broke. Tried 5 times in 1.8 s. No time is left for another attempt.',
    remedy: 'Mend it.',
  });
});

test.each([
  [5, 3600],
  [5, 4499],
  [20, 14_000],
  [600, 599_000],
])(
  'a time limit of %d s survives an outage of %d ms, whatever is drawn',
  async (seconds, upAfterMs) => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.05, max: 0.999, noNaN: true }), async (random) => {
        const { ended } = await tryThrough(FOR_EVER, { seconds, random, upAfterMs });
        expect(ended).toBe('token');
      }),
      { numRuns: 20 },
    );
  },
);

test('gives up nothing while more than half a second is left', async () => {
  expect((await tryThrough([BROKEN], { seconds: 0.5 })).tries).toBe(1);
  expect((await tryThrough([BROKEN], { seconds: 0.51 })).waits).toEqual([10]);
});

test('waits as long as the server asks if anything is left behind it, but not for next to nothing', async () => {
  expect((await tryThrough([askedFor(599)], { seconds: 0.6 })).waits).toEqual([599]);
  expect((await tryThrough([askedFor(500)], { seconds: 0.6 })).waits).toEqual([500]);
  expect((await tryThrough([askedFor(499)], { seconds: 0.6 })).tries).toBe(1);
  expect((await tryThrough([askedFor(499)], { seconds: 1 })).waits).toEqual([500]);
});

test('tries again at once where there is nothing to wait for', async () => {
  const { ended, waits, lines } = await tryThrough(Array(2).fill(askedFor(0)), { tookMs: 5000 });
  expect([ended, waits]).toEqual(['token', [0, 0]]);
  expect(lines[0]).toBe('It broke. Retrying in 0 ms (attempt 2).');
  expect((await tryThrough([askedFor(0)], { seconds: 5.5, tookMs: 5000 })).ended).toMatchObject({
    reason: 'It broke. Tried once. No time is left for another attempt.',
  });
});

test('tries once more, and no further, where more tries would end the same way', async () => {
  const once = trouble({ waitMs: undefined, once: true });
  expect(await tryThrough([once])).toMatchObject({ ended: 'token', tries: 2 });
  expect(await tryThrough([BROKEN, once, BROKEN])).toMatchObject({ ended: 'token', tries: 4 });
  expect(await tryThrough([once, BROKEN, once])).toMatchObject({
    tries: 3,
    ended: { reason: 'It broke. Tried 3 times in 750 ms.' },
  });
});

test('tells at the deadline what it waited for and what went wrong before', async () => {
  const context = testContext({ seconds: 10, random: () => 0 });
  const answers = [Promise.reject(BROKEN), never];
  const attempt = () => answers.shift() ?? never;
  expect(
    await context.clock.runUntil(failureFrom(withRetries(attempt, waiting, context))),
  ).toMatchObject({
    title: 'Appcircle did not answer in time',
    reason:
      'The time limit of 10 s ran out while waiting for host to answer. Before that: It broke.',
  });
  expect(context.clock.elapsed()).toBe(10_000);
});

test('tells at the deadline that it was waiting to retry', async () => {
  const context = testContext({ seconds: 10 });
  const { clock } = context;
  // The deadline's timer is there by now, and goes off ahead of one that is late.
  clock.after = () => () => undefined;
  const failure = failureFrom(withRetries(() => Promise.reject(BROKEN), waiting, context));
  expect(await clock.runUntil(failure)).toMatchObject({
    title: 'Appcircle did not answer in time',
    reason: 'The time limit of 10 s ran out while waiting 250 ms to retry. Before that: It broke.',
  });
});

test('stops trying when the time is up', async () => {
  const context = testContext({ seconds: 20 });
  expect(
    await context.clock.runUntil(failureFrom(withRetries(() => never, waiting, context))),
  ).toMatchObject({
    title: 'Appcircle did not answer in time',
    reason: 'The time limit of 20 s ran out while waiting for host to answer.',
  });
});

test.each([
  ['a wait', () => Promise.reject(askedFor(15_000))],
  ['a try', () => never],
])('a cancel ends %s at once', async (_name, attempt) => {
  const context = testContext({ seconds: 60 });
  let tries = 0;
  const count = () => {
    tries += 1;
    return attempt();
  };
  const failure = failureFrom(withRetries(count, waiting, context));
  await context.clock.advance(1000);
  context.deadline.cancel(
    new Failure('The run was cancelled', message`Cancelled.`, message`Run it again.`),
  );
  expect(await failure).toMatchObject({ title: 'The run was cancelled', reason: 'Cancelled.' });
  await context.clock.advance(60_000);
  expect(tries).toBe(1);
});

describe('how long to wait:', () => {
  const details = (status: number, body?: unknown, header?: string) => {
    const headers = header === undefined ? {} : { 'retry-after': header };
    return retryDetails(
      response(status, body, { headers, date: Date.parse('2026-11-20T15:04:05Z') }),
    );
  };

  test.each([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530])(
    'HTTP %d is worth another try',
    (status) => {
      expect(details(status)).toEqual({ transient: { waitMs: undefined } });
    },
  );

  test.each([501, 505, 507, 527, 529, 599])(
    'HTTP %d is worth another try if the server says when',
    (status) => {
      expect(details(status)).toEqual({});
      expect(details(status, '', 'soon')).toEqual({});
      expect(details(status, '', '7')).toEqual({ transient: { waitMs: 7000 } });
      expect(details(status, '', '0')).toEqual({ transient: { waitMs: undefined } });
      expect(details(status, { retry_after: 7 })).toEqual({ transient: { waitMs: 7000 } });
    },
  );

  test.each([200, 400, 401, 424, 428, 499, 511, 525, 526, 600, 999])(
    'HTTP %d is never worth another try',
    (status) => {
      expect(details(status, { retry_after: 7 }, '7')).toEqual({});
    },
  );

  test.each([
    ['0', undefined],
    ['1', 1000],
    [' 120 ', 120_000],
    ['31622400', 31_622_400_000],
    ['31622401', 31_622_400_000],
    ['9'.repeat(400), 31_622_400_000],
    ['Fri, 20 Nov 2026 15:04:35 GMT', 30_000],
    ['Fri, 20 Nov 2026 15:04:05 GMT', undefined],
    ['Fri, 20 Nov 2026 15:03:00 GMT', undefined],
    ['Friday, 20-Nov-26 15:04:15 GMT', 10_000],
    ['Fri Nov 20 15:04:15 2026', 10_000],
    ['Fri, 20 Nov 9999 15:04:35 GMT', 31_622_400_000],
  ])('Retry-After: %s', (header, waitMs) => {
    expect(details(503, { retry_after: 7 }, header).transient).toEqual({ waitMs });
  });

  test.each(['', 'soon', '-5', '1.5', '0x10', '1,5', '2026-11-20', '12 34'])(
    'Retry-After: %s tells nothing, so that the body may',
    (header) => {
      expect(details(429, '', header).transient).toEqual({ waitMs: undefined });
      expect(details(429, { retry_after: 7 }, header).transient).toEqual({ waitMs: 7000 });
    },
  );

  test.each([
    [0, undefined],
    [1.5, 1500],
    [-5, undefined],
    [1e300, 31_622_400_000],
    // As in every other field, a number may be text.
    ['60', 60_000],
    ['-5', undefined],
    ['1.5', 1500],
  ])('retry_after: %j', (seconds, waitMs) => {
    expect(details(429, { retry_after: seconds }).transient).toEqual({ waitMs });
  });

  test.each(['', 'soon', ' 60', '1e3', null, true, {}, [60]])(
    'retry_after: %j tells nothing',
    (seconds) => {
      expect(details(429, { retry_after: seconds }).transient).toEqual({ waitMs: undefined });
    },
  );
});
