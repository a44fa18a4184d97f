import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  API_KEY,
  DEFAULT_ACCOUNTS,
  type Organization,
  ROOT,
} from '../../sandbox/appcircle/accounts.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { type InstalledCli, installCli } from '../../sandbox/cli/install.ts';
import type { Fault } from '../../sandbox/network/faults.ts';
import { type ActRun, jobEnvironment, runAct } from '../act.ts';
import { apiAnswers, cliAnswers, IDS, TEAMS } from './appcircle.ts';

const NODE_FOLDER = resolve('node_modules/.bin');
const STAND_INS = resolve('scripts/examples/stand-ins');

/** What act is given for `vars`. */
const VARIABLES: Readonly<Record<string, string>> = {
  APPCIRCLE_API_KEY_NAME: API_KEY.name,
  APPCIRCLE_API_KEY_EXPIRES_ON: dayFromNow(200),
  APPCIRCLE_PROFILE_ID: IDS.buildProfile,
  APPCIRCLE_WORKFLOW_ID: IDS.workflow,
  APPCIRCLE_CONFIGURATION_ID: IDS.configuration,
  APPCIRCLE_DISTRIBUTION_PROFILE_ID: IDS.distributionProfile,
  APPCIRCLE_STORE_PROFILE_ID: IDS.storeProfile,
};

export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

