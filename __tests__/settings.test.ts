import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAuthority } from '../sandbox/network/certificates.ts';
import { readActionMetadata } from '../sandbox/runner/action-metadata.ts';
import { REPOSITORY } from '../sandbox/runner/step.ts';
import { isFailure } from '../src/base/failure.ts';
import { isGuid } from '../src/base/guid.ts';
import { cloud, readSettings, type Settings, secretInputs } from '../src/settings.ts';
import { anyCharacter } from './support/any-character.ts';
import { type FailureData, failureOf, rawText } from './support/failures.ts';

const KEY = { 'personal-access-key': 'pak_1' };
const AUTHORITY = (await createAuthority('Acme internal CA')).certificatePem.trim();

function read(inputs: Readonly<Record<string, string>>): Settings {
  return readSettings((name) => inputs[name] ?? '');
}

function rejected(inputs: Readonly<Record<string, string>>): FailureData {
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

// An action that uses this one passes on its own inputs, and those that are not set as empty text.
test('the defaults in action.yml are what empty inputs stand for', () => {
  const { inputs: defaults } = readActionMetadata(REPOSITORY);
  expect(read({ ...defaults, ...KEY })).toEqual(read(KEY));
  const overHttp = { ...KEY, 'auth-endpoint': 'http://acme.example' };
  expect(rejected({ ...defaults, ...overHttp })).toEqual(rejected(overHttp));
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
    credential: {
      type: 'api-key',
      name: 'github-actions',
      secret: 'sk_1',
      expiresOn: Date.UTC(2026, 10, 30),
    },
    subOrganization: { name: 'iOS Team' },
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
  [{ 'personal-access-key': 'p', 'api-key-name': 'a' }, 'api-key-name'],
  [{ 'personal-access-key': 'p', 'api-key-secret': 's' }, 'api-key-secret'],
  [{ 'personal-access-key': 'p', 'api-key-name': 'a', 'api-key-secret': 's' }, 'api-key-name'],
])('%j is more than one credential', (inputs, other) => {
  expect(rejected(inputs)).toEqual({
    title: 'Invalid inputs',
    reason: `personal-access-key and ${other} are both set. ${ONE_CREDENTIAL}`,
    remedy: 'Correct these 2 inputs in the step\'s "with:". Nothing was sent.',
  });
});

const WHY_EMPTY =
  "GitHub passes a missing secret or variable as empty text. Check that one of that name exists, that the job names the environment it belongs to, and that the caller of a reusable workflow passes it. Pull requests from forks get neither secrets nor variables. Dependabot runs get variables, but only Dependabot's secrets.";

test.each([
  [
    { 'api-key-name': ' ', summary: 'always' },
    `api-key-name, api-key-secret and personal-access-key are all empty. ${ONE_CREDENTIAL}`,
  ],
  [
    { 'api-key-name': 'a' },
    'api-key-secret is empty, but api-key-name is set: an API key needs both.',
  ],
  [
    { 'api-key-secret': 's' },
    'api-key-name is empty, but api-key-secret is set: an API key needs both.',
  ],
])('%j is no credential, and the line says why there may be none', (inputs, reason) => {
  expect(rejected(inputs)).toEqual({
    title: 'No Appcircle credential',
    reason,
    remedy: `${WHY_EMPTY} Nothing was sent.`,
  });
});

test('a missing credential hides nothing else that is invalid', () => {
  expect(rejected({ 'timeout-seconds': 'x' })).toEqual({
    title: 'Invalid inputs',
    reason: `api-key-name, api-key-secret and personal-access-key are all empty. ${ONE_CREDENTIAL} timeout-seconds is "x". It must be a number of seconds from 1 to 600.`,
    remedy: `Correct this input in the step's "with:". Nothing was sent. ${WHY_EMPTY}`,
  });
});

test('all that is wrong is told at once, in the order of reading', () => {
  expect(rejected({ 'api-key-secret': 's', 'timeout-seconds': 'x', 'export-env': 'y' })).toEqual({
    title: 'Invalid inputs',
    reason:
      'api-key-name is empty, but api-key-secret is set: an API key needs both. export-env is "y". It must be true or false. timeout-seconds is "x". It must be a number of seconds from 1 to 600.',
    remedy: `Correct these 2 inputs in the step's "with:". Nothing was sent. ${WHY_EMPTY}`,
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
  expect(every.remedy).toContain('Correct these 11 inputs in the step\'s "with:".');
  expect(every.reason).toContain('api-key-secret is empty');
  for (const [name, value] of Object.entries(others))
    expect(every.reason).toContain(`${name} is "${value}"`);
  fc.assert(
    fc.property(fc.subarray(Object.entries(others), { minLength: 1 }), (some) => {
      const { reason } = rejected({ ...KEY, ...Object.fromEntries(some) });
      for (const [name, value] of some) expect(reason).toContain(`${name} is "${value}"`);
    }),
  );
});

test.each(['https://auth.acme.example', 'auth.acme.example', 'https://auth.acme.example?x'])(
  'the auth-endpoint %s does not hide that api-endpoint is missing',
  (auth) => {
    for (const needs of [{ 'configure-cli': 'true' }, { 'sub-organization': 'iOS Team' }]) {
      expect(rejected({ ...KEY, 'auth-endpoint': auth, ...needs }).reason).toContain(
        'auth-endpoint is your own server, but api-endpoint is not set. Set it too: ',
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

test.each(['{%s}', '%s\u200b'])('a GUID is one as %j too', (form) => {
  const id = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
  const text = form.replace('%s', id);
  expect(read({ ...KEY, 'sub-organization': text }).subOrganization).toEqual({ id });
});

test.each([
  'd3f8a1b62c474e909b3d5f6e7a8c9d01',
  'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d0',
  'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d012',
  '0d3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  'g3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
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
  expect(read({ ...KEY, 'key-expires-on': '2026-11-30T09:00:00+03:00' }).credential.expiresOn).toBe(
    Date.UTC(2026, 10, 30, 6),
  );
  expect(complaint({ 'key-expires-on': '2026-11-30T09:00:00' })).toBe(
    'key-expires-on is "2026-11-30T09:00:00". It must be a date such as 2026-11-30, or a time with an offset such as 2026-11-30T09:00:00+03:00.',
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
    `key-expires-on is "${text}". It must be a date such as`,
  );
});

test.each([
  '2026\u201011\u201030',
  '2026\u201111\u201130',
  '2026\u201311\u201330',
  '2026-11-30T09:00:00\u221203:00',
])('key-expires-on is told about the hyphens of %j', (text) => {
  expect(complaint({ 'key-expires-on': text })).toBe(
    `key-expires-on is "${text}". It must be written with "-", not with another hyphen.`,
  );
});

test.each([
  ['9999-12-31', Date.UTC(9999, 11, 31)],
  ['9999-12-31T22:59:59-01:00', Date.UTC(9999, 11, 31, 23, 59, 59)],
])('key-expires-on may be %s, the last of its kind', (text, instant) => {
  expect(read({ ...KEY, 'key-expires-on': text }).credential.expiresOn).toBe(instant);
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
  ['https://auth.acme.example.', 'https://auth.acme.example'],
  ['https://auth.acme.example.:8443/a/', 'https://auth.acme.example:8443/a'],
  ['http://localhost.:8080', 'http://localhost:8080'],
  [`https://${'a.'.repeat(126)}a.`, `https://${'a.'.repeat(126)}a`],
])('the endpoint %s is %s', (text, endpoint) => {
  const settings = read({ ...KEY, 'auth-endpoint': text, 'api-endpoint': text });
  expect([settings.authEndpoint, settings.apiEndpoint]).toEqual([endpoint, endpoint]);
});

const NO_URL = 'the base URL of a server, such as https://auth.example.com';
const noUrl = (name: string) => NO_URL.replace('auth', name.replace('-endpoint', ''));
const NO_TLS =
  'an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted';
const NO_BASE = 'a base URL without "?" or "#"';

/** Both endpoints of a server of one's own. */
const OWN = { 'auth-endpoint': 'https://acme.example', 'api-endpoint': 'https://acme.example' };

test.each([
  'auth.acme.example',
  '//auth.acme.example',
  'https://',
  'ftp://auth.acme.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  `https://${'a.'.repeat(130)}example`,
])('the endpoint %s is no URL of a server', (text) => {
  for (const name of ['auth-endpoint', 'api-endpoint'])
    expect(complaint({ ...OWN, [name]: text })).toBe(
      `${name} is "${text}". It must be ${noUrl(name)}.`,
    );
});

test.each([
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
])('the endpoint %s is refused', (text, allowed) => {
  for (const name of ['auth-endpoint', 'api-endpoint'])
    expect(complaint({ ...OWN, [name]: text })).toBe(
      `${name} is "${text}". It must be ${allowed}.`,
    );
});

test('an endpoint with a path of slashes is read at once', () => {
  const slashes = '/'.repeat(120_000);
  const start = performance.now();
  const { authEndpoint } = read({
    ...KEY,
    'auth-endpoint': `https://acme.example/${slashes}a${slashes}`,
  });
  expect(performance.now() - start).toBeLessThan(1000);
  expect(authEndpoint).toBe(`https://acme.example/${slashes}a`);
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
    'api-endpoint is your own server, but auth-endpoint is not set. Set it too: otherwise the key is sent to Appcircle cloud.',
  );
  expect(complaint({ ...auth, 'sub-organization': 'iOS Team' })).toBe(
    "auth-endpoint is your own server, but api-endpoint is not set. Set it too: a sub-organization's name is looked up there.",
  );
  expect(complaint({ ...auth, 'configure-cli': 'true' })).toBe(
    'auth-endpoint is your own server, but api-endpoint is not set. Set it too: configure-cli uses both.',
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
  ).toBe(`api-endpoint is "x". It must be ${noUrl('api-endpoint')}.`);
});

test('ca-certificate is given as PEM text, whatever form it came in', () => {
  const settings = read({ ...KEY, 'ca-certificate': ` ${AUTHORITY.replaceAll('\n', ' ')}\n` });
  expect(settings.caCertificate).toBe(AUTHORITY);
});

test('ca-certificate is complained of like any other input', () => {
  expect(complaint({ 'ca-certificate': './none.pem' })).toBe(
    'ca-certificate is "./none.pem", a path that does not exist here. It must be PEM text, Base64 of a certificate, or the path of a file of certificates.',
  );
});

test.each([
  [
    'key-expires-on',
    '2026-11-30\u200b',
    { credential: expect.objectContaining({ expiresOn: Date.UTC(2026, 10, 30) }) },
  ],
  ['expiry-warning-days', '\u202a30\u202c', { expiryWarningDays: 30 }],
  ['expiry-failure-days', '\u2060 3 \u2060', { expiryFailureDays: 3 }],
  ['export-env', 'fal\u00adse', { exportEnv: false }],
  ['configure-cli', '\ufefftrue', { configureCli: true }],
  ['summary', 'never\u200b', { summary: 'never' }],
  [
    'auth-endpoint',
    'https://auth.acme.example/\u200b',
    { authEndpoint: 'https://auth.acme.example' },
  ],
  ['timeout-seconds', '90\u200b', { timeoutMs: 90_000 }],
  ['api-endpoint', '\u200b', { apiEndpoint: cloud.apiEndpoint }],
])('%s leaves out what is invisible in %j', (name, text, settings) => {
  expect(read({ ...KEY, [name]: text })).toMatchObject(settings);
});

test.each([
  [
    { 'api-key-name': 'a\u200b', 'api-key-secret': 's\u200b' },
    { credential: { type: 'api-key', name: 'a\u200b', secret: 's\u200b' } },
  ],
  [
    { 'personal-access-key': 'p\u200b' },
    { credential: { type: 'personal-access-key', key: 'p\u200b' } },
  ],
  [{ ...KEY, 'sub-organization': 'iOS\u200b' }, { subOrganization: { name: 'iOS\u200b' } }],
])('what is invisible stays in %j', (inputs, settings) => {
  expect(read(inputs)).toMatchObject(settings);
});

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
      let settings: Settings;
      try {
        settings = read({ ...KEY, [name]: text });
      } catch (error) {
        if (!isFailure(error)) throw error;
        expect(rawText(error.reason)).toContain(`${name} `);
        return;
      }
      expect(settings.credential).toEqual({ type: 'personal-access-key', key: 'pak_1' });
    }),
  );
});
