import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
} from '../../sandbox/cli/configuration.ts';
import { type InstallOptions, installCli } from '../../sandbox/cli/install.ts';
import { type JobResult, type JobStep, runJob } from '../../sandbox/runner/job.ts';
import type { Cancellation } from '../../sandbox/runner/process.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import type { Annotation } from '../../sandbox/runner/step-log.ts';

/** Another copy of the action, to see that an attack works on an older one: `ATTACK=/tmp/old npm test -- attacks`. */
const ACTION = process.env['ATTACK'];

/** A developer's own configuration of the CLI, on a self-hosted runner. */
export const OWN: CliConfiguration = {
  current: 'staging',
  envs: {
    default: { ...NEW_ENVIRONMENT },
    staging: { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'a-developers-own-token' },
  },
};

export interface Attack extends Pick<JobStep, 'inputs' | 'env' | 'patience' | 'node'> {
  readonly debug?: boolean;
  readonly appcircle?: AppcircleOptions;
  /** Queues faults, once the Appcircle runs. */
  readonly prepare?: (appcircle: Appcircle) => void;
  /** Puts the stand-in for the CLI on the PATH and logs it in. */
  readonly cli?: InstallOptions;
  /** The name of the folder that the CLI is in. */
  readonly cliFolder?: string;
  /** A shell script in the place of the stand-in. `$STAND_IN` runs that, and `$CONFIGURATION` is its file. */
  readonly script?: string;
  /** The interpreter of the script. */
  readonly scriptRunBy?: string;
  /** When to cancel the job, by the commands that the CLI was given. */
  readonly cancel?: (calls: () => string[][]) => Cancellation;
  /** The CLI's configuration before the job: text, or what becomes JSON. */
  readonly configuration?: unknown;
  /** Whether post runs too. By default where there may be something to undo: with the CLI, and after a cancellation. */
  readonly post?: boolean;
  /** Changes the world between main and post. */
  readonly between?: (world: {
    readonly configurationFile: string;
    readonly main: StepResult;
  }) => void;
}

/** What an attack left behind. */
export interface Aftermath {
  readonly main: StepResult;
  readonly post: StepResult | undefined;
  readonly job: JobResult;
  readonly errors: readonly Annotation[];
  readonly appcircle: Pick<Appcircle, 'requests' | 'issued'>;
  /** The commands that the CLI was given. */
  readonly calls: readonly string[][];
  /** The CLI's configuration at the end of the job, as text. */
  readonly configuration: string;
  /** The text of each file in its folder. */
  readonly filesOfTheCli: readonly string[];
}

