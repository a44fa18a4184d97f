import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  API_KEY,
  AWKWARD_API_KEY,
  EXPIRED_API_KEY,
  PERSONAL_ACCESS_KEY,
  ROCKET,
  ROOT,
} from '../../sandbox/appcircle/accounts.ts';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';

const BY_API_KEY = '/auth/v1/api-key/token';
const SCOPE = 'openid,profile,email';
const AWKWARD = { name: AWKWARD_API_KEY.name, secret: AWKWARD_API_KEY.secret };
const { name, secret } = API_KEY;
const { key } = PERSONAL_ACCESS_KEY;

let appcircle: Appcircle;

beforeEach(async () => {
  appcircle = await startAppcircle();
});
afterEach(() => appcircle.close());

async function exchange(path: string, form: Record<string, string>) {
  const body = new URLSearchParams(form);
  const response = await fetch(appcircle.authEndpoint + path, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

test.each<[string, Record<string, string>, string]>([
  [BY_API_KEY, { name, secret }, ROOT.id],
  [BY_API_KEY, { ...AWKWARD, organizationId: ROCKET.id }, ROCKET.id],
  [
    '/auth/v3/token',
    { personalAccessKey: key, scope: SCOPE, subOrganization: ROCKET.id },
    ROCKET.id,
  ],
  ['/auth/v2/token', { pat: key, scope: SCOPE, subOrganization: ROCKET.id }, ROCKET.id],
  ['/auth/v2/token', { pat: key, scope: SCOPE, subOrganizationId: ROCKET.id }, ROCKET.id],
  ['/auth/v1/token', { pat: key }, ROOT.id],
])('%s takes the form that Appcircle documents: %j', async (path, form, organization) => {
  const { status, text } = await exchange(path, form);
  expect(status).toBe(200);
  const { access_token, expires_in, token_type } = JSON.parse(text);
  expect({ expires_in, token_type }).toEqual({ expires_in: 14_400, token_type: 'Bearer' });
  const claims = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString());
  expect(claims.currentOrganizationId).toBe(organization);
});

test.each<[string, string, Record<string, string>, number, RegExp]>([
  ['a wrong secret', BY_API_KEY, { name, secret: 'x' }, 401, /invalid_grant.*invalid/],
  [
    'an expired key',
    BY_API_KEY,
    { name: EXPIRED_API_KEY.name, secret: EXPIRED_API_KEY.secret },
    401,
    /expired/,
  ],
  ['a malformed GUID', BY_API_KEY, { name, secret, organizationId: 'x' }, 400, /valid GUID/],
  ['a field too many', BY_API_KEY, { name, secret, scope: SCOPE }, 400, /'scope' is not known/],
  ['a field too few', BY_API_KEY, { name }, 400, /'secret' is required/],
  [
    'another scope',
    '/auth/v3/token',
    { personalAccessKey: key, scope: 'openid' },
    400,
    /scope must/,
  ],
])('the exchange rejects %s', async (_what, path, form, status, says) => {
  expect(await exchange(path, form)).toEqual({ status, text: expect.stringMatching(says) });
  expect(appcircle.issued).toEqual([]);
});
