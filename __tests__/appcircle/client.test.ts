import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import type { Credential } from '../../src/appcircle/credential.ts';
import type { Organization } from '../../src/appcircle/organization.ts';
import { surroundings } from '../http/support.ts';
import { failureFrom } from '../support/failures.ts';

// nock takes the place of node:http's functions, so what imports them comes after it. No socket is opened here: these are the
// answers that the sandbox has no word for, at the addresses of Appcircle's cloud.
nock.disableNetConnect();
const { AppcircleClient } = await import('../../src/appcircle/client.ts');

const AUTH = 'https://auth.appcircle.io';
const API = 'https://api.appcircle.io';
const API_KEY: Credential = { type: 'api-key', name: 'github-actions', secret: 'sk_1234567' };
const PERSONAL: Credential = { type: 'personal-access-key', key: 'pak_1234567' };
const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
const IOS_TEAM: Organization = { id: GUID, name: 'iOS Team' };
const TOKEN = { access_token: 'abc', token_type: 'Bearer', expires_in: 60 };
const SCOPE = 'openid,profile,email';

const ENVIRONMENT = { ...process.env };
let around: ReturnType<typeof surroundings>;

beforeEach(() => {
  // A proxy of the developer's is not to be asked.
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) delete process.env[name];
  around = surroundings();
});

