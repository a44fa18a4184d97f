import { writeFileSync } from 'node:fs';
import { expect, jest, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/step.ts';
import { secretInputs } from '../../src/settings.ts';
import { type Run, runScenario } from './run.ts';
import { allScenarios, readSnapshot, snapshotFile, snapshotNames } from './scenarios.ts';
import { transcriptOf } from './transcript.ts';

// Processes take their time where many run at once.
jest.setTimeout(30_000);

// Each scenario runs dist/ as a job of its own: main and, with the CLI, post. After a change that is meant, write the transcripts anew and
// read what changed in them: UPDATE_SCENARIOS=1 npm test -- scenarios.test.ts
const update = process.env['UPDATE_SCENARIOS'] === '1';

const scenarios = await allScenarios();

test.concurrent.each(scenarios)('%s', async (name, scenario) => {
  const run = await runScenario(scenario);
  const transcript = transcriptOf(run);
  if (update) writeFileSync(snapshotFile(name), transcript);
  expect(transcript).toBe(readSnapshot(name));
  expect(secretsShownTo('a person', run)).toEqual([]);
  expect(secretsShownTo('the steps after it', run)).toEqual([]);
  expect(run.main.stderr + (run.post?.stderr ?? '')).toBe('');
  expect(Object.values(run.post?.files ?? {}).join('')).toBe('');
});

test('no transcript is of a scenario that is gone', () => {
  const names = new Set(scenarios.map(([name]) => name));
  expect(snapshotNames().filter((name) => !names.has(name))).toEqual([]);
});

/** The names of the secrets that somebody sees who should not. Only the token that is exported is for later steps. */
function secretsShownTo(whom: 'a person' | 'the steps after it', run: Run): string[] {
  const { main, post } = run;
  const { GITHUB_ENV, GITHUB_OUTPUT } = main.files;
  const isForPeople = whom === 'a person';
  const text = isForPeople ? seenIn(main) + (post ? seenIn(post) : '') : GITHUB_ENV + GITHUB_OUTPUT;
  return secretsOf(run)
    .filter(([, secret]) => isForPeople || secret !== main.outputs['access-token'])
    .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
    .map(([name]) => name);
}

/** Everything that a phase leaves for people, as it wrote it; the masks of the runner come on top. */
function seenIn({ stdout, log, annotations, files }: StepResult): string {
  const said = stdout.split(/\r?\n/).filter((line) => !line.startsWith('::add-mask::'));
  const { GITHUB_STEP_SUMMARY, GITHUB_STATE } = files;
  return [...said, log, JSON.stringify(annotations), GITHUB_STEP_SUMMARY, GITHUB_STATE].join('\n');
}

/** Each secret of a run and what to call it. */
function secretsOf({ scenario, appcircle }: Run): (readonly [name: string, secret: string])[] {
  const inputs = secretInputs.map((name) => [name, scenario.inputs[name]?.trim() ?? ''] as const);
  const tokens = appcircle.issued.flatMap(({ access_token, refresh_token, id_token }) =>
    Object.entries({ access_token, refresh_token, id_token }),
  );
  return [...inputs, ...tokens].filter(([, secret]) => secret !== '');
}

/** A secret as it is, and as a library may have it in a message. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}
