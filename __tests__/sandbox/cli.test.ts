import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
  writeConfiguration,
} from '../../sandbox/cli/configuration.ts';
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

function appcircle(line: string) {
  return spawnSync(program, line.split(' '), { env, shell: WINDOWS, encoding: 'utf8' });
}

const file = (): string => configurationPath(env, process.platform);

test('config add empties its environment, keeps keys that it does not know, and lets everyone read its file', () => {
  const loggedIn = { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'the-token' };
  const envs = { default: NEW_ENVIRONMENT, 'github-actions': loggedIn };
  writeConfiguration(file(), { current: 'default', envs, more: 'x' } as CliConfiguration);
  appcircle('config add github-actions');
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
    current: 'github-actions',
    envs: { default: NEW_ENVIRONMENT, 'github-actions': NEW_ENVIRONMENT },
    more: 'x',
  });
  if (!WINDOWS) expect(statSync(file()).mode & 0o777).toBe(0o666);
});

test.each(['', '{'])('a file that is not JSON (%j) stops every command', (text) => {
  appcircle('config get API_HOSTNAME');
  writeFileSync(file(), text);
  const stderr = expect.stringMatching(/^Error loading the CLI: SyntaxError: /);
  expect(appcircle('config get API_HOSTNAME')).toMatchObject({ status: 1, stderr });
});

onPosix('a fault that ignores SIGTERM lives on after it', async () => {
  install({ hangs: true, ignoresSignals: true, stdout: 'up' });
  const child = spawn(program, ['config', 'get'], { env });
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