afterEach(() => {
  around.clear();
  Object.assign(process.env, ENVIRONMENT);
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

afterAll(() => nock.restore());

function client(authEndpoint = AUTH, apiEndpoint = API) {
  return new AppcircleClient({ authEndpoint, apiEndpoint }, around);
}

/** The next request to a token path with this form is answered so. */
function onToken(path: string, form: Record<string, string>, status: number, body: nock.Body = '', headers = {}): void {
  nock(AUTH)
    .post(path, form)
    .reply(status, body, { 'content-type': 'application/json', ...headers });
}

describe('an exchange', () => {
  const FORM = { name: 'github-actions', secret: 'sk_1234567' };

  test('sends what Appcircle documents, and says who asks', async () => {
    nock(AUTH)
      .matchHeader('accept', 'application/json')
      .matchHeader('content-type', 'application/x-www-form-urlencoded')
      .matchHeader('user-agent', /^appcircle-access-token-action\b/)
      .post('/auth/v1/api-key/token', FORM)
      .reply(200, TOKEN, { 'content-type': 'application/json; charset=utf-8' });
    expect((await client().exchange(API_KEY, undefined)).value).toBe('abc');
    expect(around.log.lines).toEqual([]);
    expect(around.announced).toEqual(['abc']);
  });

  test('counts the time from the answer', async () => {
    onToken('/auth/v1/api-key/token', FORM, 200, TOKEN);
    const before = Date.now();
    const { expiresAt = 0 } = await client().exchange(API_KEY, undefined);
    expect(expiresAt).toBeGreaterThanOrEqual(before + 60_000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  test('names the sub-organization', async () => {
    onToken('/auth/v1/api-key/token', { ...FORM, organizationId: GUID }, 200, TOKEN);
    expect((await client().exchange(API_KEY, IOS_TEAM)).value).toBe('abc');
  });

  test('keeps the path of the endpoint', async () => {
    nock('https://acme.example:8443').post('/appcircle/auth/v1/api-key/token', FORM).reply(200, TOKEN);
    expect((await client('https://acme.example:8443/appcircle').exchange(API_KEY, undefined)).value).toBe('abc');
  });

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/token+json',
    'text/json',
    'text/plain; charset=utf-8',
    '',
  ])('takes an answer of the type %j', async (type) => {
    onToken('/auth/v1/api-key/token', FORM, 200, JSON.stringify(TOKEN), { 'content-type': type });
    expect((await client().exchange(API_KEY, undefined)).value).toBe('abc');
  });

  const REMEDY =
    'Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.';

  test.each(['text/html', 'application/xml', 'image/png', 'x; a=text/plain'])(
    'takes none of the type %j',
    async (type) => {
      onToken('/auth/v1/api-key/token', FORM, 200, JSON.stringify(TOKEN), { 'content-type': type });
      expect(await failureFrom(client().exchange(API_KEY, undefined))).toEqual({
        title: 'The answer is not a token',
        cause: 'auth.appcircle.io answered 200 with something other than JSON.',
        remedy: REMEDY,
      });
    },
  );

  test.each([
    ['gzip', gzipSync(JSON.stringify(TOKEN))],
    ['br', Buffer.from('x')],
    ['IDENTITY, gzip', Buffer.from(JSON.stringify(TOKEN))],
  ])('takes none in the encoding %s', async (encoding, body) => {
    onToken('/auth/v1/api-key/token', FORM, 200, body, { 'content-encoding': encoding });
    expect(await failureFrom(client().exchange(API_KEY, undefined))).toEqual({
      title: 'The answer is not a token',
      cause: 'auth.appcircle.io answered 200 in an encoding that was not asked for.',
      remedy: REMEDY,
    });
  });

  test('takes none that is not UTF-8', async () => {
    onToken('/auth/v1/api-key/token', FORM, 200, Buffer.from('{"access_token":"ab\xff"}', 'latin1'));
    expect((await failureFrom(client().exchange(API_KEY, undefined))).cause).toBe(
      'auth.appcircle.io answered 200 in an encoding that was not asked for.',
    );
  });

  test.each(['identity', 'Identity'])('takes one in the encoding %s, and with a byte order mark', async (encoding) => {
    const body = Buffer.from(`\uFEFF${JSON.stringify(TOKEN)}`);
    onToken('/auth/v1/api-key/token', FORM, 200, body, { 'content-encoding': encoding });
    expect((await client().exchange(API_KEY, undefined)).value).toBe('abc');
  });

  test('masks the tokens of a refusal too', async () => {
    onToken('/auth/v1/api-key/token', FORM, 401, { error: 'no', refresh_token: 'r1234567' });
    await failureFrom(client().exchange(API_KEY, undefined));
    expect(around.announced).toEqual(['r1234567']);
  });

  test('tries again what may pass, and what it says of it is quoted', async () => {
    onToken('/auth/v1/api-key/token', FORM, 503, { error: '##[x]' });
    onToken('/auth/v1/api-key/token', FORM, 200, TOKEN);
    around.clear();
    around = surroundings({ world: { ...around.world, random: () => 0.1, sleep: async () => undefined } });
    expect((await client().exchange(API_KEY, undefined)).value).toBe('abc');
    expect(around.log.lines).toEqual([
      'auth.appcircle.io answered with HTTP 503. The server says: "## [x]". Try 2 comes in 50 ms.',
    ]);
  });
});

describe('an older server', () => {
  const V3 = { personalAccessKey: 'pak_1234567', scope: SCOPE };
  const V2 = { pat: 'pak_1234567', scope: SCOPE };
  const V1 = { pat: 'pak_1234567' };

  test('that lacks the newest path is asked on the one before', async () => {
    onToken('/auth/v3/token', V3, 404);
    onToken('/auth/v2/token', V2, 200, TOKEN);
    expect((await client().exchange(PERSONAL, undefined)).value).toBe('abc');
    expect(around.log.lines).toEqual([
      'auth.appcircle.io is an older server: /auth/v2/token answered, /auth/v3/token is missing.',
    ]);
  });

  test('that lacks both is asked on the oldest', async () => {
    onToken('/auth/v3/token', V3, 405);
    onToken('/auth/v2/token', V2, 404);
    onToken('/auth/v1/token', V1, 200, TOKEN);
    expect((await client().exchange(PERSONAL, undefined)).value).toBe('abc');
    expect(around.log.lines).toEqual([
      'auth.appcircle.io is an older server: /auth/v1/token answered, /auth/v2/token is missing.',
    ]);
  });

  test('that lacks all is none', async () => {
    onToken('/auth/v3/token', V3, 404);
    onToken('/auth/v2/token', V2, 404);
    onToken('/auth/v1/token', V1, 405);
    const { title, cause } = await failureFrom(client().exchange(PERSONAL, undefined));
    expect([title, cause]).toEqual([
      'No token service at this address',
      'auth.appcircle.io has no token service at the path for Personal Access Keys (HTTP 405).',
    ]);
  });

  test('that can not name a sub-organization is not asked on the oldest path', async () => {
    onToken('/auth/v3/token', { ...V3, subOrganization: GUID }, 404);
    onToken('/auth/v2/token', { ...V2, subOrganization: GUID }, 405);
    expect(await failureFrom(client().exchange(PERSONAL, IOS_TEAM))).toEqual({
      title: 'The server is too old for sub-organizations',
      cause:
        "auth.appcircle.io has neither /auth/v3/token nor /auth/v2/token (HTTP 405), and older paths can't name a sub-organization.",
      remedy:
        'Update the server, or leave sub-organization out and use a key made in that sub-organization; check auth-endpoint too.',
    });
  });

  test.each([400, 401, 403, 406, 409, 410, 422])('is not what %d tells of', async (status) => {
    onToken('/auth/v3/token', V3, status);
    const { title } = await failureFrom(client().exchange(PERSONAL, undefined));
    expect(title).not.toBe('No token service at this address');
  });

  test('that refuses the key on the path before is not asked further', async () => {
    onToken('/auth/v3/token', { ...V3, subOrganization: GUID }, 404);
    onToken('/auth/v2/token', { ...V2, subOrganization: GUID }, 401);
    const { title } = await failureFrom(client().exchange(PERSONAL, IOS_TEAM));
    expect(title).toBe('Appcircle did not accept the key');
  });

  test('has no other path for API keys', async () => {
    onToken('/auth/v1/api-key/token', { name: 'github-actions', secret: 'sk_1234567', organizationId: GUID }, 404);
    const { title } = await failureFrom(client().exchange(API_KEY, IOS_TEAM));
    expect(title).toBe('No token service at this address');
  });
});

describe('a look-up', () => {
  const ACCESS = { value: 'abc', expiresAt: undefined, organizationId: undefined, keyExpiresAt: undefined };
  const PATH = '/identity/v1/organizations';

  test('asks with the token for pages of a hundred', async () => {
    nock(API)
      .matchHeader('authorization', 'Bearer abc')
      .matchHeader('accept', 'application/json')
      .get(`${PATH}?page=1&perPage=100`)
      .reply(200, { data: [IOS_TEAM], page: 1, perPage: 100, total: 101 })
      .get(`${PATH}?page=2&perPage=100`)
      .reply(200, { data: [], page: 2, perPage: 100, total: 101 });
    expect(await client().findOrganization('iOS Team', ACCESS)).toEqual(IOS_TEAM);
  });

  test('keeps the path of the endpoint', async () => {
    nock('https://acme.example')
      .get(`/api${PATH}?page=1&perPage=100`)
      .reply(200, { data: [IOS_TEAM], perPage: 100, total: 1 });
    expect(await client(AUTH, 'https://acme.example/api').findOrganization('iOS Team', ACCESS)).toEqual(IOS_TEAM);
  });

  test.each([401, 403])('that is refused (%d) asks for a GUID', async (status) => {
    nock(API).get(`${PATH}?page=1&perPage=100`).reply(status);
    expect(await failureFrom(client().findOrganization('iOS Team', ACCESS))).toEqual({
      title: 'Not allowed to list organizations',
      cause: `api.appcircle.io does not let this key list organizations (HTTP ${status}), so that the name of the sub-organization can't be looked up.`,
      remedy:
        'Give the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.',
    });
  });

  test.each([
    ['no list', 200, '{}', {}],
    ['a page for people', 200, '<html>', {}],
    ['nothing', 204, '', {}],
    ['a list with another status', 201, '{"data":[]}', {}],
    ['no such path', 404, '{"data":[]}', {}],
    ['an encoding that was not asked for', 200, '{"data":[]}', { 'content-encoding': 'deflate' }],
  ])('that brings %s can not be read', async (_what, status, body, headers) => {
    nock(API).get(`${PATH}?page=1&perPage=100`).reply(status, body, headers);
    expect(await failureFrom(client().findOrganization('iOS Team', ACCESS))).toEqual({
      title: 'The organization list could not be read',
      cause: `api.appcircle.io answered HTTP ${status} without a list of organizations that can be read.`,
      remedy: 'Check api-endpoint, or give the GUID of the sub-organization instead of its name.',
    });
  });

  test('follows no redirect', async () => {
    nock(API).get(`${PATH}?page=1&perPage=100`).reply(302, '', { location: 'https://login.evil.example/' });
    const { title } = await failureFrom(client().findOrganization('iOS Team', ACCESS));
    expect(title).toBe('The server answered with a redirect');
  });
});
