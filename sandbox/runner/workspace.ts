import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Masks } from './masks.ts';
import { findOrphans, killOrphans, type Orphan } from './orphans.ts';

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
  /** Finds processes of the job that still run, and a moment later too, so that one about to end does not count. */
  orphans(): Promise<Orphan[]>;
  /** Kills what still runs and removes the folders. */
  close(): void;
}

const MOMENT_MS = 100;

/** Creates the folders of a job. It has a home of its own, so that no step touches the developer's. */
export function createWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-job-'));
  const paths = { home: join(folder, 'home'), temp: join(folder, 'temp'), work: join(folder, 'work') };
  for (const path of Object.values(paths)) mkdirSync(path);
  const trackingId = `github_${randomUUID()}`;
  return {
    ...paths,
    trackingId,
    masks: new Masks(),
    exported: {},
    orphans: async () => {
      if (findOrphans(trackingId).length === 0) return [];
      await sleep(MOMENT_MS);
      return findOrphans(trackingId);
    },
    close: () => {
      killOrphans(findOrphans(trackingId));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
