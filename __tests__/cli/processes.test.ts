import * as childProcess from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

const { spawn } = childProcess;
const spawnSync = jest.fn();
jest.unstable_mockModule('node:child_process', () => ({ ...childProcess, spawnSync }));
const { withoutLeftovers } = await import('../../src/cli/processes.ts');

const PLATFORM = process.platform;

let folder: string;
let pids: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'appcircle-processes-'));
  pids = join(folder, 'pids');
});

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: PLATFORM });
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a shell that ignores signals, and something in it that does too. Settles once both run. */
async function startTwo(): Promise<void> {
  const script = `trap '' TERM INT; sleep 60 & echo $$ $! > ${pids}.new; mv ${pids}.new ${pids}; wait`;
  spawn('/bin/sh', ['-c', script], { stdio: 'ignore' });
  while (!existsSync(pids)) await sleep(5);
}

/** Whether both are gone, or will be in a moment. */
async function bothEnd(): Promise<boolean> {
  const running = () => readFileSync(pids, 'utf8').trim().split(' ').map(Number).filter(runs);
  for (let turn = 0; turn < 200 && running().length > 0; turn += 1) await sleep(5);
  return running().length === 0;
}

function runs(pid: number): boolean {
  try {
    // A process that was ended and that nobody waited for is a zombie, which runs no more.
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const linux = PLATFORM === 'linux' ? describe : describe.skip;
linux('what was started ends, with what that started', () => {
  test.each([
    ['goes well', () => Promise.resolve()],
    ['fails', () => Promise.reject(new Error('broken'))],
  ])('where all %s', async (_how, end) => {
    await withoutLeftovers(() => startTwo().then(end)).catch(() => {});
    expect(await bothEnd()).toBe(true);
  });

  test('and no other: what is started later lives on', async () => {
    await withoutLeftovers(() => Promise.resolve());
    const later = spawn('sleep', ['60']);
    await withoutLeftovers(() => Promise.resolve());
    expect(runs(later.pid ?? 0)).toBe(true);
    later.kill();
  });
});

test('on Windows, taskkill ends a tree, unless it has ended', async () => {
  Object.defineProperty(process, 'platform', { value: 'win32' });
  const started: childProcess.ChildProcess[] = [];
  await withoutLeftovers(async () => {
    const ended = spawn(process.execPath, ['--version']);
    await new Promise((resolve) => ended.once('exit', resolve));
    started.push(spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']));
  });
  const [child] = started;
  child?.kill('SIGKILL');
  expect(spawnSync.mock.calls).toEqual([
    ['taskkill', ['/PID', String(child?.pid), '/T', '/F'], { windowsHide: true }],
  ]);
});
