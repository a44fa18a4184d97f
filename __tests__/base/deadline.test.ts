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
const LATE = 'The Appcircle CLI did not finish';
const late = (reason: Message) => new Failure(LATE, reason, message`Mend it.`);
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
  let bytes = 0;
  const failure = failureFrom(deadline.limit(never, () => message`reading, after ${bytes} bytes.`));
  bytes = 40;
  await clock.advance(60_000);
  expect(await failure).toEqual({
    title: OVER,
    reason: 'The time limit of 60 s ran out while reading, after 40 bytes.',
    remedy:
      'Run the job again. If it happens often, raise timeout-seconds and check that this runner reaches the server through every firewall and proxy in between.',
  });
});

test('leaves every promise that is not settled in time, with the failure that its wait asks for', async () => {
  const { clock, deadline } = started(1000);
  const failures = [
    failureFrom(deadline.limit(never, waiting)),
    failureFrom(deadline.limit(never, waiting, late)),
  ];
  await clock.advance(1000);
  failures.push(failureFrom(deadline.limit(never, waiting, late)));
  expect((await Promise.all(failures)).map(({ title }) => title)).toEqual([OVER, LATE, LATE]);
});

test('gives what a promise gives in time, and what it throws', async () => {
  const { clock, deadline } = started(1000);
  await clock.advance(999);
  await expect(deadline.limit(Promise.resolve('token'), waiting)).resolves.toBe('token');
  await expect(deadline.limit(Promise.reject(new Error('refused')), waiting)).rejects.toThrow(
    'refused',
  );
});

test('past it, not even what comes at once counts', async () => {
  const { clock, deadline } = started(1000);
  await clock.advance(1000);
  for (const tooLate of [Promise.resolve('token'), Promise.reject(new Error('socket hang up'))])
    expect(await failureFrom(deadline.limit(tooLate, waiting))).toMatchObject({ title: OVER });
});

test('says what is left, never less than nothing, whatever the wall clock shows', () => {
  const { clock, deadline } = started(2000);
  clock.jump(7_200_000);
  expect([deadline.limitMs, deadline.remaining(), deadline.spent()]).toEqual([2000, 2000, 0]);
  clock.pass(1500);
  expect([deadline.limitMs, deadline.remaining(), deadline.spent()]).toEqual([2000, 500, 1500]);
  clock.pass(600);
  expect(deadline.remaining()).toBe(0);
});

test('has all the time in the world until it starts, and once it is cleared', async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline(clock);
  expect(deadline.remaining()).toBe(Number.POSITIVE_INFINITY);
  deadline.start(1000);
  deadline.clear();
  expect(clock.pending).toBe(0);
  await clock.advance(2000);
  await expect(deadline.limit(Promise.resolve('late'), waiting)).resolves.toBe('late');
});

test('sleeps for as long as it is told, but not past its end, and leaves no timer behind', async () => {
  const { clock, deadline } = started(1000);
  let awake = false;
  const slept = deadline.sleep(400, waiting).then(() => {
    awake = true;
  });
  await clock.advance(399);
  expect(awake).toBe(false);
  await clock.advance(1);
  await slept;
  const failure = failureFrom(deadline.sleep(5000, () => message`waiting ${5} s to retry.`));
  await clock.advance(600);
  expect((await failure).reason).toBe('The time limit of 1 s ran out while waiting 5 s to retry.');
  expect(clock.pending).toBe(0);
});

test('a cancel ends every wait at once, with its own failure, and leaves no time', async () => {
  const { clock, deadline } = started(1000);
  const waits = [
    deadline.limit(never, waiting),
    deadline.limit(never, waiting, late),
    deadline.sleep(500, waiting),
  ];
  const failures = waits.map((wait) => failureFrom(wait));
  deadline.cancel(CANCELLED);
  for (const failure of failures) expect((await failure).title).toBe(CANCELLED.title);
  // The deadline's own timer, which nobody has cleared.
  expect([clock.pending, deadline.remaining()]).toEqual([1, 0]);
});

test('a cancel before the start ends the waits to come, those of what is there already too', async () => {
  const deadline = new Deadline(new VirtualClock());
  deadline.cancel(CANCELLED);
  deadline.start(1000);
  expect(deadline.remaining()).toBe(0);
  for (const promise of [never, Promise.resolve('token'), Promise.reject(new Error('refused'))])
    expect((await failureFrom(deadline.limit(promise, waiting))).title).toBe(CANCELLED.title);
});

test('the first of two cancels counts, and more than the time that ran out before it', async () => {
  const { clock, deadline } = started(1000);
  await clock.advance(1000);
  deadline.cancel(CANCELLED);
  deadline.cancel(new Failure('The run was cancelled', message`Again.`, message`Run it again.`));
  expect((await failureFrom(deadline.limit(never, waiting))).reason).toBe('It was cancelled.');
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
