// Runs .github/workflows/e2e.yml as it is under nektos/act, without containers, and checks from outside what a person
// sees in its log and what is left on the machine: bash .ci/run tools e2e
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

const ACT = join('.tools', 'bin', 'act');
const WORKFLOW = join('.github', 'workflows', 'e2e.yml');

/** How a developer left the Appcircle CLI on this machine: logged in, to an environment of their own. */
const DEVELOPERS_CLI: CliConfiguration = {
  current: 'developer',
  envs: {
    default: { ...NEW_ENVIRONMENT },
    developer: { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'the-developers-own' },
  },
};

interface ActRun {
  exitCode: number;
  log: string;
}

/** The environment of this process, but for what the job must not find or leave in it. */
function jobEnvironment(home: string): NodeJS.ProcessEnv {
  const {
    AC_ACCESS_TOKEN: _token,
    // npm tells its scripts which folder is theirs; the job's own `npm ci` would work on that one instead of on its copy.
    npm_config_local_prefix: _folder,
    npm_config_cache: cache = join(homedir(), '.npm'),
    npm_config_userconfig: settings = join(homedir(), '.npmrc'),
    ...rest
  } = process.env;
  const folders = {
    HOME: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
  };
  return { ...rest, ...folders, npm_config_cache: cache, npm_config_userconfig: settings };
}

async function runAct(env: NodeJS.ProcessEnv): Promise<ActRun> {
  const args = [
    'push',
    '--workflows',
    WORKFLOW,
    '--platform',
    'ubuntu-latest=-self-hosted',
    '--no-cache-server',
  ];
  const act = spawn(ACT, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [act.stdout, act.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      process.stdout.write(chunk);
    });
  }
  const [exitCode] = await once(act, 'close');
  return { exitCode, log: Buffer.concat(chunks).toString() };
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** What should hold of the run and of the CLI's configuration after it, and whether it does. */
function judge(
  { exitCode, log }: ActRun,
  { current, envs }: CliConfiguration,
): Record<string, boolean> {
  const { env } = parse(readFileSync(WORKFLOW, 'utf8'));
  const { 'github-actions': ofTheJob, ...others } = envs;
  const isMasked = (label: string): boolean => log.includes(`| ${label}: ***`);
  return {
    'each step and each check in the workflow passed': exitCode === 0,
    'a step that says the wrong secret shows ***': isMasked('wrong secret'),
    'a step that says the secret shows ***': isMasked('secret'),
    'a step that says the token shows ***': isMasked('token'),
    'a step that says the Personal Access Key shows ***': isMasked('personal access key'),
    "a step that says the sub-organization's token shows ***": isMasked("sub-organization's token"),
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

if (!existsSync(ACT)) throw new Error(`${ACT} is missing. Run "bash scripts/install-tools.sh".`);
// act would copy the link, and the job's `npm ci` would empty the folder behind it.
if (lstatSync('node_modules').isSymbolicLink())
  throw new Error('node_modules is a link. Run "npm ci" here first.');

const home = mkdtempSync(join(tmpdir(), 'e2e-'));
try {
  const env = jobEnvironment(home);
  const cli = configurationPath(env, process.platform);
  writeConfiguration(cli, DEVELOPERS_CLI);
  const run = await runAct(env);
  console.log();
  for (const [what, holds] of Object.entries(judge(run, readConfiguration(cli)))) {
    console.log(`${holds ? 'ok' : 'NOT OK'}  ${what}`);
    if (!holds) process.exitCode = 1;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
