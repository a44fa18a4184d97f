import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Accounts,
  API_KEY,
  type Organization,
  ROOT,
} from '../../sandbox/appcircle/accounts.ts';
import {
  type Branch,
  BUILD_PROFILE,
  DISTRIBUTION_PROFILE,
  type Profile,
  type Projects,
  STORE_PROFILE,
} from '../../sandbox/appcircle/projects.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { installCli } from '../../sandbox/cli/install.ts';

const ACT = resolve('.tools/bin/act');
const NODE_FOLDER = resolve('node_modules/.bin');
const STAND_INS = resolve('scripts/examples/stand-ins');

export const IOS_TEAM: Organization = {
  id: 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  name: 'iOS Team',
};
export const ANDROID_TEAM: Organization = {
  id: '4b8e2d70-c5a1-4f39-86e4-0d9a7c3b5f12',
  name: 'Android Team',
};
export const PAYMENTS: Organization = {
  id: 'a1c3e5f7-0b2d-4f68-9a7c-8e6d4b2f0a1c',
  name: 'Payments',
};
const TEAMS = [IOS_TEAM, ANDROID_TEAM, PAYMENTS];

/** What act is given for `vars`. */
const VARIABLES: Readonly<Record<string, string>> = {
  APPCIRCLE_API_KEY_NAME: API_KEY.name,
  APPCIRCLE_API_KEY_EXPIRES_ON: dayFromNow(200),
  APPCIRCLE_PROFILE_ID: BUILD_PROFILE.id,
  APPCIRCLE_WORKFLOW_ID: BUILD_PROFILE.workflows[0]?.id ?? '',
  APPCIRCLE_CONFIGURATION_ID: BUILD_PROFILE.configurations[0]?.id ?? '',
  APPCIRCLE_DISTRIBUTION_PROFILE_ID: DISTRIBUTION_PROFILE.id,
  APPCIRCLE_STORE_PROFILE_ID: STORE_PROFILE.id,
};

export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Appcircle's ID of the commit that the workflow runs for. */
export const COMMIT_ID = '7d2f4b90-8e31-4c6a-a5d7-1b9e0c3f6a82';

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
  /** The organizations that the key has a role in besides its own. By default all. */
  readonly teams?: readonly Organization[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly secret?: string;
  /** What to change in the file so that nobody waits for minutes, such as `sleep 15`, and into what. */
  readonly faster?: Readonly<Record<string, string>>;
  /** What goes wrong with the stand-in for the Appcircle CLI. */
  readonly cli?: readonly CliFault[];
  /** Files that the release has. By default an app. */
  readonly attached?: readonly string[];
  /** Titles of issues that are open on GitHub. */
  readonly issues?: readonly string[];
  /** Called before the run. */
  readonly prepare?: (appcircle: Appcircle) => void;
  /** Called every 20 ms during the run. */
  readonly during?: (appcircle: Appcircle, cancel: () => void) => void;
  /** What the log must hold. */
  readonly says?: readonly string[];
  /** More that must hold afterwards. */
  readonly expect?: (run: Run) => Readonly<Record<string, boolean>>;
}

/** What is left of a run. */
export interface Run {
  readonly exitCode: number | null;
  readonly log: string;
  readonly appcircle: Appcircle;
  /** The arguments of each call of `gh`, as bash quotes them. */
  readonly gh: readonly string[];
  /** The arguments of each call of curl. */
  readonly curl: readonly string[];
}

