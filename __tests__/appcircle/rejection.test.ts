import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/appcircle/credential.ts';
import { commonFailure, refusal } from '../../src/appcircle/refusal.ts';
import type { Answer } from '../../src/http/connection.ts';
import { Masks } from '../../src/masks.ts';
import { told } from '../support/failures.ts';

const NOW = Date.parse('2026-11-20T15:04:05Z');
const API_KEY: Credential = { type: 'api-key', name: 'github-actions', secret: 'sk_1234567' };
const PERSONAL: Credential = { type: 'personal-access-key', key: 'pak_1234567' };
const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';

const AT_API_KEYS =
  'My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys)';
const AT_PERSONAL =
  'My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key)';

const masks = new Masks(() => undefined);
masks.add('sk_1234567');

function answer(status: number, body: unknown = '', headers: Answer['headers'] = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { host: 'auth.acme.example', status, headers, body: Buffer.from(text) };
}

function refused(status: number, body?: unknown, credential = API_KEY, organizationId?: string) {
  return told(refusal(answer(status, body), credential, organizationId, masks));
}

const NOT_ACCEPTED_API_KEY = `Check that api-key-name is the name exactly as Appcircle shows it and api-key-secret its secret; a key that was deleted or has expired is refused too. Keys are made at ${AT_API_KEYS}.`;
const NOT_ACCEPTED_PERSONAL = `Check that personal-access-key is the whole key and belongs to the root organization; a key that was deleted or has expired is refused too. Keys are made at ${AT_PERSONAL}.`;

describe('401', () => {
  test('is a key that is wrong', () => {
    expect(refused(401)).toEqual({
      title: 'Appcircle did not accept the key',
      cause: 'auth.acme.example did not accept the API key (HTTP 401).',
      remedy: NOT_ACCEPTED_API_KEY,
    });
    expect(refused(401, { error: 'invalid_credentials' }, PERSONAL)).toEqual({
      title: 'Appcircle did not accept the key',
      cause:
        'auth.acme.example did not accept the Personal Access Key (HTTP 401). The server says: "invalid_credentials".',
      remedy: NOT_ACCEPTED_PERSONAL,
    });
  });

  test('is a key that has expired, where the server says so', () => {
    expect(refused(401, { error: 'invalid_grant', error_description: 'The key has EXPIRED' })).toEqual({
      title: 'The key has expired',
      cause:
        'auth.acme.example says that the API key has expired (HTTP 401). The server says: "invalid_grant: The key has EXPIRED".',
      remedy: `Make a new one at ${AT_API_KEYS}, then update the secret behind api-key-secret, and api-key-name and key-expires-on.`,
    });
    expect(refused(401, { message: 'expired' }, PERSONAL)).toEqual({
      title: 'The key has expired',
      cause: 'auth.acme.example says that the Personal Access Key has expired (HTTP 401). The server says: "expired".',
      remedy: `Make a new one at ${AT_PERSONAL}, then update the secret behind personal-access-key, and key-expires-on.`,
    });
  });

  test('is a key that is wrong, where the server says either', () => {
    expect(refused(401, { error: 'The key is invalid or expired' }).title).toBe('Appcircle did not accept the key');
    expect(refused(401, { error: 'The author key has expired' }).title).toBe('The key has expired');
  });
});

describe('400', () => {
  test('is a request that can not be read, for an organization that is named', () => {
    expect(refused(400, { error: 'organizationId must be a valid GUID' }, API_KEY, GUID)).toEqual({
      title: 'Appcircle rejected the request',
      cause: `auth.acme.example could not read the request for the organization ${GUID} (HTTP 400). The server says: "organizationId must be a valid GUID".`,
      remedy: 'Check sub-organization: it is the GUID of a sub-organization, or its name.',
    });
  });

  test('is a rejection without one', () => {
    expect(refused(400, { error: 'invalid_request' })).toEqual({
      title: 'Appcircle rejected the request',
      cause: `auth.acme.example rejected the API key's request with HTTP 400. The server says: "invalid_request".`,
      remedy: 'Check auth-endpoint; if it is right, ask Appcircle support with the time of this run.',
    });
  });

  test.each(['invalid_grant', 'invalid_client', 'Bad credentials'])('with %s is a key that is wrong', (error) => {
    expect(refused(400, { error }, PERSONAL, GUID)).toEqual({
      title: 'Appcircle did not accept the key',
      cause: `auth.acme.example did not accept the Personal Access Key (HTTP 400). The server says: "${error}".`,
      remedy: NOT_ACCEPTED_PERSONAL,
    });
  });

  test('may be a key that has expired', () => {
    expect(refused(400, { error: 'Key expired' }).title).toBe('The key has expired');
  });
});

