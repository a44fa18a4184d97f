import { expect, test } from '@jest/globals';
import type { Organization } from '../../src/appcircle/organizations.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { DAY_MS } from '../../src/base/time.ts';
import { assessKeyExpiry } from '../../src/key-expiry.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { API_KEY, GUID, NOW } from '../appcircle/support.ts';

const IOS_TEAM: Organization = { id: GUID, name: 'iOS Team' };
const OPAQUE: AccessToken = {
  value: 'abc',
  expiresAt: undefined,
  receivedAt: NOW,
  serverTime: NOW,
  organization: undefined,
  organizationId: undefined,
};

function outputs(token: Partial<AccessToken>, organization?: Organization, keyExpiresOn?: number) {
  const keyExpiry = assessKeyExpiry(keyExpiresOn, 14, NOW);
  return outputsOf({
    token: { ...OPAQUE, ...token },
    credential: API_KEY,
    organization,
    keyExpiry,
  });
}

test('what is not known is empty', () => {
  expect(outputs({})).toEqual({
    'access-token': 'abc',
    'token-expires-at': '',
    'organization-id': '',
    'credential-type': 'api-key',
    'key-expires-on': '',
    'key-days-left': '',
    'key-expiry-status': 'unknown',
  });
});

test('what is known is set', () => {
  expect(
    outputs(
      { expiresAt: NOW + 14_400_000, organizationId: GUID },
      undefined,
      Date.UTC(2026, 10, 30),
    ),
  ).toEqual({
    'access-token': 'abc',
    'token-expires-at': '2026-11-20T19:04:05Z',
    'organization-id': GUID,
    'credential-type': 'api-key',
    'key-expires-on': '2026-11-30T00:00:00Z',
    'key-days-left': '9',
    'key-expiry-status': 'expiring',
  });
});

test('days are cut toward zero, negative once a whole day is past', () => {
  expect(outputs({}, undefined, NOW + 6.5 * DAY_MS)['key-days-left']).toBe('6');
  expect(outputs({}, undefined, NOW)['key-days-left']).toBe('0');
  expect(outputs({}, undefined, NOW - 0.2 * DAY_MS)['key-days-left']).toBe('0');
  expect(outputs({}, undefined, NOW - 1.2 * DAY_MS)['key-days-left']).toBe('-1');
  expect(outputs({}, undefined, NOW - 2 * DAY_MS)['key-days-left']).toBe('-2');
});

test('the organization is the claim, and never the one that was only asked for', () => {
  expect(outputs({ organizationId: GUID.toUpperCase() }, IOS_TEAM)['organization-id']).toBe(
    GUID.toUpperCase(),
  );
  expect(outputs({}, IOS_TEAM)['organization-id']).toBe('');
});

test('a claim that is no GUID is no output', () => {
  expect(outputs({ organization: new Foreign('Acme') })['organization-id']).toBe('');
});
