import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Deadline } from '../../src/http/deadline.ts';
import { reasonOf, stillWorld } from './support.ts';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

const never = new Promise(() => undefined);

test('tells what it was doing when the time ran out', async () => {
  const deadline = new Deadline(60_000, stillWorld());
  deadline.doing = 'waiting for auth.example.com to answer';
  jest.advanceTimersByTime(59_999);
  await expect(deadline.limit(Promise.resolve('in time'))).resolves.toBe('in time');
  jest.advanceTimersByTime(1);
  expect(await reasonOf(deadline.limit(never))).toMatchObject({
    title: 'Appcircle did not answer in time',
    message: 'The time limit of 60 s ran out while waiting for auth.example.com to answer.',
    remedy:
      'Run the job again; if it happens often, raise timeout-seconds, and check that the server can be reached from this runner, through a firewall or a proxy too.',
    transient: undefined,
  });
});

test('tells what went wrong before, too', async () => {
  const deadline = new Deadline(1500, stillWorld());
  deadline.lastTrouble = 'auth.example.com answered with HTTP 503.';
  jest.advanceTimersByTime(1500);
  expect(await reasonOf(deadline.limit(never))).toMatchObject({
    message: 'The time limit of 1.5 s ran out while starting. Before that: auth.example.com answered with HTTP 503.',
  });
});

test('says what is left, and never less than nothing', () => {
  const world = stillWorld();
  world.pass(5000);
  const deadline = new Deadline(2000, world);
  expect(deadline.remaining()).toBe(2000);
  world.pass(1500);
  expect(deadline.remaining()).toBe(500);
  world.pass(600);
  expect(deadline.remaining()).toBe(0);
  deadline.clear();
});

test('stops once it is cleared', async () => {
  const deadline = new Deadline(1000, stillWorld());
  deadline.clear();
  expect(jest.getTimerCount()).toBe(0);
  jest.advanceTimersByTime(2000);
  await expect(deadline.limit(Promise.resolve('late'))).resolves.toBe('late');
});

test('gives what a promise gives, and what it throws', async () => {
  const deadline = new Deadline(1000, stillWorld());
  await expect(deadline.limit(Promise.resolve('token'))).resolves.toBe('token');
  await expect(deadline.limit(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  deadline.clear();
});

test('leaves a promise that is not settled in time', async () => {
  const deadline = new Deadline(1000, stillWorld());
  const reason = reasonOf(deadline.limit(never));
  jest.advanceTimersByTime(1000);
  expect(await reason).toMatchObject({ title: 'Appcircle did not answer in time' });
});

test('past it, not even what comes at once counts', async () => {
  const deadline = new Deadline(1000, stillWorld());
  jest.advanceTimersByTime(1000);
  for (const late of [Promise.resolve('token'), Promise.reject(new Error('socket hang up'))])
    expect(await reasonOf(deadline.limit(late))).toMatchObject({ title: 'Appcircle did not answer in time' });
});

test('holds on to nothing that is over', async () => {
  const deadline = new Deadline(1000, stillWorld());
  const answer = new WeakRef((await deadline.limit(Promise.resolve({ body: 'long' }))) as object);
  setFlagsFromString('--expose-gc');
  // What a WeakRef was made of lives to the end of the turn.
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  runInNewContext('gc')();
  expect(answer.deref()).toBeUndefined();
  deadline.clear();
});
