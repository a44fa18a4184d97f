import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAuthority } from '../sandbox/network/certificates.ts';
import { isGuid } from '../src/base/guid.ts';
import { cloud, readSettings, type Settings, secretInputs } from '../src/settings.ts';
import { anyCharacter } from './support/any-character.ts';
import { failureOf, type Told } from './support/failures.ts';

const KEY = { 'personal-access-key': 'pak_1' };
const AUTHORITY = (await createAuthority('Acme internal CA')).certificatePem.trim();

const folder = mkdtempSync(join(tmpdir(), 'appcircle-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a file with this text. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function read(inputs: Readonly<Record<string, string>>): Settings {
  return readSettings((name) => inputs[name] ?? '');
}

function rejected(inputs: Readonly<Record<string, string>>): Told {
  return failureOf(() => read(inputs));
}

/** What is wrong with an input, besides a credential that is right. */
function complaint(inputs: Readonly<Record<string, string>>): string {
  const { title, reason, remedy } = rejected({ ...KEY, ...inputs });
  expect([title, remedy]).toEqual([
    'Invalid inputs',
    'Correct this input in the step\'s "with:". Nothing was sent.',
  ]);
  return reason;
}

test('the inputs that hold a secret are known by name', () => {
  expect(secretInputs).toEqual(['api-key-secret', 'personal-access-key']);
});

test.each([
  ['', '', false],
  ['https://auth.acme.example', '', true],
  ['https://auth.acme.example', 'https://api.acme.example', true],
  ['https://auth.acme.example', 'https://auth.acme.example', true],
])(
  'with the endpoints "%s" and "%s", the server is one of its own: %s',
  (authEndpoint, apiEndpoint, own) => {
    expect(
      read({ ...KEY, 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint }).selfHosted,
    ).toBe(own);
  },
);

test('a key alone leaves every other input at its default', () => {
  expect(read(KEY)).toEqual({
    credential: { type: 'personal-access-key', key: 'pak_1' },
    subOrganization: undefined,
    keyExpiresOn: undefined,
    expiryWarningDays: 14,
    expiryFailureDays: undefined,
    exportEnv: true,
    configureCli: false,
    summary: 'auto',
    authEndpoint: 'https://auth.appcircle.io',
    apiEndpoint: 'https://api.appcircle.io',
    selfHosted: false,
    caCertificate: undefined,
    timeoutMs: 60_000,
  });
});

test('with everything given, everything is as it was given', () => {
  expect(
    read({
      'api-key-name': 'github-actions',
      'api-key-secret': 'sk_1',
      'sub-organization': 'iOS Team',
      'key-expires-on': '2026-11-30',
      'expiry-warning-days': '30',
      'expiry-failure-days': '3',
      'export-env': 'false',
      'configure-cli': 'true',
      summary: 'never',
      'auth-endpoint': 'https://auth.acme.example/appcircle/',
      'api-endpoint': 'https://api.acme.example:8443',
      'ca-certificate': AUTHORITY,
      'allow-insecure-http': 'true',
      'timeout-seconds': '90',
    }),
  ).toEqual({
    credential: { type: 'api-key', name: 'github-actions', secret: 'sk_1' },
    subOrganization: { name: 'iOS Team' },
    keyExpiresOn: Date.UTC(2026, 10, 30),
    expiryWarningDays: 30,
    expiryFailureDays: 3,
    exportEnv: false,
    configureCli: true,
    summary: 'never',
    authEndpoint: 'https://auth.acme.example/appcircle',
    apiEndpoint: 'https://api.acme.example:8443',
    selfHosted: true,
    caCertificate: AUTHORITY,
    timeoutMs: 90_000,
  });
});

const ONE_CREDENTIAL =
  'Give one credential: api-key-name with api-key-secret, or personal-access-key.';

test.each([
  [
    { 'api-key-name': 'a' },
    'this input',
    'api-key-secret is empty, but api-key-name is set: an API key needs both.',
  ],
  [
    { 'api-key-secret': 's' },
    'this input',
    'api-key-name is empty, but api-key-secret is set: an API key needs both.',
  ],
  [
    { 'personal-access-key': 'p', 'api-key-name': 'a' },
    'these 2 inputs',
    `personal-access-key and api-key-name are both set. ${ONE_CREDENTIAL}`,
  ],
  [
    { 'personal-access-key': 'p', 'api-key-secret': 's' },
    'these 2 inputs',
    `personal-access-key and api-key-secret are both set. ${ONE_CREDENTIAL}`,
  ],
  [
    { 'personal-access-key': 'p', 'api-key-name': 'a', 'api-key-secret': 's' },
    'these 2 inputs',
    `personal-access-key and api-key-name are both set. ${ONE_CREDENTIAL}`,
  ],
])('%j is not exactly one credential', (inputs, which, reason) => {
  expect(rejected(inputs)).toEqual({
    title: 'Invalid inputs',
    reason,
    remedy: `Correct ${which} in the step's "with:". Nothing was sent.`,
  });
});

test('no credential at all says why there may be none', () => {
  expect(rejected({ 'api-key-name': ' ', summary: 'always' })).toEqual({
    title: 'No Appcircle credential',
    reason: `api-key-name, api-key-secret and personal-access-key are all empty. ${ONE_CREDENTIAL}`,
    remedy:
      "If these inputs come from secrets, check the secrets' names: GitHub gives a secret that does not exist as empty text. Pull requests from forks get no secrets, and Dependabot runs see only Dependabot secrets.",
  });
});

test('no credential hides nothing else that is wrong', () => {
  const { title, reason } = rejected({ summary: 'x', 'auth-endpoint': 'y' });
  expect(title).toBe('No Appcircle credential');
  expect(reason).toMatch(/are all empty\..* auth-endpoint is "y"\..* summary is "x"\./);
});

test('all that is wrong is told at once, in the order of reading', () => {
  expect(rejected({ 'api-key-secret': 's', 'timeout-seconds': 'x', 'export-env': 'y' })).toEqual({
    title: 'Invalid inputs',
    reason:
      'api-key-name is empty, but api-key-secret is set: an API key needs both. export-env is "y". It must be true or false. timeout-seconds is "x". It must be a number of seconds from 1 to 600.',
    remedy: 'Correct these 3 inputs in the step\'s "with:". Nothing was sent.',
  });
});

const ALL_WRONG = {
  'api-key-name': 'a',
  'allow-insecure-http': 'x1',
  'auth-endpoint': 'x2',
  'api-endpoint': 'x3',
  'key-expires-on': 'x4',
  'expiry-warning-days': 'x5',
  'expiry-failure-days': 'x6',
  'export-env': 'x7',
  'configure-cli': 'x8',
  summary: 'x9',
  'ca-certificate': 'x10',
  'timeout-seconds': 'x11',
};

test('whatever is wrong, it is told whatever else is', () => {
  const { 'api-key-name': _name, ...others } = ALL_WRONG;
  const every = rejected(ALL_WRONG);
  expect(every.remedy).toBe('Correct these 12 inputs in the step\'s "with:". Nothing was sent.');
  expect(every.reason).toContain('api-key-secret is empty');
  for (const [name, value] of Object.entries(others))
    expect(every.reason).toContain(`${name} is "${value}". It must be `);
  fc.assert(
    fc.property(fc.subarray(Object.entries(others), { minLength: 1 }), (some) => {
      const { reason } = rejected({ ...KEY, ...Object.fromEntries(some) });
      for (const [name, value] of some)
        expect(reason).toContain(`${name} is "${value}". It must be `);
    }),
  );
});

test.each(['https://auth.acme.example', 'auth.acme.example', 'https://auth.acme.example?x'])(
  'the auth-endpoint %s does not hide that api-endpoint is missing',
  (auth) => {
    for (const needs of [{ 'configure-cli': 'true' }, { 'sub-organization': 'iOS Team' }]) {
      expect(rejected({ ...KEY, 'auth-endpoint': auth, ...needs }).reason).toContain(
        "api-endpoint is Appcircle cloud's, but auth-endpoint names a server of your own.",
      );
    }
  },
);

test.each([
  'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  'D3F8A1B6-2C47-4E90-9B3D-5F6E7A8C9D01',
  '00000000-0000-0000-0000-000000000000',
])('%s is a GUID', (text) => {
  expect(isGuid(text)).toBe(true);
  expect(read({ ...KEY, 'sub-organization': ` ${text} ` }).subOrganization).toEqual({ id: text });
});

test.each([
  'd3f8a1b62c474e909b3d5f6e7a8c9d01',
  'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d0',
  'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d012',
  '0d3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  'g3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  '{d3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01}',
  'iOS "Team" 🚀',
])('%s is a name', (text) => {
  expect(isGuid(text)).toBe(false);
  expect(read({ ...KEY, 'sub-organization': text }).subOrganization).toEqual({ name: text });
});

test('any other text is a name, letter by letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const name = text.trim();
      fc.pre(name !== '' && !isGuid(name));
      expect(read({ ...KEY, 'sub-organization': text }).subOrganization).toEqual({ name });
    }),
  );
});