describe('403', () => {
  test('is an API key without a role', () => {
    expect(refused(403, '', API_KEY, GUID)).toEqual({
      title: 'The key has no access to the organization',
      cause: `auth.acme.example does not let this API key into the organization ${GUID} (HTTP 403).`,
      remedy: `Give the API key a role in that organization: Manage, at ${AT_API_KEYS}; its secret stays the same.`,
    });
  });

  test('is a person who is no member', () => {
    expect(refused(403, { error: 'no' }, PERSONAL)).toEqual({
      title: 'The key has no access to the organization',
      cause:
        'auth.acme.example does not let this Personal Access Key into its organization (HTTP 403). The server says: "no".',
      remedy:
        'Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.',
    });
  });
});

test.each([404, 405])('%d is an address without a token service', (status) => {
  expect(refused(status, { error: 'Not Found' })).toEqual({
    title: 'No token service at this address',
    cause: `auth.acme.example has no token service at the path for API keys (HTTP ${status}). The server says: "Not Found".`,
    remedy:
      'Check auth-endpoint: it is the base URL of the authentication server, as https://auth.example.com; an old self-hosted server may lack this kind of key.',
  });
});

test.each([201, 202, 204, 206, 299])('%d brings no token', (status) => {
  expect(refused(status, { access_token: 'abc' })).toEqual({
    title: 'The answer is not a token',
    cause: `auth.acme.example answered with HTTP ${status}, which brings no token.`,
    remedy:
      'Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.',
  });
});

test.each([402, 406, 409, 411, 413, 415, 418, 422, 451])('%d is a rejection', (status) => {
  expect(refused(status, '', PERSONAL, GUID)).toEqual({
    title: 'Appcircle rejected the request',
    cause: `auth.acme.example rejected the Personal Access Key's request with HTTP ${status}.`,
    remedy: 'Check auth-endpoint; if it is right, ask Appcircle support with the time of this run.',
  });
});

describe('what the server says', () => {
  test.each([
    [
      { error: 'a', error_description: 'b', message: 'c', detail: 'd', title: 'e' },
      ' The server says: "a: b: c: d: e".',
    ],
    [{ title: 'e', error: 'a', trace: 'x' }, ' The server says: "a: e".'],
    [{ error: { code: 1 }, message: 'c' }, ' The server says: "c".'],
    [{ error: ' ', message: '' }, ''],
    [{ errors: ['x'] }, ''],
    [['error'], ''],
    ['"error"', ''],
    ['null', ''],
    ['<h1>error</h1>', ''],
    [{ error: '::error::sk_1234567\n##[x]' }, ' The server says: ": :error::*** ## [x]".'],
  ])('%j is told as %j', (body, said) => {
    expect(refused(402, body).cause).toBe(`auth.acme.example rejected the API key's request with HTTP 402.${said}`);
  });
});

function common(status: number, body?: unknown, headers?: Answer['headers']) {
  const failure = commonFailure(answer(status, body, headers), masks, NOW);
  return failure && told(failure);
}

