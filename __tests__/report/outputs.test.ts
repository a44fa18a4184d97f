import { expect, test } from '@jest/globals';
import { Foreign } from '../../src/base/foreign.ts';
import { DAY_MS } from '../../src/base/time.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { GUID, NOW } from '../appcircle/support.ts';
import { FOUR_HOURS, IOS_TEAM, outcomeOf } from './support.ts';

test('what is not known is empty: an organization that was only asked for or has no GUID, too', () => {
  const token = { organization: new Foreign('Acme') };
  expect(outputsOf(outcomeOf({ token, organization: IOS_TEAM }))).toEqual({
    'access-token': 'the-access-token',
    'token-expires-at': '',
    'organization-id': '',
    'credential-type': 'api-key',
    'key-expires-on': '',
    'key-days-left': '',
    'key-expiry-status': 'unknown',
  });
});

test('what is known is set', () => {
  const token = { ...FOUR_HOURS, organizationId: GUID };
  expect(outputsOf(outcomeOf({ token, keyExpiresOn: Date.UTC(2026, 10, 30) }))).toEqual({
    'access-token': 'the-access-token',
    'token-expires-at': '2026-11-20T19:04:05Z',
    'organization-id': GUID,
    'credential-type': 'api-key',
    'key-expires-on': '2026-11-30T00:00:00Z',
    'key-days-left': '9',
    'key-expiry-status': 'expiring',
  });
});

test.each([
  [6.5, '6'],
  [0, '0'],
  [-0.2, '0'],
  [-1.2, '-1'],
])('days are cut toward zero: %d are %s', (days, shown) => {
  const outputs = outputsOf(outcomeOf({ keyExpiresOn: NOW + days * DAY_MS }));
  expect(outputs['key-days-left']).toBe(shown);
});
