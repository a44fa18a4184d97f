import { type Credential, describeCredential } from './appcircle/credential.ts';
import { describeOrganization, type Organization } from './appcircle/organization.ts';
import type { AccessToken } from './appcircle/token.ts';
import type { Settings } from './inputs.ts';
import type { KeyExpiry } from './key-expiry.ts';
import type { Log } from './log.ts';
import type { Masks } from './masks.ts';
import { durationInWords, isoInstant } from './time.ts';

/** The action's outputs, by the names of action.yml. What is not known is empty. */
export interface Outputs {
  readonly 'access-token': string;
  readonly 'token-expires-at': string;
  readonly 'organization-id': string;
  readonly 'credential-type': Credential['type'];
  readonly 'key-expires-on': string;
  readonly 'key-days-left': string;
  readonly 'key-expiry-status': KeyExpiry['status'];
}

/** What a run came to. */
export interface Outcome {
  readonly token: AccessToken;
  readonly credential: Credential;
  /** The sub-organization that was asked for. */
  readonly organization: Organization | undefined;
  readonly keyExpiry: KeyExpiry;
  /** When, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Says what is about to be sent, and where. */
export function announceExchange(
  { credential, authEndpoint }: Settings,
  asked: Organization | undefined,
  log: Log,
  masks: Masks,
): void {
  const purpose = asked ? ` for the sub-organization ${describeOrganization(asked, masks)}` : '';
  log.info(`Exchanging the ${describeCredential(credential, masks)} at ${new URL(authEndpoint).host}${purpose}.`);
}

/** Says which organization the token is for and until when. */
export function announceToken(
  token: AccessToken,
  asked: Organization | undefined,
  log: Log,
  masks: Masks,
  now: number,
): void {
  const until =
    token.expiresAt === undefined
      ? 'The answer does not say how long it is valid.'
      : `It is valid until ${isoInstant(token.expiresAt)} (${durationInWords(token.expiresAt - now)}).`;
  if (token.organizationId !== undefined) {
    const organization = asked ? describeOrganization(asked, masks) : masks.quote(token.organizationId);
    log.info(`The access token is for the organization ${organization}. ${until}`);
  } else if (asked) {
    log.info(
      `The access token does not tell its organization, so that it could not be checked against ${describeOrganization(asked, masks)}. ${until}`,
    );
  } else {
    log.info(`The access token does not tell its organization. ${until}`);
  }
}

/** The outputs of a run that came to a token. */
export function outputsOf({ token, credential, organization, keyExpiry }: Outcome, masks: Masks): Outputs {
  return {
    'access-token': token.value,
    'token-expires-at': token.expiresAt === undefined ? '' : isoInstant(token.expiresAt),
    'organization-id':
      token.organizationId === undefined ? (organization?.id ?? '') : masks.quote(token.organizationId),
    'credential-type': credential.type,
    'key-expires-on': keyExpiry.expiresAt === undefined ? '' : isoInstant(keyExpiry.expiresAt),
    'key-days-left': keyExpiry.daysLeft === undefined ? '' : String(keyExpiry.daysLeft),
    'key-expiry-status': keyExpiry.status,
  };
}
