import type { Credential } from '../appcircle/credentials.ts';
import type { Organization } from '../appcircle/organizations.ts';
import type { AccessToken } from '../appcircle/token.ts';
import { type Instant, isoInstant, wholeDays } from '../base/time.ts';
import type { KeyExpiry } from '../key-expiry.ts';

export interface Outcome {
  readonly token: AccessToken;
  readonly credential: Credential;
  /** The sub-organization that was asked for. */
  readonly organization: Organization | undefined;
  readonly keyExpiry: KeyExpiry | undefined;
}

interface UncheckedOutcome extends Outcome {
  readonly organization: Organization;
}

/** Whether a sub-organization was asked for, but the token does not say which organization it is for. */
export function isUnchecked(outcome: Outcome): outcome is UncheckedOutcome {
  return outcome.organization !== undefined && outcome.token.organization === undefined;
}

/** By the names of action.yml. What is unknown is empty. */
export function outputsOf({ token, credential, keyExpiry }: Outcome): Record<string, string> {
  return {
    'access-token': token.value,
    'token-expires-at': isoOrEmpty(token.expiresAt),
    'organization-id': token.organizationId ?? '',
    'credential-type': credential.type,
    'key-expires-on': isoOrEmpty(keyExpiry?.expiresAt),
    'key-days-left': keyExpiry ? String(wholeDays(keyExpiry.msLeft)) : '',
    'key-expiry-status': keyExpiry?.status ?? 'unknown',
  };
}

function isoOrEmpty(instant: Instant | undefined): string {
  if (instant === undefined) return '';
  return isoInstant(instant);
}
