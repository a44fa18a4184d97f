import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { Deadline } from '../../src/base/deadline.ts';
import { Failure } from '../../src/base/failure.ts';
import { type Message, message } from '../../src/base/message.ts';
import { VirtualClock } from '../support/clock.ts';
import { failureFrom } from '../support/failures.ts';

const never = new Promise<never>(() => undefined);
const waiting = () => message`waiting for ${'auth.example.com'} to answer.`;
const late = (reason: Message) =>
  new Failure('The Appcircle CLI did not finish', reason, message`Mend it.`);
const CANCELLED = new Failure(
  'The run was cancelled',
  message`It was cancelled.`,
  message`Run it again.`,
);
const OVER = 'Appcircle did not answer in time';

/** A deadline that has started, and its clock. */
function started(ms: number) {
  const clock = new VirtualClock();
  // A monotonic clock starts anywhere.
  clock.pass(5000);
  const deadline = new Deadline(clock);
  deadline.start(ms);
  return { clock, deadline };
}

test('tells what it was doing when the time ran out', async () => {
  const { clock, deadline } = started(60_000);
  await clock.advance(59_999);
  await expect(deadline.limit(Promise.resolve('in time'), waiting)).resolves.toBe('in time');
  await clock.advance(1);
  expect(await failureFrom(deadline.limit(never, waiting))).toEqual({
    title: OVER,
    reason: 'The time limit of 60 s ran out while waiting for auth.example.com to answer.',
    remedy:
      'Run the job again. If it happens often, raise timeout-seconds and check that this runner reaches the server through every firewall and proxy in between.',
  });
});

test('asks what it was doing once the time is up', async () => {
  const { clock, deadline } = started(1500);
  let bytes = 0;
  const failure = failureFrom(deadline.limit(never, () => message`reading, after ${bytes} bytes.`));
  bytes = 40;
  await clock.advance(1500);
  expect(await failure).toMatchObject({
    reason: 'The time limit of 1.5 s ran out while reading, after 40 bytes.',
  });
});

test('makes the failure that the wait asks for', async () => {
  const { clock, deadline } = started(2000);
  const failure = failureFrom(deadline.limit(never, () => message`running it.`, late));
  await clock.advance(2000);
  expect(await failure).toEqual({
    title: 'The Appcircle CLI did not finish',
    reason: 'The time limit of 2 s ran out while running it.',
    remedy: 'Mend it.',
  });
  expect(await failureFrom(deadline.limit(never, () => message`running it.`, late))).toMatchObject({
    title: 'The Appcircle CLI did not finish',
  });
});

test('says what is left, and never less than nothing', () => {
  const { clock, deadline } = started(2000);
  expect(deadline.remaining()).toBe(2000);
  clock.pass(1500);
  expect(deadline.limitMs).toBe(2000);
  expect(deadline.remaining()).toBe(500);
  clock.pass(600);
  expect(deadline.remaining()).toBe(0);
});

test('has all the time in the world until it starts', async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline(clock);
  expect(deadline.remaining()).toBe(Number.POSITIVE_INFINITY);
  await clock.advance(1e9);
  await expect(deadline.limit(Promise.resolve('late'), waiting)).resolves.toBe('late');
});

test('goes by the time that passed, not by the wall clock', async () => {
  const { clock, deadline } = started(1000);
  clock.jump(-3_600_000);
  expect(deadline.remaining()).toBe(1000);
  const failure = failureFrom(deadline.limit(never, waiting));
  clock.jump(7_200_000);
  await clock.advance(999);
  expect(deadline.remaining()).toBe(1);
  await clock.advance(1);
  expect(await failure).toMatchObject({ title: OVER });
});

test('stops once it is cleared', async () => {
  const { clock, deadline } = started(1000);
  expect(clock.pending).toBe(1);
  deadline.clear();
  expect(clock.pending).toBe(0);
  await clock.advance(2000);
  await expect(deadline.limit(Promise.resolve('late'), waiting)).resolves.toBe('late');
});

