import { describe, expect, jest, test } from '@jest/globals';
import { attack } from './attack.ts';
import { expectFailure, expectLoginUndone, expectToken } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

describe('the CLI is logged in and out, and nothing is asked of a server but the token', () => {
  test.concurrent.each([
    [
      'the name of its folder has all that a shell would read',
      { cliFolder: `"çok" güzel, it's $HOME & %TEMP%;` },
    ],
    [
      'it leaves a process behind that holds its output open',
      { cli: { faults: [{ grandchild: true }] } },
    ],
    [
      'it prints what looks like commands',
      {
        cli: {
          faults: [{ stdout: '::set-output name=x::y\n::error::gotcha\n', stderr: '##[error]x' }],
        },
      },
    ],
  ])('where %s', async (_what, options) => {
    const aftermath = await attack({ cli: {}, ...options });
    expectToken(aftermath);
    expect(aftermath.calls).toEqual([['config', 'add', 'github-actions']]);
    expect(aftermath.appcircle.requests).toHaveLength(1);
    expect(aftermath.main).toMatchObject({ annotations: [], leftBehind: [] });
    expect(aftermath.main.durationMs).toBeLessThan(10_000);
    expectLoginUndone(aftermath);
    expect(aftermath.job.leftBehind).toEqual([]);
  });
});

describe('a CLI that does not finish is ended once the time is up, with all that it started:', () => {
  test.concurrent.each([
    [
      'and ignores signals',
      { cli: { faults: [{ hangs: true, ignoresSignals: true, grandchild: true }] } },
    ],
    ['and waits for what it runs in the background', { script: 'sleep 60 & wait' }],
    ['and changes environments late', { script: '"$STAND_IN" "$@"; sleep 60; "$STAND_IN" "$@"' }],
  ])('one that hangs %s', async (_what, options) => {
    const inputs = { 'timeout-seconds': '2' };
    const aftermath = await attack({ cli: {}, ...options, inputs });
    expectFailure(aftermath, 'The Appcircle CLI did not finish');
    expect(aftermath.main.leftBehind).toEqual([]);
    expect(aftermath.main.durationMs).toBeLessThan(8000);
    expectLoginUndone(aftermath);
    expect(aftermath.job.leftBehind).toEqual([]);
  });
});

describe('a CLI that fails leaves nothing behind:', () => {
  test.concurrent.each([
    ['asks a question, which is not waited for', 'read answer || exit 1; exec "$STAND_IN" "$@"'],
    [
      'is killed half-way through writing',
      'cp "$CONFIGURATION" "$CONFIGURATION.tmp-0123"; kill -KILL $$',
    ],
  ])('one that %s', async (_what, script) => {
    const aftermath = await attack({ cli: {}, script });
    expectFailure(aftermath, 'The Appcircle CLI failed');
    expectLoginUndone(aftermath);
    expect(aftermath.job.leftBehind).toEqual([]);
    expect(aftermath.filesOfTheCli).toHaveLength(1);
  });
});

test('a home folder that no variable names is none of its business without the CLI', async () => {
  expectToken(await attack({ env: { HOME: undefined, USERPROFILE: undefined } }));
});
