import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { configurationPath } from '../../sandbox/cli/configuration.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { type InstalledCli, installCli } from '../../sandbox/cli/install.ts';

const WINDOWS = process.platform === 'win32';

let home: string;
let env: NodeJS.ProcessEnv;
let cli: InstalledCli;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cli test-'));
  env = { ...process.env, HOME: home, USERPROFILE: home, APPDATA: join(home, 'AppData'), XDG_CONFIG_HOME: '' };
  install([]);
});
afterEach(() => rmSync(home, { recursive: true }));

function install(faults: readonly CliFault[]): void {
  cli = installCli(join(home, 'bin folder'), { faults });
}

function appcircle(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const program = join(cli.folder, WINDOWS ? 'appcircle.cmd' : 'appcircle');
  const options = { env, encoding: 'utf8', timeout: 5000 } as const;
  const { status, stdout, stderr } = WINDOWS
    ? spawnSync(`"${program}" ${words.map((word) => `"${word}"`).join(' ')}`, { ...options, shell: true })
    : spawnSync(program, words, options);
  return { status, stdout, stderr };
}

function configuration(): unknown {
  return JSON.parse(readFileSync(configurationPath(env, process.platform), 'utf8'));
}

const NEW = {
  API_HOSTNAME: 'https://api.appcircle.io',
  AUTH_HOSTNAME: 'https://auth.appcircle.io',
  AC_ACCESS_TOKEN: '',
};

test('an environment of its own is logged in and out, and the first one is left alone', () => {
  expect(appcircle('config', 'add', 'github-actions').status).toBe(0);
  expect(appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'the-whole-token').stdout).toContain('the-whole-token');
  expect(configuration()).toEqual({
    current: 'github-actions',
    envs: { default: NEW, 'github-actions': { ...NEW, AC_ACCESS_TOKEN: 'the-whole-token' } },
  });
  expect(appcircle('logout').status).toBe(0);
  expect(appcircle('config', 'current', 'default').status).toBe(0);
  expect(configuration()).toEqual({ current: 'default', envs: { default: NEW, 'github-actions': NEW } });
});

test('adding an environment that is there puts it back to a new one', () => {
  appcircle('config', 'add', 'mine');
  appcircle('config', 'set', 'AUTH_HOSTNAME', 'https://auth.example.com');
  appcircle('config', 'add', 'mine');
  expect(configuration()).toEqual({ current: 'mine', envs: { default: NEW, mine: NEW } });
});

test('the list is JSON when asked for, tokens and all, and cut short otherwise', () => {
  appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'the-whole-token');
  expect(JSON.parse(appcircle('config', 'list', '-o', 'json').stdout)).toEqual(configuration());
  const { stdout } = appcircle('config', 'list');
  expect(stdout).toContain('the-whole-...');
  expect(stdout).not.toContain('the-whole-token');
});

test.each([
  [['logout'], 'You are not currently logged in'],
  [['config', 'current'], 'requires a value'],
  [['config', 'current', 'nowhere'], 'requires a valid value'],
  [['config', 'add'], 'requires a value'],
  [['config', 'remove', 'x'], 'Unknown subcommand'],
])('%j fails', (words, message) => {
  expect(appcircle(...words)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
});

test('each write puts the mode of the file back to 0666', () => {
  appcircle('config', 'set', 'AC_ACCESS_TOKEN', 'x');
  expect(statSync(configurationPath(env, process.platform)).mode & 0o777).toBe(0o666);
});

test('calls are noted and fail when told to', () => {
  install([
    { onCall: 2, stdout: 'out', stderr: 'err', exitCode: 9 },
    { onCall: 3, flood: 100_000 },
  ]);
  expect(appcircle('config', 'get', 'API_HOSTNAME').status).toBe(0);
  expect(appcircle('config', 'list')).toEqual({ status: 9, stdout: 'out', stderr: 'err' });
  expect(appcircle('config', 'list').stdout.length).toBeGreaterThan(100_000);
  expect(cli.calls()).toEqual([
    ['config', 'get', 'API_HOSTNAME'],
    ['config', 'list'],
    ['config', 'list'],
  ]);
});

test('the configuration is where each system keeps such things', () => {
  const where = { HOME: '/h', USERPROFILE: 'u', APPDATA: 'a' };
  const end = ['@appcircle', 'cli-nodejs'];
  expect(configurationPath(where, 'linux')).toBe(join('/h', '.config', ...end, 'config.json'));
  expect(configurationPath({ ...where, XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(join('/x', ...end, 'config.json'));
  expect(configurationPath(where, 'darwin')).toBe(join('/h', 'Library', 'Preferences', ...end, 'config.json'));
  expect(configurationPath(where, 'win32')).toBe(join('a', ...end, 'Config', 'config.json'));
});
