import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { API_KEY, PERSONAL_ACCESS_KEY } from '../../sandbox/appcircle/accounts.ts';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';

const BY_API_KEY = '/auth/v1/api-key/token';
const SCOPE = 'openid,profile,email';
const { name, secret } = API_KEY;
const { key } = PERSONAL_ACCESS_KEY;

let appcircle: Appcircle;

beforeAll(async () => {
  appcircle = await startAppcircle();
});
afterAll(() => appcircle.close());

test.each<[string, string, Record<string, string>, RegExp]>([
  ['a malformed GUID', BY_API_KEY, { name, secret, organizationId: 'x' }, /valid GUID/],
  ['a field too many', BY_API_KEY, { name, secret, scope: SCOPE }, /'scope' is not known/],
  ['a field too few', BY_API_KEY, { name }, /'secret' is required/],
  ['another scope', '/auth/v3/token', { personalAccessKey: key, scope: 'openid' }, /scope must/],
])('an exchange with %s is rejected', async (_what, path, form, says) => {
  const body = new URLSearchParams(form);
  const response = await fetch(appcircle.authEndpoint + path, { method: 'POST', body });
  expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(says)]);
  expect(appcircle.issued).toEqual([]);
});
