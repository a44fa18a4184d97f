import {
  type Credential,
  credentialName,
  describeCredential,
  howToReplace,
  stepsToReplace,
} from './appcircle/credentials.ts';
import type { Log } from './base/context.ts';
import { Failure } from './base/failure.ts';
import { type Message, message, words } from './base/message.ts';
import {
  DAY_MS,
  distanceInWords,
  type Instant,
  isoDay,
  isoInstant,
  wholeDays,
} from './base/time.ts';

export type KeyExpiryStatus = 'ok' | 'expiring' | 'expired' | 'unknown';

export interface KeyExpiry {
  readonly status: KeyExpiryStatus;
  readonly expiresAt: Instant | undefined;
  /** The time that it was judged by. */
  readonly now: Instant;
  /** Whole days, cut toward zero: negative once past for a day. */
  readonly daysLeft: number | undefined;
}

/** Judges a key's expiry, which nobody but the user knows: no documented answer of Appcircle's tells it. */
export function assessKeyExpiry(
  expiresAt: Instant | undefined,
  warningDays: number,
  now: Instant,
): KeyExpiry {
  if (expiresAt === undefined) return { status: 'unknown', expiresAt, now, daysLeft: undefined };
  const left = expiresAt - now;
  return {
    status: statusAt(left, warningDays),
    expiresAt,
    now,
    daysLeft: wholeDays(left),
  };
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

/** Throws a Failure where the key ends within so many days. */
export function checkKeyLasts(
  { expiresAt, now }: KeyExpiry,
  failureDays: number | undefined,
  credential: Credential,
): void {
  if (
    failureDays === undefined ||
    expiresAt === undefined ||
    expiresAt - now > failureDays * DAY_MS
  )
    return;
  throw new Failure(
    'The key expires too soon',
    message`The ${credentialName(credential)} ${expiryInWords(expiresAt, now)}, and expiry-failure-days is ${failureDays}.`,
    message`${howToReplace(credential)} The token was not exported.`,
    { steps: stepsToReplace(credential) },
  );
}

/** `expires on 2026-11-30 (in 9 days)`, with the time of day unless it is midnight UTC. */
export function expiryInWords(expiresAt: Instant, now: Instant): Message {
  const verb = expiresAt > now ? message`expires` : message`expired`;
  const time =
    expiresAt % DAY_MS === 0 ? message`` : message`, at ${isoInstant(expiresAt).slice(11, 16)} UTC`;
  return message`${verb} on ${isoDay(expiresAt)} (${distanceInWords(expiresAt - now)})${time}`;
}

/** Warns of a key that expires soon or has expired, or says how to be warned. */
export function announceKeyExpiry(
  { status, expiresAt, now }: KeyExpiry,
  credential: Credential,
  log: Log,
): void {
  const kind = credentialName(credential);
  if (expiresAt === undefined) {
    log.info(
      message`The ${kind}'s expiry date is unknown. Set key-expires-on to be warned before it expires.`,
    );
    return;
  }
  const key = describeCredential(credential);
  const expires = expiryInWords(expiresAt, now);
  if (status === 'expired') {
    log.warning(
      words`Appcircle ${kind} is past its expiry date`,
      message`The ${key} ${expires}, but it still works. Correct key-expires-on, or replace the key before it stops working. ${howToReplace(credential)}`,
    );
  } else if (status === 'expiring') {
    log.warning(
      words`Appcircle ${kind} expires ${distanceInWords(expiresAt - now)}`,
      message`The ${key} ${expires}. ${howToReplace(credential)}`,
    );
  } else {
    log.info(message`The ${kind} ${expires}.`);
  }
}
