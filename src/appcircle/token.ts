import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { type Fields, numberIn, parseObject, plausible, textIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { type Instant, YEAR_10000 } from '../base/time.ts';
import { type Response, textOf } from '../http/connection.ts';

/** A usable token, and what is known of it. */
export interface AccessToken {
  readonly value: string;
  readonly expiresAt: Instant | undefined;
  /** The claim `currentOrganizationId`; `undefined` if missing or blank. */
  readonly organizationId: string | undefined;
}

/** Windows has no environment variables beyond 32,767 characters, name included (Microsoft, CreateProcess). */
const LONGEST_TOKEN = 32_000;
/** RFC 6750, section 2.1. */
const B68_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
/** Shorter values of fields such as `csrf_token` are words, not tokens. */
const SHORTEST_TOKEN = 8;
/** Keycloak's answers need three. Thousands would blot out the log. */
const MOST_MASKS = 100;

export function notAToken(reason: Message): Failure {
  return new Failure(
    'The answer is not a token',
    reason,
    message`Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.`,
  );
}

/** Masks every token in a response. Throws a Failure where there are more than any server needs. */
export function maskTokens({ host, body }: Response, secrets: Context['secrets']): void {
  if (!secrets.add(tokensIn(body.toString()), MOST_MASKS))
    throw notAToken(
      message`${host} answered with more than ${MOST_MASKS} tokens, or lines of tokens, to mask.`,
    );
}

/**
 * Finds every token in a response, whatever its shape: duplicate keys, broken JSON, deep nesting and JSON within text hide none. Linear in the
 * text.
 */
export function tokensIn(text: string, tokens: string[] = []): string[] {
  const beforeText = /\s*:\s*"/y;
  let key = '';
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?/gs)) {
    const word = unquote(match[0]);
    // A word such as "false" is no token, and its mask would blot out the log.
    if (
      /^(access|refresh|id)token$/.test(key) ||
      (key.endsWith('token') && word.length >= SHORTEST_TOKEN)
    )
      tokens.push(word);
    // Only where escapes were undone, so that no text can nest deeply.
    if (word.length < match[0].length - 2) tokensIn(word, tokens);
    beforeText.lastIndex = match.index + match[0].length;
    key = beforeText.test(text) ? lettersOf(word) : '';
  }
  return tokens;
}

function unquote(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1).replace(/"$/, '');
  }
}

/**
 * Reads a token response (RFC 6749, 5.1).
 * @param now this runner's time, from which `expires_in` counts
 * @throws Failure where there is no usable token in it
 */
export function readToken(response: Response, now: Instant): AccessToken {
  const [answer, value] = readFields(response);
  const claims = jwtClaims(value);
  const told = numberIn(answer['expires_in']);
  // What ends past the year 9999 tells nothing.
  const lifetime = told !== undefined && now + told * 1000 < YEAR_10000 ? told : undefined;
  const exp = numberIn(claims['exp']);
  const ended =
    lifetime === undefined
      ? exp !== undefined && exp > 0 && exp * 1000 <= response.date
      : lifetime <= 0;
  if (ended) throw alreadyExpired(response.host);
  return {
    value,
    expiresAt: plausible(lifetime === undefined ? exp && exp * 1000 : now + lifetime * 1000),
    organizationId: claimText(claims['currentOrganizationId']),
  };
}

/** The fields of a response, and the token in it. */
function readFields(response: Response): [fields: Fields, token: string] {
  const wrong = (what: Message) => notAToken(message`${response.host} answered HTTP 200 ${what}.`);
  const contentType = response.headers['content-type'];
  // Plain text or no type may still be JSON. A web page is not.
  if (contentType && !/json|^text\/plain/i.test(contentType))
    throw wrong(message`with something other than JSON`);
  const text = textOf(response);
  if (text === undefined) throw wrong(message`in an encoding that was not asked for`);
  const fields = parseObject(text);
  if (!fields) throw wrong(message`with text that is not a JSON object`);
  const { access_token: token, token_type: type } = fields;
  if (token === undefined || token === null) throw wrong(message`without an access_token`);
  if (typeof token !== 'string') throw wrong(message`with an access_token that is not text`);
  if (!/^bearer$/i.test(textIn(type ?? 'bearer') ?? ''))
    throw wrong(message`with a token_type other than Bearer`);
  if (token.length > LONGEST_TOKEN)
    throw wrong(
      message`with an access_token of ${token.length} characters, too long for an environment variable`,
    );
  if (!B68_TOKEN.test(token))
    throw wrong(message`with an access_token that has characters no bearer token has`);
  return [fields, token];
}

function alreadyExpired(host: string): Failure {
  return new Failure(
    'The token has already expired',
    message`${host} answered HTTP 200 with a token that has already expired.`,
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
function claimText(claim: unknown): string | undefined {
  return textIn(
    typeof claim === 'object' && claim !== null ? JSON.stringify(claim) : String(claim ?? ''),
  );
}

function lettersOf(name: string): string {
  return name.replace(/[^A-Za-z]/g, '').toLowerCase();
}