describe('on any path', () => {
  test.each([200, 201, 204, 299, 400, 401, 403, 404, 405, 407, 409, 424, 426, 428, 430, 499])(
    '%d means what the path makes of it',
    (status) => {
      expect(common(status)).toBeUndefined();
    },
  );

  test('429 is throttling', () => {
    expect(common(429, { error: 'Too Many Requests', retry_after: 60 })).toEqual({
      title: 'Appcircle is throttling requests',
      cause: 'auth.acme.example is throttling requests (HTTP 429). The server says: "Too Many Requests".',
      remedy:
        'Run the job again later; many jobs that start at once share the limit, and max-parallel of a matrix spreads them.',
      transient: { waitMs: 60_000 },
    });
  });

  const SERVER_ERROR = {
    title: 'Appcircle has a server error',
    remedy: "Run the job again later; if it stays so, look at Appcircle's status page or ask whoever runs the server.",
  };

  test.each([408, 425, 500, 502, 503, 504])('%d is worth another try', (status) => {
    expect(common(status, { message: 'x' })).toEqual({
      ...SERVER_ERROR,
      cause: `auth.acme.example answered with HTTP ${status}. The server says: "x".`,
      transient: { waitMs: undefined },
    });
  });

  test.each([501, 505, 507, 508, 511, 599])('%d is not', (status) => {
    expect(common(status, '<html>')).toEqual({
      ...SERVER_ERROR,
      cause: `auth.acme.example answered with HTTP ${status}.`,
    });
  });
});

describe('how long to wait', () => {
  test.each([
    ['0', 0],
    ['1', 1000],
    [' 120 ', 120_000],
    ['31622400', 31_622_400_000],
    ['31622401', 31_622_400_000],
    ['9'.repeat(400), 31_622_400_000],
    ['Fri, 20 Nov 2026 15:04:35 GMT', 30_000],
    ['Fri, 20 Nov 2026 15:04:05 GMT', 0],
    ['Fri, 20 Nov 2026 15:03:00 GMT', 0],
    ['Friday, 20-Nov-26 15:04:15 GMT', 10_000],
    ['Fri Nov 20 15:04:15 2026 GMT', 10_000],
    ['Fri, 20 Nov 9999 15:04:35 GMT', 31_622_400_000],
  ])('Retry-After: %s', (header, waitMs) => {
    expect(common(503, { retry_after: 7 }, { 'retry-after': header })?.transient).toEqual({ waitMs });
  });

  test.each(['', 'soon', '-5', '1.5', '0x10', '1,5', '2026-11-20', '12 34'])(
    'Retry-After: %s tells nothing, so that the body may',
    (header) => {
      expect(common(429, '', { 'retry-after': header })?.transient).toEqual({ waitMs: undefined });
      expect(common(429, { retry_after: 7 }, { 'retry-after': header })?.transient).toEqual({ waitMs: 7000 });
    },
  );

  test.each([
    [0, 0],
    [1.5, 1500],
    [-5, 0],
    [1e300, 31_622_400_000],
  ])('retry_after: %d', (seconds, waitMs) => {
    expect(common(429, { retry_after: seconds })?.transient).toEqual({ waitMs });
  });

  test.each(['60', null, true, {}, [60]])('retry_after: %j tells nothing', (seconds) => {
    expect(common(429, { retry_after: seconds })?.transient).toEqual({ waitMs: undefined });
  });
});

describe('a redirect', () => {
  const REMEDY =
    'If that host is yours and the right one, name it in the endpoint; otherwise check what stands between this runner and the server.';

  test.each([
    ['https://login.evil.example/collect?x=1', 'login.evil.example'],
    ['http://login.evil.example:8080/', 'login.evil.example:8080'],
    ['https://user:password@login.evil.example/', 'login.evil.example'],
    ['//login.evil.example/x', 'login.evil.example'],
    ['/elsewhere', 'auth.acme.example'],
    ['', 'auth.acme.example'],
    ['https://', 'no address that can be read'],
    ['mailto:x@evil.example', 'no address that can be read'],
    [undefined, 'no address that can be read'],
  ])('to %j points to %s', (location, target) => {
    expect(common(307, '', location === undefined ? {} : { location })).toEqual({
      title: 'The server answered with a redirect',
      cause: `auth.acme.example answered HTTP 307 and points to ${target}. It was not followed, since the request holds a secret.`,
      remedy: REMEDY,
    });
  });

  test.each([300, 301, 302, 303, 304, 308, 399])('is %d too', (status) => {
    expect(common(status)?.title).toBe('The server answered with a redirect');
  });

  test('to a host that is called as a secret is told without it', () => {
    expect(common(302, '', { location: 'https://sk_1234567.evil.example' })?.cause).toBe(
      'auth.acme.example answered HTTP 302 and points to ***.evil.example. It was not followed, since the request holds a secret.',
    );
  });
});
