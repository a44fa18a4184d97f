import type { Masks } from '../masks.ts';

/** A long-lived key of Appcircle's, as a workflow's secrets hold it. */
export type Credential =
  | { readonly type: 'api-key'; readonly name: string; readonly secret: string }
  | { readonly type: 'personal-access-key'; readonly key: string };

const KEY_PAGES = {
  'api-key': 'https://docs.appcircle.io/account/my-organization/security/api-keys',
  'personal-access-key': 'https://docs.appcircle.io/account/my-organization/security/personal-access-key',
} as const;

/** A credential as the log shows it: the kind, and the name of an API key. */
export function describeCredential(credential: Credential, masks: Masks): string {
  return credential.type === 'api-key' ? `API key "${masks.quote(credential.name)}"` : 'Personal Access Key';
}

/** One way to ask for a token. */
export interface TokenRequest {
  /** Below the auth endpoint. */
  readonly path: string;
  readonly form: URLSearchParams;
}

/** What Appcircle calls a credential of this type. */
export function credentialName(credential: Credential): 'API key' | 'Personal Access Key' {
  return credential.type === 'api-key' ? 'API key' : 'Personal Access Key';
}

/** Where in Appcircle a key is made and rotated. */
export function whereKeysAreMade({ type }: Credential): string {
  const screen = type === 'api-key' ? 'API Keys' : 'Personal Access Key';
  return `My Organization > Security > ${screen} (${KEY_PAGES[type]})`;
}

/** The input that holds the secret, to update when a key has been replaced. */
export function secretInputOf({ type }: Credential): 'api-key-secret' | 'personal-access-key' {
  return type === 'api-key' ? 'api-key-secret' : 'personal-access-key';
}

/**
 * The requests that exchange a credential, the newest server's first; an older server lacks the path of the newer one.
 * Paths and fields: Appcircle's pages "API Keys" and "Personal Access Key", and its CLI 2.7.3.
 * @param organizationId GUID of a sub-organization; the requests that can't name one are left out then
 */
export function tokenRequests(
  credential: Credential,
  organizationId: string | undefined,
): [TokenRequest, ...TokenRequest[]] {
  if (credential.type === 'api-key') {
    const { name, secret } = credential;
    return [tokenRequest('/auth/v1/api-key/token', { name, secret, organizationId })];
  }
  const scope = 'openid,profile,email';
  const subOrganization = organizationId;
  const v3 = tokenRequest('/auth/v3/token', { personalAccessKey: credential.key, scope, subOrganization });
  const v2 = { pat: credential.key, scope, subOrganization };
  if (organizationId) return [v3, tokenRequest('/auth/v2/token', v2)];
  return [v3, tokenRequest('/auth/v2/token', v2), tokenRequest('/auth/v1/token', { pat: credential.key })];
}

/** `URLSearchParams` is the encoder that application/x-www-form-urlencoded is defined by (WHATWG URL, section 5). */
function tokenRequest(path: string, fields: Record<string, string | undefined>): TokenRequest {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, value);
  }
  return { path, form };
}
