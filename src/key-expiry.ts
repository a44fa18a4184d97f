import { DAY_MS, type Instant } from './base/time.ts';

/** What `expiry-warning-days` is by default, in action.yml too. */
export const DEFAULT_WARNING_DAYS = 14;

/** When a key expires, where that is known. */
export interface KeyExpiry {
  readonly status: 'ok' | 'expiring' | 'expired';
  readonly expiresAt: Instant;
  /** Negative once it has expired. */
  readonly msLeft: number;
}

/** Judges a key's expiry, which nobody but the user knows: no documented answer of Appcircle's tells it. */
export function assessKeyExpiry(
  expiresAt: Instant | undefined,
  warningDays: number,
  now: Instant,
): KeyExpiry | undefined {
  if (expiresAt === undefined) return undefined;
  const msLeft = expiresAt - now;
  return { status: statusAt(msLeft, warningDays), expiresAt, msLeft };
}

/** A key that expires now has expired; one that expires in exactly `warningDays` is expiring. */
function statusAt(msLeft: number, warningDays: number): KeyExpiry['status'] {
  if (msLeft <= 0) return 'expired';
  if (msLeft <= warningDays * DAY_MS) return 'expiring';
  return 'ok';
}

/** Whether the key is known to have expired, or to expire soon. */
export function isWorthAWarning(keyExpiry: KeyExpiry | undefined): boolean {
  return keyExpiry !== undefined && keyExpiry.status !== 'ok';
}

/** Whether the key has expired, or expires within so many days. */
export function expiresWithin({ msLeft }: KeyExpiry, days: number): boolean {
  return msLeft <= days * DAY_MS;
}
