import { expect } from '@jest/globals';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import { type Aftermath, whatIsLeftOfTheLogin } from './attack.ts';

/** Makes sure that main failed with one red line of this title, and exported nothing. Returns the line. */
export function expectFailure({ main, errors, appcircle }: Aftermath, title: string): string {
  expect(errors.map((error) => error.title)).toEqual([title]);
  expect([main.exitCode, main.stderr, main.outputs]).toEqual([1, '', {}]);
  expect(main.env['AC_ACCESS_TOKEN'] ?? '').toBe('');
  expectNoSecret(main, appcircle);
  return errors[0]?.message ?? '';
}

/** Makes sure that main exported the token that was issued last. */
export function expectToken({ main, errors, appcircle }: Aftermath): void {
  expect(errors).toEqual([]);
  expect([main.exitCode, main.stderr]).toEqual([0, '']);
  expect(main.env['AC_ACCESS_TOKEN']).toBe(appcircle.issued.at(-1)?.access_token);
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

/** Makes sure that the CLI is as the developer left it, and that nothing of the job still runs. */
export function expectCliAsBefore(aftermath: Aftermath): void {
  expect(whatIsLeftOfTheLogin(aftermath)).toEqual([]);
}
