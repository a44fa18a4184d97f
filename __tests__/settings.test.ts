import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAuthority } from '../sandbox/network/certificates.ts';
import { readActionMetadata } from '../sandbox/runner/action-metadata.ts';
import { REPOSITORY } from '../sandbox/runner/step.ts';
import { isFailure } from '../src/base/failure.ts';
import { cloud, readSettings, type Settings, secretInputs } from '../src/settings.ts';
import { anyCharacter } from './support/any-character.ts';
import { type FailureData, failureOf, rawText } from './support/failures.ts';

const KEY = { 'personal-access-key': 'pak_1' };
/** Both endpoints of a server of one's own. */
const OWN = { 'auth-endpoint': 'https://acme.example', 'api-endpoint': 'https://acme.example' };
const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
const AUTHORITY = (await createAuthority('Acme internal CA')).certificatePem.trim();
const ONE_CREDENTIAL =
  'Give one credential: api-key-name with api-key-secret, or personal-access-key.';
const WHY_EMPTY =
  "GitHub passes a missing secret or variable as empty text. Check that one of that name exists, that the job names the environment it belongs to, and that the caller of a reusable workflow passes it. Pull requests from forks get neither secrets nor variables. Dependabot runs get variables, but only Dependabot's secrets.";

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

test.each([
  [{ ...KEY, 'api-key-name': 'a' }, 'api-key-name'],
  [{ ...KEY, 'api-key-secret': 's' }, 'api-key-secret'],
  [{ ...KEY, 'api-key-name': 'a', 'api-key-secret': 's' }, 'api-key-name'],
])('%j is more than one credential', (inputs, other) => {
  expect(rejected(inputs)).toEqual({
    title: 'Invalid inputs',
    reason: `personal-access-key and ${other} are both set. ${ONE_CREDENTIAL}`,
    remedy: 'Correct these 2 inputs in the step\'s "with:". Nothing was sent.',
  });
});

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

test('no complaint repeats the value of an input that holds a secret', () => {
  const key = { 'api-key-secret': 'sk_1234567', 'personal-access-key': 'pak_1234567' };
  const wrong = [
    key,
    { ...key, 'api-key-name': 'a' },
    { ...key, 'api-key-secret': '', 'api-key-name': 'a' },
    { ...key, 'personal-access-key': '' },
    { ...key, 'personal-access-key': '', 'api-key-name': 'a', summary: 'x' },
    { ...key, 'api-key-secret': '', summary: 'x' },
  ];
  for (const inputs of wrong) {
    const letters = JSON.stringify(rejected(inputs)).replaceAll(/\W/g, '');
    expect(letters).not.toContain('1234567');
  }
});

test('all that is invalid is told at once, in the order of reading', () => {
  expect(rejected({ 'api-key-secret': 's', 'timeout-seconds': 'x', 'export-env': 'y' })).toEqual({
    title: 'Invalid inputs',
    reason:
      'api-key-name is empty, but api-key-secret is set: an API key needs both. export-env is "y". It must be true or false. timeout-seconds is "x". It must be a number of seconds from 1 to 600.',
    remedy: `Correct these 2 inputs in the step's "with:". Nothing was sent. ${WHY_EMPTY}`,
  });
});

// What else is a GUID or an instant, loopback or a certificate: guid.test.ts, time.test.ts, loopback.test.ts, pem.test.ts.
test.each([
  ['sub-organization', ` {${GUID}}\u200b`, { subOrganization: { id: GUID } }],
  ['sub-organization', ' iOS\u200b "Team" ', { subOrganization: { name: 'iOS\u200b "Team"' } }],
  ['personal-access-key', 'p\u200b', { credential: { key: 'p\u200b' } }],
  ['key-expires-on', '2026-11-30\u200b', { credential: { expiresOn: Date.UTC(2026, 10, 30) } }],
  ['expiry-warning-days', '\u202a30\u202c', { expiryWarningDays: 30 }],
  ['expiry-warning-days', '0', { expiryWarningDays: 0 }],
  ['expiry-failure-days', '\u2060 0366 \u2060', { expiryFailureDays: 366 }],
  ['export-env', 'fal\u00adse', { exportEnv: false }],
  ['export-env', 'False', { exportEnv: false }],
  ['export-env', 'FALSE', { exportEnv: false }],
  ['configure-cli', '\ufefftrue', { configureCli: true }],
  ['configure-cli', 'True', { configureCli: true }],
  ['configure-cli', 'TRUE', { configureCli: true }],
  ['summary', 'auto', { summary: 'auto' }],
  ['summary', 'always\u200b', { summary: 'always' }],
  ['timeout-seconds', '1', { timeoutMs: 1000 }],
  ['timeout-seconds', '01.25\u200b', { timeoutMs: 1250 }],
  ['timeout-seconds', '600', { timeoutMs: 600_000 }],
  ['auth-endpoint', 'https://acme.example\u200b', { selfHosted: true }],
  ['api-endpoint', '\u200b', { apiEndpoint: cloud.apiEndpoint }],
])('%s may be %j', (name, text, settings) => {
  expect(read({ ...KEY, [name]: text })).toMatchObject(settings);
});

const A_DATE =
  'a date such as 2026-11-30, or a time with an offset such as 2026-11-30T09:00:00+03:00';
const A_HYPHEN = 'written with "-", not with another hyphen';

test.each([
  ['key-expires-on', '2026-02-30', A_DATE],
  ['key-expires-on', '2026-11-30T09:00:00', A_DATE],
  ['key-expires-on', '2026\u201011\u201030', A_HYPHEN],
  ['key-expires-on', '2026\u201311\u201530', A_HYPHEN],
  ['key-expires-on', '2026-11-30T09:00:00\u221203:00', A_HYPHEN],
  ['summary', 'Always', 'one of auto, always, never'],
])('%s may not be %j', (name, text, allowed) => {
  expect(complaint({ [name]: text })).toBe(`${name} is "${text}". It must be ${allowed}.`);
});