test('key-expires-on is a day or an instant with its offset', () => {
  expect(read({ ...KEY, 'key-expires-on': '2026-11-30T09:00:00+03:00' }).keyExpiresOn).toBe(
    Date.UTC(2026, 10, 30, 6),
  );
  expect(complaint({ 'key-expires-on': '2026-11-30T09:00:00' })).toBe(
    'key-expires-on is "2026-11-30T09:00:00". It must be an existing day as YYYY-MM-DD, or an ISO 8601 date-time with an offset such as 2026-11-30T09:00:00+03:00, up to the year 9999 in UTC.',
  );
});

test.each([
  '9999-12-31T23:59:59-01:00',
  '9999-12-31T23:00:00-01:00',
  '10000-01-01',
  '2026-02-30',
  '2026-13-01',
  '30.11.2026',
])('key-expires-on is no %s', (text) => {
  expect(complaint({ 'key-expires-on': text })).toContain(
    `key-expires-on is "${text}". It must be an existing day`,
  );
});

test.each([
  ['9999-12-31', Date.UTC(9999, 11, 31)],
  ['9999-12-31T22:59:59-01:00', Date.UTC(9999, 11, 31, 23, 59, 59)],
])('key-expires-on may be %s, the last of its kind', (text, instant) => {
  expect(read({ ...KEY, 'key-expires-on': text }).keyExpiresOn).toBe(instant);
});

