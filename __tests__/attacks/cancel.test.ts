import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { stallAfterRequest } from '../../sandbox/network/faults.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { apiKey } from '../scenarios/scenario.ts';
import { attack, errorsOf } from './attack.ts';
import { expectEndOfCancelledJob, expectFailure, expectLoginUndone } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

const CANCELLED = 'The run was cancelled';

describe('a job that is cancelled', () => {
  test.concurrent.each([0, 30, 90])('%d ms after its start', async (afterMs) => {
    expectEndOfCancelledJob(await attack({ cancel: () => ({ afterMs }) }));
  });

  test('while it waits for an answer', async () => {
    const aftermath = await attack({
      prepare: (appcircle) => appcircle.fail(stallAfterRequest()),
      cancel: ({ appcircle }) => ({ when: () => appcircle.requests.length === 1 }),
    });
    expectFailure(aftermath, CANCELLED);
    expectEndOfCancelledJob(aftermath);
  });
});

const unix = process.platform === 'win32' ? test.skip : test; // Windows has no pipe that blocks a thread.
unix.each([
  ['is cancelled', { cancel: { onLine: /Exchanging/, afterMs: 50 } }, CANCELLED],
  ['runs out of time', {}, 'Appcircle did not answer in time'],
])(
  'a name look-up that hangs, which nothing calls off, ends with a run that %s',
  async (_how, options, title) => {
    const preload = fileURLToPath(new URL('blocked-lookups.cjs', import.meta.url));
    const main = await runStep({
      ...options,
      inputs: {
        ...apiKey,
        'auth-endpoint': 'https://auth.test',
        'api-endpoint': 'https://api.test',
        'timeout-seconds': '2',
      },
      env: { UV_THREADPOOL_SIZE: '1', NODE_OPTIONS: `--require ${preload}` },
    });
    // The action kills itself: no other end comes in time.
    expect(main).toMatchObject({ signal: 'SIGKILL', env: {}, outputs: {} });
    expect(errorsOf(main).map((error) => error.title)).toEqual([title]);
    expect(main.durationMs).toBeLessThan(10_000);
  },
);

describe('a job that is cancelled while the CLI works:', () => {
  test.concurrent.each([0, 60, 120])('%d ms after its command began', async (afterMs) => {
    const aftermath = await attack({
      cli: {},
      cancel: ({ calls }) => ({ when: () => calls().length > 0, afterMs }),
    });
    expectEndOfCancelledJob(aftermath);
    expectLoginUndone(aftermath);
  });

  test('a CLI that ignores signals is ended, with what it started', async () => {
    const aftermath = await attack({
      cli: { faults: [{ hangs: true, ignoresSignals: true, grandchild: true }] },
      cancel: ({ calls }) => ({ when: () => calls().length > 0 }),
    });
    expectFailure(aftermath, CANCELLED);
    expectEndOfCancelledJob(aftermath);
    expectLoginUndone(aftermath);
  });

  test.concurrent.each([
    ['by SIGTERM', 'kill -TERM $PPID'],
    ['by SIGINT and SIGTERM', 'kill -INT $PPID; kill -TERM $PPID'],
  ])('%s', async (_how, kill) => {
    const script = `${kill}; sleep 30; exec "$STAND_IN" "$@"`;
    const aftermath = await attack({ cli: {}, script });
    expectFailure(aftermath, CANCELLED);
    expectLoginUndone(aftermath);
    expect(aftermath.job.leftBehind).toEqual([]);
  });

  // As Forgejo, Gitea and act end a step: main is gone at once, and the CLI has a session of its own.
  test.concurrent.each([
    ['has written', '"$STAND_IN" "$@"; kill -KILL $PPID; sleep 1'],
    ['writes a second later', 'kill -KILL $PPID; sleep 1; exec "$STAND_IN" "$@"'],
  ])('main is killed where the CLI %s, and post undoes it', async (_what, script) => {
    const aftermath = await attack({ cli: {}, script });
    expect(aftermath.main).toMatchObject({ signal: 'SIGKILL', env: {}, outputs: {} });
    // It waited until the CLI had written.
    expect(aftermath.post.log).toContain('Its environment is "staging" again.');
    // What the CLI started may still run: nobody is left to end it.
    expectLoginUndone(aftermath);
  });
});