test.each(['367', '-1', '+1', '1.5', '1e2', '14 days', '9999999999', '١٤'])(
  '%s is no number of days',
  (text) => {
    for (const name of ['expiry-warning-days', 'expiry-failure-days'])
      expect(complaint({ [name]: text })).toBe(
        `${name} is "${text}". It must be a whole number from 0 to 366.`,
      );
  },
);

test.each(['0.999', '600.1', '-1', '1e2', '60s', '1.', '.5', '1,5', '1234567890', 'Infinity'])(
  '%s is no number of seconds',
  (text) => {
    expect(complaint({ 'timeout-seconds': text })).toBe(
      `timeout-seconds is "${text}". It must be a number of seconds from 1 to 600.`,
    );
  },
);

test.each(['yes', '1', 'tRUE', 'null'])('%s is no boolean', (text) => {
  for (const name of ['export-env', 'configure-cli', 'allow-insecure-http'])
    expect(complaint({ [name]: text })).toBe(`${name} is "${text}". It must be true or false.`);
});

test.each([
  ['https://AUTH.acme.example:443//', 'https://auth.acme.example'],
  ['https://[2001:db8::1]:8443/a/b/', 'https://[2001:db8::1]:8443/a/b'],
  ['http://127.0.0.1:3000/p', 'http://127.0.0.1:3000/p'],
  ['http://localhost.:8080', 'http://localhost:8080'],
  [`https://${'a.'.repeat(126)}a.`, `https://${'a.'.repeat(126)}a`],
])('the endpoint %s is %s', (text, endpoint) => {
  const settings = read({ ...KEY, 'auth-endpoint': text, 'api-endpoint': text });
  expect([settings.authEndpoint, settings.apiEndpoint]).toEqual([endpoint, endpoint]);
});

const NO_URL = 'the base URL of a server, such as https://NAME.example.com';
const NO_BASE = 'a base URL without "?" or "#"';
const NO_TLS =
  'an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted';

test.each([
  ['auth.acme.example', NO_URL],
  ['https://', NO_URL],
  ['ftp://auth.acme.example', NO_URL],
  [`https://${'a.'.repeat(127)}a`, NO_URL],
  ['https://auth.acme.example/?a=1', NO_BASE],
  ['https://auth.acme.example/#a', NO_BASE],
  ['http://auth.acme.example', NO_TLS],
  // What it resolves to is not said: a proxy might be asked.
  ['http://auth.localhost', NO_TLS],
])('the endpoint %s is refused', (text, allowed) => {
  for (const name of ['auth', 'api'])
    expect(complaint({ ...OWN, [`${name}-endpoint`]: text })).toBe(
      `${name}-endpoint is "${text}". It must be ${allowed.replace('NAME', name)}.`,
    );
});

test('an endpoint with a path of slashes is read at once', () => {
  const slashes = '/'.repeat(120_000);
  const endpoint = `https://acme.example/${slashes}a`;
  const start = performance.now();
  expect(read({ ...KEY, 'auth-endpoint': endpoint + slashes }).authEndpoint).toBe(endpoint);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('allow-insecure-http lets any host be reached without TLS', () => {
  const url = 'http://auth.acme.example';
  const inputs = { 'auth-endpoint': url, 'api-endpoint': url, 'allow-insecure-http': 'true' };
  expect(read({ ...KEY, ...inputs }).authEndpoint).toBe(url);
});

test.each([
  'https://user@acme.example',
  'https://:hunter2@acme.example',
  'ftp://user:hunter2@acme.example',
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
  const invalid = { ...KEY, 'auth-endpoint': 'auth.acme.example', 'configure-cli': 'true' };
  expect(rejected(invalid).reason).toContain('but api-endpoint is not set');
});

test('one endpoint is enough, where no other is used', () => {
  const auth = { ...KEY, 'auth-endpoint': 'https://auth.acme.example' };
  expect(read({ ...auth, 'sub-organization': GUID }).apiEndpoint).toBe(cloud.apiEndpoint);
  expect(read({ ...KEY, 'sub-organization': 'iOS Team' }).selfHosted).toBe(false);
});

test('an endpoint that is wrong is not called empty on top of it', () => {
  expect(complaint({ ...OWN, 'auth-endpoint': 'x' })).toContain('auth-endpoint is "x". It must');
  expect(complaint({ ...OWN, 'api-endpoint': 'x', 'configure-cli': 'true' })).toContain(
    'api-endpoint is "x". It must',
  );
});

test('ca-certificate is read in any form, and complained of like any other input', () => {
  const onOneLine = ` ${AUTHORITY.replaceAll('\n', ' ')}\n`;
  expect(read({ ...KEY, 'ca-certificate': onOneLine }).caCertificate).toBe(AUTHORITY);
  expect(complaint({ 'ca-certificate': './none.pem' })).toBe(
    'ca-certificate is "./none.pem", a path that does not exist here. It must be PEM text, Base64 of a certificate, or the path of a file of certificates.',
  );
});

test('text of any kind is either settings or a complaint', () => {
  const names = ['sub-organization', 'key-expires-on', 'summary', 'auth-endpoint'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: anyCharacter }), (name, text) => {
      try {
        expect(read({ ...KEY, [name]: text })).toMatchObject({ credential: { key: 'pak_1' } });
      } catch (error) {
        if (!isFailure(error)) throw error;
        expect(rawText(error.reason)).toContain(`${name} `);
      }
    }),
  );
});
