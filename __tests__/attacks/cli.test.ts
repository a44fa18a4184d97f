import { describe, expect, jest, test } from '@jest/globals';
import { attack, OWN } from './attack.ts';
import { expectCliAsBefore, expectFailure, expectToken } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

describe('the CLI is logged in and out', () => {
  test('where the name of its folder has all that a shell would read', async () => {
    const cliFolder = `"çok" güzel, it's $HOME & %TEMP%;`;
    const aftermath = await attack({ cli: { startMs: 0 }, cliFolder, configuration: OWN });
    expectToken(aftermath);
    expect(aftermath.calls).toEqual([['config', 'add', 'github-actions']]);
    expectCliAsBefore(aftermath);
  });

  test.concurrent.each([
    ['leaves a process behind that holds its output open', { grandchild: true }],
    [
      'prints what looks like commands',
      { stdout: '::set-output name=x::y\n::error::gotcha\n', stderr: '##[error]gotcha' },
    ],
  ])('where it %s', async (_what, fault) => {
    const aftermath = await attack({ cli: { startMs: 0, faults: [fault] }, configuration: OWN });
    expectToken(aftermath);
    expect(aftermath.main.annotations).toEqual([]);
    expect(aftermath.main.leftBehind).toEqual([]);
    expect(aftermath.main.durationMs).toBeLessThan(10_000);
    expectCliAsBefore(aftermath);
  });
});

describe('a CLI that does not finish is ended once the time is up', () => {
  test.concurrent.each([
    ['that ignores signals', { faults: [{ hangs: true, ignoresSignals: true, grandchild: true }] }],
    ['that does nothing', { startMs: 0, faults: [{ hangs: true }] }],
  ])('%s', async (_what, cli) => {
    const aftermath = await attack({ cli, configuration: OWN, inputs: { 'timeout-seconds': '2' } });
    const reason = expectFailure(aftermath, 'The Appcircle CLI did not finish');
    expect(reason).toContain(`The time limit of 2 s ran out while waiting for "appcircle config `);
    expect(aftermath.main.leftBehind).toEqual([]);
    expect(aftermath.main.durationMs).toBeLessThan(8000);
    expectCliAsBefore(aftermath);
  });

  test.concurrent.each([
    ['runs something and ignores signals', "trap '' TERM INT; sleep 60"],
    ['runs something in the background and waits', 'sleep 60 & wait'],
    ['changes environments late', '"$STAND_IN" "$@"; sleep 60; "$STAND_IN" "$@"'],
  ])('a script that %s', async (_what, script) => {
    const aftermath = await attack({
      cli: {},
      script,
      configuration: OWN,
      inputs: { 'timeout-seconds': '1' },
    });
    expectFailure(aftermath, 'The Appcircle CLI did not finish');
    expect(aftermath.main.leftBehind).toEqual([]);
    expectCliAsBefore(aftermath);
  });
});

