import { Failure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Fields, textIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import type { Response } from '../http/connection.ts';
import { retryDetails } from '../http/retry.ts';
import {
  type Credential,
  credentialName,
  howToReplace,
  secretInputOf,
  stepsToReplace,
  whereKeysAreMade,
} from './credentials.ts';
import { notAToken } from './token.ts';

/** Where servers say what went wrong: RFC 6749 (5.2) first, then Appcircle and ASP.NET. */
const ERROR_FIELDS = ['error', 'error_description', 'message', 'detail', 'title'];

/** Explains redirects, throttling and server errors, which mean the same on any path. */
export function commonRejection(response: Response): Failure | undefined {
  const { host, status } = response;
  if (status < 300) return undefined;
  if (status < 400) return redirect(response);
  if (status === 429) {
    return new Failure(
      'Appcircle is throttling requests',
      message`${host} is throttling requests (HTTP 429).${saidIn(response)}`,
      message`Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.`,
      retryDetails(response),
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

/** Explains a response of a token path other than 200. */
export function exchangeRejection(
  response: Response,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  const { host, status } = response;
  switch (status) {
    case 400:
      return badRequest(response, credential, organizationId);
    case 401:
      return unauthorized(response, credential);
    case 403:
      return forbidden(response, credential, organizationId);
    case 404:
    case 405:
      return new Failure(
        'No token service at this address',
        message`${host} has no token service for ${credentialName(credential)}s (HTTP ${status}).${saidIn(response)}`,
        message`Check auth-endpoint: it is the base URL of the authentication server.${credential.type === 'api-key' ? message` A self-hosted server needs version 3.29.0 or newer for API keys.` : message``}`,
      );
    default:
      return status < 300
        ? notAToken(message`${host} answered HTTP ${status} without a token.`)
        : otherRejection(response, credential);
  }
}

/** Some servers answer 405 for a missing path. */
export function isPathMissing({ status }: Response): boolean {
  return status === 404 || status === 405;
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
  const { host, status } = response;
  if (status !== 401 && status !== 403) return unreadableList(response);
  return new Failure(
    'Not allowed to list organizations',
    message`${host} does not let this key list organizations (HTTP ${status}), so the sub-organization's name can't be looked up.`,
    message`Use the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.`,
  );
}

export function unreadableList({ host, status }: Response): Failure {
  return new Failure(
    'The organization list could not be read',
    message`${host} answered HTTP ${status} without a readable list of organizations.`,
    message`Check api-endpoint, or use the GUID of the sub-organization instead of its name.`,
  );
}

function badRequest(
  response: Response,
  credential: Credential,
  organizationId: string | undefined,
): Failure {
  const { fields = {} } = response;
  // RFC 6749 (5.2) has 400 for what Appcircle answers with 401.
  if (
    /^invalid_(grant|client)$|credentials/i.test(textIn(fields['error'])?.raw ?? '') ||
    hasExpired(fields)
  )
    return unauthorized(response, credential);
  if (!organizationId) return otherRejection(response, credential);
  return new Failure(
    'Appcircle rejected the request',
    message`${response.host} could not read the request for the organization ${organizationId} (HTTP 400).${saidIn(response)}`,
    message`Check sub-organization: it is the GUID of a sub-organization, or its name.`,
  );
}

function unauthorized(response: Response, credential: Credential): Failure {
  const { host, status } = response;
  const key = credentialName(credential);
  if (hasExpired(response.fields ?? {})) {
    return new Failure(
      'The key has expired',
      message`${host} says that the ${key} has expired (HTTP ${status}).${saidIn(response)}`,
      howToReplace(credential),
      { steps: stepsToReplace(credential) },
    );
  }
  const check =
    credential.type === 'api-key'
      ? message`Check that api-key-name is exactly the name that Appcircle shows, and api-key-secret its secret.`
      : message`Check that ${secretInputOf(credential)} is the whole key, made in the root organization.`;
  return new Failure(
    'Appcircle did not accept the key',
    message`${host} did not accept the ${key} (HTTP ${status}).${saidIn(response)}`,
    message`${check} The key may also have been deleted or have expired: see ${whereKeysAreMade(credential)}.`,
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
  return new Failure(
    'The key has no access to the organization',
    message`${response.host} denied this ${credentialName(credential)} access to ${where} (HTTP 403).${saidIn(response)}`,
    credential.type === 'api-key'
      ? message`Give the API key a role in that organization: Manage, at ${whereKeysAreMade(credential)}. Its secret stays the same.`
      : message`Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.`,
  );
}

function otherRejection(response: Response, credential: Credential): Failure {
  return new Failure(
    'Appcircle rejected the request',
    message`${response.host} rejected the request of the ${credentialName(credential)} (HTTP ${response.status}).${saidIn(response)}`,
    message`Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.`,
  );
}

function redirect({ host, status, headers: { location } }: Response): Failure {
  const target = URL.parse(location?.raw ?? '', `https://${host}`)?.host;
  const readable = target && location ? new Foreign(target) : message`no readable address`;
  return new Failure(
    'The server answered with a redirect',
    message`${host} answered HTTP ${status} with a redirect to ${readable}. It was not followed, since the request holds a secret.`,
    message`If that host is yours and the right one, use it as the endpoint. Otherwise check for a proxy or a login page between this runner and the server.`,
  );
}

/**
 * Tells whether a rejection means that the key has expired. The error code decides (RFC 6749, 5.2); if it is a general one, such as
 * `invalid_grant`, the descriptions do, unless they leave it open ("invalid or expired").
 */
function hasExpired(fields: Fields): boolean {
  const texts = ERROR_FIELDS.map((name) => textIn(fields[name])?.raw ?? '');
  const [code = '', ...descriptions] = texts;
  const unsettled =
    /(\b(or|not|may|might|whether)\b|n't\b)[^.:;]{0,20}\bexpired|\/ ?expired|\bexpired((, ?\w{1,15}){0,3},? or\b| ?\/)/i;
  const says = (text: string) => /expired/i.test(text) && !unsettled.test(text);
  return says(code.replaceAll('_', ' ')) || descriptions.some(says);
}

/** With a blank ahead; nothing if the server says nothing. */
function saidIn({ fields = {} }: Response): Message {
  const said = ERROR_FIELDS.flatMap((name) => textIn(fields[name])?.raw ?? []).join(': ');
  if (said === '') return message``;
  const stop = /[.!?]$/.test(said) ? message`` : message`.`;
  return message` The server says: "${new Foreign(said)}"${stop}`;
}
