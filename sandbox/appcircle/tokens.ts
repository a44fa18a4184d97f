import { randomBytes, randomUUID } from 'node:crypto';
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';

/** What a token is issued for. */
export interface Grant {
  readonly organizationId: string;
  /** The token's subject: the person, or the e-mail address that Appcircle makes up for an API key. */
  readonly email: string;
  /** What the Keycloak client is called that the exchange went through. */
  readonly client: string;
  readonly roles: readonly string[];
  readonly mayListOrganizations: boolean;
}

export interface IssueOptions {
  /** The auth host's base URL: the realm below it is the issuer. */
  readonly authEndpoint: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Lifetime of the access token in seconds. */
  readonly expiresIn: number;
  /** The access token is this, or with true any random text, instead of a JWT. */
  readonly opaqueToken: string | boolean;
  /** Claims to add to the access token. */
  readonly extraClaims: Readonly<Record<string, unknown>>;
}

/** A token answer as Keycloak gives it. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_expires_in: number;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly id_token: string;
  readonly 'not-before-policy': number;
  readonly session_state: string;
  readonly scope: string;
}

const SCOPE = 'openid email profile';
const REFRESH_EXPIRES_IN_S = 1800;
const KEY_ID = 'appcircle-sandbox';

/** One RSA key pair for the whole process, since generating one is slow. */
let keyPair: ReturnType<typeof generateKeyPair> | undefined;

function signingKey(): ReturnType<typeof generateKeyPair> {
  keyPair ??= generateKeyPair('RS256');
  return keyPair;
}

/** Returns the public half of the key that signs the tokens. */
export async function verificationKey(): Promise<CryptoKey> {
  return (await signingKey()).publicKey;
}

/** Issues an access token, a refresh token and an ID token, signed, with the claims that Keycloak's have. */
export async function issueTokens(grant: Grant, options: IssueOptions): Promise<TokenAnswer> {
  const session = randomUUID();
  const common = {
    iss: `${options.authEndpoint}/auth/realms/appcircle`,
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
    realm_access: { roles: ['offline_access', 'uma_authorization', ...grant.roles] },
    resource_access: { account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] } },
    ...options.extraClaims,
  };
  const sign = (claims: object, expiresIn: number) => signJwt(claims, options.now, expiresIn);
  return {
    access_token: await accessToken(options.opaqueToken, () => sign(access, options.expiresIn)),
    expires_in: options.expiresIn,
    refresh_expires_in: REFRESH_EXPIRES_IN_S,
    refresh_token: await sign({ ...common, typ: 'Refresh', scope: SCOPE }, REFRESH_EXPIRES_IN_S),
    token_type: 'Bearer',
    id_token: await sign({ ...common, ...person, aud: grant.client, typ: 'ID' }, options.expiresIn),
    'not-before-policy': 0,
    session_state: session,
    scope: SCOPE,
  };
}

async function accessToken(opaque: string | boolean, signed: () => Promise<string>): Promise<string> {
  if (typeof opaque === 'string') return opaque;
  return opaque ? randomBytes(48).toString('base64url') : signed();
}

async function signJwt(claims: object, now: number, expiresIn: number): Promise<string> {
  const { privateKey } = await signingKey();
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ exp: issuedAt + expiresIn, iat: issuedAt, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })
    .sign(privateKey);
}
