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

test('an API key is shown by its name, without secrets and tokens in it', () => {
  const { secrets } = testContext({ secrets: ['sk_1234567'] });
  const shown = (name: string) => secrets.show(describeCredential({ ...API_KEY, name }));
  expect(shown('github-actions')).toBe('API key "github-actions"');
  expect(shown('::error::sk_1234567\n')).toBe('API key ": :error::***"');
  expect(shown('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzb21lb25lIn0.c2ln')).toBe('API key "…"');
});

test.each([
  [API_KEY, 'API key', AT_API_KEYS, 'api-key-secret', ROTATE, ROTATE_STEPS],
  [PERSONAL, 'Personal Access Key', AT_PERSONAL, 'personal-access-key', MAKE_NEW, MAKE_NEW_STEPS],
])(
  '%j has its name, its screen, its input and a way to replace it',
  (credential, name, screen, input, remedy, steps) => {
    expect(rawText(credentialName(credential))).toBe(name);
    expect(rawText(whereKeysAreMade(credential))).toBe(screen);
    expect(secretInputOf(credential)).toBe(input);
    expect(rawText(howToReplace(credential))).toBe(`${remedy}.`);
    expect(rawText(howToReplace({ ...credential, expiresOn: NOW }))).toBe(
      `${remedy} and the date in key-expires-on.`,
    );
    expect(stepsToReplace(credential).map(rawText)).toEqual(steps);
    expect(stepsToReplace({ ...credential, expiresOn: NOW }).map(rawText)).toEqual([
      ...steps.slice(0, -1),
      'Update the date in key-expires-on.',
    ]);
  },
);

test('a Personal Access Key has no name to be shown', () => {
  expect(rawText(describeCredential(PERSONAL))).toBe('Personal Access Key');
});
