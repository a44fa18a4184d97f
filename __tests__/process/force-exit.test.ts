import { afterEach, expect, jest, test } from '@jest/globals';
import { exit } from '../../src/process/force-exit.ts';

const PLATFORM = process.platform;
const { execve, exitCode } = process;

afterEach(() => {
  jest.restoreAllMocks();
  // The exit code is that of the test runner too.
  Object.assign(process, { execve, exitCode });
  Object.defineProperty(process, 'platform', { value: PLATFORM });
});

/** How the process leaves with these things still open, with exit code 1. */
function howItLeaves(open: string[], platform: string): unknown[] {
  const calls: unknown[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): never => {
      calls.push([name, ...args]);
      throw new Error('the process is gone');
    };
  jest.spyOn(process, 'getActiveResourcesInfo').mockReturnValue(open);
  jest.spyOn(process, 'exit').mockImplementation(note('exit'));
  jest.spyOn(process, 'kill').mockImplementation(note('kill'));
  Object.assign(process, { execve: note('execve'), exitCode: 1 });
  Object.defineProperty(process, 'platform', { value: platform });
  expect(exit).toThrow('the process is gone');
  return calls;
}

test('it exits, with what is open left alone', () => {
  expect(howItLeaves([], 'linux')).toEqual([['exit']]);
  expect(howItLeaves(['TCPSocketWrap', 'Timeout'], 'linux')).toEqual([['exit']]);
});

test('with a name look-up open it becomes another program, which ends with the same code', () => {
  expect(howItLeaves(['GetAddrInfoReqWrap'], 'linux')).toEqual([
    ['execve', '/bin/sh', ['sh', '-c', 'exit 1'], {}],
  ]);
  expect(howItLeaves(['Timeout', 'GetAddrInfoReqWrap'], 'darwin')).toHaveLength(1);
});

test('with a name look-up open it kills itself on Windows', () => {
  expect(howItLeaves(['GetAddrInfoReqWrap'], 'win32')).toEqual([['kill', process.pid, 'SIGKILL']]);
});

test('where it cannot become another program, it exits', () => {
  jest.spyOn(process, 'getActiveResourcesInfo').mockReturnValue(['GetAddrInfoReqWrap']);
  const exited = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  Object.assign(process, { execve: undefined });
  exit();
  expect(exited.mock.calls).toEqual([[]]);
});
