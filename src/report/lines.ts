import { type Credential, describeCredential } from '../appcircle/credentials.ts';
import { describeOrganization, type Organization } from '../appcircle/organizations.ts';
import type { AccessToken } from '../appcircle/token.ts';
import type { Log } from '../base/context.ts';
import { type Message, message, words } from '../base/message.ts';
import { durationInWords, isoInstant } from '../base/time.ts';
import { isUnchecked, type Outcome } from './outputs.ts';

const MOST_DIFFERENCE_MS = 5 * 60_000;

export function announceExchange(
  credential: Credential,
  authEndpoint: string,
  asked: Organization | undefined,
  log: Log,
): void {
  const { host } = new URL(authEndpoint);
  const exchange = message`Exchanging the ${describeCredential(credential)} at ${host}`;
  if (asked)
    log.info(message`${exchange} for the sub-organization ${describeOrganization(asked)}.`);
  else log.info(message`${exchange}.`);
}

/** Says for which organization a token is and how long, and what is odd about it. */
export function announceToken(outcome: Outcome, log: Log): void {
  const { token } = outcome;
  log.info(message`The access token ${purposeInWords(outcome)}. ${validityInWords(token)}`);
  if (isUnchecked(outcome)) {
    log.warning(
      words`The token does not name its organization`,
      message`The token does not say which organization it is for, so it could not be checked against ${describeOrganization(outcome.organization)}. Check that the key has a role there: without one, Appcircle may issue a token for another organization.`,
    );
  }
  const difference = Math.abs(token.serverTime - token.receivedAt);
  if (difference > MOST_DIFFERENCE_MS) {
    log.info(
      message`The clocks of the server and of this runner differ by ${durationInWords(difference)}. Expiry is judged by the server's clock.`,
    );
  }
}

function purposeInWords({ token, organization }: Outcome): Message {
  if (token.organization === undefined) return message`does not name its organization`;
  if (organization) return message`is for the organization ${describeOrganization(organization)}`;
  return message`is for the organization ${token.organizationId ?? token.organization}`;
}

function validityInWords(token: AccessToken): Message {
  const until = validUntil(token);
  if (until) return message`It is valid until ${until}.`;
  return message`The server does not say how long it is valid.`;
}

/** `2026-11-20T19:04:05Z (4 h)` */
export function validUntil({ expiresAt, receivedAt }: AccessToken): Message | undefined {
  if (expiresAt === undefined) return undefined;
  return message`${isoInstant(expiresAt)} (${durationInWords(expiresAt - receivedAt)})`;
}

export function announceExport(exportEnv: boolean, log: Log): void {
  if (exportEnv) {
    log.info(message`Exported the token as AC_ACCESS_TOKEN, and as the output access-token.`);
    return;
  }
  log.info(
    message`The token is in the output access-token. AC_ACCESS_TOKEN was not exported, since export-env is false.`,
  );
}
