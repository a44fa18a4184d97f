import { randomBytes, randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';

/** What a token is issued for. */
export interface Grant {
  readonly organizationId: string;
  /** The token's subject: the person, or the e-mail address that Appcircle makes up for an API key. */
  readonly email: string;
  /** What the Keycloak client is called that the exchange went through. */
  readonly client: string;
  readonly mayListOrganizations: boolean;
}

export interface TokenOptions {
  /** Lifetime of a token in seconds. By default four hours. */
  readonly expiresIn?: number;
  /** Issues this text, or random text for true, instead of a JWT. */
  readonly opaqueToken?: string | boolean;
}

/** A token answer as Keycloak gives it. */
export type TokenAnswer = Awaited<ReturnType<typeof issueTokens>>;

const FOUR_HOURS_S = 14_400;
const REFRESH_EXPIRES_IN_S = 1800;
const SCOPE = 'openid email profile';
const ROLES = [
  'build-manager',
  'distribution-manager',
  'publish-manager',
  'signing-identity-viewer',
];

/** One RSA key pair for the whole process, since generating one is slow. */
let keyPair: ReturnType<typeof generateKeyPair> | undefined;

function signingKey(): ReturnType<typeof generateKeyPair> {
  keyPair ??= generateKeyPair('RS256');
  return keyPair;
}

/**
 * Issues an access token, a refresh token and an ID token, signed, with the claims that Keycloak's have. The realm below
 * `authEndpoint` is their issuer, and `now` is in milliseconds since the epoch.
 */
export async function issueTokens(
  grant: Grant,
  authEndpoint: string,
  now: number,
  options: TokenOptions = {},
) {
  const { expiresIn = FOUR_HOURS_S, opaqueToken = false } = options;
  const { privateKey } = await signingKey();
  const issuedAt = Math.floor(now / 1000);
  const session = randomUUID();
  const common = {
    iss: `${authEndpoint}/auth/realms/appcircle`,
    sub: randomUUID(),
    azp: grant.client,
    session_state: session,
    sid: session,
  };
  const person = { email_verified: true, preferred_username: grant.email, email: grant.email };
  const access = {
    ...common,
    ...person,
    aud: ['account', 'appcircle-api'],
    typ: 'Bearer',
    acr: '1',
    scope: SCOPE,
    currentOrganizationId: grant.organizationId,
    realm_access: { roles: ['offline_access', 'uma_authorization', ...ROLES] },
    resource_access: {
      account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] },
    },
  };
  const sign = (claims: object, lifetime = expiresIn) =>
    new SignJWT({ exp: issuedAt + lifetime, iat: issuedAt, jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'appcircle-sandbox' })
      .sign(privateKey);
  const opaque = opaqueToken === true ? randomBytes(48).toString('base64url') : opaqueToken;
  return {
    access_token: opaque || (await sign(access)),
    expires_in: expiresIn,
    refresh_expires_in: REFRESH_EXPIRES_IN_S,
    refresh_token: await sign({ ...common, typ: 'Refresh', scope: SCOPE }, REFRESH_EXPIRES_IN_S),
    token_type: 'Bearer',
    id_token: await sign({ ...common, ...person, aud: grant.client, typ: 'ID' }),
    'not-before-policy': 0,
    session_state: session,
    scope: SCOPE,
  };
}
