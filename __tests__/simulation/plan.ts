import tls from 'node:tls';
import type { FailureTitle } from '../../src/base/failure.ts';
import type { Chance } from './chance.ts';
import type { FileTrouble } from './files.ts';
import { ROOT } from './machine.ts';
import { isLoopback, named, TROUBLES } from './servers.ts';
import { drawSecret, type Planted, spelled, strangeText } from './texts.ts';

const CLOUD = { auth: 'https://auth.appcircle.io', api: 'https://api.appcircle.io' };
const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
export const CONFIGURATION = `${ROOT}/config/@appcircle/cli-nodejs/config.json`;
/** The token of a job that was killed with its runner. */
export const LEFT_BEHIND = 'of a killed job';
const DAY = 24 * 60 * 60 * 1000;

/** Real ones, which Node reads before any story takes its place. */
const [certificate = ''] = tls.rootCertificates;

/** Ways to give a list in pages, and how often. */
const PAGINGS = {
  ours: 40,
  'own size': 15,
  ignores: 10,
  'repeats last': 10,
  'refuses parameters': 10,
  'from 0': 10,
  endless: 1,
};

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly disabled?: boolean;
}

export interface Proxy {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** What `Proxy-Authorization` must be. */
  readonly login: string | undefined;
}

/** What the CLI does instead of its work, and how long after its start. */
export interface CliTrouble {
  readonly kind:
    | 'fails'
    | 'hangs'
    | 'pretends'
    | 'dies'
    | 'floods'
    | 'holds output'
    | 'will not start'
    | 'is slow';
  readonly afterMs: number;
}

/** A step and the world it meets, as far as both are settled when it starts. */
export interface Plan {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** How it must fail before it asks anybody. */
  readonly failsAtOnce: FailureTitle | undefined;
  /** The path of dist/index.js, and the page that the red line links to. */
  readonly program: string;
  readonly page: string;
  /** Nothing goes wrong, so that there must be a token. */
  readonly kind: boolean;
  /** Of 100 requests, how many meet trouble. */
  readonly trouble: number;
  /** Whether the operating system trusts servers that Node does not. */
  readonly systemTrusts: boolean;
  /** What every connection meets, and what every request is answered with: a status, or a bad token of that kind. */
  readonly theme: {
    readonly connection?: string;
    readonly status?: number;
    readonly list?: number;
    readonly token?: string;
    /** The newest path for Personal Access Keys that the server has. */
    readonly server?: 'v1' | 'v2';
    /** Milliseconds after which all that is over. */
    readonly endsAfter?: number;
  };
  readonly credential: 'api-key' | 'personal-access-key';
  /** The key, as it is sent. */
  readonly key: string;
  /** Everything that must not be seen from the start. */
  readonly secrets: string[];
  /** The proxy's password and what is made of it. One that is not used for the key is nobody's to know. */
  readonly login: readonly string[];
  readonly planted: Planted[];
  readonly auth: URL;
  readonly api: URL;
  readonly organization: { readonly id?: string; readonly name?: string } | undefined;
  readonly directory: readonly Organization[];
  readonly paging: keyof typeof PAGINGS;
  /** The status of a page behind the last. */
  readonly pastEnd: number;
  readonly timeoutMs: number;
  readonly configureCli: boolean;
  readonly exportEnv: boolean;
  readonly summary: string;
  readonly earlierToken: string;
  readonly proxy: Proxy | undefined;
  readonly proxyInvalid: boolean;
  readonly noProxy: (host: string) => boolean;
  readonly files: readonly {
    readonly path: string;
    readonly text: string | undefined;
    readonly trouble?: FileTrouble;
  }[];
  readonly room: number;
  readonly cliInstalled: boolean;
  readonly cliTrouble: CliTrouble | undefined;
  readonly configurationTroubleAtPost: FileTrouble | undefined;
  /** Whether another job logs the CLI in before post. */
  readonly otherJob: boolean;
  /** At which step of the virtual time the job is cancelled, the runner kills main, and clocks jump. */
  readonly cancelAt: number | undefined;
  readonly killAt: number | undefined;
  /** Whether the runner kills main while the CLI is at work. */
  readonly killWithCli: boolean;
  readonly jumpAt: number | undefined;
  readonly jumpMs: number;
  /** The wall clock at the start, and the server's clock ahead of it. */
  readonly now: number;
  readonly skewMs: number;
}

