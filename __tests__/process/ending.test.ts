import { expect, jest, test } from '@jest/globals';
import { Failure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { testContext } from '../support/context.ts';
import { MemoryRunner } from '../support/in-process.ts';

const main = jest.fn<() => Promise<void>>();
const logOutCli = jest.fn<() => Promise<void>>();
jest.unstable_mockModule('../../src/main.ts', () => ({ main, logOutCli }));
const { Ending, runMain } = await import('../../src/process/ending.ts');

const title = 'Unexpected error in the action';

/** An ending, with the runner that it reports to and the program that gets the exit code. */
function newEnding() {
  const runner = new MemoryRunner();
  const program: Pick<NodeJS.Process, 'exitCode'> = { exitCode: 0 };
  return { ending: new Ending(runner, program), runner, program };
}

test('a run is red until it has succeeded, and stays green whatever fails later', () => {
  const { ending, runner, program } = newEnding();
  expect(program.exitCode).toBe(1);
  ending.succeed();
  ending.fail(new Error('late'));
  expect([program.exitCode, runner.errors]).toEqual([0, []]);
});

test.each([undefined, null, '', new Error('first')])(
  'a run that fails with %p is red, with one red line',
  (error) => {
    const { ending, runner, program } = newEnding();
    ending.fail(error);
    ending.fail(new Error('second'));
    ending.succeed();
    expect([program.exitCode, runner.errors]).toEqual([1, [expect.objectContaining({ title })]]);
  },
);

test('an error that can not be reported is still one red line', () => {
  const { ending, runner } = newEnding();
  ending.fail({
    toString: () => {
      throw new Error('no text');
    },
  });
  const text = expect.stringContaining('an unexpected error: an error could not be reported.');
  expect(runner.errors).toEqual([{ title, text }]);
});

test('a run that succeeds logs out no CLI', async () => {
  main.mockResolvedValueOnce();
  const { ending, runner } = newEnding();
  await runMain({ ...testContext(), ...runner }, ending);
  expect(logOutCli).not.toHaveBeenCalled();
});

test.each([
  'The Appcircle CLI failed',
  'The runner did not take the token',
  'Node is too old',
  'Unexpected error in the action',
] as const)('a run that fails logs out the CLI, and has one red line: %s', async (title) => {
  const { ending, runner } = newEnding();
  main.mockRejectedValueOnce(new Failure(title, message`It broke.`, message`Mend it.`));
  logOutCli.mockImplementationOnce(async () => runner.log.info(message`Logged out.`));
  await runMain({ ...testContext(), ...runner }, ending);
  expect([runner.log.lines, runner.errors.length]).toEqual([['Logged out.'], 1]);
});
