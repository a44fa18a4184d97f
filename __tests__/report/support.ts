import type { Credential } from '../../src/appcircle/credentials.ts';
import type { Organization } from '../../src/appcircle/organizations.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import type { Instant } from '../../src/base/time.ts';
import { assessKeyExpiry } from '../../src/key-expiry.ts';
import type { Outcome } from '../../src/report/outputs.ts';
import { API_KEY, GUID, NOW, TOKEN } from '../appcircle/support.ts';

export const IOS_TEAM: Organization = { id: GUID, name: 'iOS Team' };
export const FOUR_HOURS = { expiresAt: NOW + 14_400_000 };

interface Given {
  readonly token?: Partial<AccessToken>;
  readonly credential?: Credential;
  readonly organization?: Organization | undefined;
  readonly keyExpiresOn?: Instant;
}

/** The outcome of a run of which nothing more is known than is given. */
export function outcomeOf({
  token,
  credential = API_KEY,
  organization,
  keyExpiresOn,
}: Given = {}): Outcome {
  const keyExpiry = assessKeyExpiry(keyExpiresOn, 14, NOW);
  return { token: { ...TOKEN, ...token }, credential, organization, keyExpiry };
}
