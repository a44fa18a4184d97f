import { type ErrorResponse, saysBlocked, saysExpired, saysMissing } from './error-response.ts';

export type KeyMeaning =
  | 'missing path'
  | 'expired key'
  | 'wrong key'
  | 'no access'
  | 'blocked'
  | 'bad request'
  | 'other';

/** Codes of RFC 6749 (5.2), which mean the same whatever the status. Keycloak has `unauthorized_client` for a wrong secret. */
const OF_THE_KEY =
  /^(invalid_grant|invalid_client|unauthorized_client)\b|\b(invalid|bad|wrong)[_ ](\w+ )?credentials\b/i;
const OF_THE_REQUEST = /^(invalid_request|invalid_scope|unsupported_grant_type)\b/i;

/** What it means that a path gave no token. */
export function keyMeaning(response: ErrorResponse): KeyMeaning {
  const { status, texts } = response;
  // Some servers answer so for a missing path.
  if (status === 405) return 'missing path';
  if (saysExpired(response)) return 'expired key';
  if (texts.some((text) => OF_THE_KEY.test(text))) return 'wrong key';
  if (texts.some((text) => OF_THE_REQUEST.test(text))) return 'other';
  if (status === 401) return 'wrong key';
  if (status === 403) return saysBlocked(response) ? 'blocked' : 'no access';
  if (status === 404 && saysMissing(response, 'key|credential')) return 'wrong key';
  if (status === 404 && saysMissing(response, 'organi[sz]ation')) return 'no access';
  if (status === 404) return 'missing path';
  return status <= 400 ? 'bad request' : 'other';
}
