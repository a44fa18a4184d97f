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
import { describeOddity } from './key-oddities.ts';
import { keyMeaning } from './meaning.ts';
import { type Refusal, readRefusal, saidIn, saysBlocked } from './refusal.ts';

/** In the pages of nginx, Apache, Go and Tomcat. */
const SPEAKS_TLS =
  /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|HTTP request to an HTTPS server|host and port requires TLS/i;

/** Explains a response that means the same on any path; `undefined` for all others. */
export function generalRejection(response: Response): Failure | undefined {
  const { status, url, host, body } = response;
  // 300 and 304 lead nowhere.
  if (status < 301 || status === 304) return undefined;
  if (status < 400) return redirect(response);
  if (status === 400 && url.protocol === 'http:' && SPEAKS_TLS.test(body.raw))
    return needsTls(host);
  if (status === 429) return throttled(readRefusal(response));
  // RFC 6585, 6.
  if (status === 511) return networkLogin(readRefusal(response));
  if (status >= 500 || isRetryable(response)) return serverError(readRefusal(response));
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

function throttled(refusal: Refusal): Failure {
  return rejected(
    refusal,
    'Appcircle is throttling requests',
    message`is throttling requests`,
    message`Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.`,
    retryDetails(refusal),
  );
}

function networkLogin(refusal: Refusal): Failure {
  return rejected(
    refusal,
    'The request was blocked',
    message`is behind a network that wants a login`,
    message`Log this runner in to that network, or have it let the runner through.`,
  );
}

function serverError(refusal: Refusal): Failure {
  return new Failure(
    'Appcircle has a server error',
    message`${refusal.host} answered HTTP ${refusal.status}.${saidIn(refusal)}`,
    message`Run the job again later. If it keeps failing, check Appcircle's status page or ask whoever runs the server.`,
    retryDetails(refusal),
  );
}

/** Explains why there is no list of organizations. */
export function listRejection(response: Response): Failure {
  const refusal = readRefusal(response);
  const { host, status } = refusal;
  if (status === 401)
    return rejected(
      refusal,
      'Not allowed to list organizations',
      message`did not accept the token, so the sub-organization's name can't be looked up`,
      message`Check that auth-endpoint and api-endpoint belong to the same server. If they do, use the GUID of the sub-organization instead of its name.`,
    );
  if (status === 403 && saysBlocked(refusal)) return blocked(refusal);
  if (status === 403)
    return rejected(
      refusal,
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
  refusal: Refusal,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  const meaning = keyMeaning(refusal);
  // A key that was copied badly explains every refusal, but for one by a server that has no such path.
  const isOdd = describeOddity(credential) !== undefined;
  if (isOdd && meaning !== 'missing path') return wrongKey(refusal, credential);
  switch (meaning) {
    case 'missing path':
      // A Personal Access Key has older paths, but the oldest can't name a sub-organization.
      if (credential.type === 'personal-access-key' && organizationId) return serverTooOld(refusal);
      return missingPath(refusal, credential);
    case 'expired key':
      return expired(refusal, credential);
    case 'wrong key':
      return wrongKey(refusal, credential);
    case 'no access':
      return noAccess(refusal, credential, organizationId);
    case 'blocked':
      return blocked(refusal);
    case 'bad request':
      if (organizationId) return badRequest(refusal, organizationId);
      return otherRejection(refusal);
    case 'other':
      return otherRejection(refusal);
  }
}

function blocked(refusal: Refusal): Failure {
  return rejected(
    refusal,
    'The request was blocked',
    message`or something in front of it blocked the request`,
    message`Check for a firewall, a proxy or a list of allowed addresses that blocks this runner. If there is none, check that the key has a role in the organization.`,
  );
}

function missingPath(refusal: Refusal, credential: Credential): Failure {
  const check = message`Check auth-endpoint: it is the base URL of the authentication server.`;
  const version = message`A self-hosted server needs version 3.29.0 or newer for API keys.`;
  return rejected(
    refusal,
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

function expired(refusal: Refusal, credential: Credential): Failure {
  return rejected(
    refusal,
    'The key has expired',
    message`says that the ${credentialName(credential)} has expired`,
    howToReplace(credential),
    { steps: stepsToReplace(credential) },
  );
}

function wrongKey(refusal: Refusal, credential: Credential): Failure {
  const check = describeOddity(credential) ?? howToCheck(credential);
  return rejected(
    refusal,
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
  refusal: Refusal,
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
    refusal,
    'The key has no access to the organization',
    message`denied this ${credentialName(credential)} access to ${organization}`,
    message`${access} If it has access, check for a firewall, a proxy or a list of allowed addresses that blocks this runner.`,
  );
}

function badRequest(refusal: Refusal, organizationId: string): Failure {
  return rejected(
    refusal,
    'Appcircle rejected the request',
    message`rejected the request for the organization ${organizationId}`,
    message`Check sub-organization: it is the GUID of a sub-organization, or its name.`,
  );
}

function otherRejection(refusal: Refusal): Failure {
  return rejected(
    refusal,
    'Appcircle rejected the request',
    message`rejected the request for a token`,
    message`Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.`,
  );
}

/** @param what the server did, as the rest of a sentence */
function rejected(
  refusal: Refusal,
  title: FailureTitle,
  what: Message,
  remedy: Message,
  details?: FailureDetails,
): Failure {
  const reason = message`${refusal.host} ${what} (HTTP ${refusal.status}).${saidIn(refusal)}`;
  return new Failure(title, reason, remedy, details);
}
