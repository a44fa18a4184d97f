import type { Credential } from '../appcircle/credentials.ts';
import type { Organization } from '../appcircle/organizations.ts';
import type { AccessToken } from '../appcircle/token.ts';
import { isGuid } from '../base/guid.ts';
import { type Instant, isoInstant } from '../base/time.ts';
import type { KeyExpiry } from '../key-expiry.ts';

/** What a run came to. */
export interface Outcome {
  readonly token: AccessToken;
  readonly credential: Credential;
  /** The sub-organization that was asked for. */
  readonly organization: Organization | undefined;
  readonly keyExpiry: KeyExpiry;
  readonly now: Instant;
}

/** The action's outputs, by the names of action.yml. What is not known is empty. */
export function outputsOf({ token, credential, organization, keyExpiry }: Outcome): Record<string, string> {
  const organizationId = token.organizationId ?? organization?.id ?? '';
  return {
    'access-token': token.value,
    'token-expires-at': token.expiresAt === undefined ? '' : isoInstant(token.expiresAt),
    // A claim that is no GUID is a server's text, and no output.
    'organization-id': isGuid(organizationId) ? organizationId : '',
    'credential-type': credential.type,
    'key-expires-on': keyExpiry.expiresAt === undefined ? '' : isoInstant(keyExpiry.expiresAt),
    'key-days-left': keyExpiry.daysLeft === undefined ? '' : String(keyExpiry.daysLeft),
    'key-expiry-status': keyExpiry.status,
  };
}
