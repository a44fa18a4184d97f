import { type ChildProcess, spawnSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

interface Spawning {
  spawn(options: object): number;
}

/**
 * Runs something that starts processes, and kills their process groups afterwards: `appcircle` may be a script whose child would live on and
 * change environments after the logout. @actions/exec hides its processes, but Node announces each one.
 */
export async function withoutLeftovers<T>(run: () => Promise<T>): Promise<T> {
  const children: ChildProcess[] = [];
  const take = (event: unknown) => {
    const { process: child } = event as { process: ChildProcess & Spawning };
    children.push(child);
    const { spawn } = child;
    // A process group of its own can be killed as a whole (node:child_process, options.detached). A question finds no input to wait for.
    const ours = { detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'] };
    child.spawn = (options) => spawn.call(child, { ...options, ...ours });
  };
  subscribe('child_process', take);
  try {
    return await run();
  } finally {
    unsubscribe('child_process', take);
    for (const child of children) end(child);
  }
}

function end({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    if (exitCode === null)
      spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
