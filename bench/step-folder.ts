import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFileCommands } from '../sandbox/runner/file-commands.ts';

/** What a step left for the steps after it, and for its own post phase. */
export interface Published {
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

/** The files that a runner makes for a step, and the variables that say where they are. */
export interface StepFolder {
  readonly env: Readonly<Record<string, string>>;
  published(): Published;
  remove(): void;
}

const FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

/** A new folder for each run, home and temporary files too: a job starts on a machine that has never seen the action. */
export function createStepFolder(): StepFolder {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-bench-'));
  const paths = Object.fromEntries(FILES.map((name) => [name, join(folder, name.toLowerCase())]));
  for (const path of Object.values(paths)) writeFileSync(path, '');
  for (const name of ['home', 'temp']) mkdirSync(join(folder, name));
  const read = (name: string) =>
    parseFileCommands(readFileSync(join(folder, name.toLowerCase()), 'utf8'), name);
  return {
    env: {
      ...paths,
      PATH: process.env['PATH'] ?? '',
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'temp'),
      RUNNER_TEMP: join(folder, 'temp'),
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
    },
    published: () => ({
      env: read('GITHUB_ENV'),
      outputs: read('GITHUB_OUTPUT'),
      state: read('GITHUB_STATE'),
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
