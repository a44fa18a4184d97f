import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Masks } from './masks.ts';

/** What the steps of one job share. */
export interface Workspace {
  readonly home: string;
  readonly temp: string;
  /** The folder that steps run in. */
  readonly work: string;
  readonly trackingId: string;
  /** Everything masked so far. A mask lasts until the end of the job. */
  readonly masks: Masks;
  /** Variables that steps have exported so far. */
  readonly exported: Record<string, string>;
  /** Finds processes of the job that still run, and a moment later too, so that one about to end does not count. Linux only. */
  orphans(): Promise<Orphan[]>;
  /** Kills what still runs, as the runner does at the end of a job, and removes the folders. */
  close(): void;
}

/** A process that outlived the step that started it. */
export interface Orphan {
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

/** The variable by which the runner knows the processes of a job. Source: actions/runner, `src/Runner.Worker/JobExtension.cs`. */
export const TRACKING_VARIABLE = 'RUNNER_TRACKING_ID';
const MOMENT_MS = 100;

/** Creates the folders of a job. It has a home of its own, so that no step touches the developer's. */
export function createWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-job-'));
  const paths = {
    home: join(folder, 'home'),
    temp: join(folder, 'temp'),
    work: join(folder, 'work'),
  };
  for (const path of Object.values(paths)) mkdirSync(path);
  const trackingId = `github_${randomUUID()}`;
  let mayHaveOrphans = true;
  return {
    ...paths,
    trackingId,
    masks: new Masks(),
    exported: {},
    orphans: async () => {
      mayHaveOrphans = findOrphans(trackingId).length > 0;
      if (!mayHaveOrphans) return [];
      await sleep(MOMENT_MS);
      return findOrphans(trackingId);
    },
    close: () => {
      // To look takes milliseconds, and where there were none after the last phase, there are none now.
      for (const { pid } of mayHaveOrphans ? findOrphans(trackingId) : []) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findOrphans(trackingId: string): Orphan[] {
  if (process.platform !== 'linux') return [];
  const marker = `${TRACKING_VARIABLE}=${trackingId}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readStrings(name, 'environ').includes(marker))
    .map((pid) => ({ pid: Number(pid), command: readStrings(pid, 'cmdline').join(' ').trim() }));
}

/** Reads NUL-terminated strings. Returns none for a process that is gone or belongs to someone else. */
function readStrings(pid: string, file: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