export function drawPlan(chance: Chance): Plan {
  const kind = chance.in100(15);
  const trouble = kind ? 0 : chance.pick([0, 0, 10, 40, 80]);
  const bad = !kind && chance.in100(14) ? chance.int(1, 3) : 0;
  const inputs: Record<string, string> = {};
  const now = chance.in100(97)
    ? Date.UTC(2026, chance.int(0, 30), 5, 7, 9, 11)
    : chance.pick([Date.UTC(2001, 0), Date.UTC(9999, 11, 30)]);

  // Which credential, and both halves of it unless that is what is wrong.
  const credential = chance.pick(['api-key', 'personal-access-key'] as const);
  const keyInput = credential === 'api-key' ? 'api-key-secret' : 'personal-access-key';
  const key = drawSecret(chance);
  const padding = chance.in100(8) ? chance.pick([' ', '\n', '\t ']) : '';
  inputs[keyInput] = key + padding;
  if (credential === 'api-key')
    inputs['api-key-name'] = chance.in100(85) ? 'ci key' : drawText(chance, key);

  const { auth, api, insecure } = drawEndpoints(chance);
  for (const [name, url] of Object.entries({ 'auth-endpoint': auth, 'api-endpoint': api })) {
    const isCloud = [`${CLOUD.auth}/`, `${CLOUD.api}/`].includes(url.href);
    const dot = chance.in100(5) && !url.hostname.endsWith(']') ? '.' : '';
    if (!isCloud || chance.in100(30))
      inputs[name] = url.href.replace(url.hostname, url.hostname + dot);
  }
  if (insecure) inputs['allow-insecure-http'] = 'true';

  const directory = drawDirectory(chance);
  const asked = chance.weighted({ none: 4, id: 3, name: 3 });
  let organization: Plan['organization'];
  if (asked === 'id') organization = { id: chance.guid() };
  if (asked === 'name') organization = { name: drawSoughtName(chance, directory, kind, key) };
  if (organization) inputs['sub-organization'] = organization.id ?? organization.name ?? '';
  const exportEnv = chance.in100(75);
  if (!exportEnv || chance.in100(30))
    inputs['export-env'] = exportEnv
      ? chance.pick(['true', 'TRUE'])
      : chance.pick(['false', 'False']);
  if (chance.in100(50)) inputs['configure-cli'] = chance.pick(['true', 'true', 'True', 'false']);
  const summary = chance.pick(['auto', 'auto', 'always', 'never']);
  if (summary !== 'auto') inputs['summary'] = summary;
  const timeout = kind ? 600 : chance.pick([1, 5, 60, 60, 60, 600]);
  if (timeout !== 60) inputs['timeout-seconds'] = String(timeout);
  const expiry = new Date(Math.max(0, now + chance.int(-3, 40) * DAY)).toISOString();
  const written = chance.pick([
    expiry.slice(0, 10),
    expiry.replace('.000Z', '+03:00'),
    expiry.replace('Z', '-0930'),
  ]);
  if (chance.in100(50) && !expiry.startsWith('+')) inputs['key-expires-on'] = written;
  if (chance.in100(20)) inputs['expiry-warning-days'] = String(chance.int(0, 366));
  if (chance.in100(20) && !kind) inputs['expiry-failure-days'] = String(chance.int(0, 40));
  const caFile = `${ROOT}/ca.pem`;
  if (chance.in100(8))
    inputs['ca-certificate'] = chance.pick([
      caFile,
      certificate,
      certificate.replaceAll('\n', '\\n'),
      certificate.replaceAll('\n', ' '),
      certificate.replaceAll(' CERT', ' TRUSTED CERT'),
      certificate.replaceAll(/-----.*-----|\s/g, ''),
      Buffer.from(certificate).toString('base64'),
    ]);
  const invalid = drawInvalid(chance, bad, key);
  Object.assign(inputs, ...invalid);
  const isKeyGiven = inputs[keyInput] === key + padding;
  if (invalid.some((each) => 'auth-endpoint' in each)) delete inputs['allow-insecure-http'];
  // What counts, before anything that can't be seen gets into it.
  const { 'configure-cli': cliInput = 'false', 'export-env': exported, summary: mode } = inputs;
  const configureCli = cliInput !== 'false';
  for (const name of Object.keys(inputs))
    if (chance.in100(2) && !/^(api-key|personal|ca-|sub-)/.test(name))
      inputs[name] = chance.pick([`\ufeff${inputs[name]}`, `${inputs[name]}\u200b`]);

  const env: Record<string, string> = {
    PATH: `${ROOT}/bin`,
    XDG_CONFIG_HOME: `${ROOT}/config`,
    APPDATA: `${ROOT}/config`,
  };
  const proxying = drawProxy(chance, env, kind, auth);
  if (chance.in100(4)) env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  if (chance.in100(40)) env['RUNNER_DEBUG'] = '1';
  if (chance.in100(50))
    Object.assign(env, {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_ACTION_REPOSITORY: 'a/b',
      GITHUB_ACTION_REF: 'v1',
    });
  const earlierToken = chance.in100(35) ? `earlier${chance.letters(30)}` : '';
  if (earlierToken) env['AC_ACCESS_TOKEN'] = earlierToken;

  const files = FILES.map((name) => {
    const path = `${ROOT}/${name}`;
    const wrong =
      kind || chance.in100(93)
        ? 'nothing'
        : chance.pick(['unset', 'missing', 'read-only', 'full', 'folder'] as const);
    if (wrong !== 'unset') env[name] = path;
    if (wrong === 'missing') return { path, text: undefined };
    const text = chance.in100(20) ? 'earlier=1\n' : '';
    if (wrong === 'nothing' || wrong === 'unset') return { path, text };
    return { path, text, trouble: wrong };
  });
  const [configuration, usable] = drawConfiguration(chance, kind);
  const cliInstalled = kind || chance.in100(93);
  const drawnProgram = chance.pick(Object.keys(PROGRAMS));
  const [page, server] = [PROGRAMS[drawnProgram] ?? '', env['GITHUB_SERVER_URL']];
  const troubles = [
    'fails',
    'hangs',
    'pretends',
    'pretends',
    'dies',
    'floods',
    'holds output',
    'will not start',
    'is slow',
  ] as const;
  const event = (percent: number) =>
    !kind && chance.in100(percent) ? chance.int(0, chance.pick([6, 30])) : undefined;
  return {
    inputs,
    env,
    failsAtOnce:
      titleOfInvalid(invalid, inputs) ??
      (configureCli && !cliInstalled ? 'The Appcircle CLI is not installed' : undefined) ??
      (configureCli && !usable
        ? 'The configuration of the Appcircle CLI is not usable'
        : undefined),
    program: drawnProgram,
    page: server ? page || `${server}/a/b/blob/v1/` : '',
    kind,
    trouble,
    systemTrusts: chance.in100(40),
    theme: drawTheme(chance, kind),
    credential,
    key,
    planted: [],
    auth,
    api,
    organization,
    directory,
    paging: drawPaging(chance, directory, kind),
    pastEnd: chance.pick([200, 200, 204, 400, 404]),
    timeoutMs: timeout * 1000,
    configureCli,
    exportEnv: !/^false$/i.test(exported ?? ''),
    summary: mode ?? 'auto',
    earlierToken,
    ...proxying,
    secrets: [...(isKeyGiven ? [key] : []), ...proxying.secrets],
    files: [
      ...files,
      { path: caFile, text: certificate },
      {
        path: CONFIGURATION,
        text: configuration,
        ...(!kind && chance.in100(3) && { trouble: 'read-only' as const }),
      },
    ],
    room: chance.pick([0, 0, 10, 200, 2000]),
    cliInstalled,
    cliTrouble:
      kind || chance.in100(65)
        ? undefined
        : { kind: chance.pick(troubles), afterMs: chance.pick([1, 50, 300, 800, 20_000]) },
    configurationTroubleAtPost:
      !kind && chance.in100(8) ? chance.pick(['read-only', 'full', 'unreadable']) : undefined,
    otherJob: chance.in100(8),
    cancelAt: event(15),
    killAt: event(6),
    killWithCli: !kind && chance.in100(3),
    jumpAt: event(15),
    // Dates of HTTP have no year 10,000.
    jumpMs:
      chance.pick(now > Date.UTC(9000) ? [-1, -1] : [-1, 1]) *
      chance.pick([1000, 3_600_000, 400 * DAY]),
    now,
    skewMs: chance.in100(80) ? 0 : chance.pick([-1, 1]) * chance.pick([5000, 7_200_000]),
  };
}