describe('a CLI that fails leaves nothing behind', () => {
  const FAILED = 'The Appcircle CLI failed';
  const NOT_STORED = 'The Appcircle CLI did not store the token';

  test.concurrent.each([
    ['prints without end', [{ flood: 'endless' }], FAILED, 'printed more than 64 KiB'],
    ['is killed', [{ dies: 'SIGKILL' }], FAILED, 'config add github-actions" was killed'],
    ['can not write its configuration', [{ cannotWrite: true }], FAILED, 'ENOSPC'],
    ['pretends', [{ exitCode: 0 }], NOT_STORED, 'config.json'],
  ] as const)('one that %s', async (_what, faults, title, says) => {
    const aftermath = await attack({ cli: { startMs: 0, faults }, configuration: OWN });
    expect(expectFailure(aftermath, title)).toContain(says);
    expectCliAsBefore(aftermath);
  });

  test('nothing is stored where the CLI pretends to change environments', async () => {
    const faults = [{ on: 'config add', exitCode: 0 }];
    const aftermath = await attack({ cli: { startMs: 0, faults }, configuration: OWN });
    expectFailure(aftermath, NOT_STORED);
    expect(aftermath.calls).toEqual([['config', 'add', 'github-actions']]);
    expectCliAsBefore(aftermath);
  });

  test('one that asks a question, which is not waited for', async () => {
    const script = 'read answer || exit 1; exec "$STAND_IN" "$@"';
    const aftermath = await attack({ cli: {}, script, configuration: OWN });
    expect(expectFailure(aftermath, FAILED)).toContain('exited with code 1');
    expectCliAsBefore(aftermath);
  });

  test('another program of that name', async () => {
    const aftermath = await attack({ cli: {}, script: 'echo hello', configuration: OWN });
    expectFailure(aftermath, NOT_STORED);
    expectCliAsBefore(aftermath);
  });

  test('one that can not be started', async () => {
    const aftermath = await attack({
      cli: {},
      script: '',
      scriptRunBy: '/no/such/interpreter',
      configuration: OWN,
    });
    expect(expectFailure(aftermath, FAILED)).toContain(
      '"appcircle config add github-actions" could not be run (',
    );
    expectCliAsBefore(aftermath);
  });

  test('one that is killed half-way through writing', async () => {
    const script = 'cp "$CONFIGURATION" "$CONFIGURATION.tmp-0123"; kill -KILL $$';
    const aftermath = await attack({ cli: {}, script, configuration: OWN });
    expect(expectFailure(aftermath, FAILED)).toContain(
      '"appcircle config add github-actions" was killed and printed nothing.',
    );
    expectCliAsBefore(aftermath);
  });

  test('one that puts something else in the place of its configuration', async () => {
    const script = '"$STAND_IN" "$@" && rm "$CONFIGURATION" && mkdir "$CONFIGURATION"';
    const aftermath = await attack({ cli: {}, script });
    expect(expectFailure(aftermath, NOT_STORED)).toContain('this is not a file');
    expect(aftermath.post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
  });
});

describe('a configuration that the CLI could not read', () => {
  const NOT_USABLE = 'The configuration of the Appcircle CLI is not usable';

  test.concurrent.each([
    ['is empty', '', 'config.json: the file is empty. Repair that file, or remove it'],
    ['is broken', '{"AC_ACCESS_TOKEN": "eyJ', 'config.json: the file is not valid JSON.'],
    ['is large', `{"more":"${'x'.repeat(1024 * 1024)}"}`, 'the file is larger than 1 MiB'],
  ])(
    'since it %s fails the step before any request, and nothing warns',
    async (_what, configuration, says) => {
      const aftermath = await attack({ cli: {}, configuration });
      expect(expectFailure(aftermath, NOT_USABLE)).toContain(says);
      expect([aftermath.appcircle.requests, aftermath.calls]).toEqual([[], []]);
      expect(aftermath.job.log).not.toContain('Warning');
      expect(aftermath.configuration).toBe(configuration);
    },
  );

  test.concurrent.each([
    ['XDG_CONFIG_HOME', { HOME: undefined, XDG_CONFIG_HOME: 'relative' }],
    ['HOME', { HOME: '' }],
    ['HOME', { HOME: 'relative' }],
  ])('since %s of %j is no absolute path fails it too', async (named, env) => {
    const aftermath = await attack({ cli: {}, env });
    expect(expectFailure(aftermath, NOT_USABLE)).toContain(`Set ${named} to an absolute path`);
    expect([aftermath.appcircle.requests, aftermath.calls]).toEqual([[], []]);
  });
});

test('a token that the runner does not take leaves no login', async () => {
  const env = { GITHUB_ENV: '/not/there' };
  const aftermath = await attack({ cli: {}, configuration: OWN, env });
  expectFailure(aftermath, 'The runner did not take the token');
  expect(aftermath.main.log).toContain('Logged the Appcircle CLI out.');
  expectCliAsBefore(aftermath);
});

test('without the CLI no request is made', async () => {
  const env = { PATH: '/nothing' };
  const aftermath = await attack({ inputs: { 'configure-cli': 'true' }, env });
  expectFailure(aftermath, 'The Appcircle CLI is not installed');
  expect(aftermath.appcircle.requests).toEqual([]);
});

test('a home folder that no variable names is none of its business without the CLI', async () => {
  expectToken(await attack({ env: { HOME: undefined, USERPROFILE: undefined } }));
});