test.each(['0', '1', '14', '014', '366'])('%s is a number of days', (text) => {
  const settings = read({ ...KEY, 'expiry-warning-days': text, 'expiry-failure-days': text });
  expect(settings.expiryWarningDays).toBe(Number(text));
  expect(settings.expiryFailureDays).toBe(Number(text));
});

test.each(['367', '-1', '+1', '1.5', '1e2', '0x10', '14 days', '9999999999', '١٤', 'NaN'])(
  '%s is no number of days',
  (text) => {
    expect(complaint({ 'expiry-warning-days': text })).toBe(
      `expiry-warning-days is "${text}". It must be a whole number from 0 to 366.`,
    );
    expect(complaint({ 'expiry-failure-days': text })).toBe(
      `expiry-failure-days is "${text}". It must be a whole number from 0 to 366.`,
    );
  },
);

test.each([
  ['1', 1000],
  ['600', 600_000],
  ['1.5', 1500],
  ['1.25', 1250],
  ['0060', 60_000],
])('%s is a number of seconds', (text, ms) => {
  expect(read({ ...KEY, 'timeout-seconds': text }).timeoutMs).toBe(ms);
});

test.each([
  '0',
  '0.999',
  '600.1',
  '601',
  '-1',
  '1e2',
  '60s',
  '1.',
  '.5',
  '1,5',
  '1234567890',
  'Infinity',
])('%s is no number of seconds', (text) => {
  expect(complaint({ 'timeout-seconds': text })).toBe(
    `timeout-seconds is "${text}". It must be a number of seconds from 1 to 600.`,
  );
});

test.each([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])('%s is a boolean', (text, value) => {
  const { exportEnv, configureCli } = read({ ...KEY, 'export-env': text, 'configure-cli': text });
  expect([exportEnv, configureCli]).toEqual([value, value]);
});

test.each(['yes', 'no', '1', '0', 'on', 'tRUE', 'y', 'null'])('%s is no boolean', (text) => {
  for (const name of ['export-env', 'configure-cli', 'allow-insecure-http']) {
    expect(complaint({ [name]: text })).toBe(`${name} is "${text}". It must be true or false.`);
  }
});

test('summary is one of three words', () => {
  expect(['auto', 'always', 'never'].map((summary) => read({ ...KEY, summary }).summary)).toEqual([
    'auto',
    'always',
    'never',
  ]);
  expect(complaint({ summary: 'Always' })).toBe(
    'summary is "Always". It must be one of auto, always, never.',
  );
});

