import { writeFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
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
const runs: (readonly [name: string, run: Run])[] = [];

// Concurrent tests are over before any other of this file begins.
test.concurrent.each(scenarios)('%s', async (name, scenario) => {
  const run = await runScenario(scenario);
  runs.push([name, run]);
  for (const { stderr } of phasesOf(run)) expect(stderr).toBe('');
  const transcript = transcriptOf(run);
  if (update) writeFileSync(snapshotFile(name), transcript);
  expect(transcript).toBe(readSnapshot(name));
});

test('no transcript is of a scenario that is gone', () => {
  const names = new Set(scenarios.map(([name]) => name));
  expect(snapshotNames().filter((name) => !names.has(name))).toEqual([]);
});

// That these notice a mask that is missing can be seen with a dist/ that lacks it: SCENARIO_DIST=/tmp/leaky npm test -- scenarios.test.ts
describe('of all scenarios at once', () => {
  test('no secret stands in anything that a person may see', () => {
    expect(
      offences((run) =>
        phasesOf(run).flatMap((phase) =>
          Object.entries(placesAPersonSees(phase)).flatMap(([place, text]) =>
            secretsOf(run)
              .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
              .map(([secret]) => `${secret} in ${place}`),
          ),
        ),
      ),
    ).toEqual([]);
  });

  test('of all secrets only the token that is exported stands in the files for the steps after it', () => {
    expect(
      offences((run) => {
        const { GITHUB_ENV, GITHUB_OUTPUT } = run.main.files;
        const exported = run.main.outputs['access-token'];
        return secretsOf(run)
          .filter(
            ([, secret]) => secret !== exported && (GITHUB_ENV + GITHUB_OUTPUT).includes(secret),
          )
          .map(([secret]) => secret);
      }),
    ).toEqual([]);
  });

  test('post writes nothing for the steps after it', () => {
    expect(
      offences(({ post }) => Object.values(post?.files ?? {}).filter((text) => text !== '')),
    ).toEqual([]);
  });

  test('the secrets among the inputs are masked before anything else', () => {
    expect(
      offences(({ scenario, main }) => {
        const given = secretInputs
          .map((name) => scenario.inputs[name] ?? '')
          .filter((value) => value.trim() !== '');
        const lines = linesOf(main);
        const said = lines.findIndex((line) => !line.startsWith(ADD_MASK));
        const ahead = lines.slice(0, said < 0 ? lines.length : said);
        return given.filter((value) => !ahead.includes(addMask(value.trim())));
      }),
    ).toEqual([]);
  });

  test('every token of an answer is masked before a word is said of the answer', () => {
    expect(
      offences((run) =>
        run.appcircle.issued.flatMap((answer, index) => {
          const lines = linesOf(run.main);
          const masks = [answer.access_token, answer.refresh_token, answer.id_token].map(addMask);
          const first = Math.min(...masks.map((mask) => lines.indexOf(mask)));
          const together = masks.every((mask) =>
            lines.slice(first, first + masks.length).includes(mask),
          );
          const before = lines[first - 1] ?? 'nothing';
          return together && /^(Exchanging|Looking up) |Retrying in/.test(before)
            ? []
            : [`answer ${index + 1}, after "${before}"`];
        }),
      ),
    ).toEqual([]);
  });

  test('there is something to find: keys in the inputs, tokens in the answers, exports and summaries', () => {
    const all = runs.map(([, run]) => run);
    expect(all.flatMap(({ appcircle }) => appcircle.issued).length).toBeGreaterThan(30);
    expect(all.filter(({ main }) => main.env['AC_ACCESS_TOKEN']).length).toBeGreaterThan(20);
    expect(all.filter(({ main }) => main.summary).length).toBeGreaterThan(5);
    expect(all.filter(({ main }) => main.exitCode === 1).length).toBeGreaterThan(20);
  });
});

const ADD_MASK = '::add-mask::';

/** The workflow command that masks a secret, escaped as the runner reads it. */
function addMask(secret: string): string {
  return ADD_MASK + secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** What is wrong with each scenario, with its name ahead. */
function offences(of: (run: Run) => string[]): string[] {
  return runs.flatMap(([name, run]) => of(run).map((offence) => `${name}: ${offence}`));
}

function phasesOf({ main, post }: Run): StepResult[] {
  return post ? [main, post] : [main];
}

/** Each secret of a run and what to call it. */
function secretsOf({ scenario, appcircle }: Run): [name: string, secret: string][] {
  const inputs = secretInputs.flatMap((name): [string, string][] => {
    const value = scenario.inputs[name]?.trim();
    return value ? [[name, value]] : [];
  });
  const tokens = appcircle.issued.flatMap((answer, index) =>
    (['access_token', 'refresh_token', 'id_token'] as const).map((name): [string, string] => [
      `${name} ${index + 1}`,
      answer[name],
    ]),
  );
  return [...inputs, ...tokens];
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

/** Everything that a step leaves for people, as it wrote it; the masks of the runner come on top. */
function placesAPersonSees(phase: StepResult): Record<string, string> {
  return {
    'standard output': linesOf(phase)
      .filter((line) => !line.startsWith(ADD_MASK))
      .join('\n'),
    'standard error': phase.stderr,
    'the log': phase.log,
    'an annotation': JSON.stringify(phase.annotations),
    'the job summary': phase.files.GITHUB_STEP_SUMMARY,
    'the state': phase.files.GITHUB_STATE,
  };
}

function linesOf({ stdout }: StepResult): string[] {
  return stdout.split(/\r?\n/);
}
