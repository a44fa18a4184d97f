import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { IOS_TEAM, ROOT } from '../../sandbox/appcircle/accounts.ts';
import { BAIT_TOKEN } from '../../sandbox/network/faults.ts';
import { runStep, type StepResult } from '../../sandbox/runner/step.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { MARGIN_MS, type Row, secondsOf } from './row.ts';
import { type Scene, setUp } from './scene.ts';
import { ofProcesses } from './table.ts';

// Processes take their time where many run at once.
jest.setTimeout(30_000);

const PRELOAD = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), 'preload.ts')).href;

/** `dist/` as GitHub's runner starts it, against every row that needs a process: the promise of a run is kept, whatever happens. */
test.concurrent.each(ofProcesses.map((row) => [row.name, row] as const))(
  '%s',
  async (_name, row) => {
    const scene = await setUp(row);
    try {
      const step = await runStep({ inputs: scene.inputs, env: environment(row, scene) });
      checkTime(row, step);
      checkSecrets(step, scene.secrets());
      if (row.ends === 'token' || row.ends === 'bait token') checkToken(row, step, scene);
      else checkFailure(row, step);
      expect(step.stderr).toBe('');
      if (row.requests !== undefined) expect(scene.appcircle.requests.length).toBe(row.requests);
      if (scene.recorder)
        expect([scene.recorder.connections, scene.recorder.received]).toEqual([0, '']);
    } finally {
      await scene.close();
    }
  },
);

function environment({ lookups }: Row, { env }: Scene): Scene['env'] {
  if (!lookups) return env;
  return {
    ...env,
    ...COMPILE_CACHE,
    LOOKUPS: lookups.join(','),
    UV_THREADPOOL_SIZE: '1',
    NODE_OPTIONS: `--import ${PRELOAD}`,
  };
}

/** It ended by itself, in time. */
function checkTime(row: Row, { killed, durationMs }: StepResult): void {
  expect(killed).toBe(false);
  expect(durationMs).toBeLessThan(row.withinMs ?? secondsOf(row) * 1000 + MARGIN_MS);
}

/** Nothing that anybody may read holds a secret, but for the lines that tell the runner to mask it. */
function checkSecrets(
  { stdout, stderr, summary, files }: StepResult,
  secrets: readonly string[],
): void {
  const shown = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const readable = [...shown, stderr, summary, files.GITHUB_STATE, files.GITHUB_STEP_SUMMARY].join(
    '\n',
  );
  expect(secrets.filter((secret) => readable.includes(secret))).toEqual([]);
}

/** Exit code 0 and a token, everywhere the same: the one that was issued for the organization that was asked for. */
function checkToken({ ends, inputs = {} }: Row, step: StepResult, { appcircle }: Scene): void {
  expect(step.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  expect([step.exitCode, step.signal]).toEqual([0, null]);
  const token = step.outputs['access-token'] ?? '';
  if (inputs['export-env'] !== 'false') expect(step.env).toEqual({ AC_ACCESS_TOKEN: token });
  if (ends === 'bait token') {
    expect(token).toBe(BAIT_TOKEN);
  } else {
    expect(token).toBe(appcircle.issued.at(-1)?.access_token);
    expect(decodeJwt(token)['currentOrganizationId']).toBe(
      inputs['sub-organization'] ? IOS_TEAM.id : ROOT.id,
    );
  }
}

/** A failure, nothing exported, and one annotation that says why, as the summary does. */
function checkFailure({ ends, says = '', lookups }: Row, step: StepResult): void {
  const errors = step.annotations.filter(({ level }) => level === 'error');
  expect(errors.map(({ title }) => title)).toEqual([ends]);
  expect(errors[0]?.message).toContain(says);
  expect(step.stdout.match(/^::error\b/gm)).toHaveLength(1);
  const killsItself = lookups?.includes('stalls') && process.platform !== 'win32';
  expect([step.exitCode, step.signal]).toEqual(killsItself ? [null, 'SIGKILL'] : [1, null]);
  const { GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE } = step.files;
  expect({ GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE }).toEqual({
    GITHUB_ENV: '',
    GITHUB_OUTPUT: '',
    GITHUB_STATE: '',
  });
  expect(step.summary).toContain(`<h3>❌ ${ends}</h3>`);
}