/** Runs the action as a job of one step in a world that is set up for it. */
export async function attack(options: Attack): Promise<Aftermath> {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-attack-'));
  const appcircle = await startAppcircle(options.appcircle);
  options.prepare?.(appcircle);
  const home = join(folder, 'home');
  mkdirSync(home);
  const cli = options.cli && installCli(join(folder, options.cliFolder ?? 'cli'), options.cli);
  const appData = join(home, 'AppData', 'Roaming');
  const configurationFile = configurationPath({ HOME: home, APPDATA: appData }, process.platform);
  if (cli && options.script !== undefined) {
    renameSync(join(cli.folder, 'appcircle'), join(cli.folder, 'stand-in'));
    const variables = `STAND_IN='${join(cli.folder, 'stand-in')}' CONFIGURATION='${configurationFile}'`;
    const script = `#!${options.scriptRunBy ?? '/bin/sh'}\n${variables}\n${options.script}\n`;
    writeFileSync(join(cli.folder, 'appcircle'), script, { mode: 0o755 });
  }
  const env = {
    HOME: home,
    USERPROFILE: home,
    APPDATA: appData,
    ...(cli && { PATH: `${cli.folder}:${process.env['PATH']}` }),
    ...options.env,
  };
  if (options.configuration !== undefined) {
    const { configuration } = options;
    mkdirSync(dirname(configurationFile), { recursive: true });
    writeFileSync(
      configurationFile,
      typeof configuration === 'string' ? configuration : JSON.stringify(configuration),
    );
  }
  try {
    const { inputs, patience, debug, node } = options;
    const cancel = options.cancel?.(() => cli?.calls() ?? []);
    const withPost = options.post ?? (cli !== undefined || cancel !== undefined);
    const job = await runJob({
      ...(debug && { debug }),
      ...(node && { node }),
      ...(patience && { patience }),
      steps: [
        {
          ...(ACTION && { action: ACTION }),
          ...(!withPost && { post: false }),
          env,
          cancel,
          inputs: {
            'api-key-name': API_KEY.name,
            'api-key-secret': API_KEY.secret,
            'auth-endpoint': appcircle.authEndpoint,
            'api-endpoint': appcircle.apiEndpoint,
            ...(cli && { 'configure-cli': 'true' }),
            ...inputs,
          },
          afterMain: (main) => options.between?.({ configurationFile, main }),
        },
      ],
    });
    const { main, post } = job.steps[0] ?? {};
    if (!main || (withPost && !post)) throw new Error('The job did not run all of its phases.');
    return {
      main,
      post,
      job,
      errors: main.annotations.filter(({ level, title }) => level === 'error' && title !== ''),
      appcircle: { requests: appcircle.requests, issued: appcircle.issued },
      calls: cli?.calls() ?? [],
      configuration: readIfThere(configurationFile),
      filesOfTheCli: textsIn(dirname(configurationFile)),
    };
  } finally {
    await appcircle.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What is wrong with the end of a job that was cancelled. It may have come too late, or before main could say a word. */
export function whatIsWrongWithTheEnd({ main, post, errors, job }: Aftermath): string[] {
  // With no more patience than for SIGINT, main was gone within 7.5 seconds.
  const { signals } = main.cancelled ?? { signals: ['SIGINT'] };
  const exported = Object.keys({ ...main.env, ...main.outputs }).length > 0;
  const titles = errors.map(({ title }) => title).join();
  const expected = main.exitCode === 1 ? 'The run was cancelled' : '';
  return [
    ...(signals.join() === 'SIGINT' ? [] : [`took ${signals}`]),
    ...(titles === expected ? [] : [`ended with ${main.exitCode ?? main.signal} and "${titles}"`]),
    ...(exported === (main.exitCode === 0)
      ? []
      : [`ended with ${main.exitCode ?? main.signal}, exported: ${exported}`]),
    ...(main.stderr + post?.stderr === '' && post?.exitCode === 0
      ? []
      : [`${main.stderr} ${post?.stderr}`]),
    ...job.leftBehind.map(({ command }) => `still runs: ${command}`),
  ];
}

/** What differs from before the job for a developer whose configuration was {@link OWN}. */
export function whatIsLeftOfTheLogin({
  job,
  post,
  configuration,
  filesOfTheCli,
  appcircle,
}: Aftermath): string[] {
  const files = filesOfTheCli.join();
  const { current, envs, ...more } = JSON.parse(configuration) as CliConfiguration;
  return [
    ...job.leftBehind.map(({ command }) => `still runs: ${command}`),
    ...(post?.exitCode === 0 && post.stderr === ''
      ? []
      : [`post ended with ${post?.exitCode}, ${post?.stderr}`]),
    ...(post?.annotations ?? [])
      .filter(({ title }) => title !== '')
      .map(({ title }) => `post says "${title}"`),
    ...(Object.keys(more).length === 0 ? [] : [`"${Object.keys(more)}" is left in the file`]),
    ...(current === OWN.current ? [] : [`"${current}" is current`]),
    ...(JSON.stringify(envs['staging']) === JSON.stringify(OWN.envs['staging'])
      ? []
      : ['another environment changed']),
    ...(appcircle.issued.some(({ access_token }) => files.includes(access_token))
      ? ['the token is left']
      : []),
  ];
}

function textsIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder).map((name) => readIfThere(join(folder, name)))
    : [];
}
