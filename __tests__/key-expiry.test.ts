import { expect, test } from '@jest/globals';
import { DAY_MS } from '../src/base/time.ts';
import { assessKeyExpiry, expiresWithin, isWorthAWarning } from '../src/key-expiry.ts';
import { NOW } from './appcircle/support.ts';

test.each([
  // Cut toward zero, as in the words "1 day ago" and "in 1 day".
  [-2 * DAY_MS, 'expired', -2],
  [-2 * DAY_MS + 1, 'expired', -1],
  [-29 * 3_600_000, 'expired', -1],
  [-DAY_MS, 'expired', -1],
  [-DAY_MS + 1, 'expired', 0],
  [-1, 'expired', 0],
  [0, 'expired', 0],
  [1, 'expiring', 0],
  [DAY_MS - 1, 'expiring', 0],
  [DAY_MS, 'expiring', 1],
  [14 * DAY_MS - 1, 'expiring', 13],
  [14 * DAY_MS, 'expiring', 14],
  [14 * DAY_MS + 1, 'ok', 14],
  [15 * DAY_MS, 'ok', 15],
])('%d milliseconds before its end a key is %s, with %d days left', (left, status, daysLeft) => {
  const keyExpiry = assessKeyExpiry(NOW + left, 14, NOW);
  expect(keyExpiry).toEqual({ status, expiresAt: NOW + left, now: NOW, daysLeft });
  expect(isWorthAWarning(keyExpiry)).toBe(status !== 'ok');
});

test('with no days to warn in, only what is past is worth a warning', () => {
  expect(assessKeyExpiry(NOW + 1, 0, NOW).status).toBe('ok');
  expect(assessKeyExpiry(NOW, 0, NOW).status).toBe('expired');
});

test('an end that key-expires-on does not tell is unknown, and not worth a warning', () => {
  const keyExpiry = assessKeyExpiry(undefined, 14, NOW);
  expect(keyExpiry).toEqual({
    status: 'unknown',
    expiresAt: undefined,
    now: NOW,
    daysLeft: undefined,
  });
  expect(isWorthAWarning(keyExpiry)).toBe(false);
});

test.each([
  [10 * DAY_MS + 1, 10, false],
  [10 * DAY_MS, 10, true],
  [1, 0, false],
  [0, 0, true],
  [-DAY_MS, 0, true],
])('%d milliseconds before its end a key expires within %d days: %s', (left, days, expected) => {
  expect(expiresWithin(assessKeyExpiry(NOW + left, 14, NOW), days)).toBe(expected);
});

test('a key whose end is unknown is not known to expire within any days', () => {
  expect(expiresWithin(assessKeyExpiry(undefined, 14, NOW), 366)).toBe(false);
});