/** Something that a user wrote by mistake, the key among it. */
function drawText(chance: Chance, key: string): string {
  if (chance.in100(50)) return `a ${spelled(chance, key).text} b`;
  return strangeText(chance).trim() || 'x';
}

/** Where the action may be, and the page that its red line links to then; with none, by the variables of the runner. */
const PROGRAMS: Readonly<Record<string, string>> = {
  '/w/own/dist/index.js': '',
  '/w/_actions/o/r/v1/dist/index.js': 'https://github.com/o/r/blob/v1/',
  'D:\\w\\_actions\\o\\r\\my/v 1\\dist\\index.js': 'https://github.com/o/r/blob/my/v%201/',
};

/** A credential alone that is missing has a title of its own. */
function titleOfInvalid(
  invalid: readonly Record<string, string>[],
  inputs: Readonly<Record<string, string>>,
): FailureTitle | undefined {
  if (invalid.length === 0) return undefined;
  const [name, secret, key] = ['api-key-name', 'api-key-secret', 'personal-access-key'].map(
    (input) => inputs[input]?.trim(),
  );
  const isMissing = !key && !(name && secret);
  const others = invalid.filter((each) => !('personal-access-key' in each));
  return isMissing && others.length === 0 ? 'No Appcircle credential' : 'Invalid inputs';
}

