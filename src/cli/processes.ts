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
  const adopt = (event: unknown) => {
    const { process: child } = event as { process: ChildProcess & Spawning };
    children.push(child);
    const { spawn } = child;
    // @actions/exec has no option for either.
    const ours = {
      // A process group of its own can be killed as a whole (node:child_process, options.detached).
      detached: process.platform !== 'win32',
      // Without an input, a question ends at once.
      stdio: ['ignore', 'pipe', 'pipe'],
    };
    child.spawn = (options) => spawn.call(child, { ...options, ...ours });
  };
  subscribe('child_process', adopt);
  try {
    return await run();
  } finally {
    unsubscribe('child_process', adopt);
    for (const child of children) kill(child);
  }
}

/** Kills a child with all that it started. */
function kill({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // Windows finds children by a parent that still runs.
    if (exitCode !== null) return;
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
