import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { IOS_TEAM, ROOT, VAULT } from '../../sandbox/appcircle/accounts.ts';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from '../../sandbox/cli/configuration.ts';
import { installCli } from '../../sandbox/cli/install.ts';
import { type JobResult, runJob } from '../../sandbox/runner/job.ts';
import { apiKey } from '../scenarios/scenario.ts';

// Processes take their time where many run at once.
jest.setTimeout(30_000);

const DEVELOPERS: CliConfiguration = {
  current: 'staging',
  envs: {
    default: { ...NEW_ENVIRONMENT },
    staging: { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'the-developers-own' },
  },
};

let folder: string;
let appcircle: Appcircle;
let env: Record<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'appcircle-two-steps-'));
  appcircle = await startAppcircle();
  const home = join(folder, 'home');
  const cli = installCli(join(folder, 'cli'), {});
  env = {
    PATH: cli.folder,
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    XDG_CONFIG_HOME: join(home, '.config'),
  };
  writeConfiguration(configurationPath(env, process.platform), DEVELOPERS);
});

afterEach(async () => {
  await appcircle.close();
  rmSync(folder, { recursive: true });
});

const configuration = () => readConfiguration(configurationPath(env, process.platform));
const inputs = (subOrganization: string) => ({
  ...apiKey,
  'sub-organization': subOrganization,
  'configure-cli': 'true',
  'auth-endpoint': appcircle.authEndpoint,
  'api-endpoint': appcircle.apiEndpoint,
});

const ours = () => configuration().envs['github-actions']?.AC_ACCESS_TOKEN;

test.each([' True', 'ture'])(
  'a step that fails leaves no login of an earlier step (configure-cli: "%s")',
  async (configureCli) => {
    const job = await runJob({
      env,
      steps: [
        { inputs: inputs(IOS_TEAM.id) },
        {
          inputs: { ...inputs(VAULT.id), 'configure-cli': configureCli },
          continueOnError: true,
          afterMain: () => writeFileSync(join(folder, 'between'), JSON.stringify(configuration())),
        },
      ],
    });
    expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
    const between = readConfiguration(join(folder, 'between'));
    // Not the developer's own: later steps would work with it.
    expect(between.current).toBe('github-actions');
    expect(between.envs['github-actions']?.AC_ACCESS_TOKEN).toBe('');
    expect(configuration()).toEqual(withOurs(DEVELOPERS));
  },
);

test.each(['', 'false'])(
  'a step that fails leaves it alone with configure-cli: "%s"',
  async (configureCli) => {
    const tokens: unknown[] = [];
    await runJob({
      env,
      steps: [
        { inputs: inputs(IOS_TEAM.id) },
        {
          inputs: { ...inputs(VAULT.id), 'configure-cli': configureCli },
          continueOnError: true,
          afterMain: () => void tokens.push(ours()),
        },
      ],
    });
    expect(tokens).toEqual([appcircle.issued[0]?.access_token]);
    expect(configuration()).toEqual(withOurs(DEVELOPERS));
  },
);

test("two steps that log in end in the developer's own environment", async () => {
  const job = await runJob({
    env,
    steps: [{ inputs: inputs(IOS_TEAM.id) }, { inputs: inputs(IOS_TEAM.id) }],
  });
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
  expect(configuration()).toEqual(withOurs(DEVELOPERS));
});

describe('two jobs of one user at once', () => {
  test('the one that began last ends first', async () => {
    let second: JobResult | undefined;
    const first = await runJob({
      env,
      steps: [
        {
          inputs: inputs(IOS_TEAM.id),
          afterMain: async () => {
            second = await runJob({ env, steps: [{ inputs: inputs(ROOT.id) }] });
            // Its end puts the developer's own environment back, for the first job too.
            expect(configuration()).toEqual(withOurs(DEVELOPERS));
          },
        },
      ],
    });
    expect([first.conclusion, second?.conclusion]).toEqual(['success', 'success']);
    expect((first.log + second?.log).match(/Logged the Appcircle CLI out/g)).toHaveLength(1);
    expect(configuration()).toEqual(withOurs(DEVELOPERS));
  });

  test('the one that began first ends first, and leaves the other logged in', async () => {
    const firstMain = Promise.withResolvers<void>();
    const secondMain = Promise.withResolvers<void>();
    const first = runJob({
      env,
      steps: [
        {
          inputs: inputs(IOS_TEAM.id),
          afterMain: () => {
            firstMain.resolve();
            return secondMain.promise;
          },
        },
      ],
    });
    await firstMain.promise;
    const second = await runJob({
      env,
      steps: [
        {
          inputs: inputs(ROOT.id),
          afterMain: async () => {
            secondMain.resolve();
            expect((await first).log).not.toContain('Logged the Appcircle CLI out');
            expect([configuration().current, ours()]).toEqual([
              'github-actions',
              appcircle.issued[1]?.access_token,
            ]);
          },
        },
      ],
    });
    expect([(await first).conclusion, second.conclusion]).toEqual(['success', 'success']);
    expect(configuration()).toEqual(withOurs(DEVELOPERS));
  });
});

/** A configuration with the environment that the action leaves behind, logged out. */
function withOurs({ current, envs }: CliConfiguration): CliConfiguration {
  const { authEndpoint, apiEndpoint } = appcircle;
  const hosts = {
    AUTH_HOSTNAME: authEndpoint,
    API_HOSTNAME: apiEndpoint,
    HOOK_HOSTNAME: apiEndpoint,
  };
  return { current, envs: { ...envs, 'github-actions': { ...hosts, AC_ACCESS_TOKEN: '' } } };
}
