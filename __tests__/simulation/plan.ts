import type { Chance } from './chance.ts';
import { type FileTrouble, ROOT } from './files.ts';
import { drawSecret, type Planted, spelled } from './texts.ts';

const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
export const CONFIGURATION = `${ROOT}/config/@appcircle/cli-nodejs/config.json`;
/** The token of a job that was killed with its runner. */
export const LEFT_BEHIND = 'of a killed job';
export const DAY = 24 * 60 * 60 * 1000;
const NAMES = ['iOS Team', 'ios team', 'Android', 'Café', '"quoted" & <b>', '::error::x'];

/** Errors of Node's in the place of a connection. */
export const UNREACHABLE = [
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ECONNRESET',
  'EAI_AGAIN',
  'ENOTFOUND',
  'never connects',
];
export const UNTRUSTED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];
/** And those of TLS. */
export const UNACCEPTABLE = [
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
  const kind = chance.in100(15);
  const now = Date.UTC(2026, chance.int(0, 30), 5, 7, 9, 11);
  const key = drawSecret(chance);
  const [auth, api] = drawEndpoints(chance);
  const timeoutSeconds = kind ? 600 : chance.pick([1, 5, 60, 60, 600]);
  const inputs: Record<string, string> = {
    'auth-endpoint': auth.href,
    'api-endpoint': api.href,
    'allow-insecure-http': 'true',
    'export-env': chance.pick(['true', 'true', 'true', 'false']),
    'configure-cli': chance.pick(['true', 'false']),
    summary: chance.pick(['auto', 'always', 'never']),
    'timeout-seconds': String(timeoutSeconds),
  };
  if (chance.in100(50)) {
    inputs['api-key-name'] = chance.in100(85) ? 'ci key' : textWith(chance, key);
    inputs['api-key-secret'] = key;
  } else inputs['personal-access-key'] = key;
  if (chance.in100(50)) {
    const expires = new Date(now + chance.int(-3, 40) * DAY);
    inputs['key-expires-on'] = expires.toISOString().slice(0, 10);
    if (!kind && chance.in100(40)) inputs['expiry-failure-days'] = String(chance.int(0, 40));
  }
  const directory = drawDirectory(chance);
  const organization = drawOrganization(chance, directory, kind, key);
  inputs['sub-organization'] = organization.id ?? organization.name ?? '';
  const isInvalid = !kind && chance.in100(8);
  if (isInvalid) Object.assign(inputs, drawInvalid(chance, key));

  const { variables, ...proxying } = drawProxy(chance, kind, [auth, api]);
  const env: Record<string, string> = {
    PATH: `${ROOT}/bin`,
    XDG_CONFIG_HOME: `${ROOT}/config`,
    APPDATA: `${ROOT}/config`,
    ...variables,
  };
  if (chance.in100(40)) env['RUNNER_DEBUG'] = '1';
  const earlierToken = chance.in100(35) ? `earlier${chance.letters(30)}` : '';
  if (earlierToken) env['AC_ACCESS_TOKEN'] = earlierToken;
  const texts = new Map<string, string>();
  const troubles = new Map<string, FileTrouble>();
  for (const name of FILES) {
    const path = `${ROOT}/${name}`;
    texts.set(path, chance.in100(20) ? 'earlier=1\n' : '');
    const isWrong = !kind && chance.in100(7);
    const wrong = isWrong && chance.pick(['unset', 'read-only', 'full'] as const);
    if (wrong !== 'unset') env[name] = path;
    if (wrong === 'read-only' || wrong === 'full') troubles.set(path, wrong);
  }
  const configuration = drawConfiguration(chance, kind);
  if (configuration.text !== undefined) texts.set(CONFIGURATION, configuration.text);
  const cliInstalled = kind || chance.in100(95);
  const configureCli = inputs['configure-cli'] !== 'false';
  const event = (percent: number) =>
    !kind && chance.in100(percent) ? chance.int(0, chance.pick([6, 30])) : undefined;
  const given = [inputs['api-key-secret'], inputs['personal-access-key']];
  return {
    inputs,
    env,
    /** Whether it must fail before it asks anybody. */
    failsAtOnce: isInvalid || (configureCli && !(cliInstalled && configuration.isUsable)),
    kind,
    /** Of 100 requests, how many meet trouble. */
    trouble: kind ? 0 : chance.pick([0, 0, 10, 40, 80]),
    theme: drawTheme(chance, kind),
    /** Whether the operating system trusts servers that Node does not. */
    systemTrusts: chance.in100(40),
    /** Everything that must not be seen. */
    secrets: [...given, ...proxying.secrets].flatMap((secret) => secret || []),
    planted: [] as Planted[],
    auth,
    api,
    organization,
    directory,
    paging: chance.pick(['pages', 'whole', 'refuses parameters']),
    timeoutMs: timeoutSeconds * 1000,
    configureCli,
    exportEnv: inputs['export-env'] === 'true',
    earlierToken,
    proxy: proxying.proxy,
    usesProxy: proxying.usesProxy,
    texts,
    troubles,
    room: chance.pick([0, 10, 200, 2000]),
    /** The CLI's environment to go back to. */
    home: configuration.home,
    cliInstalled,
    cliTrouble:
      kind || chance.in100(65)
        ? undefined
        : chance.pick(['fails', 'hangs', 'pretends', 'holds output', 'is slow'] as const),
    cliTakesMs: chance.pick([1, 50, 300, 800]),
    /** Whether the CLI's configuration can't be written by post, and whether another job logs the CLI in before. */
    isLockedAtPost: !kind && chance.in100(8),
    otherJob: chance.in100(8),
    /** At which step of the virtual time the job is cancelled, the runner kills main, and the clock jumps. */
    cancelAt: event(15),
    killAt: event(6),
    /** Whether the runner kills main while the CLI is at work. */
    killWithCli: !kind && chance.in100(3),
    jumpAt: event(15),
    jumpMs: chance.pick([-1, 1]) * chance.pick([3_600_000, 400 * DAY]),
    /** The wall clock at the start, and the server's clock ahead of it. */
    now,
    skewMs: chance.in100(80) ? 0 : chance.pick([-7_200_000, 7_200_000]),
  };
}

