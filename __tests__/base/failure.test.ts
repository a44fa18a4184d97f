import { expect, test } from '@jest/globals';
import { Failure, failureTitles, isFailure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { failureData } from '../support/failures.ts';

const DETAILS = { transient: { waitMs: 5 }, steps: [message`Look at ${'it'}.`] };
const failure = new Failure(
  'The connection failed',
  message`${'It'} broke.`,
  message`Mend ${'it'}.`,
  DETAILS,
);

test('a failure is an error of its own name, with a title, a reason and a remedy', () => {
  expect(failure).toBeInstanceOf(Error);
  expect(failureData(failure)).toEqual({
    title: 'The connection failed',
    reason: 'It broke.',
    remedy: 'Mend it.',
    transient: { waitMs: 5 },
    steps: ['Look at it.'],
  });
});

test('an error that somebody prints shows its title and no value', () => {
  const secret = new Failure(
    'The connection failed',
    message`${'s3cret'} broke.`,
    message`Mend ${'s3cret'}.`,
  );
  expect(String(secret)).toBe('Failure: The connection failed');
  expect(`${secret.reason} ${secret.remedy}`).toBe('… broke. Mend ….');
  expect(secret.stack).not.toContain('s3cret');
});

test('more can be told of it, which makes it final', () => {
  expect(failureData(failure.withMore(message`${2} times.`))).toEqual({
    title: 'The connection failed',
    reason: 'It broke. 2 times.',
    remedy: 'Mend it.',
  });
  expect(failureData(failure.withMore(message`Twice.`, message`Give up.`)).remedy).toBe('Give up.');
});

test('a failure is known by its name, whichever bundle made it', () => {
  expect(isFailure(failure)).toBe(true);
  expect(isFailure({ name: 'Failure' })).toBe(true);
  for (const other of [new Error('Failure'), new TypeError('x'), 'Failure', undefined, null, {}])
    expect(isFailure(other)).toBe(false);
});

test('each title is one of its own', () => {
  expect(new Set(failureTitles).size).toBe(failureTitles.length);
});
