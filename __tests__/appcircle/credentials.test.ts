import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Credential,
  credentialName,
  describeCredential,
  secretInputOf,
  tokenRequests,
  whereKeysAreMade,
} from '../../src/appcircle/credential.ts';
import { Masks } from '../../src/masks.ts';

const API_KEY: Credential = { type: 'api-key', name: 'github-actions', secret: 'sk_1234567' };
const PERSONAL: Credential = { type: 'personal-access-key', key: 'pak_1234567' };
const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';

/** The requests for a credential, each form as it goes over the wire. */
function requestsFor(credential: Credential, organizationId?: string) {
  return tokenRequests(credential, organizationId).map(({ path, form }) => [path, form.toString()]);
}

test('an API key has one path', () => {
  expect(requestsFor(API_KEY)).toEqual([['/auth/v1/api-key/token', 'name=github-actions&secret=sk_1234567']]);
  expect(requestsFor(API_KEY, GUID)).toEqual([
    ['/auth/v1/api-key/token', `name=github-actions&secret=sk_1234567&organizationId=${GUID}`],
  ]);
});

test('a Personal Access Key has three paths, the newest first', () => {
  expect(requestsFor(PERSONAL)).toEqual([
    ['/auth/v3/token', 'personalAccessKey=pak_1234567&scope=openid%2Cprofile%2Cemail'],
    ['/auth/v2/token', 'pat=pak_1234567&scope=openid%2Cprofile%2Cemail'],
    ['/auth/v1/token', 'pat=pak_1234567'],
  ]);
});

test('a Personal Access Key has two paths that can name a sub-organization', () => {
  expect(requestsFor(PERSONAL, GUID)).toEqual([
    ['/auth/v3/token', `personalAccessKey=pak_1234567&scope=openid%2Cprofile%2Cemail&subOrganization=${GUID}`],
    ['/auth/v2/token', `pat=pak_1234567&scope=openid%2Cprofile%2Cemail&subOrganization=${GUID}`],
  ]);
});

/** Decodes a form as a server does that has nothing of ours: application/x-www-form-urlencoded, by hand. */
function decode(form: string): [string, string][] {
  const text = (encoded: string) => decodeURIComponent(encoded.replaceAll('+', ' '));
  return form.split('&').map((field) => {
    const [name = '', value = ''] = field.split('=');
    return [text(name), text(value)];
  });
}

test('whatever the name and the secret hold, the form gives it back, in ASCII without white space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, secret) => {
      const form = tokenRequests({ type: 'api-key', name, secret }, GUID)[0].form.toString();
      expect(form).toMatch(/^[\w.*%+=&-]+$/);
      expect(decode(form)).toEqual([
        ['name', name],
        ['secret', secret],
        ['organizationId', GUID],
      ]);
    }),
  );
});

test('half of a character pair, which no encoding can carry, becomes the replacement character', () => {
  const form = tokenRequests({ type: 'personal-access-key', key: 'a\uD800b' }, undefined)[2]?.form.toString() ?? '';
  expect(decode(form)).toEqual([['pat', 'a\uFFFDb']]);
});

test('a credential is shown by its kind and name, its secret never', () => {
  const masks = new Masks(() => undefined);
  masks.add('sk_1234567');
  expect(describeCredential(API_KEY, masks)).toBe('API key "github-actions"');
  expect(describeCredential({ ...API_KEY, name: '::error::sk_1234567\n' }, masks)).toBe('API key ": :error::***"');
  expect(describeCredential(PERSONAL, masks)).toBe('Personal Access Key');
});

test('each kind has its name, its screen and its inputs', () => {
  expect([API_KEY, PERSONAL].map(credentialName)).toEqual(['API key', 'Personal Access Key']);
  expect([API_KEY, PERSONAL].map(whereKeysAreMade)).toEqual([
    'My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys)',
    'My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key)',
  ]);
  expect([API_KEY, PERSONAL].map(secretInputOf)).toEqual(['api-key-secret', 'personal-access-key']);
});
