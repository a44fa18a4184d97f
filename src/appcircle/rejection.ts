import { Failure, type FailureDetails, type FailureTitle } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import { needsTls } from '../http/network-errors.ts';
import type { Response } from '../http/response.ts';
import { isRetryable, retryDetails } from '../http/retry.ts';
import {
  type Credential,
  credentialName,
  howToReplace,
  secretInputOf,
  stepsToReplace,
  whereKeysAreMade,
} from './credentials.ts';
import { type ErrorResponse, readErrorResponse, saidIn, saysBlocked } from './error-response.ts';
import { describeOddity } from './key-oddities.ts';
import { keyMeaning } from './meaning.ts';

/** In the pages of nginx, Apache, Go and Tomcat. */
const SPEAKS_TLS = [
  'plain HTTP request was sent to HTTPS port',
  'speaking plain HTTP to an SSL-enabled',
  'HTTP request to an HTTPS server',
  'host and port requires TLS',
];

/** Explains a response that means the same on any path; `undefined` for all others. */
export function generalRejection(response: Response): Failure | undefined {
  const { status, url, host, body } = response;
  // 300 and 304 lead nowhere.
  if (status < 301 || status === 304) return undefined;
  if (status < 400) return redirect(response);
  const speaksTls = SPEAKS_TLS.some((words) => body.raw.includes(words));
  if (status === 400 && url.protocol === 'http:' && speaksTls) return needsTls(host);
  if (status === 429) return throttled(readErrorResponse(response));
  // RFC 6585, 6.
  if (status === 511) return networkLogin(readErrorResponse(response));
  if (status >= 500 || isRetryable(response)) return serverError(readErrorResponse(response));
  return undefined;
}

