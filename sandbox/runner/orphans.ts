import { readdirSync, readFileSync } from 'node:fs';

/** A process that outlived the step that started it. */
export interface Orphan {
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

/** The variable by which the runner knows the processes of a job. Source: actions/runner, `src/Runner.Worker/JobExtension.cs`. */
export const TRACKING_VARIABLE = 'RUNNER_TRACKING_ID';

/** Finds the processes of a job that still run by the tracking ID in their environment. Finds none except on Linux. */
export function findOrphans(trackingId: string): Orphan[] {
  if (process.platform !== 'linux') return [];
  const marker = `${TRACKING_VARIABLE}=${trackingId}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readStrings(name, 'environ').includes(marker))
    .map((pid) => ({ pid: Number(pid), command: readStrings(pid, 'cmdline').join(' ').trim() }));
}

/** Kills processes, as the runner does at the end of a job. */
export function killOrphans(orphans: readonly Orphan[]): void {
  for (const { pid } of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Reads NUL-terminated strings. Returns none for a process that is gone or belongs to someone else. */
function readStrings(pid: string, file: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
