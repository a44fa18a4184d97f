import { describe, expect, test } from '@jest/globals';
import { checkOrganization, describeOrganization } from '../../src/appcircle/organizations.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { failureOf, rawText } from '../support/failures.ts';
import { API_KEY, GUID, PERSONAL, TOKEN } from './support.ts';

describe('the check of the organization', () => {
  const ASKED = { id: GUID, name: 'iOS Team' };
  const ROOT = '0b7c9d52-61a4-4c5b-8e0f-3a1d7f2e9c10';

  function tokenFor(organizationId: string): AccessToken {
    return { ...TOKEN, organization: new Foreign(organizationId), organizationId };
  }

  test.each([
    ['the token does not tell', TOKEN, ASKED, false],
    ['it is the one, in capitals', tokenFor(GUID.toUpperCase()), ASKED, false],
    ['it was asked for in capitals', tokenFor(GUID), { ...ASKED, id: GUID.toUpperCase() }, false],
    ['an older path gave the one', tokenFor(GUID), ASKED, true],
  ])('passes where %s', (_why, token, asked, isOlderPath) => {
    expect(() => checkOrganization(token, asked, API_KEY, isOlderPath)).not.toThrow();
  });

  test.each([
    ['an API key', API_KEY, 'Give the API key a role in the organization that you asked for.'],
    [
      'a Personal Access Key',
      PERSONAL,
      'Use a Personal Access Key made in the root organization by a member of the organization that you asked for.',
    ],
  ])('fails where it is another, with the remedy for %s', (_kind, credential, remedy) => {
    expect(failureOf(() => checkOrganization(tokenFor(ROOT), ASKED, credential, false))).toEqual({
      title: 'The token is for another organization',
      reason: `You asked for the organization "iOS Team" (${GUID}), but the token is for ${ROOT}.`,
      remedy: `${remedy} The token was not exported.`,
    });
  });

  test('fails where an older path answered, and the token does not tell', () => {
    expect(failureOf(() => checkOrganization(TOKEN, ASKED, PERSONAL, true))).toEqual({
      title: 'The organization could not be checked',
      reason: `You asked for the organization "iOS Team" (${GUID}), but this is an older server, which may ignore that, and the token does not say which organization it is for.`,
      remedy:
        'Update the server, or leave sub-organization out and use a key made in that sub-organization. The token was not exported.',
    });
  });

  test('fails where the token tells something that is no GUID', () => {
    const token = { ...TOKEN, organization: new Foreign(`${GUID} `) };
    expect(failureOf(() => checkOrganization(token, ASKED, API_KEY, false)).title).toBe(
      'The token is for another organization',
    );
  });
});

test('an organization is described by its name, where that is known, and its GUID', () => {
  expect(rawText(describeOrganization({ id: 'a1', name: 'iOS Team' }))).toBe('"iOS Team" (a1)');
  expect(rawText(describeOrganization({ id: 'a1', name: undefined }))).toBe('a1');
});
