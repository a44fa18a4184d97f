import { type ChildProcess, spawnSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A process as Node makes it, before it has started. */
interface Spawning {
  spawn(options: object): number;
}

/**
 * Runs what starts processes, and ends all of them afterwards, with those that they started in turn: `appcircle` may be a script, and were
 * only the script ended, what it runs would go on and write the token. @actions/exec gives no hold of its processes, but Node tells of each.
 */
export async function withoutLeftovers<T>(run: () => Promise<T>): Promise<T> {
  const children: ChildProcess[] = [];
  const take = (event: unknown) => {
    const { process: child } = event as { process: ChildProcess & Spawning };
    children.push(child);
    if (process.platform === 'win32') return;
    // Makes it the leader of a process group (node:child_process, options.detached), which can be ended as a whole.
    const { spawn } = child;
    child.spawn = (options) => spawn.call(child, { ...options, detached: true });
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
    if (exitCode === null) spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
