import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { isGuid } from '../base/guid.ts';
import { type Fields, numberIn, parseObject, plausible, textIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { type Instant, YEAR_10000 } from '../base/time.ts';
import type { Response } from '../http/response.ts';

/** A usable token, and what is known of it. */
export interface AccessToken {
  readonly value: string;
  /** By this runner's clock, as later steps compare it. */
  readonly expiresAt: Instant | undefined;
  /** When the answer came, by this runner's clock. */
  readonly receivedAt: Instant;
  /** When the answer came, by its `Date`; without one, the same. */
  readonly serverTime: Instant;
  /** The claim `currentOrganizationId`; `undefined` if missing or blank. */
  readonly organization: Foreign | undefined;
  /** The same, if it is a GUID. */
  readonly organizationId: string | undefined;
}

/** Windows has no environment variables beyond 32,767 characters, name included (Microsoft, CreateProcess). */
const LONGEST_TOKEN = 32_000;
/** RFC 6750, section 2.1. */
const B68_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
const SHORTEST_TOKEN = 8;

function notAToken(reason: Message): Failure {
  return new Failure(
    'The answer is not a token',
    reason,
    message`Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.`,
  );
}

/** Masks the tokens in a response (RFC 6749, 5.1; OpenID Connect Core, 3.1.3.3). */
export function maskTokens({ fields = {} }: Response, secrets: Context['secrets']): void {
  const { access_token, refresh_token, id_token } = fields;
  secrets.add([access_token, refresh_token, id_token].filter(isMaskable));
}

/** The runner masks each line of a value. One of a few characters, such as "0", would blot out the log. */
function isMaskable(value: unknown): value is string {
  if (typeof value !== 'string' || /[\r\n]/.test(value)) return false;
  return value.trim().length >= SHORTEST_TOKEN;
}

/**
 * Reads a token response (RFC 6749, 5.1).
 * @param now this runner's time
 * @throws Failure where there is no usable token in it
 */
export function readToken(response: Response, now: Instant): AccessToken {
  const [fields, value] = readFields(response);
  const claims = jwtClaims(value);
  const left = msLeft(fields, claims, response.date);
  if (left !== undefined && left <= 0) throw alreadyExpired(response);
  const organization = claimText(claims['currentOrganizationId']);
  const isKnown = organization !== undefined && isGuid(organization.raw);
  return {
    value,
    expiresAt: left && plausible(now + left),
    receivedAt: now,
    serverTime: response.date,
    organization,
    organizationId: isKnown ? organization.raw : undefined,
  };
}

/** How long a token is still valid by the server's clock, in milliseconds; `undefined` if neither `expires_in` nor `exp` says. */
function msLeft(fields: Fields, claims: Fields, serverTime: Instant): number | undefined {
  const seconds = numberIn(fields['expires_in']);
  // What ends past the year 9999 tells nothing.
  if (seconds !== undefined && serverTime + seconds * 1000 < YEAR_10000) return seconds * 1000;
  const exp = numberIn(claims['exp']);
  if (exp === undefined || exp <= 0) return undefined;
  return exp * 1000 - serverTime;
}

/** The fields of a response, and the token in it. */
function readFields({ host, status, headers, fields }: Response): [fields: Fields, token: string] {
  const wrong = (what: Message) => notAToken(message`${host} answered HTTP ${status} ${what}.`);
  if (status < 200 || status > 299) throw wrong(message`without a token`);
  const encoding = headers['content-encoding']?.raw ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw wrong(message`in an encoding that was not asked for`);
  // Whatever the content type says: some servers call JSON a page.
  if (!fields) throw wrong(message`with something other than a JSON object`);
  const { access_token: token, token_type: type } = fields;
  if (token === undefined || token === null) throw wrong(message`without an access_token`);
  if (typeof token !== 'string') throw wrong(message`with an access_token that is not text`);
  if (token.length < SHORTEST_TOKEN)
    throw wrong(message`with an access_token of fewer than ${SHORTEST_TOKEN} characters`);
  const tokenType = type ?? 'bearer';
  if (typeof tokenType !== 'string' || !/^bearer$/i.test(tokenType))
    throw wrong(message`with a token_type other than Bearer`);
  if (token.length > LONGEST_TOKEN)
    throw wrong(
      message`with an access_token of ${token.length} characters, too long for an environment variable`,
    );
  if (!B68_TOKEN.test(token))
    throw wrong(message`with an access_token that has characters no bearer token has`);
  return [fields, token];
}

function alreadyExpired({ host, status }: Response): Failure {
  return new Failure(
    'The token has already expired',
    message`${host} answered HTTP ${status} with a token that has already expired.`,
    message`Check the clocks of the server and of this runner, then run the job again. The token was not exported.`,
  );
}

/**
 * Reads the claims of a JWT (RFC 7519); an opaque token has none. The signature is not checked: the token came from the server that signed
 * it, and its claims decide only whether to go on.
 */
function jwtClaims(token: string): Fields {
  const parts = token.split('.');
  if (parts.length !== 3) return {};
  return parseObject(Buffer.from(parts[1] ?? '', 'base64url').toString()) ?? {};
}

/** Any claim as text, unless it is blank. */
function claimText(claim: unknown): Foreign | undefined {
  if (typeof claim === 'object' && claim !== null) return new Foreign('(unreadable)');
  return textIn(String(claim ?? ''));
}
