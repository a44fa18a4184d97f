import { Failure, type FailureTitle } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import type { Response } from '../http/response.ts';
import { retryDetails } from '../http/retry.ts';
import {
  type Credential,
  credentialName,
  howToReplace,
  secretInputOf,
  stepsToReplace,
  whereKeysAreMade,
} from './credentials.ts';
import { describeOddity } from './key-oddities.ts';
import { refusalTexts, saidIn, saysBlocked, saysExpired, saysMissing } from './refusal.ts';

/** Codes of RFC 6749 (5.2), which mean the same whatever the status. Keycloak has `unauthorized_client` for a wrong secret. */
const OF_THE_KEY =
  /^(invalid_grant|invalid_client|unauthorized_client)\b|\b(invalid|bad|wrong)[_ ](\w+ )?credentials\b/i;
const OF_THE_REQUEST = /^(invalid_request|invalid_scope|unsupported_grant_type)\b/i;

/** Explains redirects, throttling and server errors, which mean the same on any path. */
export function commonRejection(response: Response, url: URL): Failure | undefined {
  const { host, status } = response;
  // 300 and 304 lead nowhere.
  if (status < 301 || status === 304) return undefined;
  if (status < 400) return redirect(response, url);
  if (status === 429) {
    return rejected(
      response,
      'Appcircle is throttling requests',
      message`is throttling requests`,
      message`Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.`,
    );
  }
  // RFC 6585, 6.
  if (status === 511) {
    return rejected(
      response,
      'The request was blocked',
      message`is behind a network that wants a login`,
      message`Log this runner in to that network, or have it let the runner through.`,
    );
  }
  if (status < 500 && status !== 408 && status !== 425) return undefined;
  return new Failure(
    'Appcircle has a server error',
    message`${host} answered HTTP ${status}.${saidIn(response)}`,
    message`Run the job again later. If it keeps failing, check Appcircle's status page or ask whoever runs the server.`,
    retryDetails(response),
  );
}

/** Explains why a token path gave no token. */
export function exchangeRejection(
  response: Response,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  return EXPLANATIONS[meaningOf(response)](response, credential, organizationId);
}

/** Some servers answer 405 for a missing path. A 404 may be about the key. */
export function isPathMissing(response: Response): boolean {
  return meaningOf(response) === 'missing path';
}

const EXPLANATIONS = {
  'missing path': noTokenService,
  'expired key': expired,
  'wrong key': unauthorized,
  'no access': forbidden,
  blocked,
  'bad request': badRequest,
  other: otherRejection,
};

function meaningOf(response: Response): keyof typeof EXPLANATIONS {
  const { status } = response;
  const texts = refusalTexts(response);
  if (status === 405) return 'missing path';
  if (saysExpired(texts)) return 'expired key';
  if (texts.some((text) => OF_THE_KEY.test(text))) return 'wrong key';
  if (texts.some((text) => OF_THE_REQUEST.test(text))) return 'other';
  if (status === 401) return 'wrong key';
  if (status === 403) return saysBlocked(response) ? 'blocked' : 'no access';
  if (status === 404 && saysMissing(texts, 'key|credential')) return 'wrong key';
  if (status === 404 && saysMissing(texts, 'organi[sz]ation')) return 'no access';
  if (status === 404) return 'missing path';
  return status <= 400 ? 'bad request' : 'other';
}

export function serverTooOld({ host, status }: Response): Failure {
  return new Failure(
    'The server is too old for sub-organizations',
    message`${host} has neither /auth/v3/token nor /auth/v2/token (HTTP ${status}), and older paths can't name a sub-organization.`,
    message`Check auth-endpoint. If it is right, update the server, or leave sub-organization out and use a key made in that sub-organization.`,
  );
}

/** Explains a response of the organization list other than 200. */
export function listRejection(response: Response): Failure {
  const { status } = response;
  if (status === 403 && saysBlocked(response)) return blocked(response);
  if (status === 403) {
    return rejected(
      response,
      'Not allowed to list organizations',
      message`does not let this key list organizations, so the sub-organization's name can't be looked up`,
      message`Use the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.`,
    );
  }
  if (status === 401) {
    return rejected(
      response,
      'Not allowed to list organizations',
      message`did not accept the token, so the sub-organization's name can't be looked up`,
      message`Check that auth-endpoint and api-endpoint belong to the same server. If they do, use the GUID of the sub-organization instead of its name.`,
    );
  }
  return unreadableList(response);
}

