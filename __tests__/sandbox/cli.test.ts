import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFlags } from '../../sandbox/cli/arguments.ts';
import { configurationPath, NEW_ENVIRONMENT } from '../../sandbox/cli/configuration.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { installCli } from '../../sandbox/cli/install.ts';

const WINDOWS = process.platform === 'win32';
const onPosix = WINDOWS ? test.skip : test;

let home: string;
let env: NodeJS.ProcessEnv;
let program: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cli-test-'));
  env = { ...process.env, HOME: home, APPDATA: home, XDG_CONFIG_HOME: '' };
  install();
});
afterEach(() => rmSync(home, { recursive: true }));

function install(...faults: CliFault[]): void {
  const { folder } = installCli(join(home, 'bin'), { faults, startMs: 0 });
  program = join(folder, WINDOWS ? 'appcircle.cmd' : 'appcircle');
}

function appcircle(line: string, options: SpawnSyncOptions = {}) {
  const { status, signal, stdout, stderr } = spawnSync(program, line.split(' ').filter(Boolean), {
    env,
    shell: WINDOWS,
    ...options,
    encoding: 'utf8',
  });
  return { status, signal, stdout, stderr };
}

const file = (): string => configurationPath(env, process.platform);
const configuration = (): unknown => JSON.parse(readFileSync(file(), 'utf8'));
const LOGGED_IN = { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'the-token' };

test('config add makes an environment of its own current, or empties the one there is', () => {
  appcircle('config set AC_ACCESS_TOKEN the-token');
  for (const _time of ['first', 'second']) {
    appcircle('config add github-actions');
    expect(configuration()).toEqual({
      current: 'github-actions',
      envs: { default: LOGGED_IN, 'github-actions': NEW_ENVIRONMENT },
    });
    appcircle('config set AC_ACCESS_TOKEN another');
  }
});

test('the token of the current environment is stored, shown and cleared', () => {
  appcircle('config add github-actions');
  appcircle('config set AC_ACCESS_TOKEN the-token');
  expect(appcircle('config get AC_ACCESS_TOKEN').stdout).toContain('the-token');
  expect(appcircle('logout').status).toBe(0);
  appcircle('config current default');
  expect(configuration()).toEqual({
    current: 'default',
    envs: { default: NEW_ENVIRONMENT, 'github-actions': NEW_ENVIRONMENT },
  });
});

test.each(['logout', 'config current nowhere', 'config add', 'config remove x'])(
  '"%s" exits 1 and says why on standard error',
  (line) => {
    const { status, stdout, stderr } = appcircle(line);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/not currently logged in|requires a|Incorrect Usage/);
  },
);

onPosix('everyone on the machine can read its file', () => {
  appcircle('config add github-actions');
  expect(statSync(file()).mode & 0o777).toBe(0o666);
});

test.each(['', '{'])(
  'a file that is not JSON (%j) stops every command, and is not named',
  (text) => {
    appcircle('config get API_HOSTNAME');
    writeFileSync(file(), text);
    const { status, stderr } = appcircle('config get API_HOSTNAME');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^Error loading the CLI: SyntaxError: .*\n {4}at JSON\.parse/),
    });
    expect(stderr).not.toContain('config.json');
  },
);

test('config add replaces its environment, and keeps keys that it does not know', () => {
  appcircle('config add github-actions');
  const { envs } = configuration() as { envs: object };
  const wayBack = { previous: 'default' };
  const more = { ...envs, 'github-actions': { ...LOGGED_IN, MORE: '1' } };
  writeFileSync(
    file(),
    JSON.stringify({ current: 'default', envs: more, 'github-actions': wayBack }),
  );
  appcircle('config add github-actions');
  expect(configuration()).toEqual({ current: 'github-actions', envs, 'github-actions': wayBack });
});

describe('a command line is read as by minimist', () => {
  test.each([
    [['--message', '-fix it'], { f: [true], i: [true], x: [' it'], message: [true] }, []],
    [['--message=-fix it', 'up'], { message: ['-fix it'] }, ['up']],
    [['-o', 'json', 'a', 'b'], { o: ['json'] }, ['a', 'b']],
    [
      ['-o', 'json', '--message', '-bold'],
      { o: ['json', true], message: [true], b: [true], l: [true], d: [true] },
      [],
    ],
    [['-n5', '-x=y'], { n: ['5'], x: ['=y'] }, []],
    [['a', '--', '-i'], {}, ['a', '-i']],
  ])('%j', (line, flags, words) => {
    const read = readFlags(line);
    expect([Object.fromEntries(read.flags), read.words]).toEqual([flags, words]);
  });

  test.each(['', '-i', 'config', 'testing-distribution upload --message -fix'])(
    '"appcircle %s" asks a question, does nothing and exits 0',
    (line) => {
      const { status, stdout } = appcircle(line);
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\? /) });
    },
  );
});

test('the file is where each system keeps such things', () => {
  const end = ['@appcircle', 'cli-nodejs'];
  const where = { HOME: '/h', APPDATA: 'a' };
  expect(configurationPath(where, 'linux')).toBe(join('/h', '.config', ...end, 'config.json'));
  expect(configurationPath({ ...where, XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(
    join('/x', ...end, 'config.json'),
  );
  expect(configurationPath(where, 'darwin')).toBe(
    join('/h', 'Library', 'Preferences', ...end, 'config.json'),
  );
  expect(configurationPath(where, 'win32')).toBe(join('a', ...end, 'Config', 'config.json'));
});

onPosix.each<[string, CliFault, SpawnSyncOptions, object]>([
  ['hangs', { hangs: true }, { timeout: 500 }, { signal: 'SIGTERM' }],
  ['dies by a signal', { dies: 'SIGSEGV' }, {}, { signal: 'SIGSEGV' }],
  ['prints without end', { flood: 'endless' }, { maxBuffer: 1_000_000 }, { signal: 'SIGTERM' }],
  ['pretends', { exitCode: 0 }, {}, { status: 0, stdout: '' }],
  [
    'fails',
    { stdout: 'out', stderr: 'err', exitCode: 9 },
    {},
    { status: 9, stdout: 'out', stderr: 'err' },
  ],
  [
    'can not write its file',
    { cannotWrite: true },
    {},
    { status: 1, stderr: expect.stringContaining('ENOSPC') },
  ],
  ['is for another command', { on: 'config get', exitCode: 9 }, {}, { status: 0 }],
])('a fault that %s', (_what, fault, options, end) => {
  install(fault);
  expect(appcircle('config add github-actions', options)).toMatchObject(end);
});

onPosix('a fault that ignores SIGTERM lives on after it', async () => {
  install({ hangs: true, ignoresSignals: true, stdout: 'up' });
  const child = spawn(program, ['logout'], { env });
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  await sleep(200);
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
});

onPosix('a fault that leaves a process behind holds the output open', async () => {
  install({ grandchild: true });
  const child = spawn(program, ['config', 'add', 'mine'], { env, detached: true });
  const closed = once(child, 'close');
  child.stdout.resume();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await Promise.race([closed, sleep(200, 'open')])).toBe('open');
  process.kill(-Number(child.pid), 'SIGKILL');
  await closed;
});
