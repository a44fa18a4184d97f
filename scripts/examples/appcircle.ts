// What Appcircle answers the examples: canned, since they ask for little of it. Source of paths and numbers:
// appcircleio/appcircle-cli 2.7.3, `src/services` and `src/constant.ts`.
import { IOS_TEAM, type Organization } from '../../sandbox/appcircle/accounts.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { answer, type Fault } from '../../sandbox/network/faults.ts';

export const ANDROID_TEAM: Organization = {
  id: '4b8e2d70-c5a1-4f39-86e4-0d9a7c3b5f12',
  name: 'Android Team',
};
export const PAYMENTS: Organization = {
  id: 'a1c3e5f7-0b2d-4f68-9a7c-8e6d4b2f0a1c',
  name: 'Payments',
};
export const TEAMS = [IOS_TEAM, ANDROID_TEAM, PAYMENTS];

export const IDS = {
  buildProfile: '3c1f0a5e-7b24-4d8e-9a61-52e0c7d9b813',
  workflow: '91d3e6b2-0f4a-4c75-8e19-a6b0d2f4c837',
  configuration: 'c84a1e7d-62f9-4b03-9d5c-07e3b1f6a928',
  commit: '7d2f4b90-8e31-4c6a-a5d7-1b9e0c3f6a82',
  distributionProfile: '6a0e9c3b-1d57-42f8-8b4e-f2c7a5d09e16',
  storeProfile: '28f5d0c7-a94e-4b1d-b3f6-4c0e8a7d2b59',
  task: '0f6d1c83-52ab-4e97-b0d4-7a3e9c15f28b',
  queueItem: 'e2b74a0d-93c6-4f15-8d7a-61f0c5b3e984',
} as const;

export const PROFILES = '/distribution/v2/profiles';
export const STATUS = `/build/v1/queue/${IDS.queueItem}`;
export const CANCEL = `/build/v3/queue/${IDS.task}/cancel`;
export const TASK = `/task/v1/tasks/${IDS.task}`;

export const BUILD = { success: 0, failed: 1, canceled: 2, waiting: 90, running: 91 } as const;
export const UPLOAD = { begun: 1, canceled: 2, completed: 3 } as const;

/** Answers with the status of the build; null while the queue has nothing to say yet. */
export const build = (buildStatus: number | null): Fault => answer({ body: { buildStatus } });
export const upload = (stateValue: number): Fault => answer({ body: { stateValue } });
export const profiles = (...names: string[]): Fault =>
  answer({ body: names.map((name) => ({ name })) });

/** What the API answers where a case has nothing else. */
export const apiAnswers = [
  [PROFILES, profiles('Acme testers'), 'always'],
  [STATUS, build(BUILD.success), 'always'],
  [CANCEL, answer({ body: {} }), 'always'],
  [TASK, upload(UPLOAD.completed), 'always'],
] as const;

/** What the CLI prints, with `-o json` but for the last, where a case has nothing else. */
export function cliAnswers(commitHash: string): CliFault[] {
  const json = (value: unknown) => ({ stdout: `${JSON.stringify(value)}\n`, exitCode: 0 });
  return [
    { on: 'build profile branch commits', ...json([{ id: IDS.commit, hash: commitHash }]) },
    { on: 'build start', ...json({ taskId: IDS.task, queueItemId: IDS.queueItem }) },
    { on: 'testing-distribution upload', ...json({ taskId: IDS.task }) },
    {
      on: 'enterprise-app-store version upload-for-profile',
      stderr: `✔ App uploaded successfully.\n\nTaskId: ${IDS.task}\n`,
      exitCode: 0,
    },
  ];
}
