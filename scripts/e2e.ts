// Runs .github/workflows/e2e.yml as it is under nektos/act, without containers, and checks from outside what a person
// sees in its log and what is left on the machine: bash .ci/run tools e2e
import { lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from '../sandbox/cli/configuration.ts';
import { type ActRun, jobEnvironment, runAct } from './act.ts';

const WORKFLOW = join('.github', 'workflows', 'e2e.yml');

/** How a developer left the Appcircle CLI on this machine: logged in, to an environment of their own. */
const DEVELOPERS_CLI: CliConfiguration = {
  current: 'developer',
  envs: {
    default: { ...NEW_ENVIRONMENT },
    developer: { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'the-developers-own' },
  },
};

/** A job with a home of its own still finds npm's cache and settings, for its `npm ci`. */
function environment(home: string): NodeJS.ProcessEnv {
  const {
    // npm tells its scripts which folder is theirs; the job's own `npm ci` would work on that one instead of on its copy.
    npm_config_local_prefix: _folder,
    npm_config_cache = join(homedir(), '.npm'),
    npm_config_userconfig = join(homedir(), '.npmrc'),
    ...rest
  } = jobEnvironment(home);
  return { ...rest, npm_config_cache, npm_config_userconfig };
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** What should hold of the run and of the CLI's configuration after it, and whether it does. */
function judge(
  { exitCode, log }: ActRun,
  { current, envs }: CliConfiguration,
): Record<string, boolean> {
  const { env } = parse(readFileSync(WORKFLOW, 'utf8'));
  const { 'github-actions': ofTheJob, ...others } = envs;
  const said = [
    'wrong secret',
    'secret',
    'token',
    'personal access key',
    "sub-organization's token",
  ];
  return {
    'each step and each check in the workflow passed': exitCode === 0,
    'steps that say secrets show ***': said.every((secret) => log.includes(`| ${secret}: ***`)),
    'the wrong secret is nowhere in the log': !log.includes(env.WRONG_SECRET),
    'the secret is nowhere in the log': !log.includes(env.API_KEY_SECRET),
    'the Personal Access Key is nowhere in the log': !log.includes(env.PERSONAL_ACCESS_KEY),
    // The base64 of `{"`, which every JWT begins with.
    'no token is anywhere in the log': !log.includes('eyJ'),
    'the wrong secret made the one error annotation': count(log, '::error ') === 1,
    'the key that is about to expire is warned of': log.includes(
      '::warning title=Appcircle API key expires in 9 days::',
    ),
    'the Appcircle CLI is logged out': ofTheJob === undefined || ofTheJob.AC_ACCESS_TOKEN === '',
    "the developer's own login is back": isDeepStrictEqual(
      { current, envs: others },
      DEVELOPERS_CLI,
    ),
  };
}

// act would copy the link, and the job's `npm ci` would empty the folder behind it.
if (lstatSync('node_modules').isSymbolicLink())
  throw new Error('node_modules is a link. Run "npm ci" here first.');

const home = mkdtempSync(join(tmpdir(), 'e2e-'));
try {
  const env = environment(home);
  const cli = configurationPath(env, process.platform);
  writeConfiguration(cli, DEVELOPERS_CLI);
  const run = await runAct({
    args: ['push', '--workflows', WORKFLOW, '--platform', 'ubuntu-latest=-self-hosted'],
    env,
    onOutput: (part) => process.stdout.write(part),
  });
  console.log();
  for (const [what, holds] of Object.entries(judge(run, readConfiguration(cli)))) {
    console.log(`${holds ? 'ok' : 'NOT OK'}  ${what}`);
    if (!holds) process.exitCode = 1;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
