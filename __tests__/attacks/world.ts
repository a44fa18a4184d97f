import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
  writeConfiguration,
} from '../../sandbox/cli/configuration.ts';
import { type InstallOptions, installCli } from '../../sandbox/cli/install.ts';
import { apiKey } from '../scenarios/scenario.ts';

/** A developer's own configuration of the CLI, on a self-hosted runner. */
export const OWN: CliConfiguration = {
  current: 'staging',
  envs: {
    default: { ...NEW_ENVIRONMENT },
    staging: { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'a-developers-own-token' },
  },
};

export interface WorldOptions {
  readonly appcircle?: AppcircleOptions;
  /** Puts the stand-in for the CLI on the PATH, next to {@link OWN}, and logs it in. */
  readonly cli?: InstallOptions;
  /** The name of the folder that the CLI is in. */
  readonly cliFolder?: string;
  /** A shell script in the place of the stand-in. `$STAND_IN` runs that, and `$CONFIGURATION` is its file. */
  readonly script?: string;
}

/** An Appcircle, and the machine that a job runs on. */
export interface World {
  readonly appcircle: Appcircle;
  /** What a step needs to get a token here. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly configurationFile: string;
  configuration(): CliConfiguration;
  /** The commands that the CLI was given. */
  calls(): readonly string[][];
  close(): Promise<void>;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-world-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const variables = {
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
  };
  const configurationFile = configurationPath(variables, process.platform);
  const cli = options.cli && installCli(join(folder, options.cliFolder ?? 'cli'), options.cli);
  if (cli) writeConfiguration(configurationFile, OWN);
  if (cli && options.script) replaceStandIn(cli.folder, options.script, configurationFile);
  const appcircle = await startAppcircle(options.appcircle);
  return {
    appcircle,
    inputs: {
      ...apiKey,
      'auth-endpoint': appcircle.authEndpoint,
      'api-endpoint': appcircle.apiEndpoint,
      ...(cli && { 'configure-cli': 'true' }),
    },
    env: {
      ...variables,
      ...(cli && { PATH: `${cli.folder}${delimiter}${process.env['PATH']}` }),
    },
    configurationFile,
    configuration: () => JSON.parse(readFileSync(configurationFile, 'utf8')) as CliConfiguration,
    calls: () => cli?.calls() ?? [],
    close: async () => {
      await appcircle.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function replaceStandIn(folder: string, script: string, configurationFile: string): void {
  const program = join(folder, 'appcircle');
  const standIn = join(folder, 'stand-in');
  renameSync(program, standIn);
  const variables = `STAND_IN='${standIn}' CONFIGURATION='${configurationFile}'`;
  writeFileSync(program, `#!/bin/sh\n${variables}\n${script}\n`, { mode: 0o755 });
}
