import { expect, test } from '@jest/globals';
import { Failure, failureTitles, isFailure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { failureData } from '../support/failures.ts';

const failure = new Failure(
  'The connection failed',
  message`${'It'} broke.`,
  message`Mend ${'it'}.`,
  { transient: { waitMs: 5 } },
);

test('an error that somebody prints shows its title and no value', () => {
  expect(failure).toBeInstanceOf(Error);
  expect(String(failure)).toBe('Failure: The connection failed');
  expect(failure.stack).not.toContain('It');
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