test.each([
  ['https://auth.acme.example', 'https://auth.acme.example'],
  ['https://auth.acme.example/', 'https://auth.acme.example'],
  ['https://AUTH.acme.example:443//', 'https://auth.acme.example'],
  ['https://acme.example:8443/a/b/', 'https://acme.example:8443/a/b'],
  ['https://[2001:db8::1]/x', 'https://[2001:db8::1]/x'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://127.0.0.1:3000/p', 'http://127.0.0.1:3000/p'],
  ['http://127.255.0.9', 'http://127.255.0.9'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
])('the endpoint %s is %s', (text, endpoint) => {
  const settings = read({ ...KEY, 'auth-endpoint': text, 'api-endpoint': text });
  expect([settings.authEndpoint, settings.apiEndpoint]).toEqual([endpoint, endpoint]);
});

const NO_URL = 'the base URL of a server, such as https://auth.example.com';
const NO_TLS =
  'an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted';
const NO_BASE = 'a base URL without "?" or "#"';

test.each([
  ['auth.acme.example', NO_URL],
  ['//auth.acme.example', NO_URL],
  ['https://', NO_URL],
  ['ftp://auth.acme.example', NO_URL],
  ['file:///etc/passwd', NO_URL],
  ['javascript:alert(1)', NO_URL],
  ['https://auth.acme.example/?a=1', NO_BASE],
  ['https://auth.acme.example/#a', NO_BASE],
  ['http://auth.acme.example', NO_TLS],
  ['http://localhost.acme.example', NO_TLS],
  ['http://notlocalhost', NO_TLS],
  ['http://10.0.0.1', NO_TLS],
  ['http://127.0.0.1.acme.example', NO_TLS],
  ['http://127.evil.example', NO_TLS],
  // What it resolves to is not said: a proxy might be asked.
  ['http://auth.localhost', NO_TLS],
  [`https://${'a.'.repeat(130)}example`, NO_URL],
])('the endpoint %s is refused', (text, allowed) => {
  for (const [name, other] of [
    ['auth-endpoint', 'api-endpoint'],
    ['api-endpoint', 'auth-endpoint'],
  ] as const) {
    expect(complaint({ [name]: text, [other]: 'https://acme.example' })).toContain(
      `${name} is "${text}". It must be ${allowed}.`,
    );
  }
});

test('allow-insecure-http lets any host be reached without TLS', () => {
  const url = 'http://auth.acme.example';
  const inputs = { 'auth-endpoint': url, 'api-endpoint': url, 'allow-insecure-http': 'true' };
  expect(read({ ...KEY, ...inputs }).authEndpoint).toBe(url);
});

test.each([
  'https://user@acme.example',
  'https://:hunter2@acme.example',
  'http://user:hunter2@acme.example?a',
  'ftp://user:hunter2@acme.example',
  'user:hunter2@acme.example',
  'https://user:hunter2@acme.example:99999',
  'https://user:hunt/er2@acme.example',
])('the endpoint %s is refused without a word of what may be a password', (text) => {
  expect(complaint({ 'auth-endpoint': text })).toBe(
    'auth-endpoint holds a user name or a password. Give the URL without them.',
  );
});

test("a server of one's own needs both endpoints, where both are used", () => {
  const auth = { 'auth-endpoint': 'https://auth.acme.example' };
  expect(complaint({ 'api-endpoint': 'https://api.acme.example' })).toBe(
    "auth-endpoint is Appcircle cloud's, but api-endpoint names a server of your own. Give both: otherwise the key is sent to Appcircle cloud.",
  );
  expect(complaint({ ...auth, 'sub-organization': 'iOS Team' })).toBe(
    "api-endpoint is Appcircle cloud's, but auth-endpoint names a server of your own. Give both: a sub-organization's name is looked up there.",
  );
  expect(complaint({ ...auth, 'configure-cli': 'true' })).toBe(
    "api-endpoint is Appcircle cloud's, but auth-endpoint names a server of your own. Give both: configure-cli uses both.",
  );
});

test('one endpoint is enough, where no other is used', () => {
  const auth = { ...KEY, 'auth-endpoint': 'https://auth.acme.example' };
  const byGuid = { ...auth, 'sub-organization': 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01' };
  expect(read(byGuid).apiEndpoint).toBe(cloud.apiEndpoint);
  // The defaults of action.yml are the cloud, as empty inputs are.
  const cloudByName = { 'auth-endpoint': cloud.authEndpoint, 'api-endpoint': cloud.apiEndpoint };
  expect(read({ ...KEY, ...cloudByName, 'sub-organization': 'iOS Team' }).authEndpoint).toBe(
    cloud.authEndpoint,
  );
});

test('an endpoint that is wrong is not called empty on top of it', () => {
  expect(
    complaint({ 'auth-endpoint': 'auth.acme.example', 'api-endpoint': 'https://api.acme.example' }),
  ).toBe(`auth-endpoint is "auth.acme.example". It must be ${NO_URL}.`);
  expect(
    complaint({
      'auth-endpoint': 'https://auth.acme.example',
      'api-endpoint': 'x',
      'configure-cli': 'true',
    }),
  ).toBe(`api-endpoint is "x". It must be ${NO_URL}.`);
});

test('certificates are read from text, whatever stands around them', () => {
  const text = `Acme internal CA\n${AUTHORITY}\nand again\n${AUTHORITY}\n`;
  expect(read({ ...KEY, 'ca-certificate': text }).caCertificate).toBe(`${AUTHORITY}\n${AUTHORITY}`);
});

test('certificates are read from a file', () => {
  const path = file('ca.pem', `\uFEFF${AUTHORITY}\r\n`);
  expect(read({ ...KEY, 'ca-certificate': path }).caCertificate).toBe(AUTHORITY);
});

test("a file that can't be read is told with its path and the reason", () => {
  for (const [path, code] of [
    ['./none.pem', 'ENOENT'],
    [folder, 'EISDIR'],
    // A path with a NUL in it is none.
    ['a\0b', 'ERR_INVALID_ARG_VALUE'],
  ] as const) {
    expect(complaint({ 'ca-certificate': path })).toBe(
      `ca-certificate is "${path}". It must be PEM text, or the path of a PEM file that can be read (${code}).`,
    );
  }
});

const NO_PEM =
  'is not a PEM certificate. Give one or more blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.';

// By name: AUTHORITY differs in each run, and so would the title.
test.each([
  ['nonsense', '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----'],
  ['a certificate without an end', '-----BEGIN CERTIFICATE-----\nMIIB'],
  [
    'a request for a certificate',
    '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----',
  ],
  [
    'one cut short after a good one',
    `${AUTHORITY}\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----`,
  ],
  [
    'nonsense after a good one',
    `${AUTHORITY}\n-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----`,
  ],
])('ca-certificate as text is refused: %s', (_what, text) => {
  expect(complaint({ 'ca-certificate': text })).toBe(`ca-certificate: the text ${NO_PEM}`);
});

test('a file without a certificate in it is refused', () => {
  const path = file('a.der', '0\u0082');
  expect(complaint({ 'ca-certificate': path })).toBe(`ca-certificate: the file ${path} ${NO_PEM}`);
});

test.each([
  'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1DNEM',
  'Ci0tLS0tQkVHSU4gUFJJVkFURSBLRVkt',
  '----BEGIN PRIVATE KEY-----\nMC4C',
  'MDECAQEEIA8gN2VhZGJlZWYwMTIzNDU2Nzg5YWJjZGVm',
  'MC4CAQAwBQYDK2VwBCIEIA8gN2VhZGJlZWYwMTIzNDU2Nzg5YWJjZGVm',
])('%s, which may be a key in Base64, is not repeated', (text) => {
  expect(complaint({ 'ca-certificate': text })).toBe(
    'ca-certificate must be PEM text, or the path of a PEM file that can be read (ENOENT).',
  );
});

test('a link to a file of certificates is followed', () => {
  const link = join(folder, 'link.pem');
  symlinkSync(file('linked.pem', AUTHORITY), link);
  expect(read({ ...KEY, 'ca-certificate': link }).caCertificate).toBe(AUTHORITY.trim());
});

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'EC PRIVATE KEY'])(
  'a %s among the certificates is refused without a word of it',
  (label) => {
    const pem = `${AUTHORITY}\n-----BEGIN ${label}-----\nMC4C\n-----END ${label}-----`;
    expect(complaint({ 'ca-certificate': pem })).toBe(
      'ca-certificate holds a private key. Give the certificates alone, and replace the key if it is in a repository.',
    );
  },
);

test('text of any kind is either settings or a complaint', () => {
  const names = [
    'sub-organization',
    'key-expires-on',
    'expiry-warning-days',
    'summary',
    'auth-endpoint',
    'timeout-seconds',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: anyCharacter }), (name, text) => {
      try {
        expect(read({ ...KEY, [name]: text }).credential).toEqual({
          type: 'personal-access-key',
          key: 'pak_1',
        });
      } catch (error) {
        expect(
          failureOf(() => {
            throw error;
          }).reason,
        ).toContain(`${name} `);
      }
    }),
  );
});

(process.platform === 'linux' ? test : test.skip)(
  'a device is no file of certificates, and is not read',
  () => {
    expect(complaint({ 'ca-certificate': '/dev/zero' })).toBe(
      'ca-certificate is "/dev/zero". It must be PEM text, or the path of a PEM file that can be read (not readable).',
    );
  },
);
