import {
  type Credential,
  credentialName,
  describeCredential,
  secretInputOf,
  whereKeysAreMade,
} from './appcircle/credential.ts';
import { Failure } from './failure.ts';
import type { Log } from './log.ts';
import type { Masks } from './masks.ts';
import { DAY_MS, dayInWords, distanceInWords, isoInstant } from './time.ts';

export type KeyExpiryStatus = 'ok' | 'expiring' | 'expired' | 'unknown';

/** What is known of the end of the key that was exchanged. */
export interface KeyExpiry {
  readonly status: KeyExpiryStatus;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number | undefined;
  /** Whole days, rounded down: negative once past. */
  readonly daysLeft: number | undefined;
  /** Whether `key-expires-on` says another day than the server, who is believed. */
  readonly inputOutdated: boolean;
  /** Whether a person should do something about it. */
  readonly worthAWarning: boolean;
}

/**
 * Judges a key's end. A key that ends now has expired; one that ends in exactly `warningDays` is expiring.
 * @param reported what the server reports, in milliseconds since 1970 UTC; believed where `stated` differs
 * @param stated what `key-expires-on` says, likewise
 */
export function assessKey(
  reported: number | undefined,
  stated: number | undefined,
  warningDays: number,
  now: number,
): KeyExpiry {
  const expiresAt = reported ?? stated;
  if (expiresAt === undefined)
    return { status: 'unknown', expiresAt, daysLeft: undefined, inputOutdated: false, worthAWarning: false };
  const left = expiresAt - now;
  const status = left <= 0 ? 'expired' : left <= warningDays * DAY_MS ? 'expiring' : 'ok';
  const inputOutdated = reported !== undefined && stated !== undefined && Math.abs(reported - stated) > DAY_MS;
  return {
    status,
    expiresAt,
    daysLeft: Math.floor(left / DAY_MS),
    inputOutdated,
    worthAWarning: status !== 'ok' || inputOutdated,
  };
}

/**
 * Stops the run where the key ends within so many days.
 * @throws Failure where it does
 */
export function checkKeyLasts(
  expiry: KeyExpiry,
  failureDays: number | undefined,
  credential: Credential,
  now: number,
): void {
  if (failureDays === undefined || expiry.expiresAt === undefined || expiry.expiresAt - now > failureDays * DAY_MS)
    return;
  throw new Failure(
    'The key expires too soon',
    `The ${credentialName(credential)} ${expires(expiry.expiresAt, now)}, and expiry-failure-days is ${failureDays}.`,
    `${howToReplace(credential)} The token was not exported.`,
  );
}

/** Says what there is to say of the key's end: a warning, a notice, or one line on how to be warned. */
export function announceKeyExpiry(
  expiry: KeyExpiry,
  credential: Credential,
  log: Log,
  masks: Masks,
  now: number,
): void {
  const kind = credentialName(credential);
  const key = describeCredential(credential, masks);
  const { status, expiresAt } = expiry;
  if (expiresAt === undefined) {
    log.info(`When the ${kind} expires is not known; set key-expires-on to its expiry date to be warned in time.`);
    return;
  }
  if (expiry.inputOutdated) {
    log.notice(
      'key-expires-on is out of date',
      `The server says that the ${key} ${expires(expiresAt, now)}. Set key-expires-on to that date.`,
    );
  }
  if (status === 'expired') {
    log.warning(
      `Appcircle ${kind} is past its expiry date`,
      `The ${key} ${expires(expiresAt, now)}, and yet it was accepted: either it is about to be refused, or the date is out of date. ${howToReplace(credential)}`,
    );
  } else if (status === 'expiring') {
    log.warning(
      `Appcircle ${kind} expires ${distanceInWords(expiresAt - now)}`,
      `The ${key} ${expires(expiresAt, now)}. ${howToReplace(credential)}`,
    );
  } else {
    log.info(`The ${kind} ${expires(expiresAt, now)}.`);
  }
}

/** Where to make a new key and what to update with it. */
export function howToReplace(credential: Credential): string {
  const how = credential.type === 'api-key' ? 'Rotate it' : 'Make a new one';
  return `${how} at ${whereKeysAreMade(credential)}, then update the secret behind ${secretInputOf(credential)}, and key-expires-on.`;
}

/** `expires on 2026-11-30 (in 9 days)`, with the time of day where it is not midnight UTC. */
function expires(expiresAt: number, now: number): string {
  const verb = expiresAt > now ? 'expires' : 'expired';
  const time = expiresAt % DAY_MS === 0 ? '' : `, at ${isoInstant(expiresAt).slice(11, 16)} UTC`;
  return `${verb} on ${dayInWords(expiresAt, now)}${time}`;
}