/** Values that no input may have, for so many inputs. */
function drawInvalid(chance: Chance, count: number, key: string): Record<string, string>[] {
  const strange = drawText(chance, key);
  // One input, or two that do not go together.
  const invalid: readonly Record<string, string>[] = [
    { 'api-key-secret': '', 'personal-access-key': '' },
    { 'api-key-name': '', 'api-key-secret': '', 'personal-access-key': ' ' },
    { 'api-key-name': '', 'api-key-secret': drawSecret(chance), 'personal-access-key': '' },
    { 'api-key-secret': drawSecret(chance), 'personal-access-key': drawSecret(chance) },
    ...['2026-02-30', 'soon', '2026-01-01T00:00', '2026-01-01T25:00Z', strange].map((text) => ({
      'key-expires-on': text,
    })),
    ...['367', '-1', '1.5', strange].map((text) => ({ 'expiry-warning-days': text })),
    { 'expiry-failure-days': '1e2' },
    { 'export-env': 'yes' },
    { 'configure-cli': 'on' },
    { summary: strange },
    ...['0', '601', '1e3', '0x10'].map((text) => ({ 'timeout-seconds': text })),
    ...['http://a.example', 'ftp://a.example', 'https://u:pass@a.example', '::error::x'].map(
      (url) => ({
        'auth-endpoint': url,
      }),
    ),
    ...[`https://${'a.'.repeat(130)}example`, 'https://a.example/#x', 'https://'].map((url) => ({
      'api-endpoint': url,
    })),
    ...[
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      '-----BEGIN PRIVATE KEY-----',
      `${ROOT}/GITHUB_ENV`,
    ].map((pem) => ({
      'ca-certificate': pem,
    })),
  ];
  return Array.from({ length: count }, () => chance.pick(invalid));
}

/**
 * Trouble at random seldom comes to its end: something else does. Nearly half of the worlds have one thing that is wrong all the time, or
 * for a while. In kind ones that is a short outage.
 */
