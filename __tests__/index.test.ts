import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Step } from './support/step.ts';

/** How often the process was left by then; the test itself must go on. */
let left: number;

jest.unstable_mockModule('../src/leave.ts', () => ({ leave: () => (left += 1) }));

let step: Step;
let handlers: Map<string, (...args: unknown[]) => unknown>;

beforeEach(() => {
  left = 0;
  handlers = new Map();
  jest.resetModules();
  jest.spyOn(process, 'on').mockImplementation((event, handler) => {
    handlers.set(String(event), handler);
    return process;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  step.end();
});

/** Starts the action in a step with these variables, up to where it leaves the process. */
async function start(env: Record<string, string>): Promise<void> {
  step = new Step({ GITHUB_ACTION_REPOSITORY: undefined, ...env });
  const write = process.stdout.write;
  const over = new Promise<void>((resolve) => {
    process.stdout.write = (text: string | Uint8Array, ...rest: unknown[]) => {
      write.call(process.stdout, text);
      const [then] = rest;
      if (typeof then === 'function') {
        then();
        resolve();
      }
      return true;
    };
  });
  await import('../src/index.ts');
  await over;
}

function errors(): string[] {
  return step.stdout.split('\n').filter((line) => line.startsWith('::error'));
}

test('a run that fails is red, with one red line, and leaves', async () => {
  await start({ 'INPUT_API-KEY-NAME': 'github-actions' });
  expect([process.exitCode, left]).toEqual([1, 1]);
  expect(errors()).toEqual([
    `::error title=The inputs need correcting::api-key-secret is empty; api-key-name is set, and an API key needs both. Correct 1 input in the step's "with:" and run it again. Nothing was sent. More: docs/TROUBLESHOOTING.md#the-inputs-need-correcting`,
  ]);
});

test('what comes after the end is not told any more', async () => {
  await start({});
  handlers.get('exit')?.();
  handlers.get('uncaughtException')?.(new Error('late'));
  expect(errors()).toHaveLength(1);
  expect(process.exitCode).toBe(1);
});

test('with what main kept, it is post: green, without another word', async () => {
  await start({ STATE_main_ran: '', 'STATE_main-ran': 'true' });
  expect([process.exitCode, left]).toEqual([0, 1]);
  expect(step.stdout.trim()).toBe('');
  // The end that is noticed when the process exits was noticed before.
  handlers.get('exit')?.();
  expect(process.exitCode).toBe(0);
});

/** Starts a run that waits for a server that says nothing. */
async function startWaiting(): Promise<void> {
  step = new Step({
    'INPUT_API-KEY-NAME': 'a',
    'INPUT_API-KEY-SECRET': 'sk_1234567',
    GITHUB_ACTION_REPOSITORY: undefined,
  });
  jest.unstable_mockModule('../src/main.ts', () => ({ main: () => new Promise(() => undefined) }));
  await import('../src/index.ts');
}

test('a run is red until it has come to its end', async () => {
  await startWaiting();
  expect([process.exitCode, errors()]).toEqual([1, []]);
  handlers.get('exit')?.();
  expect(errors()).toEqual([
    "::error title=Unexpected error in the action::Something happened that the action does not know: Error: the run came to no end. Nothing was exported. Please report it, with this line, in the action's repository. More: docs/TROUBLESHOOTING.md#unexpected-error-in-the-action",
  ]);
  expect([process.exitCode, left]).toEqual([1, 0]);
});

test('an error that nobody caught ends the run', async () => {
  await startWaiting();
  handlers.get('uncaughtException')?.(new TypeError('x is no function'));
  expect(errors()).toHaveLength(1);
  expect(errors()[0]).toContain('does not know: TypeError: x is no function.');
  expect(process.exitCode).toBe(1);
});
