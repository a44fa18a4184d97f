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
import { DAY_MS, distanceInWords, isoDay, isoTime } from '../base/time.ts';
import type { KeyExpiry } from '../key-expiry.ts';

/** Warns of a key that expires soon or has expired, or says how to be warned. */
export function announceKeyExpiry(
  keyExpiry: KeyExpiry | undefined,
  credential: Credential,
  log: Log,
): void {
  const kind = credentialName(credential);
  if (!keyExpiry) {
    log.info(
      message`The ${kind}'s expiry date is unknown. Set key-expires-on to be warned before it expires.`,
    );
    return;
  }
  const key = describeCredential(credential);
  const expires = expiryInWords(keyExpiry);
  if (keyExpiry.status === 'expired') {
    log.warning(
      words`Appcircle ${kind} is past its expiry date`,
      message`The ${key} ${expires}, but it still works. Correct key-expires-on, or replace the key before it stops working. ${howToReplace(credential)}`,
    );
  } else if (keyExpiry.status === 'expiring') {
    log.warning(
      words`Appcircle ${kind} expires ${distanceInWords(keyExpiry.msLeft)}`,
      message`The ${key} ${expires}. ${howToReplace(credential)}`,
    );
  } else {
    log.info(message`The ${kind} ${expires}.`);
  }
}

/** The failure that expiry-failure-days asks for. */
export function expiresTooSoon(
  keyExpiry: KeyExpiry,
  failureDays: number,
  credential: Credential,
): Failure {
  return new Failure(
    'The key expires too soon',
    message`The ${credentialName(credential)} ${expiryInWords(keyExpiry)}, and expiry-failure-days is ${failureDays}. The token was not exported.`,
    howToReplace(credential),
    { steps: stepsToReplace(credential) },
  );
}

/** `expires on 2026-11-30 (in 9 days)`, with the time of day unless it is midnight UTC. */
export function expiryInWords({ expiresAt, msLeft }: KeyExpiry): Message {
  const verb = msLeft > 0 ? words`expires` : words`expired`;
  const day = message`${verb} on ${isoDay(expiresAt)} (${distanceInWords(msLeft)})`;
  if (expiresAt % DAY_MS === 0) return day;
  return message`${day}, at ${isoTime(expiresAt)} UTC`;
}
