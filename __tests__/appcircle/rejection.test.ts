import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/appcircle/credentials.ts';
import { readErrorResponse } from '../../src/appcircle/error-response.ts';
import { keyMeaning } from '../../src/appcircle/meaning.ts';
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

function rejected(
  status: number,
  body?: unknown,
  credential: Credential = API_KEY,
  organizationId?: string,
) {
  return failureData(rejectionOf(response(status, body), credential, organizationId));
}

const NOT_ACCEPTED_API_KEY = `Check that api-key-name is exactly the name that Appcircle shows, and api-key-secret its secret. The key may also have been deleted or have expired: see ${AT_API_KEYS}.`;
const NOT_ACCEPTED_PERSONAL = `Check that personal-access-key is the whole key, made in the root organization. The key may also have been deleted or have expired: see ${AT_PERSONAL}.`;

describe('401', () => {
  test('is a key that is wrong', () => {
    expect(rejected(401)).toEqual({
      title: 'Appcircle did not accept the key',
      reason: 'auth.acme.example did not accept the API key (HTTP 401).',
      remedy: NOT_ACCEPTED_API_KEY,
    });
    expect(rejected(401, { error: 'invalid_credentials' }, PERSONAL)).toEqual({
      title: 'Appcircle did not accept the key',
      reason:
        'auth.acme.example did not accept the Personal Access Key (HTTP 401). The server says: "invalid_credentials".',
      remedy: NOT_ACCEPTED_PERSONAL,
    });
  });

  test('says what is odd about the key', () => {
    const quoted = { ...PERSONAL, key: '"pak_1234567"' };
    expect(rejected(401, '', quoted).remedy).toBe(
      `personal-access-key has quotes around it: remove them. The key may also have been deleted or have expired: see ${AT_PERSONAL}.`,
    );
  });

  test('is a key that has expired, where the server says so', () => {
    expect(
      rejected(401, { error: 'invalid_grant', error_description: 'The key has EXPIRED' }),
    ).toEqual({
      title: 'The key has expired',
      reason:
        'auth.acme.example says that the API key has expired (HTTP 401). The server says: "invalid_grant: The key has EXPIRED".',
      remedy: `${ROTATE}.`,
      steps: ROTATE_STEPS,
    });
    expect(rejected(401, { message: 'expired' }, PERSONAL)).toEqual({
      title: 'The key has expired',
      reason:
        'auth.acme.example says that the Personal Access Key has expired (HTTP 401). The server says: "expired".',
      remedy: `${MAKE_NEW}.`,
      steps: MAKE_NEW_STEPS,
    });
  });
});

