import type { Chance } from './chance.ts';
import type { FileTrouble } from './files.ts';
import { drawSecret, spelled } from './texts.ts';
import { ROOT } from './virtual.ts';

const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
export const CONFIGURATION = `${ROOT}/config/@appcircle/cli-nodejs/config.json`;
/** The token of a job that was killed with its runner. */
const LEFT_BEHIND = 'of a killed job';
export const DAY = 24 * 60 * 60 * 1000;
const NAMES = ['iOS Team', 'ios team', 'Android', 'Café', '"quoted" & <b>', '::error::x'];

/** What keeps a connection from being made: Node's codes, or nothing ever happens. */
export const CONNECT_ERRORS = [
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ECONNRESET',
  'EAI_AGAIN',
  'ENOTFOUND',
  'never connects',
];
export const UNTRUSTED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];
/** What keeps one from being made safe. */
export const TLS_ERRORS = [
  ...UNTRUSTED,
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_REVOKED',
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

export interface Organization {
  readonly id: string;
  readonly name: string;
}

export type Plan = ReturnType<typeof drawPlan>;

/** Draws a step and the world it meets, as far as both are settled when it starts. */
export function drawPlan(chance: Chance) {
  /** Nothing goes wrong for long, so that there must be a token. */
  const isBenign = chance.in100(15);
  const events = drawEvents(chance, isBenign);
  const key = drawSecret(chance);
  const endpoints = drawEndpoints(chance);
  const [auth, api] = endpoints;
  const directory = drawDirectory(chance);
  const organization = drawOrganization(chance, directory, isBenign, key);
  const timeoutSeconds = isBenign ? 600 : chance.pick([1, 5, 60, 60, 600]);
  const invalid = !isBenign && chance.in100(8) ? drawInvalid(chance, key) : undefined;
  const inputs: Record<string, string> = {
    ...drawInputs(chance, endpoints),
    ...drawCredential(chance, key),
    ...drawExpiry(chance, isBenign, events.now),
    'timeout-seconds': String(timeoutSeconds),
    'sub-organization': organization.id ?? organization.name ?? '',
    ...invalid?.inputs,
  };
  const { proxy, usesProxy, variables, secrets } = drawProxy(chance, isBenign, endpoints);
  const runner = drawRunner(chance, isBenign);
  const cli = drawCli(chance, isBenign);
  const texts = new Map([...runner.texts, ...cli.texts]);
  const given = [inputs['api-key-secret'], inputs['personal-access-key']];
  return {
    ...events,
    isBenign,
    auth,
    api,
    directory,
    organization,
    inputs,
    proxy,
    usesProxy,
    cli,
    /** The names of the invalid inputs. */
    invalidInputs: invalid?.names ?? [],
    timeoutMs: timeoutSeconds * 1000,
    configureCli: inputs['configure-cli'] !== 'false',
    exportEnv: inputs['export-env'] === 'true',
    earlierToken: runner.earlierToken,
    variables: { ...runner.variables, ...variables },
    files: { texts, troubles: runner.troubles, room: chance.pick([0, 10, 200, 2000]) },
    /** What must not be seen, as far as it is known at the start. */
    secrets: [...given, ...secrets].flatMap((secret) => secret || []),
    paging: chance.pick(['pages', 'whole', 'refuses parameters']),
    /** Of 100 requests, how many meet trouble. */
    troublePercent: isBenign ? 0 : chance.pick([0, 0, 10, 40, 80]),
    lasting: drawLasting(chance, isBenign),
    /** Whether the operating system trusts servers that Node does not. */
    systemTrusts: chance.in100(40),
  };
}

/** What happens to the job, and its clock. */
function drawEvents(chance: Chance, isBenign: boolean) {
  const step = (percent: number) =>
    !isBenign && chance.in100(percent) ? chance.int(0, chance.pick([6, 30])) : undefined;
  return {
    /** The wall clock at the start, and how far the server's is ahead of it. */
    now: Date.UTC(2026, chance.int(0, 30), 5, 7, 9, 11),
    skewMs: chance.in100(80) ? 0 : chance.pick([-43_200_000, 43_200_000]),
    /** At which step of the virtual time the job is cancelled, the runner kills main, and the clock jumps. */
    cancelAt: step(15),
    killAt: step(6),
    jumpAt: step(15),
    jumpMs: chance.pick([-1, 1]) * chance.pick([3_600_000, 400 * DAY]),
    /** Whether the runner kills main while the CLI is at work. */
    killWithCli: !isBenign && chance.in100(3),
    /** Whether another job logs the CLI in before post, and whether post can't write the CLI's configuration. */
    otherJob: chance.in100(8),
    isLockedAtPost: !isBenign && chance.in100(8),
  };
}

function drawInputs(chance: Chance, [auth, api]: Endpoints): Record<string, string> {
  return {
    'auth-endpoint': auth.href,
    'api-endpoint': api.href,
    'allow-insecure-http': String(auth.protocol === 'http:' && !isLoopback(auth.hostname)),
    'export-env': chance.pick(['true', 'true', 'true', 'false']),
    'configure-cli': chance.pick(['true', 'false']),
    summary: chance.pick(['auto', 'always', 'never']),
  };
}

function drawCredential(chance: Chance, key: string): Record<string, string> {
  if (chance.in100(50)) return { 'personal-access-key': key };
  const name = chance.in100(85) ? 'ci key' : textWith(chance, key);
  return { 'api-key-name': name, 'api-key-secret': key };
}

function drawExpiry(chance: Chance, isBenign: boolean, now: number): Record<string, string> {
  if (chance.in100(50)) return {};
  const expires = new Date(now + chance.int(-3, 40) * DAY).toISOString().slice(0, 10);
  if (isBenign || chance.in100(60)) return { 'key-expires-on': expires };
  return { 'key-expires-on': expires, 'expiry-failure-days': String(chance.int(0, 40)) };
}

/** Something that a user wrote by mistake, the key in it. */
function textWith(chance: Chance, key: string): string {
  return `a ${spelled(chance, key).text} b`;
}

/** Invalid inputs, one or two of them, and their names. */
function drawInvalid(chance: Chance, key: string) {
  const secret = 'api-key-secret';
  const invalid: { name: string; inputs: Record<string, string> }[] = [
    { name: secret, inputs: { [secret]: '', 'personal-access-key': '' } },
    { name: secret, inputs: { [secret]: drawSecret(chance), 'personal-access-key': key } },
    { name: 'configure-cli', inputs: { 'configure-cli': 'on' } },
    { name: 'timeout-seconds', inputs: { 'timeout-seconds': textWith(chance, key) } },
    { name: 'auth-endpoint', inputs: { 'auth-endpoint': 'https://u:pass@a.example' } },
    {
      name: 'auth-endpoint',
      inputs: { 'auth-endpoint': 'http://a.example', 'allow-insecure-http': 'false' },
    },
  ];
  const [first, second] = [chance.pick(invalid), chance.pick(invalid)];
  return { names: [first.name, second.name], inputs: { ...first.inputs, ...second.inputs } };
}

/** What the runner gives a step: variables and files, some of them wrong. */
function drawRunner(chance: Chance, isBenign: boolean) {
  const variables: Record<string, string> = {
    PATH: `${ROOT}/bin`,
    XDG_CONFIG_HOME: `${ROOT}/config`,
    APPDATA: `${ROOT}/config`,
  };
  if (chance.in100(40)) variables['RUNNER_DEBUG'] = '1';
  const earlierToken = chance.in100(35) ? `earlier${chance.letters(30)}` : '';
  if (earlierToken) variables['AC_ACCESS_TOKEN'] = earlierToken;
  const texts = new Map<string, string>();
  const troubles = new Map<string, FileTrouble>();
  for (const name of FILES) {
    const path = `${ROOT}/${name}`;
    texts.set(path, chance.in100(20) ? 'earlier=1\n' : '');
    const isWrong = !isBenign && chance.in100(7);
    const wrong = isWrong && chance.pick(['unset', 'read-only', 'full'] as const);
    if (wrong !== 'unset') variables[name] = path;
    if (wrong === 'read-only' || wrong === 'full') troubles.set(path, wrong);
  }
  return { variables, texts, troubles, earlierToken };
}

/** The CLI, what it has in its configuration, and what is wrong with it. */
function drawCli(chance: Chance, isBenign: boolean) {
  const { text, ...configuration } = drawConfiguration(chance, isBenign);
  const isInstalled = isBenign || chance.in100(95);
  const texts = new Map<string, string>();
  if (isInstalled) texts.set(`${ROOT}/bin/appcircle`, '#!');
  if (text !== undefined) texts.set(CONFIGURATION, text);
  const troubles = ['fails', 'hangs', 'pretends', 'holds output', 'is slow'] as const;
  const trouble = isBenign || chance.in100(65) ? undefined : chance.pick(troubles);
  const takesMs = trouble === 'is slow' ? 20_000 : chance.pick([1, 50, 300, 800]);
  return { ...configuration, isInstalled, texts, trouble, takesMs };
}

/** What goes wrong with most requests: trouble at random seldom comes to its end. In benign worlds it is a short outage. */
function drawLasting(chance: Chance, isBenign: boolean) {
  const connectError = chance.pick([...CONNECT_ERRORS, ...TLS_ERRORS, ...UNTRUSTED]);
  const troubles: {
    connectError?: string;
    status?: number;
    listStatus?: number;
    badToken?: string;
    newestVersion?: string;
  }[] = [
    { connectError },
    { connectError },
    { status: chance.pick([302, 400, 401, 403, 404, 421, 425, 429, 500, 501, 503, 511, 530]) },
    { listStatus: chance.pick([401, 403, 404, 500]) },
    { badToken: chance.pick(['wrong organization', 'ended', 'too large', 'web page']) },
    { newestVersion: 'v1' },
    { newestVersion: 'v2' },
  ];
  const isAlways = !isBenign && chance.in100(70);
  /** In milliseconds since the start; undefined for never. */
  const endsAfter = isAlways ? undefined : chance.int(1, 60_000);
  if (!chance.in100(55)) return { endsAfter };
  if (isBenign) return { connectError: chance.pick(['ECONNREFUSED', 'never connects']), endsAfter };
  return { ...chance.pick(troubles), endsAfter };
}

type Endpoints = readonly [auth: URL, api: URL];

function drawEndpoints(chance: Chance): Endpoints {
  const host = chance.pick(['127.0.0.1', 'localhost', '[::1]']);
  const cloud = ['https://auth.appcircle.io', 'https://api.appcircle.io'] as const;
  const [auth, api] = chance.pick([
    cloud,
    cloud,
    ['https://auth.corp.example/prefix/', 'https://api.corp.example:8443'],
    ['http://auth.corp.example', 'http://api.corp.example:8080/x'],
    [`http://${host}:5000`, `https://${host}:5001`],
  ] as const);
  return [new URL(auth), new URL(api)];
}

function drawDirectory(chance: Chance): Organization[] {
  const size = chance.in100(95) ? chance.int(0, 7) : 40;
  return Array.from({ length: size }, (_, at) => ({
    id: chance.guid(),
    name: at < 7 ? chance.pick(NAMES) : `Team ${'of words '.repeat(32)}${at}`,
  }));
}

/** None, one by its GUID, or one by a name that is there if all is well. */
function drawOrganization(
  chance: Chance,
  directory: readonly Organization[],
  isBenign: boolean,
  key: string,
): { id?: string; name?: string } {
  const asked = chance.pick(['nothing', 'id', 'name']);
  if (asked === 'nothing') return {};
  if (asked === 'id') return { id: chance.guid() };
  const names = directory.map(({ name }) => name);
  const single = names.find((name) => names.indexOf(name) === names.lastIndexOf(name));
  if (isBenign) return single === undefined ? {} : { name: single };
  if (single !== undefined && chance.in100(60)) return { name: single };
  return { name: chance.pick([...names, 'Nobody', textWith(chance, key)]) };
}

/** A proxy, what it wants, and who is reached through it. */
function drawProxy(chance: Chance, isBenign: boolean, endpoints: Endpoints) {
  const password = drawSecret(chance).replace(/\s/g, '');
  const login = `bot:${encodeURIComponent(password)}@`;
  const basic = Buffer.from(`bot:${password}`).toString('base64');
  const none = { url: '', port: 0 };
  const authorization = `Basic ${basic}`;
  const proxy: { url: string; port: number; authorization?: string } = chance.pick([
    ...[none, none, none, none, none, none],
    isBenign ? none : { url: 'socks5://proxy.example:1080', port: 0 },
    { url: 'http://proxy.example:3128', port: 3128 },
    { url: `http://${login}proxy.example:3128`, port: 3128, authorization },
    { url: `https://${login}proxy.example:3129`, port: 3129, authorization },
  ]);
  const hosts = endpoints.map(({ hostname }) => hostname);
  const bypassed = chance.pick([[], [], hosts, hosts.slice(0, 1)]);
  const usesProxy = ({ hostname }: URL) =>
    proxy.url !== '' && !isLoopback(hostname) && !bypassed.includes(hostname);
  // Where only the API is behind the proxy, the login is masked after the first answer, which must not repeat it.
  const isMaskedInTime = proxy.authorization !== undefined && usesProxy(endpoints[0]);
  const { url } = proxy;
  const variables: Record<string, string> = {
    HTTPS_PROXY: url,
    HTTP_PROXY: url,
    NO_PROXY: bypassed.join(','),
  };
  return {
    proxy,
    usesProxy,
    secrets: isMaskedInTime ? [password, encodeURIComponent(password), basic] : [],
    variables,
  };
}

export function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** What the CLI's configuration holds, and the environment to go back to. */
function drawConfiguration(chance: Chance, isBenign: boolean) {
  const environment = (token: string) => ({ API_HOSTNAME: 'https://x', AC_ACCESS_TOKEN: token });
  const envs = { default: environment(''), prod: environment('developers-own-token') };
  const developer = { current: 'prod', envs, other: 'kept' };
  const leftBehind = {
    ...developer,
    current: 'github-actions',
    'github-actions': { previous: 'prod' },
    envs: { ...envs, 'github-actions': environment(LEFT_BEHIND) },
  };
  const usable = [
    { text: undefined, previous: 'default', isUsable: true },
    { text: JSON.stringify(developer), previous: 'prod', isUsable: true },
    { text: JSON.stringify(leftBehind), previous: 'prod', isUsable: true },
  ];
  const broken = { text: '{"current": "prod", "envs":', previous: '', isUsable: false };
  return !isBenign && chance.in100(7) ? broken : chance.pick(usable);
}
