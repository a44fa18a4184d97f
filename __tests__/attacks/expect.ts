import { expect } from '@jest/globals';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import { type Aftermath, errorsOf } from './attack.ts';

type Ended = Pick<Aftermath, 'main' | 'appcircle'>;

/** Makes sure that main failed with one red line of this title, and exported nothing. Returns the line. */
export function expectFailure({ main, appcircle }: Ended, title: string): string {
  const errors = errorsOf(main);
  expect(errors.map((error) => error.title)).toEqual([title]);
  expect([main.exitCode, main.stderr, main.outputs]).toEqual([1, '', {}]);
  expect(main.env['AC_ACCESS_TOKEN'] ?? '').toBe('');
  expectNoSecret(main, appcircle);
  return errors[0]?.message ?? '';
}

/** Makes sure that main exported this token: by default the one that was issued last. */
export function expectToken(
  { main, appcircle }: Ended,
  token = appcircle.issued.at(-1)?.access_token,
): void {
  expect(errorsOf(main)).toEqual([]);
  expect([main.exitCode, main.stderr]).toEqual([0, '']);
  expect(main.env['AC_ACCESS_TOKEN']).toBe(token);
  expectNoSecret(main, appcircle);
}

/** Makes sure that a phase showed neither the key nor a token, but to the runner to mask it. */
export function expectNoSecret(
  { stdout, stderr, files }: StepResult,
  { issued }: Aftermath['appcircle'],
): void {
  const shown = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const read = [...shown, stderr, files.GITHUB_STEP_SUMMARY, files.GITHUB_STATE].join('\n');
  const tokens = issued.flatMap((answer) => [
    answer.access_token,
    answer.refresh_token,
    answer.id_token,
  ]);
  expect([API_KEY.secret, ...tokens].filter((secret) => read.includes(secret))).toEqual([]);
}
