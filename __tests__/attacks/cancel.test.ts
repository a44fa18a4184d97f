import { describe, expect, jest, test } from '@jest/globals';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import { stallAfterRequest } from '../../sandbox/network/faults.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import {
  type Aftermath,
  attack,
  OWN,
  whatIsLeftOfTheLogin,
  whatIsWrongWithTheEnd,
} from './attack.ts';
import { expectCliAsBefore, expectFailure, expectNoSecret } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

const CANCELLED = 'The run was cancelled';

function expectEndOfACancelledRun(aftermath: Aftermath): void {
  expect(whatIsWrongWithTheEnd(aftermath)).toEqual([]);
  expectNoSecret(aftermath.main, aftermath.appcircle);
}

// At fifty moments, with and without the CLI: npx node bench/cancel.ts
describe('a job that is cancelled', () => {
  test.concurrent.each([0, 30, 60, 90])('%d ms after its start', async (afterMs) => {
    expectEndOfACancelledRun(await attack({ cancel: () => ({ afterMs }) }));
  });

  test('while it waits for an answer', async () => {
    let requests: readonly unknown[] = [];
    const aftermath = await attack({
      prepare: (appcircle) => {
        requests = appcircle.requests;
        appcircle.fail(stallAfterRequest());
      },
      cancel: () => ({ when: () => requests.length === 1 }),
    });
    expectFailure(aftermath, CANCELLED);
    expectEndOfACancelledRun(aftermath);
  });

  test('while a name look-up hangs, which nothing calls off', async () => {
    const preload = new URL('../faults/preload.ts', import.meta.url).href;
    const inputs = { 'auth-endpoint': 'https://auth.test', 'api-endpoint': 'https://api.test' };
    const main = await runStep({
      inputs: { 'api-key-name': API_KEY.name, 'api-key-secret': API_KEY.secret, ...inputs },
      env: {
        ...COMPILE_CACHE,
        LOOKUPS: 'stalls',
        UV_THREADPOOL_SIZE: '1',
        NODE_OPTIONS: `--import ${preload}`,
      },
      cancel: { onLine: /Exchanging/, afterMs: 50 },
    });
    expect(main).toMatchObject({
      // The action kills itself: no other end comes in time.
      signal: 'SIGKILL',
      cancelled: { signals: ['SIGINT'] },
      env: {},
      outputs: {},
    });
    expect(main.annotations.map(({ title }) => title)).toEqual([CANCELLED, '']);
  });

  test('while it waits to retry', async () => {
    const aftermath = await attack({
      prepare: (appcircle) =>
        appcircle.fail({
          name: '503',
          strikes: 'request',
          play: (response) => response.writeHead(503, { 'retry-after': '30' }).end(),
        }),
      cancel: () => ({ onLine: /Retrying in/ }),
    });
    expectFailure(aftermath, CANCELLED);
    expectEndOfACancelledRun(aftermath);
  });
});

describe('a job that is cancelled while the CLI works', () => {
  test.concurrent.each([[0], [60], [120]])('%d ms after its command began', async (afterMs) => {
    const aftermath = await attack({
      cli: {},
      configuration: OWN,
      cancel: (calls) => ({ when: () => calls().length > 0, afterMs }),
    });
    expectEndOfACancelledRun(aftermath);
    expectCliAsBefore(aftermath);
  });

  const HANGING = {
    cli: { faults: [{ hangs: true, ignoresSignals: true, grandchild: true }] },
    configuration: OWN,
  };

  test('and ignores signals', async () => {
    const aftermath = await attack({
      ...HANGING,
      cancel: (calls) => ({ when: () => calls().length > 0 }),
    });
    expectFailure(aftermath, CANCELLED);
    expectEndOfACancelledRun(aftermath);
    expectCliAsBefore(aftermath);
  });

  test.concurrent.each([
    ['by SIGTERM', 'kill -TERM $PPID'],
    ['by SIGINT twice', 'kill -INT $PPID; kill -INT $PPID'],
    ['by SIGINT and SIGTERM', 'kill -INT $PPID; kill -TERM $PPID'],
  ])('%s', async (_how, kill) => {
    const script = `${kill}; sleep 30; exec "$STAND_IN" "$@"`;
    const aftermath = await attack({ cli: {}, configuration: OWN, script });
    expectFailure(aftermath, CANCELLED);
    expectCliAsBefore(aftermath);
  });

  // As Forgejo, Gitea and act end a step: main is gone at once, and the CLI has a session of its own.
  test.concurrent.each([
    ['has written', '"$STAND_IN" "$@"; kill -KILL $PPID; sleep 1'],
    ['writes a second later', 'kill -KILL $PPID; sleep 1; exec "$STAND_IN" "$@"'],
  ])('and killed where the CLI %s: post undoes it', async (_what, script) => {
    const aftermath = await attack({ cli: {}, configuration: OWN, script });
    expect(aftermath.main).toMatchObject({ signal: 'SIGKILL', env: {}, outputs: {} });
    // It waited until the CLI had written.
    expect(aftermath.post?.log).toContain('Its environment is "staging" again.');
    // Nobody is left to end what the CLI started.
    expect(
      whatIsLeftOfTheLogin({ ...aftermath, job: { ...aftermath.job, leftBehind: [] } }),
    ).toEqual([]);
  });
});