/** Runs an example under act in a repository of its own, against an Appcircle of its own, and says what does not hold. */
export async function runCase(it: Case): Promise<{ complaints: string[]; log: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  const commit = createRepository(join(folder, 'repository'), it);
  const appcircle = await startAppcircle({
    projects: projectsFor(commit),
    accounts: accountsFor(it),
    ...it.appcircle,
  });
  try {
    it.prepare?.(appcircle);
    writeWorkflow(join(folder, 'repository'), it, appcircle);
    writeAction(join(folder, 'action'), appcircle);
    writeStandIns(join(folder, 'stand-ins'), it);
    const { exitCode, log } = await runAct(folder, it, appcircle);
    const [gh, curl] = ['gh', 'curl'].map((tool) =>
      readCalls(join(folder, 'stand-ins', `${tool}.calls`)),
    );
    return {
      complaints: judge(it, { exitCode, log, appcircle, gh: gh ?? [], curl: curl ?? [] }),
      log,
    };
  } finally {
    await appcircle.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function createRepository(repository: string, { example }: Case): string {
  mkdirSync(repository);
  copyFileSync(join(STAND_INS, 'gradlew'), join(repository, 'gradlew'));
  chmodSync(join(repository, 'gradlew'), 0o755);
  writeFileSync(join(repository, 'README.md'), `Runs ${example}\n`);
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
  const author = [
    '-c',
    'user.name=Acme',
    '-c',
    'user.email=acme@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  git(...author, 'commit', '--quiet', '--message', 'An app');
  return git('rev-parse', 'HEAD');
}

/** The build profile is connected to the repository: it knows its commit. */
function projectsFor(hash: string): Projects {
  const main: Branch = {
    id: '0a9c5e71-4d28-4b3f-9e60-c7f1d2a8b345',
    name: 'main',
    commits: [{ id: COMMIT_ID, hash }],
  };
  const distributionProfile = ({ id, name }: Organization): Profile => ({
    id: `f${id.slice(1)}`,
    name: `Testers of ${name}`,
    organizationId: id,
  });
  return {
    buildProfiles: [{ ...BUILD_PROFILE, branches: [main] }],
    distributionProfiles: [DISTRIBUTION_PROFILE, ...TEAMS.map(distributionProfile)],
    storeProfiles: [STORE_PROFILE],
  };
}

function accountsFor({ teams = TEAMS }: Case): Accounts {
  const organizations = [ROOT, ...teams].map(({ id }) => id);
  return {
    root: ROOT,
    subOrganizations: TEAMS,
    apiKeys: [{ ...API_KEY, organizations }],
    personalAccessKeys: [],
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
  const outside = text
    .split('\n')
    .find((line) => /appcircle\.(io|example)/.test(line) && !/^\s*#/.test(line));
  if (outside !== undefined) throw new Error(`${example} would leave this machine: ${outside}`);
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
  // The files in dist/ are ES modules.
  copyFileSync('package.json', join(action, 'package.json'));
}

function writeStandIns(
  folder: string,
  { cli: faults = [], attached = ['acme.apk'], issues = [] }: Case,
): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['curl', 'gh', 'npm']) {
    copyFileSync(join(STAND_INS, name), join(bin, name));
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(folder, 'issues'), issues.map((title) => `${title}\n`).join(''));
  writeFileSync(join(folder, 'attached'), attached.map((name) => `${name}\n`).join(''));
  installCli(join(folder, 'cli'), { faults });
}

function readCalls(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}

async function runAct(
  folder: string,
  it: Case,
  appcircle: Appcircle,
): Promise<Pick<Run, 'exitCode' | 'log'>> {
  const home = join(folder, 'home');
  mkdirSync(home);
  const event = join(folder, 'event.json');
  writeFileSync(event, JSON.stringify(it.payload ?? {}));
  const variables = { ...VARIABLES, ...it.variables };
  const variablesFile = join(folder, 'variables');
  writeFileSync(variablesFile, dotenv(variables));
  const secretsFile = join(folder, 'secrets');
  writeFileSync(
    secretsFile,
    dotenv({ APPCIRCLE_API_KEY_SECRET: it.secret ?? API_KEY.secret, GITHUB_TOKEN: 'no-token' }),
  );
  const args = [
    it.event,
    ...['--workflows', join('.github', 'workflows', it.example)],
    ...['--eventpath', event, '--var-file', variablesFile, '--secret-file', secretsFile],
    ...['ubuntu-latest', 'self-hosted', 'linux'].flatMap((label) => [
      '--platform',
      `${label}=-self-hosted`,
    ]),
    ...['--local-repository', `appcircleio/access-token-action@v1=${join(folder, 'action')}`],
    '--no-cache-server',
  ];
  const { AC_ACCESS_TOKEN: _token, ...env } = process.env;
  const standIns = join(folder, 'stand-ins');
  const act = spawn(ACT, args, {
    cwd: join(folder, 'repository'),
    env: {
      ...env,
      PATH: [join(standIns, 'bin'), NODE_FOLDER, env['PATH']].join(':'),
      STAND_INS: standIns,
      REAL_CURL,
      HOME: home,
      XDG_CACHE_HOME: join(home, '.cache'),
      XDG_CONFIG_HOME: join(home, '.config'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [act.stdout, act.stderr])
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = once(act, 'close');
  const end = Date.now() + TIMEOUT_MS;
  while (act.exitCode === null && act.signalCode === null) {
    it.during?.(appcircle, () => act.kill('SIGINT'));
    if (Date.now() > end) act.kill('SIGKILL');
    await sleep(20);
  }
  const [exitCode] = (await closed) as [number | null];
  return { exitCode, log: Buffer.concat(chunks).toString() };
}

/** In quotes, so that a value may have several lines. */
function dotenv(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value.replaceAll('\n', '\\n')}"\n`)
    .join('');
}

function judge(it: Case, run: Run): string[] {
  const { exitCode, log, appcircle, curl } = run;
  const secrets = appcircle.issued.flatMap((answer) => [
    answer.access_token,
    answer.refresh_token,
    answer.id_token,
  ]);
  const expectations = {
    'it ends before the time is up': exitCode !== null,
    [`it ends ${it.ends}`]: it.ends === 'green' ? exitCode === 0 : exitCode === 1,
    'the secret is nowhere in the log': !log.includes(it.secret ?? API_KEY.secret),
    'no token is anywhere in the log':
      !secrets.some((secret) => log.includes(secret)) && !log.includes('eyJ'),
    'no token is among the arguments of curl': !curl.some((call) =>
      secrets.some((secret) => call.includes(secret)),
    ),
    'each request to the API was authorized': appcircle.requests.every(isAuthorized),
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

function isAuthorized({ host, path, headers }: Appcircle['requests'][number]): boolean {
  return (
    host === 'auth' ||
    path.startsWith('/storage/') ||
    headers.authorization?.startsWith('Bearer ') === true
  );
}
