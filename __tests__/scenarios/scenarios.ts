import { readdirSync, readFileSync } from 'node:fs';
import type { Scenario } from './scenario.ts';

const CASES = new URL('cases/', import.meta.url);
const SNAPSHOTS = new URL('snapshots/', import.meta.url);

/** All scenarios, by the name of their file. */
export async function allScenarios(): Promise<(readonly [name: string, scenario: Scenario])[]> {
  const names = readdirSync(CASES).map((file) => file.replace(/\.ts$/, ''));
  return Promise.all(
    names.sort().map(async (name) => {
      const { default: scenario }: { default: Scenario } = await import(
        new URL(`${name}.ts`, CASES).href
      );
      return [name, scenario] as const;
    }),
  );
}

/** Where the transcript of a scenario is kept. */
export function snapshotFile(name: string): URL {
  return new URL(`${name}.txt`, SNAPSHOTS);
}

/** The names of the transcripts that are kept. */
export function snapshotNames(): string[] {
  return readdirSync(SNAPSHOTS).map((file) => file.replace(/\.txt$/, ''));
}

/** The transcript that is kept of a scenario; empty where there is none yet. */
export function readSnapshot(name: string): string {
  return snapshotNames().includes(name) ? readFileSync(snapshotFile(name), 'utf8') : '';
}
