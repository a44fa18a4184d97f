import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { runScenario } from './run.ts';
import { allScenarios, readSnapshot, snapshotFile, snapshotNames } from './scenarios.ts';
import { transcriptOf } from './transcript.ts';

// Each scenario runs dist/ as a process of its own, main and post. After a change that is meant, write the transcripts anew and read
// what changed in them: UPDATE_SCENARIOS=1 npm test -- scenarios.test.ts
const update = process.env['UPDATE_SCENARIOS'] === '1';

const scenarios = await allScenarios();

test.each(scenarios)('%s', async (name, scenario) => {
  const run = await runScenario(scenario);
  expect(run.main.stderr + run.post.stderr).toBe('');
  const transcript = transcriptOf(run);
  if (update) writeFileSync(snapshotFile(name), transcript);
  expect(transcript).toBe(readSnapshot(name));
});

test('no transcript is of a scenario that is gone', () => {
  const names = new Set(scenarios.map(([name]) => name));
  expect(snapshotNames().filter((name) => !names.has(name))).toEqual([]);
});
