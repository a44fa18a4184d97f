import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { IOS_TEAM, VAULT } from '../../sandbox/appcircle/accounts.ts';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from '../../sandbox/cli/configuration.ts';
import { installCli } from '../../sandbox/cli/install.ts';
import { runJob } from '../../sandbox/runner/job.ts';
import { apiKey } from '../scenarios/scenario.ts';

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

test('a step that fails leaves no login of an earlier step', async () => {
  const job = await runJob({
    env,
    steps: [
      { inputs: inputs(IOS_TEAM.id) },
      {
        inputs: { ...inputs(VAULT.id), 'configure-cli': ' True' },
        continueOnError: true,
        afterMain: () => writeFileSync(join(folder, 'between'), JSON.stringify(configuration())),
      },
    ],
  });
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
  const { 'github-actions': ours } = readConfiguration(join(folder, 'between')).envs;
  expect(ours?.AC_ACCESS_TOKEN).toBe('');
  expect(configuration()).toMatchObject(DEVELOPERS);
});

test("two steps that log in end in the developer's own environment", async () => {
  const job = await runJob({
    env,
    steps: [{ inputs: inputs(IOS_TEAM.id) }, { inputs: inputs(IOS_TEAM.id) }],
  });
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
  expect(configuration()).toMatchObject(DEVELOPERS);
  expect(configuration().envs['github-actions']?.AC_ACCESS_TOKEN).toBe('');
});