/** Something that a user wrote by mistake, the key in it. */
function textWith(chance: Chance, key: string): string {
  return `a ${spelled(chance, key).text} b`;
}

/** One input, or two, that no step may have. */
function drawInvalid(chance: Chance, key: string): Record<string, string> {
  const invalid = [
    { 'api-key-secret': '', 'personal-access-key': '' },
    { 'api-key-secret': drawSecret(chance), 'personal-access-key': drawSecret(chance) },
    { 'configure-cli': 'on' },
    { 'timeout-seconds': textWith(chance, key) },
    { 'auth-endpoint': 'https://u:pass@a.example' },
    { 'auth-endpoint': 'http://a.example', 'allow-insecure-http': 'false' },
  ];
  return { ...chance.pick(invalid), ...chance.pick(invalid) };
}

/** What is wrong all the time, or for a while: trouble at random seldom comes to its end. In kind worlds that is a short outage. */
function drawTheme(chance: Chance, kind: boolean) {
  const connection = chance.pick([...UNREACHABLE, ...UNACCEPTABLE, ...UNTRUSTED]);
  const themes: {
    connection?: string;
    status?: number;
    list?: number;
    token?: string;
    server?: string;
  }[] = [
    { connection },
    { connection },
    { status: chance.pick([302, 400, 401, 403, 404, 429, 500, 503, 511]) },
    { list: chance.pick([401, 403, 404, 500]) },
    { token: chance.pick(['wrong organization', 'ended', 'too large', 'web page']) },
    { server: 'v1' },
    { server: 'v2' },
  ];
  const isAlways = !kind && chance.in100(70);
  const endsAfter = isAlways ? Number.POSITIVE_INFINITY : chance.int(1, 60_000);
  if (!chance.in100(55)) return { endsAfter };
  if (kind) return { connection: chance.pick(['ECONNREFUSED', 'never connects']), endsAfter };
  return { ...chance.pick(themes), endsAfter };
}

function drawEndpoints(chance: Chance): [URL, URL] {
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
    name: at < 7 ? chance.pick(NAMES) : `Team ${'x'.repeat(290)}${at}`,
  }));
}

/** None, one by its GUID, or one by a name that is there if all is well. */
function drawOrganization(
  chance: Chance,
  directory: readonly Organization[],
  kind: boolean,
  key: string,
): { id?: string; name?: string } {
  const asked = chance.pick(['nothing', 'id', 'name']);
  if (asked === 'nothing') return {};
  if (asked === 'id') return { id: chance.guid() };
  const names = directory.map(({ name }) => name);
  const single = names.find((name) => names.indexOf(name) === names.lastIndexOf(name));
  if (kind) return single === undefined ? {} : { name: single };
  if (single !== undefined && chance.in100(60)) return { name: single };
  return { name: chance.pick([...names, 'Nobody', textWith(chance, key)]) };
}

/** A proxy, what it wants, and who is reached through it. */
function drawProxy(chance: Chance, kind: boolean, endpoints: readonly URL[]) {
  const password = drawSecret(chance).replace(/\s/g, '');
  const login = `bot:${encodeURIComponent(password)}@`;
  const basic = Buffer.from(`bot:${password}`).toString('base64');
  const none = { url: '', port: 0 };
  const authorization = `Basic ${basic}`;
  const proxy: { url: string; port: number; authorization?: string } = chance.pick([
    ...[none, none, none, none, none, none],
    kind ? none : { url: 'socks5://proxy.example:1080', port: 0 },
    { url: 'http://proxy.example:3128', port: 3128 },
    { url: `http://${login}proxy.example:3128`, port: 3128, authorization },
    { url: `https://${login}proxy.example:3129`, port: 3129, authorization },
  ]);
  const hosts = endpoints.map(({ hostname }) => hostname);
  const bypassed = chance.pick([[], [], hosts, hosts.slice(0, 1)]);
  const usesProxy = ({ hostname }: URL) =>
    proxy.url !== '' && !isLoopback(hostname) && !bypassed.includes(hostname);
  // One that the key does not go through is nobody's to know.
  const isKnown = proxy.authorization !== undefined && endpoints.slice(0, 1).some(usesProxy);
  return {
    proxy,
    usesProxy,
    secrets: isKnown ? [password, encodeURIComponent(password), basic] : [],
    variables: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, NO_PROXY: bypassed.join(',') },
  };
}

function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** What the CLI's configuration holds. */
function drawConfiguration(chance: Chance, kind: boolean) {
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
    { text: undefined, home: 'default', isUsable: true },
    { text: JSON.stringify(developer), home: 'prod', isUsable: true },
    { text: JSON.stringify(leftBehind), home: 'prod', isUsable: true },
  ];
  const broken = { text: '{"current": "prod", "envs":', home: '', isUsable: false };
  return !kind && chance.in100(7) ? broken : chance.pick(usable);
}
