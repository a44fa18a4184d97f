import { writeFileSync } from 'node:fs';
import { expect, jest, test } from '@jest/globals';
import { secretInputs } from '../../src/settings.ts';
import { type Named, secretsIn, seenIn, tokensOf } from '../support/leaks.ts';
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
  const { main, post } = run;
  const secrets = secretsOf(run);
  expect(secretsIn(seenIn(main) + (post ? seenIn(post) : ''), secrets)).toEqual([]);
  const notExported = secrets.filter(([, secret]) => secret !== main.outputs['access-token']);
  expect(secretsIn(main.files.GITHUB_ENV + main.files.GITHUB_OUTPUT, notExported)).toEqual([]);
  expect(main.stderr + (post?.stderr ?? '')).toBe('');
  expect(Object.values(post?.files ?? {}).join('')).toBe('');
});

test('keeps no transcript of a scenario that is gone', () => {
  const names = new Set(scenarios.map(([name]) => name));
  expect(snapshotNames().filter((name) => !names.has(name))).toEqual([]);
});

function secretsOf({ scenario, appcircle }: Run): Named[] {
  const inputs = secretInputs.map((name): Named => [name, scenario.inputs[name]?.trim() ?? '']);
  return [...inputs, ...tokensOf(appcircle.issued)].filter(([, secret]) => secret !== '');
}
