import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { IOS_TEAM, ROOT, VAULT } from '../../sandbox/appcircle/accounts.ts';
import type { CliConfiguration } from '../../sandbox/cli/configuration.ts';
import { type JobResult, type JobStep, runJob } from '../../sandbox/runner/job.ts';
import { createWorld, OWN, type World } from './world.ts';

// Processes take their time where many run at once.
jest.setTimeout(30_000);

let world: World;

beforeEach(async () => {
  world = await createWorld({ cli: {} });
});

afterEach(() => world.close());

const run = (...steps: JobStep[]) => runJob({ env: world.env, steps });

/** A step that gets a token for this organization; the key has no role in VAULT. */
function step({ id }: { id: string }, afterMain?: JobStep['afterMain']): JobStep {
  return {
    inputs: { ...world.inputs, 'sub-organization': id },
    continueOnError: true,
    ...(afterMain && { afterMain }),
  };
}

const issued = (index: number) => world.appcircle.issued[index]?.access_token;

/** What is current in the CLI's configuration, and the token of the action's own environment. */
function login(): unknown[] {
  const { current, envs } = world.configuration();
  return [current, envs['github-actions']?.AC_ACCESS_TOKEN];
}

/** Makes sure that the CLI is as the developer left it, but for an environment without a token. */
function expectLoggedOut(): void {
  const { authEndpoint, apiEndpoint } = world.appcircle;
  const ours = {
    AUTH_HOSTNAME: authEndpoint,
    API_HOSTNAME: apiEndpoint,
    HOOK_HOSTNAME: apiEndpoint,
    AC_ACCESS_TOKEN: '',
  };
  const expected: CliConfiguration = { ...OWN, envs: { ...OWN.envs, 'github-actions': ours } };
  expect(world.configuration()).toEqual(expected);
}

test.each([
  ['gets a token for another organization', VAULT, {}],
  ['finds no CLI', ROOT, { PATH: '/nothing' }],
])(
  'a step that fails since it %s leaves neither the token nor the login of an earlier step',
  async (_why, organization, env) => {
    let between: unknown;
    const failing = step(organization, () => {
      between = login();
    });
    const job = await run(step(IOS_TEAM), { ...failing, env });
    expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
    expect(job.env).toEqual({ AC_ACCESS_TOKEN: '' });
    // Not the developer's own: later steps would work with it.
    expect(between).toEqual(['github-actions', '']);
    expectLoggedOut();
  },
);

test('two steps that log in end in the environment that was current before', async () => {
  const job = await run(step(IOS_TEAM), step(IOS_TEAM));
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
  expectLoggedOut();
});

describe('of two jobs of one user at once:', () => {
  test('the one that began last ends first', async () => {
    let second: JobResult | undefined;
    const first = await run(
      step(IOS_TEAM, async () => {
        second = await run(step(ROOT));
        // Its end puts the developer's own environment back, for the first job too.
        expectLoggedOut();
      }),
    );
    expect((first.log + second?.log).match(/Logged the Appcircle CLI out/g)).toHaveLength(1);
    expectLoggedOut();
  });

  test('the one that began first ends first, and leaves the other logged in', async () => {
    const firstMain = Promise.withResolvers<void>();
    const secondMain = Promise.withResolvers<void>();
    const first = run(
      step(IOS_TEAM, () => {
        firstMain.resolve();
        return secondMain.promise;
      }),
    );
    await firstMain.promise;
    await run(
      step(ROOT, async () => {
        secondMain.resolve();
        expect((await first).log).not.toContain('Logged the Appcircle CLI out');
        expect(login()).toEqual(['github-actions', issued(1)]);
      }),
    );
    expectLoggedOut();
  });
});
