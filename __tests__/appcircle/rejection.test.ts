import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/appcircle/credentials.ts';
import { generalRejection } from '../../src/appcircle/rejection.ts';
import { testContext } from '../support/context.ts';
import { failureData } from '../support/failures.ts';
import {
  API_KEY,
  AT_API_KEYS,
  AT_PERSONAL,
  GUID,
  MAKE_NEW,
  MAKE_NEW_STEPS,
  PERSONAL,
  ROTATE,
  ROTATE_STEPS,
  rejectionOf,
  response,
} from './support.ts';

const NOT_ACCEPTED = 'Appcircle did not accept the key';
const EXPIRED = 'The key has expired';
const REJECTED = 'Appcircle rejected the request';
const NO_ACCESS = 'The key has no access to the organization';
const BLOCKED = 'The request was blocked';
const MISSING_PATH = 'No token service at this address';

const OR_EXPIRED = 'The key may also have been deleted or have expired: see';
const SUPPORT =
  'Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.';

function rejected(
  status: number,
  body?: unknown,
  credential: Credential = API_KEY,
  organizationId?: string,
) {
  return failureData(rejectionOf(response(status, body), credential, organizationId));
}

describe('401', () => {
  const QUOTED = { ...PERSONAL, key: '"pak_1234567"' };

  test.each([
    [
      API_KEY,
      'API key',
      `Check that api-key-name is exactly the name that Appcircle shows, and api-key-secret its secret. ${OR_EXPIRED} ${AT_API_KEYS}.`,
    ],
    [
      PERSONAL,
      'Personal Access Key',
      `Check that personal-access-key is the whole key, made in the root organization. ${OR_EXPIRED} ${AT_PERSONAL}.`,
    ],
    [
      QUOTED,
      'Personal Access Key',
      `personal-access-key has quotes around it: remove them. ${OR_EXPIRED} ${AT_PERSONAL}.`,
    ],
  ])('of %j is a wrong key', (credential, kind, remedy) => {
    expect(rejected(401, '', credential)).toEqual({
      title: NOT_ACCEPTED,
      reason: `auth.acme.example did not accept the ${kind} (HTTP 401).`,
      remedy,
    });
  });

  test.each([
    [API_KEY, 'API key', ROTATE, ROTATE_STEPS],
    [PERSONAL, 'Personal Access Key', MAKE_NEW, MAKE_NEW_STEPS],
  ])('of %j that says "expired" is an expired key', (credential, kind, remedy, steps) => {
    expect(rejected(401, { message: 'expired' }, credential)).toEqual({
      title: EXPIRED,
      reason: `auth.acme.example says that the ${kind} has expired (HTTP 401). The server says: "expired".`,
      remedy: `${remedy}.`,
      steps,
    });
  });
});