function drawTheme(chance: Chance, kind: boolean): Plan['theme'] {
  if (!chance.in100(45)) return {};
  const outages = ['refused', 'timed out', 'reset', 'no name server', 'never connects'];
  if (kind) return { connection: chance.pick(outages), endsAfter: chance.int(1, 60_000) };
  const statuses = [302, 400, 401, 403, 403, 403, 404, 404, 404, 404, 418, 429, 500, 503, 511];
  const themes: Plan['theme'][] = [
    { connection: chance.pick(Object.keys(TROUBLES)) },
    { connection: chance.pick(['never connects', 'unnamed fault', 'untrusted', 'self-signed']) },
    { status: chance.pick(statuses) },
    { list: chance.pick([401, 403, 403, 404, 500]) },
    { server: 'v1' },
    { server: 'v2' },
    {
      token: chance.pick([
        'wrong organization',
        'wrong organization',
        'ended',
        'too large',
        'web page',
        'odd token',
      ]),
    },
  ];
  const theme = chance.pick(themes);
  return chance.in100(30) ? { ...theme, endsAfter: chance.pick([1000, 10_000, 40_000]) } : theme;
}

function drawEndpoints(chance: Chance): { auth: URL; api: URL; insecure: boolean } {
  const of = (auth: string, api: string, insecure = false) => ({
    auth: new URL(auth),
    api: new URL(api),
    insecure,
  });
  const port = chance.int(1024, 65535);
  const kinds = {
    cloud: () => of(CLOUD.auth, CLOUD.api),
    own: () => of('https://auth.corp.example/prefix/', 'https://api.corp.example:8443'),
    'one host': () => of('https://appcircle.corp.example', 'https://appcircle.corp.example/api'),
    loopback: () => {
      const host = chance.pick(['127.0.0.1', 'localhost', '[::1]', '127.8.9.1']);
      return of(
        `http://${host}:${port}`,
        `${chance.pick(['http', 'https'])}://${host}:${port + (port < 60000 ? 1 : -1)}`,
      );
    },
    address: () => of('https://10.1.2.3', 'https://10.1.2.4:8443'),
    insecure: () => of('http://auth.corp.example', 'http://api.corp.example:8080/x', true),
  };
  return kinds[
    chance.weighted({ cloud: 42, own: 20, 'one host': 8, address: 5, loopback: 15, insecure: 10 })
  ]();
}

const NAMES = [
  'iOS Team',
  'ios team',
  'iOS  Team ',
  'iOS\u200b Team',
  'iOS\u00a0Team',
  'Android',
  'Cafe\u0301',
  'Café',
  '"quoted" & <b>',
  '::error::x',
];

function drawDirectory(chance: Chance): Organization[] {
  const long = chance.in100(5) ? 'x'.repeat(290) : '';
  const size = chance.in100(95) && !long ? chance.int(0, 6) : chance.int(20, 230);
  return Array.from({ length: size }, (_, at) => ({
    id: chance.guid(),
    name: at < 6 && !long ? chance.pick(NAMES) : `Team ${long}${at}`,
    disabled: chance.in100(15),
  }));
}

/** From 0 the first page is seen only where it is the whole list. */
function drawPaging(
  chance: Chance,
  directory: readonly Organization[],
  kind: boolean,
): Plan['paging'] {
  const drawn = chance.weighted(PAGINGS);
  const hidesSome = drawn === 'from 0' && directory.length > 100;
  return hidesSome || (kind && drawn === 'endless') ? 'ours' : drawn;
}

/** A name that is there, if there is any and all is well. */
function drawSoughtName(
  chance: Chance,
  directory: readonly Organization[],
  kind: boolean,
  key: string,
): string {
  const single = directory.find(({ name }) => named(directory, name).length === 1);
  if (single && (kind || chance.in100(60))) return single.name.trim();
  if (kind) return 'Nobody';
  if (chance.in100(15)) return drawText(chance, key);
  return chance.pick([...directory.map(({ name }) => name), ...NAMES, 'Nobody']).trim();
}

