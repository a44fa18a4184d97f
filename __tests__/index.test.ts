import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Step } from './support/step.ts';

// Signals, and what else only a process shows, are in attacks/.

const exit = jest.fn();
const never = () => new Promise<never>(() => undefined);
jest.unstable_mockModule('../src/process/force-exit.ts', () => ({ exit }));
jest.unstable_mockModule('../src/main.ts', () => ({ main: never, logOutCli: never }));

let step: Step;
let handlers: Map<string, (...args: unknown[]) => void>;

// A run that waits for something that never comes.
beforeEach(async () => {
  step = new Step({ GITHUB_ACTION_REPOSITORY: undefined });
  handlers = new Map();
  jest.spyOn(process, 'on').mockImplementation((event, handler) => {
    handlers.set(String(event), handler);
    return process;
  });
  jest.resetModules();
  await import('../src/index.ts');
});

afterEach(() => {
  jest.restoreAllMocks();
  step.end();
});

test('a run that never settles, so that Node runs out of work, is red with one red line', () => {
  expect([process.exitCode, step.stdout]).toEqual([1, '']);
  handlers.get('exit')?.();
  expect(step.stdout).toMatch(
    /^::error title=Unexpected error in the action::[^\n]* Error: the run came to no end\. [^\n]*\n$/,
  );
  expect(process.exitCode).toBe(1);
});

test('an error that nobody caught is one red line, and the exit adds none', () => {
  handlers.get('uncaughtException')?.(new TypeError('x is no function'));
  handlers.get('exit')?.();
  expect(step.stdout).toMatch(/^::error [^\n]* TypeError: x is no function\. [^\n]*\n$/);
  expect(process.exitCode).toBe(1);
});
