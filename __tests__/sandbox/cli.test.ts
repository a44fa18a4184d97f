import { type SpawnSyncOptions, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { configurationPath } from '../../sandbox/cli/configuration.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { type InstalledCli, installCli } from '../../sandbox/cli/install.ts';
import { type Called, callCli } from './call-cli.ts';

const WINDOWS = process.platform === 'win32';
const onPosix = WINDOWS ? test.skip : test;

let home: string;
let env: NodeJS.ProcessEnv;
let cli: InstalledCli;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cli test-'));
  env = {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData'),
    XDG_CONFIG_HOME: '',
  };
  install([]);
});
afterEach(() => rmSync(home, { recursive: true }));

function install(faults: readonly CliFault[]): void {
  cli = installCli(join(home, 'bin folder'), { faults });
}

/** Calls the stand-in and gives it up after five seconds, or after `timeout` milliseconds. */
function call(words: readonly string[], options: SpawnSyncOptions = {}): SpawnSyncReturns<string> {
  const program = join(cli.folder, WINDOWS ? 'appcircle.cmd' : 'appcircle');
  const all = { env, timeout: 5000, ...options, encoding: 'utf8' } as const;
  return WINDOWS
    ? spawnSync(`"${program}" ${words.map((word) => `"${word}"`).join(' ')}`, {
        ...all,
        shell: true,
      })
    : spawnSync(program, words, all);
}

/** Runs the stand-in as a process. */
function runProcess(...words: string[]): Called {
  const { status, stdout, stderr } = call(words);
  return { status, stdout, stderr };
}

/** Runs it in this process. */
const appcircle = (...words: string[]): Promise<Called> => callCli(words, env);

function configuration(): unknown {
  return JSON.parse(readFileSync(configurationPath(env, process.platform), 'utf8'));
}

const NEW = {
  API_HOSTNAME: 'https://api.appcircle.io',
  AUTH_HOSTNAME: 'https://auth.appcircle.io',
  AC_ACCESS_TOKEN: '',
};

test('an environment of its own is logged in and out, and the first one is left alone', async () => {
  expect((await appcircle('config', 'add', 'github-actions')).status).toBe(0);
  expect((await appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'the-whole-token')).stdout).toContain(
    'the-whole-token',
  );
  expect(configuration()).toEqual({
    current: 'github-actions',
    envs: { default: NEW, 'github-actions': { ...NEW, AC_ACCESS_TOKEN: 'the-whole-token' } },
  });
  expect((await appcircle('logout')).status).toBe(0);
  expect((await appcircle('config', 'current', 'default')).status).toBe(0);
  expect(configuration()).toEqual({
    current: 'default',
    envs: { default: NEW, 'github-actions': NEW },
  });
});

test('adding an environment that is there puts it back to a new one', async () => {
  await appcircle('config', 'add', 'mine');
  await appcircle('config', 'set', 'AUTH_HOSTNAME', 'https://auth.example.com');
  await appcircle('config', 'add', 'mine');
  expect(configuration()).toEqual({ current: 'mine', envs: { default: NEW, mine: NEW } });
});

test('the list is JSON when asked for, tokens and all, and cut short otherwise', async () => {
  await appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'the-whole-token');
  expect(JSON.parse((await appcircle('config', 'list', '-o', 'json')).stdout)).toEqual(
    configuration(),
  );
  const { stdout } = await appcircle('config', 'list');
  expect(stdout).toContain('the-whole-...');
  expect(stdout).not.toContain('the-whole-token');
});

