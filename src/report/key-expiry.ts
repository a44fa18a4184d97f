import {
  type Credential,
  credentialName,
  describeCredential,
  howToReplace,
  stepsToReplace,
} from '../appcircle/credentials.ts';
import type { Log } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { type Message, message, words } from '../base/message.ts';
import { DAY_MS, distanceInWords, type Instant, isoDay, isoTime } from '../base/time.ts';
import type { KeyExpiry, KnownKeyExpiry } from '../key-expiry.ts';

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

/** The failure that expiry-failure-days asks for. */
export function expiresTooSoon(
  { expiresAt, now }: KnownKeyExpiry,
  failureDays: number,
  credential: Credential,
): Failure {
  return new Failure(
    'The key expires too soon',
    message`The ${credentialName(credential)} ${expiryInWords(expiresAt, now)}, and expiry-failure-days is ${failureDays}. The token was not exported.`,
    howToReplace(credential),
    { steps: stepsToReplace(credential) },
  );
}

/** `expires on 2026-11-30 (in 9 days)`, with the time of day unless it is midnight UTC. */
export function expiryInWords(expiresAt: Instant, now: Instant): Message {
  const verb = expiresAt > now ? words`expires` : words`expired`;
  const day = message`${verb} on ${isoDay(expiresAt)} (${distanceInWords(expiresAt - now)})`;
  if (expiresAt % DAY_MS === 0) return day;
  return message`${day}, at ${isoTime(expiresAt)} UTC`;
}
