import { expect, test } from '@jest/globals';
import { DAY_MS } from '../src/base/time.ts';
import { assessKeyExpiry, expiresWithin, isWorthAWarning } from '../src/key-expiry.ts';
import { NOW } from './appcircle/support.ts';

test.each([
  [-DAY_MS, 'expired'],
  [-1, 'expired'],
  [0, 'expired'],
  [1, 'expiring'],
  [14 * DAY_MS, 'expiring'],
  [14 * DAY_MS + 1, 'ok'],
])('%d milliseconds before its end a key is %s', (msLeft, status) => {
  const keyExpiry = assessKeyExpiry(NOW + msLeft, 14, NOW);
  expect(keyExpiry).toEqual({ status, expiresAt: NOW + msLeft, msLeft });
  expect(isWorthAWarning(keyExpiry)).toBe(status !== 'ok');
});

test('with no days to warn in, only what is past is worth a warning', () => {
  expect(assessKeyExpiry(NOW + 1, 0, NOW)?.status).toBe('ok');
  expect(assessKeyExpiry(NOW, 0, NOW)?.status).toBe('expired');
});

test('an end that key-expires-on does not tell is unknown, and not worth a warning', () => {
  const keyExpiry = assessKeyExpiry(undefined, 14, NOW);
  expect(keyExpiry).toBeUndefined();
  expect(isWorthAWarning(keyExpiry)).toBe(false);
});

test.each([
  [10 * DAY_MS + 1, 10, false],
  [10 * DAY_MS, 10, true],
  [1, 0, false],
  [0, 0, true],
  [-DAY_MS, 0, true],
])('%d milliseconds before its end a key expires within %d days: %s', (msLeft, days, expected) => {
  expect(expiresWithin({ status: 'ok', expiresAt: NOW + msLeft, msLeft }, days)).toBe(expected);
});