function redirect({ host, status, url, headers: { location } }: Response): Failure {
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

function throttled(response: ErrorResponse): Failure {
  return rejected(
    response,
    'Appcircle is throttling requests',
    message`is throttling requests`,
    message`Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.`,
    retryDetails(response),
  );
}

function networkLogin(response: ErrorResponse): Failure {
  return rejected(
    response,
    'The request was blocked',
    message`is behind a network that wants a login`,
    message`Log this runner in to that network, or have it let the runner through.`,
  );
}

function serverError(response: ErrorResponse): Failure {
  return new Failure(
    'Appcircle has a server error',
    message`${response.host} answered HTTP ${response.status}.${saidIn(response)}`,
    message`Run the job again later. If it keeps failing, check Appcircle's status page or ask whoever runs the server.`,
    retryDetails(response),
  );
}

/** Explains why there is no list of organizations. */
export function listRejection(response: Response): Failure {
  const errorResponse = readErrorResponse(response);
  const { host, status } = errorResponse;
  if (status === 401)
    return rejected(
      errorResponse,
      'Not allowed to list organizations',
      message`did not accept the token, so the sub-organization's name can't be looked up`,
      message`Check that auth-endpoint and api-endpoint belong to the same server. If they do, use the GUID of the sub-organization instead of its name.`,
    );
  if (status === 403 && saysBlocked(errorResponse)) return blocked(errorResponse);
  if (status === 403)
    return rejected(
      errorResponse,
      'Not allowed to list organizations',
      message`does not let this key list organizations, so the sub-organization's name can't be looked up`,
      message`Use the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.`,
    );
  return new Failure(
    'The organization list could not be read',
    message`${host} answered HTTP ${status} without a readable list of organizations.`,
    message`Check api-endpoint, or use the GUID of the sub-organization instead of its name.`,
  );
}

/**
 * Explains why a path gave no token.
 * @param organizationId the sub-organization that was asked for
 */
export function keyRejection(
  response: ErrorResponse,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  const meaning = keyMeaning(response);
  // A key that was copied badly explains every refusal, but for one by a server that has no such path.
  const isOdd = describeOddity(credential) !== undefined;
  if (isOdd && meaning !== 'missing path') return wrongKey(response, credential);
  switch (meaning) {
    case 'missing path':
      // A Personal Access Key has older paths, but the oldest can't name a sub-organization.
      if (credential.type === 'personal-access-key' && organizationId)
        return serverTooOld(response);
      return missingPath(response, credential);
    case 'expired key':
      return expired(response, credential);
    case 'wrong key':
      return wrongKey(response, credential);
    case 'no access':
      return noAccess(response, credential, organizationId);
    case 'blocked':
      return blocked(response);
    case 'bad request':
      if (organizationId) return badRequest(response, organizationId);
      return otherRejection(response);
    case 'other':
      return otherRejection(response);
  }
}

function blocked(response: ErrorResponse): Failure {
  return rejected(
    response,
    'The request was blocked',
    message`or something in front of it blocked the request`,
    message`Check for a firewall, a proxy or a list of allowed addresses that blocks this runner. If there is none, check that the key has a role in the organization.`,
  );
}

function missingPath(response: ErrorResponse, credential: Credential): Failure {
  const check = message`Check auth-endpoint: it is the base URL of the authentication server.`;
  const version = message`A self-hosted server needs version 3.29.0 or newer for API keys.`;
  return rejected(
    response,
    'No token service at this address',
    message`has no token service for ${credentialName(credential)}s`,
    credential.type === 'api-key' ? message`${check} ${version}` : check,
  );
}

function serverTooOld({ host, status }: Response): Failure {
  return new Failure(
    'The server is too old for sub-organizations',
    message`${host} has neither /auth/v3/token nor /auth/v2/token (HTTP ${status}), and older paths can't name a sub-organization.`,
    message`Check auth-endpoint. If it is right, update the server, or leave sub-organization out and use a key made in that sub-organization.`,
  );
}

function expired(response: ErrorResponse, credential: Credential): Failure {
  return rejected(
    response,
    'The key has expired',
    message`says that the ${credentialName(credential)} has expired`,
    howToReplace(credential),
    { steps: stepsToReplace(credential) },
  );
}

function wrongKey(response: ErrorResponse, credential: Credential): Failure {
  const check = describeOddity(credential) ?? howToCheck(credential);
  return rejected(
    response,
    'Appcircle did not accept the key',
    message`did not accept the ${credentialName(credential)}`,
    message`${check} The key may also have been deleted or have expired: see ${whereKeysAreMade(credential)}.`,
  );
}

function howToCheck(credential: Credential): Message {
  return credential.type === 'api-key'
    ? message`Check that api-key-name is exactly the name that Appcircle shows, and api-key-secret its secret.`
    : message`Check that ${secretInputOf(credential)} is the whole key, made in the root organization.`;
}

function noAccess(
  response: ErrorResponse,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  const organization = organizationId
    ? message`the organization ${organizationId}`
    : message`its own organization`;
  const access =
    credential.type === 'api-key'
      ? message`Give the API key a role in that organization: select Manage on it at ${whereKeysAreMade(credential)}. Its secret stays the same.`
      : message`Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.`;
  return rejected(
    response,
    'The key has no access to the organization',
    message`denied this ${credentialName(credential)} access to ${organization}`,
    message`${access} If it has access, check for a firewall, a proxy or a list of allowed addresses that blocks this runner.`,
  );
}

function badRequest(response: ErrorResponse, organizationId: string): Failure {
  return rejected(
    response,
    'Appcircle rejected the request',
    message`rejected the request for the organization ${organizationId}`,
    message`Check sub-organization: it is the GUID of a sub-organization, or its name.`,
  );
}

function otherRejection(response: ErrorResponse): Failure {
  return rejected(
    response,
    'Appcircle rejected the request',
    message`rejected the request for a token`,
    message`Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.`,
  );
}

/** @param what the server did, as the rest of a sentence */
function rejected(
  response: ErrorResponse,
  title: FailureTitle,
  what: Message,
  remedy: Message,
  details?: FailureDetails,
): Failure {
  const reason = message`${response.host} ${what} (HTTP ${response.status}).${saidIn(response)}`;
  return new Failure(title, reason, remedy, details);
}