describe('that a key has expired', () => {
  test.each([
    'KeyExpired',
    'token_expired',
    'EXPIRED',
    'Expired.',
    'This key has expired. Contact your admin or owner.',
    'The key expired, contact your admin or owner.',
    'Not authorized (the API key expired).',
    'The author key has expired',
    'The API key is not valid: it has expired.',
    'The secret expired on 2026-11-01.',
    'Credentials expired',
    'Token expired',
    `${'x'.repeat(300)} the key has expired`,
  ])('is said by %j', (message) => {
    expect(rejected(400, { error: 'invalid_grant', message }).title).toBe(EXPIRED);
  });

  test.each([
    'invalid_or_expired',
    'EXPIRED_OR_REVOKED',
    'The key is invalid or expired',
    'invalid or has already expired',
    'Key expired or revoked',
    'A key that is expired, revoked or invalid',
    'Key expired, revoked, or invalid',
    'Key invalid/expired',
    'Expired / invalid key',
    'The key may have expired.',
    'Check if the key has expired.',
    'Wrong secret. Check whether the key has expired.',
    'The key has not expired yet, but it is disabled.',
    "The key hasn't expired, but it is disabled.",
    'Wrong secret for a key that expires tomorrow',
    'Unexpired key of somebody else',
    'Your subscription has expired',
    'The licence of this key has expired',
    'Timeout of the key expired',
    'The key’s certificate has expired',
    'Connection of this key expired',
    'The trial expired. Buy a key.',
    'password_expired',
    'SessionExpired',
  ])('is not said by %j', (message) => {
    expect(rejected(400, { error: 'invalid_grant', message }).title).toBe(NOT_ACCEPTED);
  });

  test('is one sentence of several', () => {
    const body = { error: 'token_expired', error_description: 'Not found or deleted.' };
    expect(rejected(422, body).title).toBe(EXPIRED);
  });

  test('is found out in no time, however long the answer is', () => {
    const start = performance.now();
    for (const text of [
      'expired,',
      'or ',
      'expired/',
      "n't ",
      'or expired, x',
      'may  ',
      '<title ',
    ]) {
      const repeated = text.repeat(500_000 / text.length);
      rejected(401, { error: 'invalid_grant', error_description: repeated });
      rejected(401, { errors: Array(10_000).fill({ message: text }) });
      rejected(401, repeated);
    }
    // It takes some 100 ms. Work that grew with the square of the length would take an hour.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('400', () => {
  test("is a request that can't be read, for an organization that is named", () => {
    expect(rejected(400, { error: 'organizationId must be a valid GUID' }, API_KEY, GUID)).toEqual({
      title: REJECTED,
      reason: `auth.acme.example rejected the request for the organization ${GUID} (HTTP 400). The server says: "organizationId must be a valid GUID".`,
      remedy: 'Check sub-organization: it is the GUID of a sub-organization, or its name.',
    });
  });

  test.each([
    [400, undefined],
    [402, GUID],
    [422, GUID],
  ])('or %d for the organization %s is a rejection', (status, organizationId) => {
    expect(rejected(status, '', PERSONAL, organizationId)).toEqual({
      title: REJECTED,
      reason: `auth.acme.example rejected the request for a token (HTTP ${status}).`,
      remedy: SUPPORT,
    });
  });
});

describe.each([200, 400, 401, 403, 404, 422])('a code means the same with HTTP %d:', (status) => {
  test.each([
    'invalid_grant',
    'invalid_client',
    // Keycloak's for a wrong secret.
    'unauthorized_client',
    'invalid_credentials',
    'Bad credentials',
    'Invalid user credentials',
  ])('%s: a wrong key', (error) => {
    expect(rejected(status, { error }, API_KEY, GUID).title).toBe(NOT_ACCEPTED);
  });

  test.each(['invalid_request', 'invalid_scope', 'unsupported_grant_type'])(
    '%s: a wrong request, whatever the sub-organization',
    (error) => {
      expect(rejected(status, { error }, API_KEY, GUID)).toMatchObject({
        title: REJECTED,
        remedy: SUPPORT,
      });
    },
  );
});

describe('403', () => {
  const OR_FIREWALL =
    'If it has access, check for a firewall, a proxy or a list of allowed addresses that blocks this runner.';

  test('is an API key without a role', () => {
    expect(rejected(403, '', API_KEY, GUID)).toEqual({
      title: NO_ACCESS,
      reason: `auth.acme.example denied this API key access to the organization ${GUID} (HTTP 403).`,
      remedy: `Give the API key a role in that organization: select Manage on it at ${AT_API_KEYS}. Its secret stays the same. ${OR_FIREWALL}`,
    });
  });

  test('is a person who is no member', () => {
    expect(rejected(403, '', PERSONAL)).toEqual({
      title: NO_ACCESS,
      reason:
        'auth.acme.example denied this Personal Access Key access to its own organization (HTTP 403).',
      remedy: `Ask an owner of that organization to add you as a member, and check that the key was made in the root organization. ${OR_FIREWALL}`,
    });
  });

  test.each([
    'Host not in allowlist',
    'RBAC: access denied',
    '<!DOCTYPE html><title>Attention Required! | Cloudflare</title>',
    '<html><title>403 - Forbidden: Access is denied.</title>',
    '<title>アクセスが拒否されました</title>',
    "<title>Blocked. You don't have permission to access this page</title><p>Ask a member</p>",
  ])('with %j is something in front of the server', (body) => {
    const { title, reason, remedy } = rejected(403, body);
    expect([title, remedy]).toEqual([
      BLOCKED,
      'Check for a firewall, a proxy or a list of allowed addresses that blocks this runner. If there is none, check that the key has a role in the organization.',
    ]);
    expect(reason).toContain(' or something in front of it blocked the request (HTTP 403). ');
  });

  test.each([
    'Forbidden',
    '<html><head><title>403 Forbidden</title></head><center>nginx</center>',
    '<title>HTTP Error 403 - Forbidden</title>',
    '<html><body>Access denied</body></html>',
    "You don't have permission to access this resource.",
    'The API key has no role in this organization',
    'This person is no member',
    '{"message":"Access denied"}',
    'null',
  ])('with %j is a missing role', (body) => {
    expect(rejected(403, body).title).toBe(NO_ACCESS);
  });
});

describe('404', () => {
  test('is a missing path for a key that was copied badly, too', () => {
    const { title } = rejected(404, '', { ...PERSONAL, key: '"pak_1234567"' });
    expect(title).toBe('No token service at this address');
  });

  const CHECK_ENDPOINT = 'Check auth-endpoint: it is the base URL of the authentication server.';

  test.each([
    [PERSONAL, 'Personal Access Keys', CHECK_ENDPOINT],
    [
      API_KEY,
      'API keys',
      `${CHECK_ENDPOINT} A self-hosted server needs version 3.29.0 or newer for API keys.`,
    ],
  ])('or 405 for %j is an address without a token service', (credential, kind, remedy) => {
    for (const status of [404, 405])
      expect(rejected(status, '', credential)).toEqual({
        title: MISSING_PATH,
        reason: `auth.acme.example has no token service for ${kind} (HTTP ${status}).`,
        remedy,
      });
  });

  test.each([
    [NOT_ACCEPTED, 'Api key not found'],
    [NOT_ACCEPTED, 'The credential does not exist.'],
    [NOT_ACCEPTED, 'ApiKeyNotFound'],
    [NOT_ACCEPTED, 'No such key in this organization'],
    [NOT_ACCEPTED, 'Unknown API key'],
    [NO_ACCESS, 'organization_not_found'],
    [NO_ACCESS, "Organisation doesn't exist"],
    [MISSING_PATH, 'Cannot POST /auth/v1/api-key/token'],
    [MISSING_PATH, 'No static resource auth/v1/api-key/token was not found.'],
    [MISSING_PATH, 'The path /appcircle/auth/v1/api-key/token does not exist'],
    [MISSING_PATH, 'Not Found. See the documentation on your API key.'],
  ])('means: %s, where it says %j', (title, text) => {
    expect(rejected(404, text, API_KEY, GUID).title).toBe(title);
    expect(rejected(405, text, API_KEY, GUID).title).toBe(MISSING_PATH);
  });
});

describe('what the server says', () => {
  test.each([
    [
      { trace: 'x', title: 'e', detail: 'd', message: 'c', error_description: 'b', error: 'a' },
      ' The server says: "a: b: c: d: e".',
    ],
    [{ error: { code: 'C', message: 'x' } }, ' The server says: "C: x".'],
    [{ error: { code: 1 }, Message: 'c' }, ' The server says: "c".'],
    [{ errors: [{ message: 'x', field: 'y' }, { detail: 'z.' }] }, ' The server says: "x: z."'],
    [{ error: 'Denied', message: 'Denied' }, ' The server says: "Denied".'],
    [{ error: ' ', message: '' }, ''],
    [['error'], ' The server says: "error".'],
    ['"x"', ' The server says: "x".'],
    ['  Not for you.\n', ' The server says: "Not for you."'],
    ['<!DOCTYPE html><TITLE lang="en">Not for you</TITLE><p>x', ' The server says: "Not for you".'],
    ['null', ''],
    ['[[[[["x"]]]]]', ''],
    ['<h1>error</h1>', ''],
  ])('%j is told as %j', (body, said) => {
    expect(rejected(402, body).reason).toBe(
      `auth.acme.example rejected the request for a token (HTTP 402).${said}`,
    );
  });

  test('is shown as words, without secrets and workflow commands', () => {
    const { secrets } = testContext({ secrets: ['sk_1234567'] });
    const error = '::error::sk_1234567\n##[x] the token eyJhbGciOiJSUzI1NiIsInR5cCI6 expired';
    const { reason } = rejectionOf(response(402, { error }), API_KEY, undefined);
    expect(secrets.show(reason)).toMatch(
      / The server says: ": :error::\*\*\* ## \[x\] the token … expired"\.$/,
    );
  });
});

test.each([
  [400, { error: 'invalid_request' }],
  [401, { error: 'invalid_token', error_description: 'The token is expired' }],
  [403, '<html><title>Attention Required!</title></html>'],
])('what is odd about a key explains HTTP %d with %j', (status, body) => {
  const key = { type: 'personal-access-key', key: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } as const;
  const { title, remedy } = rejected(status, body, key);
  expect(title).toBe(NOT_ACCEPTED);
  expect(remedy).toContain('personal-access-key is an access token (JWT)');
});

/** What a response means on any path. */
function general(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const failure = generalRejection(response(status, body, { headers }));
  return failure && failureData(failure);
}

describe('on any path', () => {
  test.each([200, 204, 299, 300, 304, 400, 401, 403, 404, 405, 407, 409, 422, 424, 428, 430, 499])(
    '%d means what the path makes of it',
    (status) => {
      expect(general(status)).toBeUndefined();
    },
  );

  test('429 is throttling', () => {
    expect(general(429, { error: 'Too Many Requests', retry_after: 60 })).toEqual({
      title: 'Appcircle is throttling requests',
      reason:
        'auth.acme.example is throttling requests (HTTP 429). The server says: "Too Many Requests".',
      remedy:
        'Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.',
      transient: { waitMs: 60_000 },
    });
  });

  // Which statuses are worth another try: retry.test.ts.
  test.each([
    [408, 'worth another try', { waitMs: undefined }],
    [503, 'worth another try', { waitMs: undefined }],
    [501, 'not worth one', undefined],
  ])('%d is an error of the server, %s', (status, _worth, transient) => {
    expect(general(status, { message: 'x' })).toEqual({
      title: 'Appcircle has a server error',
      reason: `auth.acme.example answered HTTP ${status}. The server says: "x".`,
      remedy:
        "Run the job again later. If it keeps failing, check Appcircle's status page or ask whoever runs the server.",
      transient,
    });
  });

  test('511 is a network in between that wants a login', () => {
    expect(general(511, '<title>Login</title>')).toEqual({
      title: BLOCKED,
      reason:
        'auth.acme.example is behind a network that wants a login (HTTP 511). The server says: "Login".',
      remedy: 'Log this runner in to that network, or have it let the runner through.',
    });
  });

  // As of nginx, Apache, Go and Tomcat.
  test.each([
    '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>',
    "<title>400 Bad Request</title><p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
    'Client sent an HTTP request to an HTTPS server.\n',
    'Bad Request\nThis combination of host and port requires TLS.\n',
  ])('400 of http:// that says that its port speaks TLS: %j', (page) => {
    const url = 'http://auth.acme.example/auth/v3/token';
    const failure = generalRejection(response(400, page, { url }));
    expect(failure && failureData(failure)).toEqual({
      title: 'The TLS connection failed',
      reason: 'auth.acme.example speaks TLS on that port, but the endpoint starts with http://.',
      remedy: 'Start that endpoint with https://.',
    });
    expect(generalRejection(response(403, page, { url }))).toBeUndefined();
    expect(generalRejection(response(400, 'HTTPS required', { url }))).toBeUndefined();
    expect(general(400, page)).toBeUndefined();
  });
});

describe('a redirect', () => {
  test.each([
    ['https://user:password@login.evil.example/collect?x=1', 'login.evil.example'],
    ['//login.evil.example:8080/x', 'login.evil.example:8080'],
    ['http://auth.acme.example/auth/v3/token', 'http:// on the same host'],
    ['/elsewhere?x=1', 'the path /elsewhere on the same host'],
    ['', 'the path /auth/v3/token on the same host'],
    ['https://', 'no readable address'],
    ['mailto:x@evil.example', 'no readable address'],
  ])('to %j points to %s', (location, target) => {
    expect(general(307, '', { location })).toEqual({
      title: 'The server answered with a redirect',
      reason: `auth.acme.example answered HTTP 307 with a redirect to ${target}. It was not followed, since the request holds a secret.`,
      remedy:
        'If that is yours and the right address, change the endpoint to it. Otherwise check for a proxy or a login page between this runner and the server.',
    });
  });

  test.each([301, 302, 303, 305, 308, 399])('is %d too, even to nowhere', (status) => {
    expect(general(status)?.reason).toContain(' with a redirect to no readable address. ');
  });

  test.each([
    ['SK_1234567', '***.evil.example'],
    [Buffer.from('pak_Zx81mQv4TtRk0LsWn2Yd7HcPj5').toString('base64url'), '…'],
  ])('to a host with a key in it, %s, points to %s', (host, target) => {
    const { secrets } = testContext({ secrets: ['sk_1234567'] });
    const location = `https://${host}.evil.example`;
    const failure = generalRejection(response(302, '', { headers: { location } }));
    expect(failure && secrets.show(failure.reason)).toContain(` with a redirect to ${target}. `);
  });
});
