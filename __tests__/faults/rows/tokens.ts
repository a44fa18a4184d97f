import {
  API_KEY,
  IOS_TEAM,
  NARROW_API_KEY,
  PERSONAL_ACCESS_KEY,
  VAULT,
} from '../../../sandbox/appcircle/accounts.ts';
import * as faults from '../../../sandbox/network/faults.ts';
import { json, raw } from '../raw.ts';
import type { Row } from '../row.ts';

const { BAIT_BODY, BAIT_TOKEN } = faults;
const PERSONAL = {
  'api-key-name': '',
  'api-key-secret': '',
  'personal-access-key': PERSONAL_ACCESS_KEY.key,
};
const NO_TOKEN = 'The answer is not a token';

const token = (access_token: unknown, more: object = {}) =>
  faults.answer({ body: { access_token, expires_in: 3600, ...more } });
const claims = (payload: string) =>
  token(`e30.${Buffer.from(payload).toString('base64url')}.c2lnbmF0dXJl`);
const typed = (type: string) => faults.answer({ headers: { 'content-type': type } });
const encoded = (encoding: string) => faults.answer({ headers: { 'content-encoding': encoding } });
const nested = (open: string, close: string, depth: number) =>
  open.repeat(depth) + close.repeat(depth);

/** A 200 whose body is no token, or only just one. */
// biome-ignore format: a table, one row a line
export const tokens: readonly Row[] = [
  { name: 'body: a page for people', faults: [faults.htmlPage()], ends: NO_TOKEN, says: 'something other than a JSON object', requests: 1 },
  { name: 'body: JSON, called a page', faults: [typed('text/html')], ends: 'bait token', requests: 1 },
  { name: 'body: JSON, called plain text', faults: [typed('text/plain')], ends: 'bait token', requests: 1 },
  { name: 'body: JSON, called a kind of JSON', faults: [typed('application/token+json; charset=UTF-8')], ends: 'bait token', requests: 1 },
  { name: 'body: JSON, called an image', faults: [typed('image/png')], ends: 'bait token', requests: 1 },
  { name: 'body: JSON in another charset than it says', faults: [typed('application/json; charset=utf-16')], ends: 'bait token', requests: 1 },
  { name: 'body: empty', faults: [faults.emptyBody()], ends: NO_TOKEN, requests: 1 },
  { name: 'body: blanks', faults: [faults.answer({ body: ' \n\t ' })], ends: NO_TOKEN, requests: 1 },
  { name: 'body: random bytes', faults: [faults.randomBody()], ends: NO_TOKEN, requests: 1 },
  { name: 'body: half of the JSON', faults: [faults.answer({ body: BAIT_BODY.slice(0, -10) })], ends: NO_TOKEN, requests: 1 },
  { name: 'body: JSON and something more', faults: [faults.answer({ body: `${BAIT_BODY};` })], ends: NO_TOKEN, requests: 1 },
  { name: 'body: behind a guard against scripts', faults: [faults.answer({ body: `)]}'\n${BAIT_BODY}` })], ends: NO_TOKEN, requests: 1 },
  { name: 'body: as a form', faults: [faults.answer({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `access_token=${BAIT_TOKEN}` })], ends: NO_TOKEN, requests: 1 },
  { name: 'body: a byte order mark ahead', faults: [faults.bodyWithByteOrderMark()], ends: 'bait token', requests: 1 },
  { name: 'body: UTF-16', faults: [faults.utf16Body()], ends: NO_TOKEN, requests: 1 },
  { name: 'body: UTF-16 with a byte order mark', faults: [json('UTF-16 BE', Buffer.from(`\uFEFF${BAIT_BODY}`, 'utf16le').swap16())], ends: NO_TOKEN, requests: 1 },
  { name: 'body: Latin-1', faults: [json('Latin-1', Buffer.from(JSON.stringify({ access_token: BAIT_TOKEN, name: 'é' }), 'latin1'))], ends: 'bait token', requests: 1 },
  { name: 'body: gzip', faults: [faults.gzippedBody()], ends: NO_TOKEN, says: 'encoding that was not asked for', requests: 1 },
  { name: 'body: gzip in name only', faults: [encoded('gzip')], ends: NO_TOKEN, requests: 1 },
  { name: 'body: Brotli in name only', faults: [encoded('br')], ends: NO_TOKEN, requests: 1 },
  { name: 'body: encoded twice', faults: [encoded('identity, gzip')], ends: NO_TOKEN, requests: 1 },
  { name: 'body: encoding called identity', faults: [encoded('Identity')], ends: 'bait token', requests: 1 },
  { name: 'body: gzip as a transfer encoding', faults: [raw('TE: gzip', Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\n\x1f\x8b\x08\r\n0\r\n\r\n', 'latin1'), { keep: true })], ends: NO_TOKEN, requests: 1 },

  { name: 'JSON: null', faults: [faults.answer({ body: 'null' })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: true', faults: [faults.answer({ body: 'true' })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: a number', faults: [faults.answer({ body: '42' })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: the token alone', faults: [faults.answer({ body: `"${BAIT_TOKEN}"` })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: a list with the answer', faults: [faults.answer({ body: `[${BAIT_BODY}]` })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: the answer in another object', faults: [faults.answer({ body: `{"data":${BAIT_BODY}}` })], ends: NO_TOKEN, says: 'without an access_token', requests: 1 },
  { name: 'JSON: an empty object', faults: [faults.answer({ body: '{}' })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: another spelling of the field', faults: [faults.answer({ body: { accessToken: BAIT_TOKEN } })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: an error with 200', faults: [faults.answer({ body: { error: 'invalid_grant' } })], ends: 'Appcircle did not accept the key', says: 'HTTP 200', requests: 1 },
  { name: 'JSON: an error with 200 that is an object', faults: [faults.answer({ body: { error: { message: 'The API key has expired' } } })], ends: 'The key has expired', requests: 1 },
  { name: 'JSON: an error with 200 that is empty', faults: [faults.answer({ body: { error: {} } })], ends: NO_TOKEN, says: 'without an access_token', requests: 1 },
  { name: 'JSON: the field twice, the last one counts', faults: [faults.answer({ body: `{"access_token":"first.token.0123456789","access_token":"${BAIT_TOKEN}"}` })], ends: 'bait token', requests: 1 },
  { name: 'JSON: the field twice, the last one null', faults: [faults.answer({ body: `{"access_token":"${BAIT_TOKEN}","access_token":null}` })], ends: NO_TOKEN, requests: 1 },
  { name: 'JSON: half a million lists in each other', faults: [faults.answer({ body: nested('[', ']', 500_000) })], ends: NO_TOKEN, requests: 1, withinMs: 6000 },
  { name: 'JSON: a deep list for a token', faults: [faults.answer({ body: `{"access_token":${nested('[', ']', 400_000)}}` })], ends: NO_TOKEN, requests: 1, withinMs: 6000 },
  { name: 'JSON: a megabyte of quotation marks', faults: [faults.answer({ body: '"'.repeat(1_000_000) })], ends: NO_TOKEN, requests: 1, withinMs: 6000 },
  { name: 'JSON: a megabyte of backslashes', faults: [faults.answer({ body: `"${'\\'.repeat(1_000_000)}` })], ends: NO_TOKEN, requests: 1, withinMs: 6000 },
  { name: 'JSON: a prototype', faults: [faults.answer({ body: `{"__proto__":{"access_token":"${BAIT_TOKEN}"}}` })], ends: NO_TOKEN, requests: 1 },

  { name: 'token: null', faults: [token(null)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: a number', faults: [token(12345678)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: true', faults: [token(true)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: a list', faults: [token([BAIT_TOKEN])], ends: NO_TOKEN, requests: 1 },
  { name: 'token: an object', faults: [token({ toString: BAIT_TOKEN })], ends: NO_TOKEN, requests: 1 },
  { name: 'token: empty', faults: [token('')], ends: NO_TOKEN, requests: 1 },
  { name: 'token: a blank', faults: [token(' ')], ends: NO_TOKEN, requests: 1 },
  { name: 'token: of seven characters', faults: [token('1234567')], ends: NO_TOKEN, says: 'fewer than 8 characters', requests: 1 },
  { name: 'token: with a blank in it', faults: [token(`${BAIT_TOKEN} x`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a line break and a variable', faults: [token(`${BAIT_TOKEN}\nNODE_OPTIONS=--require=/tmp/x.js`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a line break at its end', faults: [token(`${BAIT_TOKEN}\n`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a carriage return', faults: [token(`${BAIT_TOKEN}\r::error::gotcha`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a NUL', faults: [token(`${BAIT_TOKEN}\0`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a delimiter of a file command', faults: [token(`${BAIT_TOKEN}<<ghadelimiter`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a letter beyond ASCII', faults: [token(`${BAIT_TOKEN}é`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: with a line separator', faults: [token(`${BAIT_TOKEN}\u2028x`)], ends: NO_TOKEN, requests: 1 },
  { name: 'token: a workflow command', faults: [token('::set-env name=PATH::/tmp')], ends: NO_TOKEN, requests: 1 },
  { name: 'token: of 32,001 characters', faults: [token('a'.repeat(32_001))], ends: NO_TOKEN, says: '32001 characters', requests: 1 },
  { name: 'token: of a megabyte', faults: [token('a'.repeat(1_000_000))], ends: NO_TOKEN, requests: 1, withinMs: 6000 },
  { name: 'token: of another type', faults: [token(BAIT_TOKEN, { token_type: 'DPoP' })], ends: NO_TOKEN, says: 'token_type', requests: 1 },
  { name: 'token: of a type that is no text', faults: [token(BAIT_TOKEN, { token_type: 7 })], ends: NO_TOKEN, requests: 1 },
  { name: 'token: of no type', faults: [token(BAIT_TOKEN, { token_type: null })], ends: 'bait token', requests: 1 },
  { name: 'token: valid for a nonsensical time', faults: [token(BAIT_TOKEN, { expires_in: -1e300 })], ends: 'The token has already expired', requests: 1 },
  { name: 'token: valid until the end of time', faults: [token(BAIT_TOKEN, { expires_in: 1e300 })], ends: 'bait token', requests: 1 },
  { name: "token: asked for one organization, given another's", inputs: { 'sub-organization': VAULT.id }, ends: 'The token is for another organization', requests: 1 },
  { name: 'token: for an organization that is no text', faults: [claims('{"currentOrganizationId":{"toString":1}}')], inputs: { 'sub-organization': IOS_TEAM.id }, ends: 'The token is for another organization', requests: 1 },
  { name: 'token: for an organization in hostile words', faults: [claims('{"currentOrganizationId":"\\n::error::gotcha ##[error]"}')], inputs: { 'sub-organization': IOS_TEAM.id }, ends: 'The token is for another organization', requests: 1 },
  { name: 'token: for no organization, from an older path', faults: [faults.failure(404), token(BAIT_TOKEN)], inputs: { ...PERSONAL, 'sub-organization': IOS_TEAM.id }, ends: 'The organization could not be checked', requests: 2 },
  { name: 'token: for no organization', faults: [token(BAIT_TOKEN)], inputs: { 'sub-organization': IOS_TEAM.id }, ends: 'bait token', requests: 1 },
  { name: 'token: for the organization in other letters', inputs: { 'sub-organization': IOS_TEAM.id.toUpperCase() }, ends: 'token', requests: 1 },
  { name: "token: the step's debug log shows an ID that is a token", faults: [faults.answer({ headers: { 'x-request-id': BAIT_TOKEN } })], env: { RUNNER_DEBUG: '1' }, ends: 'bait token', requests: 1 },
  { name: 'token: repeated in an error', faults: [faults.answer({ status: 400, body: { error: `no ${BAIT_TOKEN}`, access_token: BAIT_TOKEN } })], ends: 'Appcircle rejected the request', says: 'no ***', requests: 1 },
  { name: 'token: the secret repeated in an error, broken up', faults: [faults.answer({ status: 400, body: { error: `no ${[...API_KEY.secret].join('\u200b')} and ${API_KEY.secret.toUpperCase()}` } })], ends: 'Appcircle rejected the request', says: 'no *** and ***', requests: 1 },
  { name: 'token: the secret repeated in an error, in Base64', faults: [faults.answer({ status: 400, body: { error: `no ${btoa(API_KEY.secret)} here` } })], ends: 'Appcircle rejected the request', says: 'The server says: "no …= here"', requests: 1 },
  { name: "token: somebody else's secret in an error", faults: [faults.answer({ status: 400, body: { error: `no ${'7f3A9b2C'.repeat(5)} here` } })], ends: 'Appcircle rejected the request', says: 'The server says: "no … here"', requests: 1 },
  { name: 'token: for a key that expires too soon', inputs: { 'key-expires-on': new Date(Date.now() + 86_400_000).toISOString(), 'expiry-failure-days': '7' }, ends: 'The key expires too soon', requests: 1 },
  { name: 'token: for the key of an organization alone', inputs: { 'api-key-name': NARROW_API_KEY.name, 'api-key-secret': NARROW_API_KEY.secret }, ends: 'token', requests: 1 },
];
