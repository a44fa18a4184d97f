import { expect, test } from '@jest/globals';
import { describeOddity } from '../../src/appcircle/key-oddities.ts';
import { rawText } from '../support/failures.ts';

function ofKey(key: string): string | undefined {
  const oddity = describeOddity({ type: 'personal-access-key', key });
  return oddity && rawText(oddity);
}

function ofApiKey(name: string, secret: string): string | undefined {
  const oddity = describeOddity({ type: 'api-key', name, secret });
  return oddity && rawText(oddity);
}

const QUOTES = 'has quotes around it: remove them.';
const STARS =
  'has "***" in it, which a log shows in the place of a secret: copy it from where it was made.';
const EXPRESSION =
  'has an expression ("${{") in it that was not evaluated: write the expression in the workflow file.';
const LINE_BREAK = 'has a line break in it: give it on one line.';
const INVISIBLE =
  'has an invisible character or an unusual space in it: copy it again, or type it by hand.';
const BLANK = 'has a space in it: remove it.';
const JWT = 'is an access token (JWT): give the key, which the action exchanges for one.';

test.each([
  ['"sk_1"', QUOTES],
  ["'sk_1'", QUOTES],
  ['`sk_1`', QUOTES],
  ['“sk_1”', QUOTES],
  ['***', STARS],
  ['sk_***', STARS],
  [`\${{ secrets.APPCIRCLE_KEY }}`, EXPRESSION],
  ['sk_\n1', LINE_BREAK],
  ['sk_\r\n1', LINE_BREAK],
  ['sk_1\u200b', INVISIBLE],
  ['sk\u00a01', INVISIBLE],
  ['sk\t1', INVISIBLE],
  ['\u202esk_1', INVISIBLE],
  ['sk 1', BLANK],
  ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', JWT],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln_-', JWT],
])('the key %j is odd', (key, oddity) => {
  expect(ofKey(key)).toBe(`personal-access-key ${oddity}`);
  expect(ofApiKey('github-actions', key)).toBe(`api-key-secret ${oddity}`);
});

test.each([
  ['"github-actions"', QUOTES],
  ['***', STARS],
  ['github\nactions', LINE_BREAK],
  ['github\u00a0actions', INVISIBLE],
])("the API key's name %j is odd", (name, oddity) => {
  expect(ofApiKey(name, 'sk_1')).toBe(`api-key-name ${oddity}`);
});

test('both halves of an API key can be odd', () => {
  expect(ofApiKey('"a"', '"b"')).toBe(`api-key-name ${QUOTES} api-key-secret ${QUOTES}`);
});

test.each(['sk_1', 'Zm9vYmFyYmF6cXV4Zm9vYmFy+/Zm8=', 'eyJhbGciOiJub25lIn0', '"', "it's"])(
  'the key %j is not odd',
  (key) => {
    expect(ofKey(key)).toBeUndefined();
  },
);

test.each(['github actions', 'iOS "Team"', 'Ekip İzmir 🚀'])(
  "the API key's name %j is not odd",
  (name) => {
    expect(ofApiKey(name, 'sk_1')).toBeUndefined();
  },
);
