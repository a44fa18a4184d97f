import { expect, jest, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { IOS_TEAM, ROOT } from '../../sandbox/appcircle/accounts.ts';
import { BAIT_TOKEN } from '../../sandbox/network/faults.ts';
import { readActionMetadata } from '../../sandbox/runner/action-metadata.ts';
import { REPOSITORY } from '../../sandbox/runner/step.ts';
import { withoutWaits } from '../support/clock.ts';
import { MemoryRunner, runInProcess } from '../support/in-process.ts';
import { MARGIN_MS, type Row, secondsOf } from './row.ts';
import { type Scene, setUp } from './scene.ts';
import { ofStories } from './table.ts';

jest.setTimeout(30_000);

const defaults = readActionMetadata(REPOSITORY).inputs;

/** The story in this process, against every row that needs none of its own. One after another: certificates are trusted by the whole process, and some rows keep the processor busy. */
test.each(ofStories.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
  const scene = await setUp(row);
  try {
    // None of these rows takes a variable away.
    const runner = new MemoryRunner(
      { ...defaults, ...scene.inputs },
      scene.env as Readonly<Record<string, string>>,
    );
    const started = performance.now();
    await runInProcess({}, { ...withoutWaits(), runner, report: true });
    expect(performance.now() - started).toBeLessThan(
      row.withinMs ?? secondsOf(row) * 1000 + MARGIN_MS,
    );
    const shown = [runner.shown, ...runner.states.values()].join('\n');
    expect(scene.secrets().filter((secret) => shown.includes(secret))).toEqual([]);
    if (row.ends === 'token' || row.ends === 'bait token') checkToken(row, runner, scene);
    else checkFailure(row, runner);
    if (row.requests !== undefined) expect(scene.appcircle.requests.length).toBe(row.requests);
    if (scene.recorder)
      expect([scene.recorder.connections, scene.recorder.received]).toEqual([0, '']);
  } finally {
    await scene.close();
  }
});

/** A token, everywhere the same: the one that was issued for the organization that was asked for. */
function checkToken(
  { ends, inputs = {} }: Row,
  { errors, outputs = {}, exports }: MemoryRunner,
  { appcircle }: Scene,
): void {
  expect(errors).toEqual([]);
  const token = outputs['access-token'] ?? '';
  expect(exports).toEqual({ AC_ACCESS_TOKEN: token });
  if (ends === 'bait token') {
    expect(token).toBe(BAIT_TOKEN);
  } else {
    expect(token).toBe(appcircle.issued.at(-1)?.access_token);
    expect(decodeJwt(token)['currentOrganizationId']).toBe(
      inputs['sub-organization'] ? IOS_TEAM.id : ROOT.id,
    );
  }
}

/** Nothing exported, and one annotation that says why, as the summary does. */
function checkFailure(
  { ends, says = '' }: Row,
  { errors, outputs, exports, states, summary }: MemoryRunner,
): void {
  expect(errors.map(({ title }) => title)).toEqual([ends]);
  expect(errors[0]?.text).toContain(says);
  expect([outputs, exports, [...states]]).toEqual([undefined, {}, []]);
  expect(summary).toContain(`<h3>❌ ${ends}</h3>`);
}