test.each([
  [['logout'], '✖ You are not currently logged in.\n'],
  [['config', 'current'], 'requires a value'],
  [['config', 'current', 'nowhere'], 'requires a valid value'],
  [['config', 'add'], 'requires a value'],
  [['config', 'remove', 'x'], 'Incorrect Usage.\n\nUnknown subcommand "remove" for "config".\n'],
  [['logout', 'now'], 'Unknown subcommand "now" for "logout".'],
  [['sign', 'in'], 'Incorrect Usage.\n\nUse --help'],
  [['config', 'current', '-x'], 'Incorrect Usage.\n\nUse --help'],
])('%j fails', async (words, message) => {
  expect(await appcircle(...words)).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('the version is told', async () => {
  expect(await appcircle('--version')).toEqual({ status: 0, stdout: 'v2.7.3\n', stderr: '' });
});

test('logging out says so', async () => {
  await appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'x');
  expect(await appcircle('logout')).toEqual({
    status: 0,
    stdout: 'Successfully logged out from Appcircle.\n',
    stderr: '',
  });
});

test('any key can be set', async () => {
  expect(
    (await appcircle('config', 'set', 'HOOK_HOSTNAME', 'https://api.example.com')).status,
  ).toBe(0);
  expect((await appcircle('config', 'get', 'HOOK_HOSTNAME', '-o', 'json')).stdout).toBe(
    '{"HOOK_HOSTNAME":"https://api.example.com"}\n',
  );
});

test('a dot in a name nests, and such an environment can be added but not gone back to', async () => {
  expect((await appcircle('config', 'add', 'a.b')).status).toBe(0);
  await appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'x');
  expect(configuration()).toEqual({
    current: 'a.b',
    envs: { default: NEW, a: { b: { ...NEW, AC_ACCESS_TOKEN: 'x' } } },
  });
  expect(await appcircle('config', 'current', 'a.b')).toMatchObject({ status: 1 });
});

test('words after -- are no options', async () => {
  await appcircle('config', 'add', '--', '--help');
  expect(configuration()).toMatchObject({ current: '--help', envs: { '--help': NEW } });
  expect((await appcircle('config', 'current', '--', 'default')).status).toBe(0);
  expect((await appcircle('config', 'current', '--help')).stdout).toContain('Appcircle CLI');
  expect(configuration()).toMatchObject({ current: 'default' });
});

test('a reset brings back the first configuration', async () => {
  await appcircle('config', 'add', 'mine');
  expect((await appcircle('config', 'reset')).status).toBe(0);
  expect(configuration()).toEqual({ current: 'default', envs: { default: NEW } });
});

test('a variable that can’t be written is an exit code of 0, anything else that can’t is not', async () => {
  const full: CliFault = { cannotWrite: true };
  expect(await callCli(['config', 'set', 'AC_ACCESS_TOKEN', 'x', '-o', 'json'], env, full)).toEqual(
    {
      status: 0,
      stdout: '{"AC_ACCESS_TOKEN":""}\n',
      stderr: 'Could not write variable to the config file.\n',
    },
  );
  expect(await callCli(['config', 'add', 'mine'], env, full)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('ENOSPC'),
  });
  expect(configuration()).toEqual({ current: 'default', envs: { default: NEW } });
});

test('a configuration that is not JSON stops every command', async () => {
  await appcircle('config', 'list');
  writeFileSync(configurationPath(env, process.platform), '{');
  expect(await appcircle('--version')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Error loading the CLI'),
  });
});

test('each write puts the mode of the file back to 0666', async () => {
  await appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'x');
  expect(statSync(configurationPath(env, process.platform)).mode & 0o777).toBe(0o666);
});

test('as a process, it passes on arguments, environment, output and exit code', () => {
  expect(runProcess('config', 'set', 'AC_ACCESS_TOKEN', 'x', '-o', 'json')).toEqual({
    status: 0,
    stdout: '{"AC_ACCESS_TOKEN":"x"}\n',
    stderr: '',
  });
  expect(runProcess('config', 'current')).toEqual({
    status: 1,
    stdout: '',
    stderr: "✖ Config command 'current' action requires a value\n",
  });
  expect(configuration()).toMatchObject({ envs: { default: { AC_ACCESS_TOKEN: 'x' } } });
});

