import type { Response } from '../http/response.ts';
import { isRetryable } from '../http/retry.ts';
import { type Refusal, saysBlocked, saysExpired, saysMissing } from './refusal.ts';

export type GeneralMeaning =
  | 'redirect'
  | 'port speaks TLS'
  | 'throttling'
  | 'network login'
  | 'server error';
export type KeyMeaning =
  | 'missing path'
  | 'expired key'
  | 'wrong key'
  | 'no access'
  | 'blocked'
  | 'bad request'
  | 'other';
export type ListMeaning = 'blocked' | 'not allowed to list' | 'unknown token' | 'unreadable list';

/** Codes of RFC 6749 (5.2), which mean the same whatever the status. Keycloak has `unauthorized_client` for a wrong secret. */
const OF_THE_KEY =
  /^(invalid_grant|invalid_client|unauthorized_client)\b|\b(invalid|bad|wrong)[_ ](\w+ )?credentials\b/i;
const OF_THE_REQUEST = /^(invalid_request|invalid_scope|unsupported_grant_type)\b/i;
/** In the pages of nginx, Apache, Go and Tomcat. */
const SPEAKS_TLS =
  /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|HTTP request to an HTTPS server|host and port requires TLS/i;

/** What a response means on any path. */
export function generalMeaning(response: Response): GeneralMeaning | undefined {
  const { status, url, body } = response;
  // 300 and 304 lead nowhere.
  if (status < 301 || status === 304) return undefined;
  if (status < 400) return 'redirect';
  if (status === 400 && url.protocol === 'http:' && SPEAKS_TLS.test(body.raw))
    return 'port speaks TLS';
  if (status === 429) return 'throttling';
  // RFC 6585, 6.
  if (status === 511) return 'network login';
  if (status >= 500 || isRetryable(response)) return 'server error';
  return undefined;
}

/** What it means that a path gave no token. */
export function keyMeaning(refusal: Refusal): KeyMeaning {
  const { status, texts } = refusal;
  // Some servers answer so for a missing path.
  if (status === 405) return 'missing path';
  if (saysExpired(refusal)) return 'expired key';
  if (texts.some((text) => OF_THE_KEY.test(text))) return 'wrong key';
  if (texts.some((text) => OF_THE_REQUEST.test(text))) return 'other';
  if (status === 401) return 'wrong key';
  if (status === 403) return saysBlocked(refusal) ? 'blocked' : 'no access';
  if (status === 404 && saysMissing(refusal, 'key|credential')) return 'wrong key';
  if (status === 404 && saysMissing(refusal, 'organi[sz]ation')) return 'no access';
  if (status === 404) return 'missing path';
  return status <= 400 ? 'bad request' : 'other';
}

/** What it means that there is no list of organizations. */
export function listMeaning(refusal: Refusal): ListMeaning {
  const { status } = refusal;
  if (status === 401) return 'unknown token';
  if (status === 403) return saysBlocked(refusal) ? 'blocked' : 'not allowed to list';
  return 'unreadable list';
}
