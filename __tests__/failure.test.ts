import { expect, test } from '@jest/globals';
import { Failure } from '../src/failure.ts';
import { told } from './support/failures.ts';

test('a failure is an error of its own name, with a title, a cause and a remedy', () => {
  const failure = new Failure('The connection failed', 'It broke.', 'Mend it.', { waitMs: 5 });
  expect(failure).toBeInstanceOf(Error);
  expect(String(failure)).toBe('Failure: It broke.');
  expect(told(failure)).toEqual({
    title: 'The connection failed',
    cause: 'It broke.',
    remedy: 'Mend it.',
    transient: { waitMs: 5 },
  });
});

test('more can be told of it, which makes it final', () => {
  const failure = new Failure('The connection failed', 'It broke.', 'Mend it.', { waitMs: 5 });
  expect(told(failure.withMore('Twice.'))).toEqual({
    title: 'The connection failed',
    cause: 'It broke. Twice.',
    remedy: 'Mend it.',
  });
  expect(told(failure.withMore('Twice.', 'Give up.')).remedy).toBe('Give up.');
});
