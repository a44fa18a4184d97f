import { afterEach, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import {
  API_KEY,
  AWKWARD_API_KEY,
  accountsWithOrganizations,
  DEFAULT_ACCOUNTS,
  EXPIRED_API_KEY,
  EXPIRED_PERSONAL_ACCESS_KEY,
  generatedOrganization,
  NARROW_API_KEY,
  PAYMENTS_ASIA,
  PERSONAL_ACCESS_KEY,
  ROCKET,
  ROOT,
  SUB_ORGANIZATION_PERSONAL_ACCESS_KEY,
  VAULT,
} from '../../sandbox/appcircle/accounts.ts';
import type { ListOptions } from '../../sandbox/appcircle/organizations.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';
import { verificationKey } from '../../sandbox/appcircle/tokens.ts';
import { failure } from '../../sandbox/network/faults.ts';

const API_KEY_PATH = '/auth/v1/api-key/token';
const SCOPE = 'openid,profile,email';
const NOW = Date.UTC(2026, 10, 21, 12);

let appcircle: Appcircle;

afterEach(() => appcircle.close());

async function start(options: AppcircleOptions = {}): Promise<void> {
  appcircle = await startAppcircle({ clock: () => NOW, ...options });
}

async function post(
  path: string,
  form: Record<string, string>,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(appcircle.authEndpoint + path, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

function keyForm({ name, secret }: { name: string; secret: string }): Record<string, string> {
  return { name, secret };
}

async function organizationOfToken(path: string, form: Record<string, string>): Promise<unknown> {
  const { body } = await post(path, form);
  const { payload } = await jwtVerify(
    (body as { access_token: string }).access_token,
    await verificationKey(),
    {
      currentDate: new Date(NOW),
    },
  );
  return payload['currentOrganizationId'];
}

test('an API key gets a Keycloak answer with a signed token for its own organization', async () => {
  await start({ expiresIn: 600 });
  const { status, body } = await post(API_KEY_PATH, keyForm(API_KEY));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    expires_in: 600,
    token_type: 'Bearer',
    refresh_token: expect.stringMatching(/^ey/),
    id_token: expect.stringMatching(/^ey/),
    'not-before-policy': 0,
  });
  const { payload } = await jwtVerify(
    (body as { access_token: string }).access_token,
    await verificationKey(),
    {
      currentDate: new Date(NOW),
      issuer: `${appcircle.authEndpoint}/auth/realms/appcircle`,
    },
  );
  expect(payload).toMatchObject({
    currentOrganizationId: ROOT.id,
    iat: NOW / 1000,
    exp: NOW / 1000 + 600,
  });
});

test('the token is for the sub-organization that is asked for', async () => {
  await start();
  expect(
    await organizationOfToken(API_KEY_PATH, {
      ...keyForm(AWKWARD_API_KEY),
      organizationId: ROCKET.id,
    }),
  ).toBe(ROCKET.id);
  const form = {
    personalAccessKey: PERSONAL_ACCESS_KEY.key,
    scope: SCOPE,
    subOrganization: ROCKET.id.toUpperCase(),
  };
  expect(await organizationOfToken('/auth/v3/token', form)).toBe(ROCKET.id);
  const older = { pat: PERSONAL_ACCESS_KEY.key, scope: SCOPE, subOrganization: ROCKET.id };
  expect(await organizationOfToken('/auth/v2/token', older)).toBe(ROCKET.id);
  expect(await organizationOfToken('/auth/v1/token', { pat: PERSONAL_ACCESS_KEY.key })).toBe(
    ROOT.id,
  );
});

test('without a role there, the token is for the key’s own organization, or forbidden', async () => {
  await start();
  expect(
    await organizationOfToken(API_KEY_PATH, { ...keyForm(API_KEY), organizationId: VAULT.id }),
  ).toBe(ROOT.id);
  await appcircle.close();
  await start({ withoutRole: 'forbidden' });
  expect(await post(API_KEY_PATH, { ...keyForm(API_KEY), organizationId: VAULT.id })).toEqual({
    status: 403,
  });
});

test.each([
  [
    'a wrong secret',
    API_KEY_PATH,
    { name: API_KEY.name, secret: 'x' },
    401,
    /invalid_grant.*invalid/,
  ],
  ['an expired API key', API_KEY_PATH, keyForm(EXPIRED_API_KEY), 401, /expired/],
  [
    'an expired Personal Access Key',
    '/auth/v3/token',
    { personalAccessKey: EXPIRED_PERSONAL_ACCESS_KEY.key, scope: SCOPE },
    401,
    /expired/,
  ],
  [
    'a malformed GUID',
    API_KEY_PATH,
    { ...keyForm(API_KEY), organizationId: 'x' },
    400,
    /must be a valid GUID/,
  ],
  [
    'a field too many',
    API_KEY_PATH,
    { ...keyForm(API_KEY), scope: SCOPE },
    400,
    /'scope' is not known/,
  ],
  ['a field too few', API_KEY_PATH, { name: API_KEY.name }, 400, /'secret' is required/],
  [
    'another scope',
    '/auth/v3/token',
    { personalAccessKey: 'x', scope: 'openid' },
    400,
    /scope must be/,
  ],
  [
    'a sub-organization on v1',
    '/auth/v1/token',
    { pat: 'x', subOrganization: ROCKET.id },
    400,
    /not known/,
  ],
])('%s is refused', async (_what, path, form, status, text) => {
  await start();
  const answer = await post(path, form as unknown as Record<string, string>);
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body)).toMatch(text);
  expect(appcircle.issued).toEqual([]);
});

