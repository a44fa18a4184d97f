import { Failure } from '../failure.ts';
import { parseInstant } from '../time.ts';

/** A token that may be used: one line of the characters a bearer token has, and what its answer and its claims tell of it. */
export interface AccessToken {
  readonly value: string;
  /** When it ends, in milliseconds since 1970 UTC, if the answer or the claim `exp` tells. */
  readonly expiresAt: number | undefined;
  /** The claim `currentOrganizationId` as text; `undefined` in an opaque token and where the claim is missing. */
  readonly organizationId: string | undefined;
  /** When the key that was exchanged ends, in milliseconds since 1970 UTC, if the server reports it. */
  readonly keyExpiresAt: number | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Windows takes no environment variable beyond 32,767 characters, its name included (Microsoft, CreateProcess). */
const LONGEST_TOKEN = 32_000;

/** RFC 6750, section 2.1. */
const B68_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Keycloak's answers hold three. Of thousands the masks alone would flood the log. */
const MOST_TOKENS = 100;

const NOT_A_TOKEN_REMEDY =
  'Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.';

/** @param told what the answer was instead, as a sentence; others' text in it quoted */
export function notAToken(told: string): Failure {
  return new Failure('The answer is not a token', told, NOT_A_TOKEN_REMEDY);
}

/**
 * Every token in an answer, wherever it stands in it, read without trusting the answer's shape: duplicate keys, broken JSON and
 * deep nesting hide none. Takes time linear in the text.
 * @throws Failure where there are more than any server has reason to send
 */
export function tokensIn(text: string): string[] {
  const tokens: string[] = [];
  const beforeText = /\s*:\s*"/y;
  let key = '';
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?/gs)) {
    const word = unquote(match[0]);
    if (key.endsWith('token')) tokens.push(word);
    beforeText.lastIndex = match.index + match[0].length;
    key = beforeText.test(text) ? lettersOf(word) : '';
  }
  if (tokens.length > MOST_TOKENS) throw notAToken(`The server's answer holds ${tokens.length} tokens.`);
  return tokens.filter((token) => token !== '');
}

function unquote(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1).replace(/"$/, '');
  }
}

/**
 * Reads a token answer (RFC 6749, section 5.1).
 * @param now when the answer came, in milliseconds since 1970 UTC: `expires_in` counts from there
 * @throws Failure where the answer is not a token that can be used
 */
export function parseTokenAnswer(text: string, now: number): AccessToken {
  const answer = parseObject(text);
  if (!answer) throw notAToken('The server answered 200 with text that is not a JSON object.');
  const { access_token: value, token_type: type } = answer;
  if (value === undefined || value === null) throw notAToken('The server answered 200 without an access_token.');
  if (typeof value !== 'string') throw notAToken('The server answered 200 with an access_token that is not text.');
  if (type !== undefined && type !== null && !(typeof type === 'string' && /^bearer$/i.test(type))) {
    throw notAToken('The server answered 200 with a token_type other than Bearer.');
  }
  if (value.length > LONGEST_TOKEN) {
    throw notAToken(
      `The server answered 200 with an access_token of ${value.length} characters, too long for an environment variable.`,
    );
  }
  if (!B68_TOKEN.test(value)) {
    throw notAToken('The server answered 200 with an access_token that has characters in it that no bearer token has.');
  }
  const claims = jwtClaims(value);
  const organization = claims['currentOrganizationId'] ?? undefined;
  return {
    value,
    expiresAt: secondsAfter(now, answer['expires_in']) ?? secondsAfter(0, claims['exp']),
    organizationId: typeof organization === 'object' ? JSON.stringify(organization) : organization?.toString(),
    keyExpiresAt: keyExpiry(answer) ?? keyExpiry(claims),
  };
}

/**
 * The claims of a JSON Web Token (RFC 7519), none of an opaque token. The signature is not checked: the token came over a
 * connection to the server that signed it, and the claims decide nothing but whether to go on.
 */
function jwtClaims(token: string): Fields {
  const parts = token.split('.');
  if (parts.length !== 3) return {};
  return parseObject(Buffer.from(parts[1] ?? '', 'base64url').toString()) ?? {};
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The instant so many seconds after another, in milliseconds; a server may write the number as text. */
function secondsAfter(start: number, seconds: unknown): number | undefined {
  const number = typeof seconds === 'string' && /^\d+(\.\d+)?$/.test(seconds) ? Number(seconds) : seconds;
  if (typeof number !== 'number' || !(number > 0)) return undefined;
  return plausible(start + number * 1000);
}

/**
 * The key's expiry, if the server reports one. No documented answer does; the names are those that CONTRACT.md expects a server to
 * choose from.
 */
function keyExpiry(fields: Fields): number | undefined {
  for (const [name, value] of Object.entries(fields)) {
    // Spares the many other fields the expressions.
    if (!name.toLowerCase().includes('key')) continue;
    const letters = lettersOf(name);
    if (/^(api|personalaccess)?key(expiresat|expireson|expirydate|expirationdate)$/.test(letters)) {
      const instant = instantOf(value);
      if (instant !== undefined) return instant;
    }
    if (/^(apikey|personalaccesskey|key)$/.test(letters) && isObject(value)) {
      for (const [inner, date] of Object.entries(value)) {
        const instant = /^(expiresat|expirydate|expirationdate)$/.test(lettersOf(inner)) ? instantOf(date) : undefined;
        if (instant !== undefined) return instant;
      }
    }
  }
  return undefined;
}

function lettersOf(name: string): string {
  return name.replace(/[^A-Za-z]/g, '').toLowerCase();
}

/** ISO 8601 text, or a number of seconds or milliseconds since 1970 UTC. */
function instantOf(value: unknown): number | undefined {
  if (typeof value === 'string') return plausible(parseInstant(value, 'optional'));
  if (typeof value !== 'number') return undefined;
  // 1e11 is the year 5138 in seconds and 1973 in milliseconds.
  return plausible(Math.abs(value) < 1e11 ? value * 1000 : value);
}

/** The instant, if it lies between the years 2000 and 9999: servers write 0 or the year 1 where they mean none. */
function plausible(ms: number | undefined): number | undefined {
  return ms !== undefined && ms >= Date.UTC(2000, 0) && ms < Date.UTC(10_000, 0) ? ms : undefined;
}
