import { expect, test } from '@jest/globals';
import { DAY_MS } from '../src/base/time.ts';
import { assessKeyExpiry, expiresWithin, isWorthAWarning } from '../src/key-expiry.ts';
import { NOW } from './appcircle/support.ts';

test.each([
  [-1, 14, 'expired'],
  [0, 14, 'expired'],
  [1, 14, 'expiring'],
  [14 * DAY_MS, 14, 'expiring'],
  [14 * DAY_MS + 1, 14, 'ok'],
  [0, 0, 'expired'],
  [1, 0, 'ok'],
])(
  '%d milliseconds before its end, warned of %d days ahead, a key is %s',
  (msLeft, days, status) => {
    const keyExpiry = assessKeyExpiry(NOW + msLeft, days, NOW);
    expect(keyExpiry).toEqual({ status, expiresAt: NOW + msLeft, msLeft });
    expect(isWorthAWarning(keyExpiry)).toBe(status !== 'ok');
  },
);

test('an end that key-expires-on does not tell is unknown, and not worth a warning', () => {
  expect(assessKeyExpiry(undefined, 14, NOW)).toBeUndefined();
  expect(isWorthAWarning(undefined)).toBe(false);
});

test.each([
  [10 * DAY_MS + 1, 10, false],
  [10 * DAY_MS, 10, true],
  [1, 0, false],
  [0, 0, true],
])('%d milliseconds before its end a key expires within %d days: %s', (msLeft, days, expected) => {
  expect(expiresWithin({ status: 'ok', expiresAt: NOW + msLeft, msLeft }, days)).toBe(expected);
});