test('anything but a form by POST is refused', async () => {
  await start();
  const url = appcircle.authEndpoint + API_KEY_PATH;
  expect((await fetch(url)).status).toBe(405);
  const json = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(API_KEY),
  };
  expect((await fetch(url, json)).status).toBe(400);
});

test('an older server lacks paths', async () => {
  await start({ missing: { '/auth/v3/token': 404, '/auth/v2/token': 405 } });
  expect((await post('/auth/v3/token', {})).status).toBe(404);
  expect((await post('/auth/v2/token', {})).status).toBe(405);
  expect((await post('/auth/v1/token', { pat: PERSONAL_ACCESS_KEY.key })).status).toBe(200);
});

test('the answer can be added to and taken from, and the token can be opaque', async () => {
  await start({
    opaqueToken: 'opaque',
    extraFields: { tenant: 'acme', expires_in: undefined },
  });
  const { body } = await post(API_KEY_PATH, keyForm(API_KEY));
  expect(body).toMatchObject({ access_token: 'opaque', tenant: 'acme' });
  expect(body).not.toHaveProperty('expires_in');
});

async function list(token: string, query = ''): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${appcircle.apiEndpoint}/identity/v1/organizations${query}`, {
    headers,
  });
  return { status: response.status, body: response.ok ? await response.json() : undefined };
}

test('organizations are listed by page to those who may', async () => {
  await start({ accounts: accountsWithOrganizations(200), pathPrefix: '/on/premises' });
  await post(API_KEY_PATH, keyForm(API_KEY));
  const token = appcircle.issued[0]?.access_token ?? '';
  expect(await list('not-a-token')).toMatchObject({ status: 401 });
  expect(await list(token)).toMatchObject({ body: { page: 1, perPage: 20, total: 206 } });
  const { body } = await list(token, '?page=3&perPage=500');
  expect(body).toMatchObject({
    page: 3,
    perPage: 100,
    data: [generatedOrganization(195), {}, {}, {}, {}, {}],
  });
});

test.each([
  [API_KEY_PATH, keyForm(NARROW_API_KEY)],
  ['/auth/v3/token', { personalAccessKey: SUB_ORGANIZATION_PERSONAL_ACCESS_KEY.key, scope: SCOPE }],
])('a key without the role for it may not list organizations: %s', async (path, form) => {
  await start();
  await post(path, form);
  const headers = { authorization: `Bearer ${appcircle.issued[0]?.access_token}` };
  expect(
    (await fetch(`${appcircle.apiEndpoint}/identity/v1/organizations`, { headers })).status,
  ).toBe(403);
});

test.each<[string, ListOptions, object]>([
  ['ignores paging', { paging: 'none' }, { data: [ROOT, ...DEFAULT_ACCOUNTS.subOrganizations] }],
  [
    'pages by its own size',
    { paging: 4 },
    { data: [PAYMENTS_ASIA, VAULT], page: 2, perPage: 4, total: 6 },
  ],
  [
    'holds unreadable entries',
    { unreadable: { count: 2, at: 3 } },
    { data: [null, 'iOS Team', expect.anything()] },
  ],
  [
    'holds a page of them',
    { unreadable: { count: 6, at: 0 } },
    { data: [[], {}, { id: 7, name: 'Seven' }] },
  ],
])('a list that %s', async (_manner, manner, page) => {
  await start({ list: manner });
  await post(API_KEY_PATH, keyForm(API_KEY));
  const { body } = await list(appcircle.issued[0]?.access_token ?? '', '?page=2&perPage=3');
  expect(body).toMatchObject(page);
});

test.each([
  ['by its clock', undefined, 'Sat, 21 Nov 2026 12:00:00 GMT'],
  ['by a skewed clock', 3_600_000, 'Sat, 21 Nov 2026 13:00:00 GMT'],
  ['not at all', 'none' as const, null],
])('it tells the date %s, with each answer', async (_how, dateHeader, date) => {
  await start(dateHeader === undefined ? {} : { dateHeader });
  appcircle.fail(failure(503));
  for (const status of [503, 404]) {
    const response = await fetch(appcircle.authEndpoint);
    expect([response.status, response.headers.get('date')]).toEqual([status, date]);
  }
});

test('each request is recorded and answered with an ID of its own', async () => {
  await start();
  await post(API_KEY_PATH, keyForm(AWKWARD_API_KEY));
  const response = await fetch(`${appcircle.apiEndpoint}/nowhere?a=1`);
  expect(response.headers.get('x-request-id')).toBe('sandbox-2');
  expect(appcircle.requests).toMatchObject([
    {
      host: 'auth',
      method: 'POST',
      path: API_KEY_PATH,
      form: keyForm(AWKWARD_API_KEY),
      connection: 1,
      at: NOW,
    },
    { host: 'api', method: 'GET', path: '/nowhere', query: { a: '1' }, form: {}, body: '' },
  ]);
  expect({ ...appcircle.connections }).toEqual({ auth: 1, api: 1 });
});

test('a throttle and a share of failures', async () => {
  await start({ throttle: { requests: 1, windowMs: 5000 } });
  expect((await post(API_KEY_PATH, keyForm(API_KEY))).status).toBe(200);
  expect(await post(API_KEY_PATH, keyForm(API_KEY))).toEqual({
    status: 429,
    body: { error: 'Too Many Requests', retry_after: 5 },
  });
  await appcircle.close();
  await start({
    throttle: { requests: 1000, windowMs: 5000 },
    failures: { probability: 0.5, seed: 7 },
  });
  const statuses: number[] = [];
  for (let count = 0; count < 40; count += 1) statuses.push((await post(API_KEY_PATH, {})).status);
  const failed = statuses.filter((status) => status === 503).length;
  expect(failed).toBeGreaterThan(8);
  expect(failed).toBeLessThan(32);
});
