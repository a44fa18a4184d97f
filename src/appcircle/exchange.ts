import type { Context } from '../base/context.ts';
import { message } from '../base/message.ts';
import type { AppcircleClient } from './client.ts';
import type { Credential } from './credentials.ts';
import { errorResponseIn } from './error-response.ts';
import { keyMeaning } from './meaning.ts';
import { checkOrganization, type Organization } from './organizations.ts';
import { keyRejection } from './rejection.ts';
import { type AccessToken, readToken } from './token.ts';

interface TokenRequest {
  readonly path: string;
  readonly form: URLSearchParams;
}

/**
 * Exchanges a credential for an access token.
 * @param organization the sub-organization that the token is for; the key's own organization without it
 * @throws Failure where there is no token to be had, or it is for another organization
 */
export async function exchange(
  credential: Credential,
  organization: Organization | undefined,
  client: AppcircleClient,
  { log, clock }: Context,
): Promise<AccessToken> {
  const [newest, ...older] = tokenRequests(credential, organization?.id);
  let answer = await ask(newest, client);
  for (const request of older) {
    // Only a missing path means an older server. Any other response is about this key.
    if (!answer.errorResponse || keyMeaning(answer.errorResponse) !== 'missing path') break;
    answer = await ask(request, client);
  }
  const { path, response, errorResponse } = answer;
  if (errorResponse) throw keyRejection(errorResponse, credential, organization?.id);
  const isOlder = path !== newest.path;
  if (isOlder)
    log.info(
      message`${response.host} is an older server: ${path} answered, ${newest.path} is missing.`,
    );
  const token = readToken(response, clock.now());
  if (organization) checkOrganization(token, organization, credential, isOlder);
  return token;
}

async function ask({ path, form }: TokenRequest, client: AppcircleClient) {
  const response = await client.post(path, form);
  return { path, response, errorResponse: errorResponseIn(response) };
}

/**
 * Lists the requests to try, the newest server's first. Paths and fields: Appcircle's pages "API Keys" and "Personal Access Key", CLI 2.7.3.
 * @param organizationId GUID of a sub-organization; requests that can't name one are left out then
 */
export function tokenRequests(
  credential: Credential,
  organizationId: string | undefined,
): [TokenRequest, ...TokenRequest[]] {
  if (credential.type === 'api-key') {
    const { name, secret } = credential;
    return [tokenRequest('/auth/v1/api-key/token', { name, secret, organizationId })];
  }
  const { key } = credential;
  const rest = { scope: 'openid,profile,email', subOrganization: organizationId };
  const v3 = tokenRequest('/auth/v3/token', { personalAccessKey: key, ...rest });
  // Appcircle's pages name it as v3 does, all of its plugins like this (read in 2026-11).
  const older = { pat: key, ...rest, subOrganizationId: organizationId };
  const v2 = tokenRequest('/auth/v2/token', older);
  if (organizationId) return [v3, v2];
  return [v3, v2, tokenRequest('/auth/v1/token', { pat: key })];
}

function tokenRequest(path: string, fields: Record<string, string | undefined>): TokenRequest {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) form.set(name, value);
  return { path, form };
}