const REAL_CURL = spawnSync('bash', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim();

const TIMEOUT_MS = 90_000;

/** One run of an example, and what should come of it. */
export interface Case {
  readonly example: string;
  /** What happens, such as "the build fails". */
  readonly when: string;
  readonly ends: 'green' | 'red';
  readonly event: 'push' | 'release' | 'workflow_dispatch';
  /** The event's payload. */
  readonly payload?: object;
  readonly appcircle?: AppcircleOptions;
  /** What the API answers on a path, in this order and so many times, before it answers as usual. */
  readonly api?: readonly (readonly [path: string, answer: Fault, times?: number | 'always'])[];
  /** What the stand-in for the Appcircle CLI does, rather than what it usually does. */
  readonly cli?: readonly CliFault[];
  /** The organizations that the key has a role in besides its own. By default all. */
  readonly teams?: readonly Organization[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly secret?: string;
  /** What to change in the file so that nobody waits for minutes, such as `sleep 15`, and into what. */
  readonly faster?: Readonly<Record<string, string>>;
  /** Files that the release has. By default an app. */
  readonly attached?: readonly string[];
  /** Titles of issues that are open on GitHub. */
  readonly issues?: readonly string[];
  /** Cancels the run once the log holds this. */
  readonly cancelAt?: string;
  /** What the log must hold. */
  readonly says?: readonly string[];
  /** More that must hold afterwards. */
  readonly expect?: (run: Run) => Readonly<Record<string, boolean>>;
}

/** What is left of a run. */
export interface Run extends ActRun {
  readonly appcircle: Appcircle;
  /** Each call of the Appcircle CLI by the example, without those by the action. */
  readonly cli: readonly string[];
  /** The arguments of each call of `gh`, as bash quotes them. */
  readonly gh: readonly string[];
  /** The arguments of each call of curl. */
  readonly curl: readonly string[];
}

/** Runs an example under act in a repository of its own, against an Appcircle of its own, and says what does not hold. */
export async function runCase(it: Case): Promise<{ complaints: string[]; log: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  const commit = createRepository(join(folder, 'repository'));
  const appcircle = await startAppcircle({ accounts: accountsFor(it), ...it.appcircle });
  for (const [path, answer, times = 1] of [...(it.api ?? []), ...apiAnswers])
    appcircle.fail(answer, { on: 'api', path, times });
  try {
    writeWorkflow(join(folder, 'repository'), it, appcircle);
    writeAction(join(folder, 'action'), appcircle);
    const standIns = join(folder, 'stand-ins');
    const cli = writeStandIns(standIns, it, commit);
    const ended = await runExample(folder, it);
    const isOfTheExample = (call: string) => !/^(config|logout)\b/.test(call);
    const run: Run = {
      ...ended,
      appcircle,
      cli: cli
        .calls()
        .map((call) => call.join(' '))
        .filter(isOfTheExample),
      gh: readCalls(join(standIns, 'gh.calls')),
      curl: readCalls(join(standIns, 'curl.calls')),
    };
    return { complaints: judge(it, run), log: run.log };
  } finally {
    await appcircle.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes a repository with one commit, and returns its hash. */
function createRepository(repository: string): string {
  mkdirSync(repository);
  copyExecutable('gradlew', repository);
  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  const settings = ['user.name=Acme', 'user.email=acme@example.com', 'commit.gpgsign=false'];
  const options = settings.flatMap((setting) => ['-c', setting]);
  git(...options, 'commit', '--quiet', '--message', 'An app');
  return git('rev-parse', 'HEAD');
}

function accountsFor({ teams = TEAMS }: Case): typeof DEFAULT_ACCOUNTS {
  const organizations = [ROOT, ...teams].map(({ id }) => id);
  return {
    ...DEFAULT_ACCOUNTS,
    subOrganizations: TEAMS,
    apiKeys: [{ ...API_KEY, organizations }],
  };
}

/** Copies the example with the sandbox's endpoints in place of Appcircle's. Throws if something to change is not there. */
function writeWorkflow(
  repository: string,
  { example, faster = {} }: Case,
  { authEndpoint, apiEndpoint }: Appcircle,
): void {
  let text = readFileSync(join('examples', example), 'utf8')
    .replaceAll('https://auth.appcircle.example.com', authEndpoint)
    .replaceAll('https://api.appcircle.example.com', apiEndpoint)
    .replaceAll('https://api.appcircle.io', apiEndpoint);
  for (const [slow, fast] of Object.entries(faster)) {
    if (!text.includes(slow)) throw new Error(`${example} has no "${slow}"`);
    text = text.replaceAll(slow, fast);
  }
  const outside = /^(?!\s*#).*appcircle\.(io|example).*/m.exec(text);
  if (outside) throw new Error(`${example} would leave this machine: ${outside[0]}`);
  const folder = join(repository, '.github', 'workflows');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, example), text);
}

/** The action as it is checked out here, but for its default endpoints, so that the examples need no endpoints of their own. */
function writeAction(action: string, { authEndpoint, apiEndpoint }: Appcircle): void {
  cpSync('dist', join(action, 'dist'), { recursive: true });
  const metadata = readFileSync('action.yml', 'utf8')
    .replace('default: https://auth.appcircle.io', `default: ${authEndpoint}`)
    .replace('default: https://api.appcircle.io', `default: ${apiEndpoint}`);
  if (metadata.includes('appcircle.io'))
    throw new Error('The default endpoints are not where they were in action.yml');
  writeFileSync(join(action, 'action.yml'), metadata);
}

function writeStandIns(
  folder: string,
  { cli = [], attached = ['acme.apk'], issues = [] }: Case,
  commit: string,
): InstalledCli {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['curl', 'gh', 'npm']) copyExecutable(name, bin);
  writeFileSync(join(folder, 'issues'), issues.map((title) => `${title}\n`).join(''));
  writeFileSync(join(folder, 'attached'), attached.map((name) => `${name}\n`).join(''));
  return installCli(join(folder, 'cli'), { faults: [...cli, ...cliAnswers(commit)] });
}

function copyExecutable(name: string, folder: string): void {
  copyFileSync(join(STAND_INS, name), join(folder, name));
  chmodSync(join(folder, name), 0o755);
}

function readCalls(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}

function runExample(folder: string, it: Case): Promise<ActRun> {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const home = join(folder, 'home');
  mkdirSync(home);
  const secrets = { APPCIRCLE_API_KEY_SECRET: it.secret ?? API_KEY.secret, GITHUB_TOKEN: 'none' };
  const options = {
    workflows: join('.github', 'workflows', it.example),
    eventpath: write('event.json', JSON.stringify(it.payload ?? {})),
    'var-file': write('variables', dotenv({ ...VARIABLES, ...it.variables })),
    'secret-file': write('secrets', dotenv(secrets)),
    'local-repository': `appcircleio/access-token-action@v1=${join(folder, 'action')}`,
  };
  const platforms = ['ubuntu-latest', 'self-hosted', 'linux'];
  const standIns = join(folder, 'stand-ins');
  const path = [join(standIns, 'bin'), NODE_FOLDER, process.env['PATH']].join(':');
  let log = '';
  return runAct({
    args: [
      it.event,
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      ...platforms.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
    ],
    cwd: join(folder, 'repository'),
    env: { ...jobEnvironment(home), PATH: path, STAND_INS: standIns, REAL_CURL },
    timeout: TIMEOUT_MS,
    onOutput: (part, act) => {
      log += part;
      const isTime = it.cancelAt !== undefined && log.includes(it.cancelAt);
      if (isTime && !act.killed) act.kill('SIGINT');
    },
  });
}

/** In quotes, so that a value may have several lines. */
function dotenv(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value.replaceAll('\n', '\\n')}"\n`)
    .join('');
}

function judge(it: Case, run: Run): string[] {
  const { exitCode, log, appcircle, curl } = run;
  const tokens = appcircle.issued.flatMap((answer) => [
    answer.access_token,
    answer.refresh_token,
    answer.id_token,
  ]);
  const hasToken = (text: string) => tokens.some((token) => text.includes(token));
  const expectations = {
    'it ends before the time is up': exitCode !== null,
    [`it ends ${it.ends}`]: exitCode === (it.ends === 'green' ? 0 : 1),
    'the secret is nowhere in the log': !log.includes(it.secret ?? API_KEY.secret),
    'no token is anywhere in the log': !hasToken(log) && !log.includes('eyJ'),
    'no token is among the arguments of curl': !curl.some(hasToken),
    'each request to the API was authorized': appcircle.requests.every(
      ({ host, headers }) => host === 'auth' || headers.authorization?.startsWith('Bearer '),
    ),
    // Each example that is pasted says when the key expires.
    'the action knows when the key expires':
      it.ends === 'red' || /API key.* expires (on|in)/.test(log),
    ...Object.fromEntries(
      (it.says ?? []).map((text) => [`the log says "${text}"`, log.includes(text)]),
    ),
    ...it.expect?.(run),
  };
  return Object.entries(expectations)
    .filter(([, holds]) => !holds)
    .map(([what]) => what);
}