describe.each([401, 400, 422])('what a rejection with %d says of the end of a key', (status) => {
  test.each([
    [{ error: 'expired_token', error_description: 'contact your admin or owner' }],
    [{ error: 'token_expired', error_description: 'Not found or deleted.' }],
    [{ error: 'KeyExpired' }],
    [{ error: 'invalid_grant', code: 'EXPIRED' }],
    [
      {
        error: 'invalid_grant',
        error_description: 'This key has expired. Contact your admin or owner.',
      },
    ],
    [
      {
        error: 'invalid_grant',
        error_description: 'The key expired, contact your admin or owner.',
      },
    ],
    [{ error: 'invalid_grant', error_description: `${'x'.repeat(300)} the key has expired` }],
    [{ error: 'invalid_grant', error_description: 'Not authorized (the API key expired).' }],
    [{ error: 'invalid_grant', message: 'nothing to see', detail: 'API key expired' }],
    [{ error: 'The author key has expired' }],
    [{ error: 'invalid_grant', error_description: 'The API key is not valid: it has expired.' }],
    [{ error: { code: 1 }, title: 'Key expired' }],
    [{ error: 'Unauthorized', message: 'Expired.' }],
    [{ error: { message: 'The API key has expired' } }],
    [{ errors: [{ Message: 'Credentials expired' }] }],
    ['"The key has expired"'],
    ['The secret expired on 2026-11-01.'],
    ['<html><title>Token expired</title><p>Sign in</p></html>'],
  ])('%j: that it has expired', (body) => {
    expect(rejected(status, body).title).toBe('The key has expired');
  });

  test.each([
    [{ error: 'invalid_or_expired' }],
    [{ error: 'EXPIRED_OR_REVOKED' }],
    [{ error: 'The key is invalid or expired' }],
    [{ error: 'invalid_grant', error_description: 'invalid or has already expired' }],
    [{ error: 'invalid_grant', error_description: 'Key expired or revoked' }],
    [{ error: 'invalid_grant', error_description: 'A key that is expired, revoked or invalid' }],
    [{ error: 'invalid_grant', error_description: 'Key expired, revoked, or invalid' }],
    [{ error: 'invalid_grant', error_description: 'Key invalid/expired' }],
    [{ error: 'invalid_grant', error_description: 'Expired / invalid key' }],
    [{ error: 'invalid_grant', error_description: 'The key may have expired.' }],
    [{ error: 'invalid_grant', error_description: 'Check if the key has expired.' }],
    [
      {
        error: 'invalid_grant',
        error_description: 'Wrong secret. Check whether the key has expired.',
      },
    ],
    [
      {
        error: 'invalid_grant',
        error_description: 'The key has not expired yet, but it is disabled.',
      },
    ],
    [{ error: 'invalid_grant', error_description: "The key hasn't expired, but it is disabled." }],
    [{ error: 'invalid_grant', error_description: 'Wrong secret for a key that expires tomorrow' }],
    [{ error: 'invalid_grant', error_description: 'Unexpired key of somebody else' }],
    [{ error: 'invalid_grant', error_description: 'Your subscription has expired' }],
    [{ error: 'invalid_grant', error_description: 'The licence of this key has expired' }],
    [{ error: 'invalid_grant', error_description: 'Timeout expired' }],
    [{ error: 'invalid_grant', error_description: 'The trial expired. Buy a key.' }],
    [{ error: 'password_expired' }],
    [{ error: 'SessionExpired' }],
    [{ error: 'invalid_grant', trace: 'expired' }],
  ])('%j: nothing', (body) => {
    expect(rejected(status, body).title).not.toBe('The key has expired');
  });

  test('is found out in no time, however long it is', () => {
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
      rejected(status, { error: 'invalid_grant', error_description: repeated });
      rejected(status, { errors: Array(10_000).fill({ message: text }) });
      rejected(status, repeated);
    }
    // It takes some 100 ms. Work that grew with the square of the length would take an hour.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('400', () => {
  test("is a request that can't be read, for an organization that is named", () => {
    expect(rejected(400, { error: 'organizationId must be a valid GUID' }, API_KEY, GUID)).toEqual({
      title: 'Appcircle rejected the request',
      reason: `auth.acme.example rejected the request for the organization ${GUID} (HTTP 400). The server says: "organizationId must be a valid GUID".`,
      remedy: 'Check sub-organization: it is the GUID of a sub-organization, or its name.',
    });
  });

  test('is a rejection without one', () => {
    expect(rejected(400, { error: 'invalid_request' })).toEqual({
      title: 'Appcircle rejected the request',
      reason:
        'auth.acme.example rejected the request for a token (HTTP 400). The server says: "invalid_request".',
      remedy:
        'Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.',
    });
  });

  test.each(['invalid_grant', 'invalid_client', 'invalid_credentials', 'Bad credentials'])(
    'with %s is a key that is wrong',
    (error) => {
      expect(rejected(400, { error }, PERSONAL, GUID)).toEqual({
        title: 'Appcircle did not accept the key',
        reason: `auth.acme.example did not accept the Personal Access Key (HTTP 400). The server says: "${error}".`,
        remedy: NOT_ACCEPTED_PERSONAL,
      });
    },
  );
});

describe('a code of RFC 6749 means the same whatever the status', () => {
  test.each([400, 401, 403, 404, 422])('%d', (status) => {
    const title = (error: string, error_description = '') =>
      rejected(status, { error, error_description }, API_KEY, GUID).title;
    expect(title('invalid_grant')).toBe('Appcircle did not accept the key');
    expect(title('invalid_client')).toBe('Appcircle did not accept the key');
    // Keycloak's for a wrong secret.
    expect(title('unauthorized_client', 'Invalid client secret')).toBe(
      'Appcircle did not accept the key',
    );
    expect(title('invalid_request', 'HTTPS required')).toBe('Appcircle rejected the request');
    expect(title('invalid_scope')).toBe('Appcircle rejected the request');
    expect(title('unsupported_grant_type')).toBe('Appcircle rejected the request');
  });

  test('and is not the fault of the sub-organization', () => {
    expect(rejected(400, { error: 'invalid_scope' }, API_KEY, GUID).remedy).toBe(
      'Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.',
    );
  });
});

describe('403', () => {
  const NOT_BLOCKED =
    'If it has access, check for a firewall, a proxy or a list of allowed addresses that blocks this runner.';

  test('is an API key without a role', () => {
    expect(rejected(403, '', API_KEY, GUID)).toEqual({
      title: 'The key has no access to the organization',
      reason: `auth.acme.example denied this API key access to the organization ${GUID} (HTTP 403).`,
      remedy: `Give the API key a role in that organization: select Manage on it at ${AT_API_KEYS}. Its secret stays the same. ${NOT_BLOCKED}`,
    });
  });

  test('is a person who is no member', () => {
    expect(rejected(403, { error: 'no' }, PERSONAL)).toEqual({
      title: 'The key has no access to the organization',
      reason:
        'auth.acme.example denied this Personal Access Key access to its own organization (HTTP 403). The server says: "no".',
      remedy: `Ask an owner of that organization to add you as a member, and check that the key was made in the root organization. ${NOT_BLOCKED}`,
    });
  });

  test('is something in front of the server, by its page', () => {
    expect(rejected(403, '<html><head><title>Access Denied</title></head>')).toEqual({
      title: 'The request was blocked',
      reason:
        'auth.acme.example or something in front of it blocked the request (HTTP 403). The server says: "Access Denied".',
      remedy:
        'Check for a firewall, a proxy or a list of allowed addresses that blocks this runner. If there is none, check that the key has a role in the organization.',
    });
  });

  test.each([
    ['<!DOCTYPE html><title>Attention Required! | Cloudflare</title>'],
    ['<html><title>403 - Forbidden: Access is denied.</title>'],
    ['<title>アクセスが拒否されました</title>'],
    ['Host not in allowlist'],
    ['RBAC: access denied'],
    ["<title>Blocked. You don't have permission to access this page</title><p>Ask a member</p>"],
  ])('%j is a firewall or the like', (body) => {
    expect(rejected(403, body).title).toBe('The request was blocked');
  });

  test.each([
    ['Forbidden'],
    ['<html><head><title>403 Forbidden</title></head><center>nginx</center>'],
    ['<title>HTTP Error 403 - Forbidden</title>'],
    ['<html><body>Access denied</body></html>'],
    ["You don't have permission to access this resource."],
    ['The API key has no role in this organization'],
    [{ message: 'Access denied' }],
    ['"Access denied"'],
    ['null'],
  ])('%j is a missing role', (body) => {
    expect(rejected(403, body).title).toBe('The key has no access to the organization');
  });
});

describe.each([404, 405])('%d', (status) => {
  test('is an address without a token service', () => {
    const notFound = response(status, { error: 'Not Found' });
    expect(keyMeaning(readErrorResponse(notFound))).toBe('missing path');
    expect(failureData(rejectionOf(notFound, PERSONAL, undefined))).toEqual({
      title: 'No token service at this address',
      reason: `auth.acme.example has no token service for Personal Access Keys (HTTP ${status}). The server says: "Not Found".`,
      remedy: 'Check auth-endpoint: it is the base URL of the authentication server.',
    });
  });

  test('may be a server too old for API keys', () => {
    expect(rejected(status)).toEqual({
      title: 'No token service at this address',
      reason: `auth.acme.example has no token service for API keys (HTTP ${status}).`,
      remedy:
        'Check auth-endpoint: it is the base URL of the authentication server. A self-hosted server needs version 3.29.0 or newer for API keys.',
    });
  });
});

describe('404', () => {
  test.each([
    [{ error: 'Api key not found' }, 'Appcircle did not accept the key'],
    [{ message: 'The credential does not exist.' }, 'Appcircle did not accept the key'],
    [{ code: 'ApiKeyNotFound' }, 'Appcircle did not accept the key'],
    ['No such key in this organization', 'Appcircle did not accept the key'],
    [{ detail: 'Unknown API key' }, 'Appcircle did not accept the key'],
    [{ error: 'organization_not_found' }, 'The key has no access to the organization'],
    [{ Message: "Organisation doesn't exist" }, 'The key has no access to the organization'],
  ])('%j is about the key or the organization, not the path', (body, title) => {
    expect(keyMeaning(readErrorResponse(response(404, body)))).not.toBe('missing path');
    expect(rejected(404, body, API_KEY, GUID).title).toBe(title);
  });

  test.each([
    ['Cannot POST /auth/v1/api-key/token'],
    [{ detail: 'No static resource auth/v1/api-key/token was not found.' }],
    [{ message: 'The path /appcircle/auth/v1/api-key/token does not exist' }],
    ['<title>404 Not Found</title>'],
    [{ error: 'Not Found. See the documentation on your API key.' }],
  ])('%j is a missing path', (body) => {
    expect(keyMeaning(readErrorResponse(response(404, body)))).toBe('missing path');
  });

  test('405 is a missing path, whatever it says', () => {
    expect(keyMeaning(readErrorResponse(response(405, { error: 'Api key not found' })))).toBe(
      'missing path',
    );
  });
});

describe('200 with an error', () => {
  test('is a refusal, by its code', () => {
    expect(rejected(200, { error: 'invalid_grant' })).toEqual({
      title: 'Appcircle did not accept the key',
      reason:
        'auth.acme.example did not accept the API key (HTTP 200). The server says: "invalid_grant".',
      remedy: NOT_ACCEPTED_API_KEY,
    });
    expect(rejected(200, { error: { message: 'The key has expired' } }).title).toBe(
      'The key has expired',
    );
    expect(rejected(200, { error: 'no' }, API_KEY, GUID).remedy).toMatch(/^Check sub-org/);
  });
});

test.each([402, 406, 409, 411, 413, 415, 418, 422, 451])('%d is a rejection', (status) => {
  expect(rejected(status, '', PERSONAL, GUID)).toEqual({
    title: 'Appcircle rejected the request',
    reason: `auth.acme.example rejected the request for a token (HTTP ${status}).`,
    remedy:
      'Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.',
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
    [{ errors: ['x'] }, ' The server says: "x".'],
    [{ errors: [{ message: 'x', field: 'y' }, { detail: 'z.' }] }, ' The server says: "x: z."'],
    [{ error: { code: 'C', message: 'x' } }, ' The server says: "C: x".'],
    [{ Message: 'x', ERROR: 'a' }, ' The server says: "a: x".'],
    [{ error: 'Denied', message: 'Denied', title: 'Denied' }, ' The server says: "Denied".'],
    ['"x"', ' The server says: "x".'],
    ['  Not for you.\n', ' The server says: "Not for you."'],
    ['<!DOCTYPE html><TITLE lang="en">Not for you</TITLE><p>x', ' The server says: "Not for you".'],
    ['\uFEFF{"error":"a"}', ' The server says: "a".'],
    [['error'], ' The server says: "error".'],
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

function common(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const failure = generalRejection(response(status, body, { headers }));
  return failure && failureData(failure);
}

describe('on any path', () => {
  test.each([
    200, 201, 204, 299, 300, 304, 400, 401, 403, 404, 405, 407, 409, 424, 426, 428, 430, 499,
  ])('%d means what the path makes of it', (status) => {
    expect(common(status)).toBeUndefined();
  });

  test('429 is throttling', () => {
    expect(common(429, { error: 'Too Many Requests', retry_after: 60 })).toEqual({
      title: 'Appcircle is throttling requests',
      reason:
        'auth.acme.example is throttling requests (HTTP 429). The server says: "Too Many Requests".',
      remedy:
        'Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.',
      transient: { waitMs: 60_000 },
    });
  });

  const SERVER_ERROR = {
    title: 'Appcircle has a server error',
    remedy:
      "Run the job again later. If it keeps failing, check Appcircle's status page or ask whoever runs the server.",
  };

  test.each([408, 425, 500, 502, 503, 504])('%d is worth another try', (status) => {
    expect(common(status, { message: 'x' })).toEqual({
      ...SERVER_ERROR,
      reason: `auth.acme.example answered HTTP ${status}. The server says: "x".`,
      transient: { waitMs: undefined },
    });
  });

  test('511 is a network in between that wants a login', () => {
    expect(common(511, '<title>Login</title>')).toEqual({
      title: 'The request was blocked',
      reason:
        'auth.acme.example is behind a network that wants a login (HTTP 511). The server says: "Login".',
      remedy: 'Log this runner in to that network, or have it let the runner through.',
    });
  });

  // As of nginx, Apache, Go and Tomcat.
  const PAGES_OF_TLS = [
    '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>',
    "<title>400 Bad Request</title><p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
    'Client sent an HTTP request to an HTTPS server.\n',
    'Bad Request\nThis combination of host and port requires TLS.\n',
  ];

  test.each(PAGES_OF_TLS)('400 of http:// that says that its port speaks TLS: %j', (page) => {
    const failure = generalRejection(
      response(400, page, { url: 'http://auth.acme.example/auth/v3/token' }),
    );
    expect(failure && failureData(failure)).toEqual({
      title: 'The TLS connection failed',
      reason: 'auth.acme.example speaks TLS on that port, but the endpoint starts with http://.',
      remedy: 'Start that endpoint with https://.',
    });
  });

  test.each(PAGES_OF_TLS)('but not where https:// was asked, or by another status: %j', (page) => {
    expect(common(400, page)).toBeUndefined();
    const url = 'http://auth.acme.example/auth/v3/token';
    expect(generalRejection(response(403, page, { url }))).toBeUndefined();
    expect(generalRejection(response(400, 'Bad Request: HTTPS required', { url }))).toBeUndefined();
  });

  test.each([501, 505, 507, 508, 599])('%d is not', (status) => {
    expect(common(status, '<html>')).toEqual({
      ...SERVER_ERROR,
      reason: `auth.acme.example answered HTTP ${status}.`,
    });
  });
});

describe('a redirect', () => {
  test.each([
    ['https://login.evil.example/collect?x=1', 'login.evil.example'],
    ['http://login.evil.example:8080/', 'login.evil.example:8080'],
    ['https://user:password@login.evil.example/', 'login.evil.example'],
    ['//login.evil.example/x', 'login.evil.example'],
    ['https://auth.acme.example:8443/auth/v3/token', 'auth.acme.example:8443'],
    ['http://auth.acme.example/auth/v3/token', 'http:// on the same host'],
    ['/elsewhere?x=1', 'the path /elsewhere on the same host'],
    ['', 'the path /auth/v3/token on the same host'],
    ['https://', 'no readable address'],
    ['mailto:x@evil.example', 'no readable address'],
    [undefined, 'no readable address'],
  ])('to %j points to %s', (location, target) => {
    expect(common(307, '', location === undefined ? {} : { location })).toEqual({
      title: 'The server answered with a redirect',
      reason: `auth.acme.example answered HTTP 307 with a redirect to ${target}. It was not followed, since the request holds a secret.`,
      remedy:
        'If that is yours and the right address, change the endpoint to it. Otherwise check for a proxy or a login page between this runner and the server.',
    });
  });

  test.each([301, 302, 303, 305, 308, 399])('is %d too', (status) => {
    expect(common(status)?.title).toBe('The server answered with a redirect');
  });

  test.each([
    ['sk_1234567', 'https://sk_1234567.evil.example', '***.evil.example'],
    ['Sk_1234567', '//SK_1234567.evil.example', '***.evil.example'],
    ['pak_zx81mqv4ttrk0lsw#9', 'https://pak_zx81mqv4ttrk0lsw#9', '…'],
    [
      'pak_Zx81mQv4TtRk0LsWn2Yd7HcPj5',
      `https://${Buffer.from('pak_Zx81mQv4TtRk0LsWn2Yd7HcPj5').toString('base64url')}.example/`,
      '…',
    ],
  ])('to a host with the secret %s in it, %s, points to %s', (secret, location, target) => {
    const { secrets } = testContext({ secrets: [secret] });
    const failure = generalRejection(response(302, '', { headers: { location } }));
    expect(failure && secrets.show(failure.reason)).toContain(` with a redirect to ${target}. `);
  });
});

test.each([
  [400, { error: 'invalid_request', error_description: 'secret is malformed' }],
  [401, { error: 'invalid_token', error_description: 'The token is expired' }],
  [403, '<html><title>Attention Required!</title></html>'],
  [403, { message: 'Forbidden' }],
  [422, ''],
])('what is odd about a key explains HTTP %d with %j', (status, body) => {
  const key = { type: 'personal-access-key', key: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } as const;
  const { title, remedy } = failureData(rejectionOf(response(status, body), key, undefined));
  expect(title).toBe('Appcircle did not accept the key');
  expect(remedy).toContain('personal-access-key is an access token (JWT)');
});
