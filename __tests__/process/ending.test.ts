import { expect, test } from '@jest/globals';
import { Ending } from '../../src/process/ending.ts';
import { MemoryRunner } from '../support/in-process.ts';

const title = 'Unexpected error in the action';
let runner: MemoryRunner;
let program: Pick<NodeJS.Process, 'exitCode'>;

function newEnding(): Ending {
  runner = new MemoryRunner();
  program = { exitCode: 0 };
  return new Ending(runner, program);
}

test('a run is red until it has succeeded', () => {
  const ending = newEnding();
  expect(program.exitCode).toBe(1);
  ending.succeed();
  expect([program.exitCode, runner.errors]).toEqual([0, []]);
});

test.each([undefined, null, '', new Error('first')])('a run that fails with %p is red', (error) => {
  newEnding().fail(error);
  expect([program.exitCode, runner.errors]).toEqual([1, [expect.objectContaining({ title })]]);
});

test('a run ends once', () => {
  const failed = newEnding();
  failed.fail(new Error('first'));
  failed.fail(new Error('second'));
  failed.succeed();
  expect([program.exitCode, runner.errors.length]).toEqual([1, 1]);
  const succeeded = newEnding();
  succeeded.succeed();
  succeeded.fail(new Error('late'));
  expect([program.exitCode, runner.errors]).toEqual([0, []]);
});

test('an error that can not be reported is still one red line', () => {
  newEnding().fail({
    toString: () => {
      throw new Error('no text');
    },
  });
  expect(runner.errors).toEqual([
    {
      title,
      text: expect.stringContaining('an unexpected error: an error could not be reported.'),
    },
  ]);
});
