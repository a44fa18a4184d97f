import { expect, test } from '@jest/globals';
import type { Credential } from '../src/appcircle/credential.ts';
import { announceKeyExpiry, assessKey, checkKeyLasts, howToReplace } from '../src/key-expiry.ts';
import { DAY_MS } from '../src/time.ts';
import { failureOf } from './support/failures.ts';
import { MemoryRunner } from './support/in-process.ts';

const NOW = Date.parse('2026-11-20T15:04:05.678Z');
const API_KEY: Credential = { type: 'api-key', name: 'github-actions', secret: 'sk_1234567' };
const PERSONAL: Credential = { type: 'personal-access-key', key: 'pak_1234567' };

const ROTATE =
  'Rotate it at My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys), then update the secret behind api-key-secret, and key-expires-on.';
const MAKE_NEW =
  'Make a new one at My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key), then update the secret behind personal-access-key, and key-expires-on.';

test.each([
  // The day is floored: a millisecond past is a day ago, a millisecond short of two days is one.
  [-DAY_MS - 1, 'expired', -2],
  [-DAY_MS, 'expired', -1],
  [-1, 'expired', -1],
  [0, 'expired', 0],
  [1, 'expiring', 0],
  [DAY_MS - 1, 'expiring', 0],
  [DAY_MS, 'expiring', 1],
  [14 * DAY_MS - 1, 'expiring', 13],
  [14 * DAY_MS, 'expiring', 14],
  [14 * DAY_MS + 1, 'ok', 14],
  [15 * DAY_MS, 'ok', 15],
])('%d milliseconds before its end a key is %s, with %d days left', (left, status, daysLeft) => {
  const expected = {
    status,
    expiresAt: NOW + left,
    daysLeft,
    inputOutdated: false,
    worthAWarning: status !== 'ok',
  };
  expect(assessKey(NOW + left, undefined, 14, NOW)).toEqual(expected);
  expect(assessKey(undefined, NOW + left, 14, NOW)).toEqual(expected);
});

test('with no days to warn in, only what is past is worth a warning', () => {
  expect(assessKey(undefined, NOW + 1, 0, NOW).status).toBe('ok');
  expect(assessKey(undefined, NOW, 0, NOW).status).toBe('expired');
});

test('an end that nobody told is unknown', () => {
  expect(assessKey(undefined, undefined, 14, NOW)).toEqual({
    status: 'unknown',
    expiresAt: undefined,
    daysLeft: undefined,
    inputOutdated: false,
    worthAWarning: false,
  });
});

test.each([
  [0, false],
  [DAY_MS, false],
  [-DAY_MS, false],
  [DAY_MS + 1, true],
  [-DAY_MS - 1, true],
])('a server that differs by %d milliseconds is believed; the input is out of date: %s', (difference, outdated) => {
  const stated = NOW + 100 * DAY_MS;
  expect(assessKey(stated + difference, stated, 14, NOW)).toMatchObject({
    status: 'ok',
    expiresAt: stated + difference,
    inputOutdated: outdated,
    worthAWarning: outdated,
  });
});

test('a key that lasts beyond the days to fail in passes', () => {
  const lasting = assessKey(undefined, NOW + 10 * DAY_MS + 1, 14, NOW);
  expect(() => checkKeyLasts(lasting, 10, API_KEY, NOW)).not.toThrow();
  expect(() => checkKeyLasts(lasting, undefined, API_KEY, NOW)).not.toThrow();
});

test('nothing fails where there are no days to fail in, or the end is unknown', () => {
  expect(() => checkKeyLasts(assessKey(undefined, NOW - DAY_MS, 14, NOW), undefined, API_KEY, NOW)).not.toThrow();
  expect(() => checkKeyLasts(assessKey(undefined, undefined, 14, NOW), 366, API_KEY, NOW)).not.toThrow();
});

test('a key that ends in exactly the days to fail in fails', () => {
  expect(failureOf(() => checkKeyLasts(assessKey(undefined, NOW + 10 * DAY_MS, 14, NOW), 10, API_KEY, NOW))).toEqual({
    title: 'The key expires too soon',
    cause: 'The API key expires on 2026-11-30 (in 10 days), at 15:04 UTC, and expiry-failure-days is 10.',
    remedy: `${ROTATE} The token was not exported.`,
  });
});

test('a key that has ended fails with no days to fail in', () => {
  const midnight = Date.UTC(2026, 10, 20);
  expect(failureOf(() => checkKeyLasts(assessKey(undefined, midnight, 14, NOW), 0, PERSONAL, NOW))).toEqual({
    title: 'The key expires too soon',
    cause: 'The Personal Access Key expired on 2026-11-20 (less than a day ago), and expiry-failure-days is 0.',
    remedy: `${MAKE_NEW} The token was not exported.`,
  });
  expect(() => checkKeyLasts(assessKey(undefined, NOW + 1, 14, NOW), 0, PERSONAL, NOW)).not.toThrow();
});

/** All that is announced of a key: lines, notices and warnings. */
function announced(reported: number | undefined, stated: number | undefined, credential: Credential) {
  const { log, masks, lines, notices, warnings } = new MemoryRunner();
  announceKeyExpiry(assessKey(reported, stated, 14, NOW), credential, log, masks, NOW);
  return { lines, notices, warnings };
}

test('an end that is unknown is one line on how to be warned', () => {
  expect(announced(undefined, undefined, PERSONAL)).toEqual({
    lines: [
      'When the Personal Access Key expires is not known; set key-expires-on to its expiry date to be warned in time.',
    ],
    notices: [],
    warnings: [],
  });
});

test('an end far away is one line', () => {
  expect(announced(undefined, Date.UTC(2027, 2, 1), API_KEY)).toEqual({
    lines: ['The API key expires on 2027-03-01 (in 100 days).'],
    notices: [],
    warnings: [],
  });
});

test('an end close by is a warning', () => {
  expect(announced(undefined, Date.UTC(2026, 10, 30), API_KEY)).toEqual({
    lines: [],
    notices: [],
    warnings: [
      {
        title: 'Appcircle API key expires in 9 days',
        message: `The API key "github-actions" expires on 2026-11-30 (in 9 days). ${ROTATE}`,
      },
    ],
  });
});

test('an end that is past is a warning', () => {
  expect(announced(undefined, Date.UTC(2026, 10, 19, 15), PERSONAL)).toEqual({
    lines: [],
    notices: [],
    warnings: [
      {
        title: 'Appcircle Personal Access Key is past its expiry date',
        message: `The Personal Access Key expired on 2026-11-19 (1 day ago), at 15:00 UTC, and yet it was accepted: either it is about to be refused, or the date is out of date. ${MAKE_NEW}`,
      },
    ],
  });
});

test('a server that says otherwise than the input is a notice on top', () => {
  expect(announced(Date.UTC(2027, 2, 1), Date.UTC(2026, 10, 30), API_KEY)).toEqual({
    lines: ['The API key expires on 2027-03-01 (in 100 days).'],
    notices: [
      {
        title: 'key-expires-on is out of date',
        message:
          'The server says that the API key "github-actions" expires on 2027-03-01 (in 100 days). Set key-expires-on to that date.',
      },
    ],
    warnings: [],
  });
});

test('how to replace a key depends on its kind', () => {
  expect(howToReplace(API_KEY)).toBe(ROTATE);
  expect(howToReplace(PERSONAL)).toBe(MAKE_NEW);
});
