import { DAY_MS, type Instant, wholeDays } from './base/time.ts';

export type KeyExpiryStatus = 'ok' | 'expiring' | 'expired' | 'unknown';

export interface KeyExpiry {
  readonly status: KeyExpiryStatus;
  readonly expiresAt: Instant | undefined;
  /** The time that it was judged by. */
  readonly now: Instant;
  /** Whole days, cut toward zero: negative once past for a day. */
  readonly daysLeft: number | undefined;
}

export interface KnownKeyExpiry extends KeyExpiry {
  readonly expiresAt: Instant;
}

/** Judges a key's expiry, which nobody but the user knows: no documented answer of Appcircle's tells it. */
export function assessKeyExpiry(
  expiresAt: Instant | undefined,
  warningDays: number,
  now: Instant,
): KeyExpiry {
  if (expiresAt === undefined) return { status: 'unknown', expiresAt, now, daysLeft: undefined };
  const left = expiresAt - now;
  return { status: statusAt(left, warningDays), expiresAt, now, daysLeft: wholeDays(left) };
}

/** A key that expires now has expired; one that expires in exactly `warningDays` is expiring. */
function statusAt(left: number, warningDays: number): KeyExpiryStatus {
  if (left <= 0) return 'expired';
  if (left <= warningDays * DAY_MS) return 'expiring';
  return 'ok';
}

/** Whether the key has expired or soon will. */
export function isWorthAWarning({ status }: KeyExpiry): boolean {
  return status === 'expired' || status === 'expiring';
}

/** Whether the key is known to have expired, or to expire within so many days. */
export function expiresWithin(keyExpiry: KeyExpiry, days: number): keyExpiry is KnownKeyExpiry {
  const { expiresAt, now } = keyExpiry;
  return expiresAt !== undefined && expiresAt - now <= days * DAY_MS;
}
