import {
  EXPIRED_API_KEY,
  PERSONAL_ACCESS_KEY,
  VAULT,
} from '../../../sandbox/appcircle/accounts.ts';
import {
  answer,
  failure,
  htmlPage,
  noContent,
  resetAfterRequest,
  tooManyRequests,
} from '../../../sandbox/network/faults.ts';
import { raw } from '../raw.ts';
import type { Row } from '../row.ts';

const ALWAYS = { on: 'auth', times: 'always' } as const;
const PERSONAL = {
  'api-key-name': '',
  'api-key-secret': '',
  'personal-access-key': PERSONAL_ACCESS_KEY.key,
};
const NOW = Date.now();
const HOUR_MS = 3_600_000;
const ERROR = 'Appcircle has a server error';
const THROTTLED = 'Appcircle is throttling requests';
const REDIRECT = 'The server answered with a redirect';
const NO_TOKEN = 'The answer is not a token';

/** A 503 with this `Retry-After`. */
const retryAfter = (text: string) =>
  answer({ name: `Retry-After: ${text}`, status: 503, headers: { 'retry-after': text }, body: '' });
const throttledFor = (retry_after: unknown) =>
  answer({ status: 429, body: { error: 'Too Many Requests', retry_after } });

/** Whole answers, by their status. */
// biome-ignore format: a table, one row a line
export const statuses: readonly Row[] = [
  { name: 'status 201', faults: [answer({ status: 201 })], ends: 'bait token', requests: 1 },
  { name: 'status 202', faults: [answer({ status: 202 })], ends: 'bait token', requests: 1 },
  { name: 'status 204', faults: [noContent()], ends: NO_TOKEN, requests: 1 },
  { name: 'status 206', faults: [answer({ status: 206 })], ends: 'bait token', requests: 1 },
  { name: 'status 299', faults: [answer({ status: 299 })], ends: 'bait token', requests: 1 },
  { name: 'status 000', faults: [raw('000', 'HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n')], ends: NO_TOKEN, requests: 1 },
  { name: 'status 400', faults: [answer({ status: 400, body: { error: 'what is this' } })], ends: 'Appcircle rejected the request', says: 'The server says: "what is this"', requests: 1 },
  { name: 'status 400 for a sub-organization', faults: [answer({ status: 400, body: { error: 'organizationId must be a valid GUID' } })], inputs: { 'sub-organization': VAULT.id }, ends: 'Appcircle rejected the request', says: 'Check sub-organization', requests: 1 },
  { name: 'status 400 of nginx, whose port speaks TLS', faults: [answer({ status: 400, headers: { 'content-type': 'text/html' }, body: '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>' })], ends: 'The TLS connection failed', says: 'with https://', requests: 1 },
  { name: 'status 400 of Apache, whose port speaks TLS', faults: [answer({ status: 400, headers: { 'content-type': 'text/html' }, body: "<title>400 Bad Request</title><p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />" })], ends: 'The TLS connection failed', says: 'with https://', requests: 1 },
  { name: 'status 400 of Go, whose port speaks TLS', faults: [answer({ status: 400, headers: { 'content-type': 'text/plain' }, body: 'Client sent an HTTP request to an HTTPS server.\n' })], ends: 'The TLS connection failed', says: 'with https://', requests: 1 },
  { name: 'status 400 of Tomcat, whose port speaks TLS, for the list of organizations', faults: [[answer({ status: 400, headers: { 'content-type': 'text/plain' }, body: 'Bad Request\nThis combination of host and port requires TLS.\n' }), { on: 'api' }]], inputs: { 'sub-organization': 'iOS Team' }, ends: 'The TLS connection failed', says: 'with https://', requests: 2 },
  { name: 'status 400 with invalid_grant', faults: [answer({ status: 400, body: { error: 'invalid_grant' } })], ends: 'Appcircle did not accept the key', requests: 1 },
  { name: 'status 401', faults: [answer({ status: 401, body: { error: 'invalid_credentials' } })], ends: 'Appcircle did not accept the key', requests: 1, withinMs: 4000 },
  { name: 'status 400 with invalid_scope for a sub-organization', faults: [answer({ status: 400, body: { error: 'invalid_scope' } })], inputs: { 'sub-organization': VAULT.id }, ends: 'Appcircle rejected the request', says: 'Check auth-endpoint', requests: 1 },
  { name: 'status 401 as JSON text', faults: [answer({ status: 401, body: '"The API key has expired"' })], ends: 'The key has expired', says: 'The server says: "The API key has expired"', requests: 1 },
  { name: 'status 401 as plain text', faults: [answer({ status: 401, headers: { 'content-type': 'text/plain' }, body: 'Wrong secret' })], ends: 'Appcircle did not accept the key', says: 'The server says: "Wrong secret"', requests: 1 },
  { name: 'status 401 with a list of errors', faults: [answer({ status: 401, body: { errors: [{ Message: 'Wrong secret' }] } })], ends: 'Appcircle did not accept the key', says: 'The server says: "Wrong secret"', requests: 1 },
  { name: 'status 401 for a subscription', faults: [answer({ status: 401, body: { error: { message: 'Your subscription has expired' } } })], ends: 'Appcircle did not accept the key', says: 'Your subscription has expired', requests: 1 },
  { name: 'status 401 for an expired key', inputs: { 'api-key-name': EXPIRED_API_KEY.name, 'api-key-secret': EXPIRED_API_KEY.secret }, ends: 'The key has expired', requests: 1 },
  { name: 'status 402', faults: [answer({ status: 402 })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 403', faults: [answer({ status: 403, body: '' })], ends: 'The key has no access to the organization', requests: 1 },
  { name: 'status 403 as a page of a firewall', faults: [htmlPage(403)], ends: 'The request was blocked', says: 'The server says: "Welcome"', requests: 1 },
  { name: 'status 403 as plain text', faults: [answer({ status: 403, body: 'Host not in allowlist' })], ends: 'The request was blocked', says: 'list of allowed addresses', requests: 1 },
  { name: 'status 403 with invalid_request', faults: [answer({ status: 403, body: { error: 'invalid_request', error_description: 'HTTPS required' } })], ends: 'Appcircle rejected the request', says: 'HTTPS required', requests: 1 },
  { name: 'status 404 for a key', faults: [answer({ status: 404, body: { message: 'Api key not found' } })], ends: 'Appcircle did not accept the key', requests: 1 },
  { name: 'status 404 for a Personal Access Key, which is no older server', faults: [answer({ status: 404, body: { message: 'Personal access key not found' } })], inputs: PERSONAL, ends: 'Appcircle did not accept the key', requests: 1 },
  { name: 'status 404 for an organization', faults: [answer({ status: 404, body: { message: 'Organization was not found' } })], inputs: { 'sub-organization': VAULT.id }, ends: 'The key has no access to the organization', requests: 1 },
  { name: 'status 404', faults: [htmlPage(404)], ends: 'No token service at this address', requests: 1 },
  { name: 'status 405', faults: [answer({ status: 405, body: '' })], ends: 'No token service at this address', requests: 1 },
  { name: 'status 407, though there is no proxy', faults: [answer({ status: 407, body: '' })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 410', faults: [answer({ status: 410, body: '' })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 415', faults: [answer({ status: 415, body: '' })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 418, in hostile words', faults: [answer({ status: 418, body: { error: '\n::error::gotcha\r\n##[error]gotcha\u001b[2J\u202e' } })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 421 once, for a connection of another host', faults: [answer({ status: 421, body: '' })], ends: 'token', requests: 2 },
  { name: 'status 421 again', faults: [[answer({ status: 421, body: '' }), ALWAYS]], ends: 'Appcircle rejected the request', says: 'HTTP 421', requests: 2, withinMs: 4000 },
  { name: 'status 422', faults: [answer({ status: 422, body: '' })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 451', faults: [answer({ status: 451, body: '' })], ends: 'Appcircle rejected the request', requests: 1 },
  { name: 'status 501', faults: [failure(501)], ends: ERROR, requests: 1, withinMs: 4000 },
  { name: 'status 505', faults: [failure(505)], ends: ERROR, requests: 1, withinMs: 4000 },
  { name: 'status 511, a login to the network', faults: [htmlPage(511)], ends: 'The request was blocked', says: 'wants a login', requests: 1, withinMs: 4000 },
  { name: 'status 511 with Retry-After', faults: [failure(511, 1)], ends: 'The request was blocked', requests: 1, withinMs: 4000 },
  { name: 'status 525 with Retry-After: no TLS behind Cloudflare', faults: [failure(525, 1)], ends: ERROR, requests: 1, withinMs: 4000 },
  { name: 'status 526 with Retry-After: a certificate behind Cloudflare', faults: [failure(526, 1)], ends: ERROR, requests: 1, withinMs: 4000 },
  { name: 'status 999', faults: [failure(999)], ends: ERROR, requests: 1, withinMs: 4000 },

  { name: 'retry: 408, then a token', faults: [failure(408)], ends: 'token', requests: 2 },
  { name: 'retry: 425, then a token', faults: [failure(425)], ends: 'token', requests: 2 },
  { name: 'retry: 429, then a token', faults: [failure(429)], ends: 'token', requests: 2 },
  { name: 'retry: 500, then a token', faults: [failure(500)], ends: 'token', requests: 2 },
  { name: 'retry: 502 as a page, then a token', faults: [htmlPage(502)], ends: 'token', requests: 2 },
  { name: 'retry: 503, then a token', faults: [failure(503)], ends: 'token', requests: 2 },
  { name: 'retry: 504, then a token', faults: [failure(504)], ends: 'token', requests: 2 },
  { name: 'retry: 520, then a token', faults: [failure(520)], ends: 'token', requests: 2 },
  { name: 'retry: 521, 522, 523 and 524, then a token', faults: [failure(521), failure(522), failure(523), failure(524)], ends: 'token', requests: 5 },
  { name: 'retry: 530 with Retry-After, then a token', faults: [failure(530, 1)], ends: 'token', requests: 2 },
  { name: 'retry: 529 with Retry-After, then a token', faults: [failure(529, 1)], ends: 'token', requests: 2 },
  { name: 'retry: a reset, a 500, a 429, then a token', faults: [resetAfterRequest(), failure(500), failure(429)], ends: 'token', requests: 4 },
  { name: 'retry: 503, then a wrong key', faults: [failure(503), answer({ status: 401, body: '' })], ends: 'Appcircle did not accept the key', requests: 2 },
  { name: 'retry: 503, then a redirect', faults: [failure(503)], redirect: { status: 307, location: 'RECORDER' }, ends: REDIRECT, requests: 2 },
  { name: 'retry: 408 for good', faults: [[failure(408), ALWAYS]], ends: ERROR, seconds: 1 },
  { name: 'retry: 425 for good', faults: [[failure(425), ALWAYS]], ends: ERROR, seconds: 1 },
  { name: 'retry: 429 for good', faults: [[failure(429), ALWAYS]], ends: THROTTLED, seconds: 1 },
  { name: 'retry: 500 for good', faults: [[failure(500), ALWAYS]], ends: ERROR, says: 'No time is left for another attempt.', seconds: 1 },
  { name: 'retry: 502 for good', faults: [[failure(502), ALWAYS]], ends: ERROR, seconds: 1 },
  { name: 'retry: 503 for good', faults: [[failure(503), ALWAYS]], ends: ERROR, seconds: 1 },
  { name: 'retry: 504 for good', faults: [[failure(504), ALWAYS]], ends: ERROR, seconds: 1 },
  { name: 'retry: Retry-After of a second', faults: [failure(429, 1)], ends: 'token', requests: 2 },
  { name: 'retry: Retry-After of zero, for good', faults: [[failure(500, 0), ALWAYS]], ends: ERROR, says: 'No time is left for another attempt.', seconds: 1 },
  { name: 'retry: Retry-After longer than the time left', faults: [failure(503, 3600)], ends: ERROR, says: 'asks to wait 1 h', requests: 1, withinMs: 4000 },
  { name: 'retry: Retry-After of three centuries', faults: [retryAfter('9999999999')], ends: ERROR, says: 'Tried once. The server asks to wait', requests: 1, withinMs: 4000 },
  { name: 'retry: Retry-After of four hundred digits', faults: [retryAfter('9'.repeat(400))], ends: ERROR, says: 'Tried once. The server asks to wait', requests: 1, withinMs: 4000 },
  { name: 'retry: Retry-After on a date to come', faults: [failure(429, new Date(NOW + HOUR_MS))], ends: THROTTLED, says: 'asks to wait', requests: 1, withinMs: 4000 },
  { name: 'retry: Retry-After on a date that is past', faults: [failure(503, new Date(NOW - HOUR_MS))], ends: 'token', requests: 2 },
  { name: 'retry: Retry-After below zero', faults: [retryAfter('-30')], ends: 'token', requests: 2 },
  { name: 'retry: Retry-After in words', faults: [retryAfter('in a moment')], ends: 'token', requests: 2 },
  { name: 'retry: Retry-After of blanks', faults: [retryAfter(' ')], ends: 'token', requests: 2 },
  { name: 'retry: retry_after in the body', faults: [tooManyRequests(600)], ends: THROTTLED, says: 'asks to wait 10 min', requests: 1, withinMs: 4000 },
  { name: 'retry: retry_after of half a second', faults: [throttledFor(0.5)], ends: 'token', requests: 2 },
  { name: 'retry: retry_after below zero', faults: [throttledFor(-1)], ends: 'token', requests: 2 },
  { name: 'retry: retry_after of 1e300 seconds', faults: [throttledFor(1e300)], ends: THROTTLED, says: 'asks to wait', requests: 1, withinMs: 4000 },
  { name: 'retry: retry_after as text', faults: [throttledFor('soon')], ends: 'token', requests: 2 },
  { name: 'retry: two waits, of which the longer counts for nothing', faults: [answer({ status: 429, headers: { 'retry-after': '0' }, body: { retry_after: 600 } })], ends: 'token', requests: 2 },

  { name: 'redirect 301', redirect: { status: 301, location: 'RECORDER' }, ends: REDIRECT, says: 'HTTP 301 with a redirect to 127.0.0.1:', requests: 1 },
  { name: 'redirect 302', redirect: { status: 302, location: 'RECORDER' }, ends: REDIRECT, requests: 1 },
  { name: 'redirect 303', redirect: { status: 303, location: 'RECORDER' }, ends: REDIRECT, requests: 1 },
  { name: 'redirect 307', redirect: { status: 307, location: 'RECORDER' }, ends: REDIRECT, requests: 1 },
  { name: 'redirect 308', redirect: { status: 308, location: 'RECORDER' }, ends: REDIRECT, requests: 1 },
  { name: 'status 300, which is no redirect', redirect: { status: 300, location: 'RECORDER' }, ends: NO_TOKEN, says: 'HTTP 300', requests: 1 },
  { name: 'status 304, which is no redirect', redirect: { status: 304, location: undefined }, ends: NO_TOKEN, says: 'HTTP 304', requests: 1 },
  { name: 'redirect: from TLS to none', certificate: 'good', redirect: { status: 307, location: 'RECORDER' }, ends: REDIRECT, requests: 1 },
  { name: 'redirect: through a proxy', certificate: 'good', proxy: 'works', redirect: { status: 308, location: 'RECORDER' }, ends: REDIRECT, requests: 1 },
  { name: 'redirect: to another host', redirect: { status: 308, location: 'https://user:password@evil.example/auth' }, ends: REDIRECT, says: 'a redirect to evil.example.', requests: 1 },
  { name: 'redirect: to the same host', redirect: { status: 302, location: '/login' }, ends: REDIRECT, says: 'a redirect to the path /login on the same host', requests: 1 },
  { name: 'redirect: without a location', redirect: { status: 301, location: undefined }, ends: REDIRECT, says: 'a redirect to no readable address', requests: 1 },
  { name: 'redirect: to no address', redirect: { status: 307, location: 'http://[' }, ends: REDIRECT, says: 'a redirect to no readable address', requests: 1 },
  { name: 'redirect: to a script', redirect: { status: 307, location: 'javascript:alert(1)' }, ends: REDIRECT, requests: 1 },
  { name: 'redirect: in hostile words', redirect: { status: 307, location: 'http://evil.example/%0A::error::gotcha##[error]' }, ends: REDIRECT, says: 'a redirect to evil.example.', requests: 1 },
  { name: 'redirect: to a name of ten thousand letters', redirect: { status: 307, location: `http://${'a'.repeat(10_000)}.example/` }, ends: REDIRECT, requests: 1 },
];