test('calls are noted, and fail when told to', () => {
  install([
    { onCall: 2, stdout: 'out', stderr: 'err', exitCode: 9 },
    { onCall: 3, flood: 100_000 },
    { on: 'config get', exitCode: 8 },
  ]);
  expect(runProcess('config', 'get', 'API_HOSTNAME').status).toBe(8);
  expect(runProcess('config', 'list')).toEqual({ status: 9, stdout: 'out', stderr: 'err' });
  expect(runProcess('config', 'list').stdout.length).toBeGreaterThan(100_000);
  expect(runProcess('config', 'list').status).toBe(0);
  expect(cli.calls()).toEqual([
    ['config', 'get', 'API_HOSTNAME'],
    ...Array(3).fill(['config', 'list']),
  ]);
});

test('a call that pretends exits with 0 and does nothing', () => {
  install([{ on: 'config set', exitCode: 0 }]);
  expect(runProcess('config', 'set', 'AC_ACCESS_TOKEN', 'x')).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  expect(configuration).toThrow('ENOENT');
});

test('a start takes as long as it is told to', () => {
  cli = installCli(join(home, 'bin folder'), { startMs: 400 });
  const start = performance.now();
  expect(runProcess('--version').status).toBe(0);
  expect(performance.now() - start).toBeGreaterThan(400);
});

onPosix.each<[string, CliFault, SpawnSyncOptions, NodeJS.Signals]>([
  ['hangs', { hangs: true }, { timeout: 500 }, 'SIGTERM'],
  ['dies by a signal', { dies: 'SIGSEGV' }, {}, 'SIGSEGV'],
  ['prints without end', { flood: 'endless' }, { maxBuffer: 1_000_000 }, 'SIGTERM'],
  [
    'ignores SIGTERM',
    { hangs: true, ignoresSignals: true },
    { timeout: 500, killSignal: 'SIGKILL' },
    'SIGKILL',
  ],
])('a call that %s', (_what, fault, options, signal) => {
  install([fault]);
  expect(call(['logout'], options)).toMatchObject({ status: null, signal });
});

onPosix('a call that ignores SIGTERM lives on after it', async () => {
  install([{ hangs: true, ignoresSignals: true, stdout: 'up' }]);
  const child = spawn(join(cli.folder, 'appcircle'), ['logout'], { env });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await Promise.race([once(child, 'exit'), sleep(300, 'alive')])).toBe('alive');
  child.kill('SIGKILL');
  await once(child, 'exit');
});

onPosix('a call can leave a process that holds its output open', async () => {
  install([{ grandchild: true }]);
  const child = spawn(join(cli.folder, 'appcircle'), ['config', 'list'], { env });
  let closed = false;
  child.on('close', () => {
    closed = true;
  });
  child.stdout.resume();
  expect(await once(child, 'exit')).toEqual([0, null]);
  await sleep(200);
  expect(closed).toBe(false);
  expect(cli.grandchildren()).toHaveLength(1);
  for (const pid of cli.grandchildren()) process.kill(pid);
  await once(child, 'close');
});

const AWKWARD = WINDOWS ? "John Doe's $HOME %PATH% ı́ş 试" : `John "Doe"'s $HOME \`id\` ı́ş 试`;

test('the folder may have any name that a folder can have', () => {
  cli = installCli(join(home, AWKWARD));
  expect(runProcess('--version')).toEqual({ status: 0, stdout: 'v2.7.3\n', stderr: '' });
  expect(cli.calls()).toEqual([['--version']]);
});

test('the configuration is where each system keeps such things', () => {
  const where = { HOME: '/h', USERPROFILE: 'u', APPDATA: 'a' };
  const end = ['@appcircle', 'cli-nodejs'];
  expect(configurationPath(where, 'linux')).toBe(join('/h', '.config', ...end, 'config.json'));
  expect(configurationPath({ ...where, XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(
    join('/x', ...end, 'config.json'),
  );
  expect(configurationPath(where, 'darwin')).toBe(
    join('/h', 'Library', 'Preferences', ...end, 'config.json'),
  );
  expect(configurationPath(where, 'win32')).toBe(join('a', ...end, 'Config', 'config.json'));
});
