import { type Credential, credentialName, describeCredential, howToReplace } from '../appcircle/credentials.ts';
import { describeOrganization, type Organization } from '../appcircle/organizations.ts';
import type { Log } from '../base/context.ts';
import { type Message, message, words } from '../base/message.ts';
import { distanceInWords, durationInWords, type Instant, isoInstant } from '../base/time.ts';
import { expiryInWords } from '../key-expiry.ts';
import type { Outcome } from './outputs.ts';

export function announceExchange(credential: Credential, authEndpoint: string, asked: Organization | undefined, log: Log): void {
  const purpose = asked ? message` for the sub-organization ${describeOrganization(asked)}` : message``;
  log.info(message`Exchanging the ${describeCredential(credential)} at ${new URL(authEndpoint).host}${purpose}.`);
}

export function announceToken({ token, organization, now }: Outcome, log: Log): void {
  const until =
    token.expiresAt === undefined
      ? message`The server does not say how long it is valid.`
      : message`It is valid until ${isoInstant(token.expiresAt)}${lifetime(token.expiresAt, now)}.`;
  if (token.organizationId !== undefined) {
    const name = organization ? describeOrganization(organization) : message`${token.organizationId}`;
    log.info(message`The access token is for the organization ${name}. ${until}`);
  } else if (organization) {
    log.info(
      message`The access token does not name its organization, so it could not be checked against ${describeOrganization(organization)}. ${until}`,
    );
  } else {
    log.info(message`The access token does not name its organization. ${until}`);
  }
}

/** ` (4 h)`, unless this runner's clock is ahead of the server's. */
export function lifetime(expiresAt: Instant, now: Instant): Message {
  return expiresAt > now ? message` (${durationInWords(expiresAt - now)})` : message``;
}

export function announceKeyExpiry({ keyExpiry, credential, now }: Outcome, log: Log): void {
  const kind = credentialName(credential);
  const { status, expiresAt } = keyExpiry;
  if (expiresAt === undefined) {
    log.info(message`The ${kind}'s expiry date is unknown. Set key-expires-on to be warned before it expires.`);
    return;
  }
  const key = describeCredential(credential);
  const expires = expiryInWords(expiresAt, now);
  if (keyExpiry.inputOutdated) {
    log.notice(words`key-expires-on is out of date`, message`The server says that the ${key} ${expires}. Set key-expires-on to that date.`);
  }
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

export function announceExport(exportEnv: boolean, log: Log): void {
  log.info(
    exportEnv
      ? message`Exported the token as AC_ACCESS_TOKEN, and as the output access-token.`
      : message`Set the output access-token. AC_ACCESS_TOKEN was not exported, since export-env is false.`,
  );
}
