import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Context } from '../src/base/context.ts';
import { message } from '../src/base/message.ts';
import { Step } from './support/step.ts';

/** How often the process was ended by then; the test itself must go on. */
let exits: number;

jest.unstable_mockModule('../src/process/force-exit.ts', () => ({ exit: () => (exits += 1) }));

/** Puts another story in the place of main. */
function mockMain(main: (context: Context) => Promise<void>): void {
  jest.unstable_mockModule('../src/main.ts', () => ({ main, logOutCli: () => Promise.resolve() }));
}

let step: Step;
let handlers: Map<string, (...args: unknown[]) => unknown>;

beforeEach(() => {
  exits = 0;
  handlers = new Map();
  jest.resetModules();
  jest.spyOn(process, 'on').mockImplementation((event, handler) => {
    handlers.set(String(event), handler);
    return process;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.unstable_unmockModule('../src/main.ts');
  step.end();
});

/** Starts the action in a step with these variables, and waits until it ends the process. */
async function run(env: Record<string, string>): Promise<void> {
  step = new Step({ GITHUB_ACTION_REPOSITORY: undefined, ...env });
  const over = theEnd();
  await import('../src/index.ts');
  await over;
}

/** Settles once the action has written its last and ends the process. */
function theEnd(): Promise<void> {
  const { write } = process.stdout;
  return new Promise((resolve) => {
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
}

/** Starts a run that waits for something that never comes. */
async function startWaiting(): Promise<void> {
  step = new Step({ GITHUB_ACTION_REPOSITORY: undefined });
  mockMain(({ deadline }) => {
    const never = new Promise<never>(() => undefined);
    return deadline.limit(never, () => message`waiting for nothing.`);
  });
  await import('../src/index.ts');
}

function errors(): string[] {
  return step.stdout.split('\n').filter((line) => line.startsWith('::error'));
}

test('a run that fails is red, with one red line, and ends the process', async () => {
  await run({ 'INPUT_API-KEY-NAME': 'github-actions' });
  expect([process.exitCode, exits]).toEqual([1, 1]);
  expect(errors()).toEqual([
    expect.stringMatching(
      /^::error title=No Appcircle credential::api-key-secret is empty, .* More: docs\/TROUBLESHOOTING\.md#no-appcircle-credential$/,
    ),
  ]);
});

test('a run that succeeds is green', async () => {
  mockMain(() => Promise.resolve());
  await run({});
  expect([process.exitCode, exits, step.stdout]).toEqual([0, 1, '']);
});

test.each([
  ['', 0],
  ['false', 0],
  [' FALSE ', 0],
  ['\u200bfalse', 0],
  ['true', 1],
  ['ture', 1],
  ['fALSE', 1],
])(
  'a run that fails with configure-cli "%s" logs out an earlier CLI: %d times',
  async (input, times) => {
    const logOutEarlier = jest.fn();
    jest.unstable_mockModule('../src/cli.ts', () => ({ logOutEarlier }));
    await run({ 'INPUT_CONFIGURE-CLI': input });
    expect(logOutEarlier).toHaveBeenCalledTimes(times);
    expect(errors()).toHaveLength(1);
  },
);

test('what comes after the end is not told any more', async () => {
  mockMain(() => Promise.reject(new Error('first')));
  await run({});
  handlers.get('exit')?.();
  handlers.get('uncaughtException')?.(new Error('late'));
  expect(errors()).toHaveLength(1);
  expect(process.exitCode).toBe(1);
});

test('a run is red until it has come to its end', async () => {
  await startWaiting();
  expect([process.exitCode, errors()]).toEqual([1, []]);
  handlers.get('exit')?.();
  expect(errors()).toEqual([
    "::error title=Unexpected error in the action::The action failed with an unexpected error: Error: the run came to no end. Nothing was exported. Please report this line in the action's repository. More: docs/TROUBLESHOOTING.md#unexpected-error-in-the-action",
  ]);
  expect([process.exitCode, exits]).toEqual([1, 0]);
});

test('a run that is rejected without a reason is red', async () => {
  mockMain(() => Promise.reject(undefined));
  await run({});
  expect(process.exitCode).toBe(1);
  expect(errors()[0]).toContain('an unexpected error: undefined.');
});

test('an error that nobody caught ends the run', async () => {
  await startWaiting();
  handlers.get('uncaughtException')?.(new TypeError('x is no function'));
  expect(errors()).toHaveLength(1);
  expect(errors()[0]).toContain('an unexpected error: TypeError: x is no function.');
  expect(process.exitCode).toBe(1);
});

test.each(['SIGINT', 'SIGTERM'])(
  '%s ends the run, and a second signal changes nothing',
  async (signal) => {
    await startWaiting();
    const over = theEnd();
    handlers.get(signal)?.();
    handlers.get('SIGTERM')?.();
    await over;
    expect([process.exitCode, exits]).toEqual([1, 1]);
    expect(errors()).toEqual([
      `::error title=The run was cancelled::The job was cancelled, or this step ran past its timeout-minutes (${signal}). Nothing was exported. Run the job again if that was not meant. More: docs/TROUBLESHOOTING.md#the-run-was-cancelled`,
    ]);
  },
);