test('gives what a promise gives, and what it throws', async () => {
  const { deadline } = started(1000);
  await expect(deadline.limit(Promise.resolve('token'), waiting)).resolves.toBe('token');
  await expect(deadline.limit(Promise.reject(new Error('refused')), waiting)).rejects.toThrow(
    'refused',
  );
});

test('leaves every promise that is not settled in time', async () => {
  const { clock, deadline } = started(1000);
  const failures = [
    failureFrom(deadline.limit(never, waiting)),
    failureFrom(deadline.limit(never, waiting, late)),
  ];
  await clock.advance(1000);
  expect((await Promise.all(failures)).map(({ title }) => title)).toEqual([
    OVER,
    'The Appcircle CLI did not finish',
  ]);
});

test('past it, not even what comes at once counts', async () => {
  const { clock, deadline } = started(1000);
  await clock.advance(1000);
  for (const tooLate of [Promise.resolve('token'), Promise.reject(new Error('socket hang up'))])
    expect(await failureFrom(deadline.limit(tooLate, waiting))).toMatchObject({ title: OVER });
});

test('sleeps for as long as it is told', async () => {
  const { clock, deadline } = started(1000);
  let awake = false;
  const slept = deadline.sleep(400, waiting).then(() => {
    awake = true;
  });
  await clock.advance(399);
  expect(awake).toBe(false);
  await clock.advance(1);
  expect(awake).toBe(true);
  await slept;
  expect(clock.pending).toBe(1);
});

test('does not sleep past its end, and leaves no timer behind', async () => {
  const { clock, deadline } = started(1000);
  const failure = failureFrom(deadline.sleep(5000, () => message`waiting ${5} s to retry.`));
  await clock.advance(1000);
  expect(await failure).toMatchObject({
    reason: 'The time limit of 1 s ran out while waiting 5 s to retry.',
  });
  expect(clock.pending).toBe(0);
});

test('a cancel ends every wait at once, with its own failure', async () => {
  const { clock, deadline } = started(1000);
  const waits = [
    deadline.limit(never, waiting),
    deadline.limit(never, waiting, late),
    deadline.sleep(500, waiting),
  ];
  const failures = waits.map((wait) => failureFrom(wait));
  deadline.cancel(CANCELLED);
  for (const failure of failures)
    expect(await failure).toMatchObject({ title: 'The run was cancelled' });
  // The deadline's own, which nobody has cleared.
  expect(clock.pending).toBe(1);
});

test('a cancel leaves no time and ends the waits to come, those of what is there already too', async () => {
  const { deadline } = started(1000);
  deadline.cancel(CANCELLED);
  expect(deadline.remaining()).toBe(0);
  for (const promise of [never, Promise.resolve('token'), Promise.reject(new Error('refused'))])
    expect(await failureFrom(deadline.limit(promise, waiting))).toMatchObject({
      title: 'The run was cancelled',
    });
  expect(await failureFrom(deadline.sleep(0, waiting))).toMatchObject({
    title: 'The run was cancelled',
  });
});

test('the first of two cancels counts, and more than the time that ran out before it', async () => {
  const { clock, deadline } = started(1000);
  await clock.advance(1000);
  deadline.cancel(CANCELLED);
  deadline.cancel(new Failure('The run was cancelled', message`Again.`, message`Run it again.`));
  expect(await failureFrom(deadline.limit(never, waiting))).toMatchObject({
    reason: 'It was cancelled.',
  });
});

test('a cancel before the start is one', async () => {
  const deadline = new Deadline(new VirtualClock());
  deadline.cancel(CANCELLED);
  deadline.start(1000);
  expect(deadline.remaining()).toBe(0);
  expect(await failureFrom(deadline.limit(never, waiting))).toMatchObject({
    title: 'The run was cancelled',
  });
});

test('holds on to nothing that is over', async () => {
  const { deadline } = started(1000);
  const answer = new WeakRef(
    (await deadline.limit(Promise.resolve({ body: 'long' }), waiting)) as object,
  );
  setFlagsFromString('--expose-gc');
  // What a WeakRef was made of lives to the end of the turn.
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  runInNewContext('gc')();
  expect(answer.deref()).toBeUndefined();
});
