import { afterEach, expect, jest, test } from '@jest/globals';
import { exit } from '../../src/process/force-exit.ts';

const { exitCode } = process;

afterEach(() => {
  jest.restoreAllMocks();
  // The exit code is that of the test runner too.
  process.exitCode = exitCode;
});

/** How the process leaves with these things still open, where no signal ends it. */
function howItLeaves(open: string[], code: number): unknown[] {
  const calls: unknown[] = [];
  jest.spyOn(process, 'getActiveResourcesInfo').mockReturnValue(open);
  jest.spyOn(process, 'exit').mockImplementation(() => calls.push('exit') as never);
  jest.spyOn(process, 'kill').mockImplementation((...args) => Boolean(calls.push(args)) as true);
  process.exitCode = code;
  exit();
  return calls;
}

test('it exits, with what is open left alone', () => {
  expect(howItLeaves([], 1)).toEqual(['exit']);
  expect(howItLeaves(['TCPSocketWrap', 'Timeout'], 1)).toEqual(['exit']);
});

test('with a name look-up open a run that failed kills itself, and exits where it can not', () => {
  expect(howItLeaves(['Timeout', 'GetAddrInfoReqWrap'], 1)).toEqual([
    [process.pid, 'SIGKILL'],
    'exit',
  ]);
});

test('with a name look-up open a run that succeeded waits for it', () => {
  expect(howItLeaves(['GetAddrInfoReqWrap'], 0)).toEqual(['exit']);
});
