import { expect, test } from '@jest/globals';
import {
  credentialName,
  describeCredential,
  howToReplace,
  secretInputOf,
  stepsToReplace,
  whereKeysAreMade,
} from '../../src/appcircle/credentials.ts';
import { testContext } from '../support/context.ts';
import { rawText } from '../support/failures.ts';
import {
  API_KEY,
  AT_API_KEYS,
  AT_PERSONAL,
  MAKE_NEW,
  MAKE_NEW_STEPS,
  NOW,
  PERSONAL,
  ROTATE,
  ROTATE_STEPS,
} from './support.ts';

test('a credential is shown by its kind and name, never with its secret', () => {
  const { secrets } = testContext({ secrets: ['sk_1234567'] });
  expect(secrets.show(describeCredential(API_KEY))).toBe('API key "github-actions"');
  expect(secrets.show(describeCredential({ ...API_KEY, name: '::error::sk_1234567\n' }))).toBe(
    'API key ": :error::***"',
  );
  expect(secrets.show(describeCredential(PERSONAL))).toBe('Personal Access Key');
});

test('each kind has its name, its screen and its inputs', () => {
  expect([API_KEY, PERSONAL].map((credential) => rawText(credentialName(credential)))).toEqual([
    'API key',
    'Personal Access Key',
  ]);
  expect([API_KEY, PERSONAL].map((credential) => rawText(whereKeysAreMade(credential)))).toEqual([
    AT_API_KEYS,
    AT_PERSONAL,
  ]);
  expect([API_KEY, PERSONAL].map(secretInputOf)).toEqual(['api-key-secret', 'personal-access-key']);
});

test('each kind is replaced in its own way', () => {
  expect([API_KEY, PERSONAL].map((credential) => rawText(howToReplace(credential)))).toEqual([
    `${ROTATE}.`,
    `${MAKE_NEW}.`,
  ]);
  const dated = [API_KEY, PERSONAL].map((credential) => ({ ...credential, expiresOn: NOW }));
  expect(dated.map((credential) => rawText(howToReplace(credential)))).toEqual([
    `${ROTATE} and the date in key-expires-on.`,
    `${MAKE_NEW} and the date in key-expires-on.`,
  ]);
  expect([API_KEY, PERSONAL].map((credential) => stepsToReplace(credential).map(rawText))).toEqual([
    ROTATE_STEPS,
    MAKE_NEW_STEPS,
  ]);
});

test('a token in the place of the name is not shown', () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzb21lb25lIn0.c2lnbmF0dXJl';
  const { secrets } = testContext();
  expect(secrets.show(describeCredential({ ...API_KEY, name: token }))).toBe('API key "…"');
});
