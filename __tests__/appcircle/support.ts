import type { Credential } from '../../src/appcircle/credentials.ts';
import { readErrorResponse } from '../../src/appcircle/error-response.ts';
import { keyRejection } from '../../src/appcircle/rejection.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import type { Failure } from '../../src/base/failure.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { parseJson, parseObject } from '../../src/base/json.ts';
import type { Instant } from '../../src/base/time.ts';
import type { Response } from '../../src/http/response.ts';

export const NOW = Date.parse('2026-11-20T15:04:05.678Z');
export const API_KEY = {
  type: 'api-key',
  name: 'github-actions',
  secret: 'sk_1234567',
} as const satisfies Credential;
export const PERSONAL = {
  type: 'personal-access-key',
  key: 'pak_1234567',
} as const satisfies Credential;
export const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';

/** Of no organization that it tells. */
export const TOKEN: AccessToken = {
  value: 'the-access-token',
  expiresAt: undefined,
  receivedAt: NOW,
  serverTime: NOW,
  organization: undefined,
  organizationId: undefined,
};

export const AT_API_KEYS =
  'My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys)';
export const AT_PERSONAL =
  'My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key)';

/** How an API key and a Personal Access Key are replaced. */
export const ROTATE = `Rotate it or make a new one at ${AT_API_KEYS}, then update the secret for api-key-secret`;
export const MAKE_NEW = `Generate a new one at ${AT_PERSONAL}, then update the secret for personal-access-key`;

export const ROTATE_STEPS = [
  `In Appcircle, go to ${AT_API_KEYS}.`,
  'Rotate the key or make a new one, and choose its expiry date.',
  'Update the secret for api-key-secret, and api-key-name if you made a new key.',
  'Set key-expires-on to its expiry date, to be warned next time.',
];
export const MAKE_NEW_STEPS = [
  `In Appcircle, go to ${AT_PERSONAL}.`,
  'Generate a new key and choose its expiry date.',
  'Update the secret for personal-access-key.',
  'Set key-expires-on to its expiry date, to be warned next time.',
];

interface ResponseOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly date?: Instant;
  readonly url?: string;
}

/** A response as a Connection reads it. A body that is no text is sent as JSON. */
export function response(
  status: number,
  body: unknown = '',
  {
    headers = {},
    date = NOW,
    url = 'https://auth.acme.example/auth/v3/token',
  }: ResponseOptions = {},
): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const foreign = Object.entries(headers).map(([name, value]) => [name, new Foreign(value)]);
  return {
    url: new URL(url),
    host: new URL(url).host,
    status,
    headers: Object.fromEntries(foreign),
    body: new Foreign(text),
    json: parseJson(text),
    fields: parseObject(text),
    date,
  };
}

/** What a response means for a key that asked for a token. */
export function rejectionOf(
  response: Response,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  return keyRejection(readErrorResponse(response), credential, organizationId);
}
