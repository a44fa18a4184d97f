import { expect, test } from '@jest/globals';
import type { Organization } from '../src/appcircle/organization.ts';
import type { AccessToken } from '../src/appcircle/token.ts';
import { assessKey } from '../src/key-expiry.ts';
import { announceToken, outputsOf } from '../src/outputs.ts';
import { MemoryRunner } from './support/in-process.ts';

const NOW = Date.parse('2026-11-20T15:04:05.678Z');
const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
const IOS_TEAM: Organization = { id: GUID, name: 'iOS Team' };
const API_KEY = { type: 'api-key', name: 'github-actions', secret: 'sk_1234567' } as const;
const OPAQUE: AccessToken = { value: 'abc', expiresAt: undefined, organizationId: undefined, keyExpiresAt: undefined };

function outputs(token: Partial<AccessToken>, asked?: Organization, keyExpiresOn?: number) {
  const { masks } = new MemoryRunner();
  return outputsOf(
    {
      token: { ...OPAQUE, ...token },
      credential: API_KEY,
      organization: asked,
      keyExpiry: assessKey(undefined, keyExpiresOn, 14, NOW),
      now: NOW,
    },
    masks,
  );
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

test('what is known is told', () => {
  expect(outputs({ expiresAt: NOW + 14_400_000, organizationId: GUID }, undefined, Date.UTC(2026, 10, 30))).toEqual({
    'access-token': 'abc',
    'token-expires-at': '2026-11-20T19:04:05Z',
    'organization-id': GUID,
    'credential-type': 'api-key',
    'key-expires-on': '2026-11-30T00:00:00Z',
    'key-days-left': '9',
    'key-expiry-status': 'expiring',
  });
});

test('no days left are told as 0, days past as negative', () => {
  expect(outputs({}, undefined, NOW)['key-days-left']).toBe('0');
  expect(outputs({}, undefined, NOW - 1)['key-days-left']).toBe('-1');
});

test('the organization is the claim, else the GUID that was asked for', () => {
  expect(outputs({ organizationId: GUID.toUpperCase() }, IOS_TEAM)['organization-id']).toBe(GUID.toUpperCase());
  expect(outputs({}, IOS_TEAM)['organization-id']).toBe(GUID);
  expect(outputs({ organizationId: '' }, IOS_TEAM)['organization-id']).toBe('');
});

test('a claim of the server is quoted', () => {
  expect(outputs({ organizationId: '::error::\nx' })['organization-id']).toBe(': :error:: x');
});

function announced(token: Partial<AccessToken>, asked?: Organization) {
  const { log, masks, lines } = new MemoryRunner();
  announceToken({ ...OPAQUE, ...token }, asked, log, masks, NOW);
  return lines;
}

const FOUR_HOURS = { expiresAt: NOW + 14_400_000 };

test('the log tells the organization and until when', () => {
  expect(announced({ ...FOUR_HOURS, organizationId: GUID })).toEqual([
    `The access token is for the organization ${GUID}. It is valid until 2026-11-20T19:04:05Z (4 h).`,
  ]);
  expect(announced({ ...FOUR_HOURS, organizationId: GUID.toUpperCase() }, IOS_TEAM)).toEqual([
    `The access token is for the organization "iOS Team" (${GUID}). It is valid until 2026-11-20T19:04:05Z (4 h).`,
  ]);
  expect(announced({ organizationId: '\u001b[31m#' })).toEqual([
    'The access token is for the organization #. The answer does not say how long it is valid.',
  ]);
});

test('the log tells where the organization is not told', () => {
  expect(announced(FOUR_HOURS)).toEqual([
    'The access token does not tell its organization. It is valid until 2026-11-20T19:04:05Z (4 h).',
  ]);
  expect(announced({}, IOS_TEAM)).toEqual([
    `The access token does not tell its organization, so that it could not be checked against "iOS Team" (${GUID}). The answer does not say how long it is valid.`,
  ]);
});
