import type { Context } from '../base/context.ts';
import { message } from '../base/message.ts';
import type { Request } from '../http/connection.ts';
import type { AppcircleClient } from './client.ts';
import type { Credential } from './credentials.ts';
import type { Organization } from './organizations.ts';
import { exchangeRejection, isPathMissing, serverTooOld } from './rejection.ts';
import { type AccessToken, readToken } from './token.ts';

type TokenRequest = Required<Pick<Request, 'path' | 'form'>>;

/**
 * Exchanges a credential for an access token.
 * @param organization the sub-organization that the token is for; the key's own organization without it
 * @throws Failure where there is no token to be had
 */
export async function exchange(
  credential: Credential,
  organization: Organization | undefined,
  client: AppcircleClient,
  { log, clock }: Context,
): Promise<AccessToken> {
  let missing: string | undefined;
  let [request, ...older] = tokenRequests(credential, organization?.id);
  for (;;) {
    const response = await client.post(request.path, request.form);
    if (response.status === 200) {
      if (missing)
        log.info(
          message`${response.host} is an older server: ${request.path} answered, ${missing} is missing.`,
        );
      return readToken(response, clock.now());
    }
    const [next, ...rest] = older;
    // Only a missing path means an older server. Any other response is about this key.
    if (!next || !isPathMissing(response)) {
      const tooOld = missing && organization && isPathMissing(response);
      throw tooOld
        ? serverTooOld(response)
        : exchangeRejection(response, credential, organization?.id);
    }
    missing = request.path;
    [request, older] = [next, rest];
  }
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
  const v2 = tokenRequest('/auth/v2/token', { pat: key, ...rest });
  return organizationId ? [v3, v2] : [v3, v2, tokenRequest('/auth/v1/token', { pat: key })];
}

function tokenRequest(path: string, fields: Record<string, string | undefined>): TokenRequest {
  const given = Object.entries(fields).filter(
    (field): field is [string, string] => field[1] !== undefined,
  );
  return { path, form: new URLSearchParams(given) };
}