export function unreadableList({ host, status }: Response): Failure {
  return new Failure(
    'The organization list could not be read',
    message`${host} answered HTTP ${status} without a readable list of organizations.`,
    message`Check api-endpoint, or use the GUID of the sub-organization instead of its name.`,
  );
}

function noTokenService(response: Response, credential: Credential): Failure {
  return rejected(
    response,
    'No token service at this address',
    message`has no token service for ${credentialName(credential)}s`,
    message`Check auth-endpoint: it is the base URL of the authentication server.${credential.type === 'api-key' ? message` A self-hosted server needs version 3.29.0 or newer for API keys.` : message``}`,
  );
}

function badRequest(
  response: Response,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  if (!organizationId) return otherRejection(response, credential);
  return rejected(
    response,
    'Appcircle rejected the request',
    message`could not read the request for the organization ${organizationId}`,
    message`Check sub-organization: it is the GUID of a sub-organization, or its name.`,
  );
}

function expired(response: Response, credential: Credential): Failure {
  const { title, reason, remedy } = rejected(
    response,
    'The key has expired',
    message`says that the ${credentialName(credential)} has expired`,
    howToReplace(credential),
  );
  return new Failure(title, reason, remedy, { steps: stepsToReplace(credential) });
}

function unauthorized(response: Response, credential: Credential): Failure {
  const check =
    credential.type === 'api-key'
      ? message`Check that api-key-name is exactly the name that Appcircle shows, and api-key-secret its secret.`
      : message`Check that ${secretInputOf(credential)} is the whole key, made in the root organization.`;
  return rejected(
    response,
    'Appcircle did not accept the key',
    message`did not accept the ${credentialName(credential)}`,
    message`${describeOddity(credential) ?? check} The key may also have been deleted or have expired: see ${whereKeysAreMade(credential)}.`,
  );
}

function forbidden(
  response: Response,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  const where = organizationId
    ? message`the organization ${organizationId}`
    : message`its own organization`;
  const access =
    credential.type === 'api-key'
      ? message`Give the API key a role in that organization: Manage, at ${whereKeysAreMade(credential)}. Its secret stays the same.`
      : message`Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.`;
  return rejected(
    response,
    'The key has no access to the organization',
    message`denied this ${credentialName(credential)} access to ${where}`,
    message`${access} If it has access, check for a firewall, a proxy or a list of allowed addresses that blocks this runner.`,
  );
}

function blocked(response: Response): Failure {
  return rejected(
    response,
    'The request was blocked',
    message`or something in front of it blocked the request`,
    message`Check for a firewall, a proxy or a list of allowed addresses that blocks this runner. If there is none, check that the key has a role in the organization.`,
  );
}

function otherRejection(response: Response, credential: Credential): Failure {
  return rejected(
    response,
    'Appcircle rejected the request',
    message`rejected the request of the ${credentialName(credential)}`,
    message`Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.`,
  );
}

/** @param what the server did, as the rest of a sentence */
function rejected(
  response: Response,
  title: FailureTitle,
  what: Message,
  remedy: Message,
): Failure {
  const { host, status } = response;
  const reason = message`${host} ${what} (HTTP ${status}).${saidIn(response)}`;
  return new Failure(title, reason, remedy, retryDetails(response));
}

function redirect({ host, status, headers: { location } }: Response, url: URL): Failure {
  const target = location && URL.parse(location.raw, url.href);
  return new Failure(
    'The server answered with a redirect',
    message`${host} answered HTTP ${status} with a redirect to ${differenceOf(target, url)}. It was not followed, since the request holds a secret.`,
    message`If that is yours and the right address, change the endpoint to it. Otherwise check for a proxy or a login page between this runner and the server.`,
  );
}

/** In what a redirect's target differs from what was asked: the host, the scheme or the path. */
function differenceOf(target: URL | null | undefined, { protocol, host }: URL): Message {
  if (!target?.host) return message`no readable address`;
  if (target.host !== host) return message`${new Foreign(target.host)}`;
  if (target.protocol !== protocol)
    return message`${new Foreign(target.protocol)}// on the same host`;
  return message`the path ${new Foreign(target.pathname)} on the same host`;
}
