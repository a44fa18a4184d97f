import { expect } from '@jest/globals';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import { type Named, secretsIn, seenIn, tokensOf } from '../support/leaks.ts';
import { type Aftermath, errorsOf } from './attack.ts';
import { OWN } from './world.ts';

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
  expect(main.outputs['access-token']).toBe(token);
  expectNoSecret(main, appcircle);
}

/** Makes sure that a job that was cancelled ended well. The cancel may have come too late, or before main could say a word. */
export function expectEndOfCancelledJob({ main, post, job, appcircle }: Aftermath): void {
  // The runner sends SIGTERM after 7.5 seconds. Main had ended by then.
  expect(main.cancelled?.signals ?? ['SIGINT']).toEqual(['SIGINT']);
  const titles = main.exitCode === 1 ? ['The run was cancelled'] : [];
  expect(errorsOf(main).map(({ title }) => title)).toEqual(titles);
  const exported = Object.keys({ ...main.env, ...main.outputs });
  if (main.exitCode === 0) expect(exported).not.toEqual([]);
  else expect(exported).toEqual([]);
  expect([main.stderr, post.stderr, post.exitCode]).toEqual(['', '', 0]);
  expect(job.leftBehind).toEqual([]);
  expectNoSecret(main, appcircle);
}

/** Makes sure that post undid the login, without a word of trouble, for a developer whose configuration was {@link OWN}. */
export function expectLoginUndone({
  post,
  configuration,
  filesOfTheCli,
  appcircle,
}: Aftermath): void {
  expect([post.exitCode, post.stderr]).toEqual([0, '']);
  expect(post.annotations.filter(({ title }) => title !== '')).toEqual([]);
  const { current, envs, ...more } = configuration;
  expect([current, envs['staging'], more]).toEqual([OWN.current, OWN.envs['staging'], {}]);
  expect(secretsIn(filesOfTheCli.join(), tokensOf(appcircle.issued))).toEqual([]);
}

/** Makes sure that a phase showed neither the key nor a token, but to the runner to mask it. */
function expectNoSecret(phase: StepResult, { issued }: Aftermath['appcircle']): void {
  const secrets: Named[] = [['api-key-secret', API_KEY.secret], ...tokensOf(issued)];
  expect(secretsIn(seenIn(phase), secrets)).toEqual([]);
}