function drawProxy(chance: Chance, env: Record<string, string>, kind: boolean, { hostname }: URL) {
  const none = {
    proxy: undefined,
    proxyInvalid: false,
    noProxy: () => false,
    secrets: [] as string[],
    login: [] as string[],
  };
  if (chance.in100(65)) return none;
  const setAll = (value: string) => {
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY'])
      env[chance.in100(50) ? name : name.toLowerCase()] = value;
  };
  if (!kind && chance.in100(6)) {
    const password = chance.letters(12);
    setAll(
      chance.pick([
        'socks5://proxy.example:1080',
        'http://',
        'http://u:%zz@proxy.example',
        'http://proxy.example:3128/proxy.pac',
        `http://bot:${password}${chance.pick([...'/?#\\'])}@proxy.example:3128`,
      ]),
    );
    return { ...none, proxyInvalid: true, secrets: isLoopback(hostname) ? [] : [password] };
  }
  const secure = chance.in100(20);
  const password = chance.in100(50) ? drawSecret(chance).replace(/\s/g, '') : '';
  const user = chance.pick(['bot', 'bot', '']);
  const login = user || password ? `${user}:${encodeURIComponent(password)}@` : '';
  setAll(
    secure
      ? `https://${login}proxy.example:3129`
      : `${chance.pick(['http://', ''])}${login}proxy.example:3128`,
  );
  const [text, noProxy] = chance.pick<[string, (host: string) => boolean]>([
    ['', () => false],
    ['', () => false],
    ['*', () => true],
    ['localhost, .corp.example', (host) => host.endsWith('.corp.example')],
    ['other;*.api.corp.example', (host) => host === 'api.corp.example'],
    ['auth.appcircle.io,other', (host) => host === 'auth.appcircle.io'],
    ['192.168.* auth.appcircle.io:443', (host) => host === 'auth.appcircle.io'],
    ['proxy.example,io', (host) => host.endsWith('.io')],
    ['fe80::/10;10.1.2.0/30', (host) => host === '10.1.2.3'],
  ]);
  if (text) env[chance.pick(['NO_PROXY', 'no_proxy'])] = text;
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const all = password ? [password, encodeURIComponent(password), basic] : [];
  return {
    proxy: {
      host: 'proxy.example',
      port: secure ? 3129 : 3128,
      secure,
      login: login ? `Basic ${basic}` : undefined,
    },
    proxyInvalid: false,
    noProxy,
    secrets: noProxy(hostname) || isLoopback(hostname) ? [] : all,
    login: all,
  };
}

/** What the CLI's configuration holds, and whether that can be read. */
function drawConfiguration(chance: Chance, kind: boolean): [string | undefined, boolean] {
  const environment = (token = '') => ({
    API_HOSTNAME: CLOUD.api,
    AUTH_HOSTNAME: CLOUD.auth,
    AC_ACCESS_TOKEN: token,
  });
  const own = {
    default: environment(),
    prod: environment('developers-own-token'),
    extra: { kept: [1, { x: true }] },
  };
  const texts = {
    none: undefined,
    fresh: JSON.stringify({ current: 'default', envs: { default: environment() } }),
    developer: JSON.stringify({ current: 'prod', envs: own, other: 'kept' }),
    dotted: JSON.stringify({ current: 'a.b', envs: { ...own, a: { b: environment('nested') } } }),
    'left behind': JSON.stringify({
      current: 'github-actions',
      envs: { ...own, 'github-actions': environment(LEFT_BEHIND) },
    }),
    noted: JSON.stringify({
      current: 'github-actions',
      'github-actions': { previous: 'prod' },
      envs: { ...own, 'github-actions': environment(LEFT_BEHIND) },
    }),
    'current is gone': JSON.stringify({ current: 'gone', envs: own }),
    broken: '{"current": "prod", "envs": {"prod": {"AC_ACCESS_TOKEN": "developers-own"',
    empty: '',
    list: '[]',
  };
  const odd = kind ? 0 : 1;
  const drawn = chance.weighted({
    none: 3,
    fresh: 3,
    developer: 6,
    dotted: 2,
    'left behind': 2,
    noted: 1,
    'current is gone': 1,
    broken: odd,
    empty: odd,
    list: odd,
  });
  return [texts[drawn], !['broken', 'empty', 'list'].includes(drawn)];
}
