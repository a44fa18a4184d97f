import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/appcircle/credentials.ts';
import { DAY_MS } from '../../src/base/time.ts';
import { assessKeyExpiry, type KeyExpiry } from '../../src/key-expiry.ts';
import { announceKeyExpiry, expiresTooSoon, expiryInWords } from '../../src/report/key-expiry.ts';
import { API_KEY, MAKE_NEW, NOW, PERSONAL, ROTATE, ROTATE_STEPS } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';
import { failureData, rawText } from '../support/failures.ts';

const AND_THE_DATE = 'and the date in key-expires-on.';

/** A credential that key-expires-on is set for. */
function dated(credential: Credential): Credential {
  return { ...credential, expiresOn: NOW };
}

function expiryAt(expiresAt: number): KeyExpiry {
  return { status: 'ok', expiresAt, msLeft: expiresAt - NOW };
}

test('a key that ends within the days to fail in fails', () => {
  const keyExpiry = expiryAt(NOW + 10 * DAY_MS);
  expect(failureData(expiresTooSoon(keyExpiry, 10, dated(API_KEY)))).toEqual({
    title: 'The key expires too soon',
    reason:
      'The API key expires on 2026-11-30 (in 10 days), at 15:04 UTC, and expiry-failure-days is 10. The token was not exported.',
    remedy: `${ROTATE} ${AND_THE_DATE}`,
    steps: [...ROTATE_STEPS.slice(0, -1), 'Update the date in key-expires-on.'],
  });
});

test.each([
  [Date.UTC(2026, 10, 30), 'expires on 2026-11-30 (in 9 days)'],
  [Date.UTC(2026, 10, 30, 9, 5), 'expires on 2026-11-30 (in 9 days), at 09:05 UTC'],
  [NOW + 1, 'expires on 2026-11-20 (in less than a day), at 15:04 UTC'],
  [NOW, 'expired on 2026-11-20 (less than a day ago), at 15:04 UTC'],
  [Date.UTC(2026, 10, 19), 'expired on 2026-11-19 (1 day ago)'],
])('%d is said as: %s', (expiresAt, text) => {
  expect(rawText(expiryInWords(expiryAt(expiresAt)))).toBe(text);
});

describe("a key's end is announced", () => {
  function announced(expiresAt: number | undefined, credential: Credential) {
    const { log } = testContext();
    announceKeyExpiry(assessKeyExpiry(expiresAt, 14, NOW), dated(credential), log);
    return [...log.lines, ...log.warnings];
  }

  test.each([
    [
      undefined,
      "The API key's expiry date is unknown. Set key-expires-on to be warned before it expires.",
    ],
    [Date.UTC(2027, 2, 1), 'The API key expires on 2027-03-01 (in 100 days).'],
  ])('as one line where it is unknown or far away: %d', (expiresAt, line) => {
    expect(announced(expiresAt, API_KEY)).toEqual([line]);
  });

  test('as a warning where it is close', () => {
    expect(announced(Date.UTC(2026, 10, 30), API_KEY)).toEqual([
      {
        title: 'Appcircle API key expires in 9 days',
        text: `The API key "github-actions" expires on 2026-11-30 (in 9 days). ${ROTATE} ${AND_THE_DATE}`,
      },
    ]);
  });

  test('as a warning where it is past', () => {
    expect(announced(Date.UTC(2026, 10, 19, 15), PERSONAL)).toEqual([
      {
        title: 'Appcircle Personal Access Key is past its expiry date',
        text: `The Personal Access Key expired on 2026-11-19 (1 day ago), at 15:00 UTC, but it still works. Correct key-expires-on, or replace the key before it stops working. ${MAKE_NEW} ${AND_THE_DATE}`,
      },
    ]);
  });
});
