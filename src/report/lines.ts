import { type Credential, describeCredential } from '../appcircle/credentials.ts';
import { describeOrganization, type Organization } from '../appcircle/organizations.ts';
import type { Log } from '../base/context.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, type Instant, isoInstant } from '../base/time.ts';
import type { Outcome } from './outputs.ts';

export function announceExchange(
  credential: Credential,
  authEndpoint: string,
  asked: Organization | undefined,
  log: Log,
): void {
  const purpose = asked
    ? message` for the sub-organization ${describeOrganization(asked)}`
    : message``;
  log.info(
    message`Exchanging the ${describeCredential(credential)} at ${new URL(authEndpoint).host}${purpose}.`,
  );
}

export function announceToken({ token, organization, now }: Outcome, log: Log): void {
  const until =
    token.expiresAt === undefined
      ? message`The server does not say how long it is valid.`
      : message`It is valid until ${isoInstant(token.expiresAt)}${lifetime(token.expiresAt, now)}.`;
  const asked = organization && describeOrganization(organization);
  const unchecked = asked ? message`, so it could not be checked against ${asked}` : message``;
  const about =
    token.organization === undefined
      ? message`does not name its organization${unchecked}`
      : message`is for the organization ${asked ?? token.organization}`;
  log.info(message`The access token ${about}. ${until}`);
}

/** ` (4 h)`, unless this runner's clock is ahead of the server's. */
export function lifetime(expiresAt: Instant, now: Instant): Message {
  return expiresAt > now ? message` (${durationInWords(expiresAt - now)})` : message``;
}

export function announceExport(exportEnv: boolean, log: Log): void {
  log.info(
    exportEnv
      ? message`Exported the token as AC_ACCESS_TOKEN, and as the output access-token.`
      : message`The token is in the output access-token. AC_ACCESS_TOKEN was not exported, since export-env is false.`,
  );
}
