import { Failure } from '../failure.ts';
import type { Answer } from '../http/connection.ts';
import type { Masks } from '../masks.ts';
import { type Credential, credentialName, secretInputOf, whereKeysAreMade } from './credential.ts';
import { notAToken } from './token.ts';

/** What every refusal knows. */
interface Refused {
  readonly answer: Answer;
  readonly credential: Credential;
  readonly organizationId: string | undefined;
  /** What the server says went wrong, quoted, with a space ahead; empty where it says nothing. */
  readonly said: string;
}

/**
 * What a final answer of a token path means where its status is not 200.
 */
export function refusal(
  answer: Answer,
  credential: Credential,
  organizationId: string | undefined,
  masks: Masks,
): Failure {
  const refused: Refused = { answer, credential, organizationId, said: saidBy(answer, masks) };
  switch (answer.status) {
    case 400:
      return badRequest(refused);
    case 401:
      return unauthorized(refused);
    case 403:
      return forbidden(refused);
    case 404:
    case 405:
      return new Failure(
        'No token service at this address',
        `${answer.host} has no token service at the path for ${credentialName(credential)}s (HTTP ${answer.status}).${refused.said}`,
        'Check auth-endpoint: it is the base URL of the authentication server, as https://auth.example.com; an old self-hosted server may lack this kind of key.',
      );
    default:
      if (answer.status < 300)
        return notAToken(`${answer.host} answered with HTTP ${answer.status}, which brings no token.`);
      return rejection(refused);
  }
}

/**
 * What redirects, throttling and server errors mean on any path; `undefined` for other statuses.
 * Another try may help after 408, 425, 429, 500, 502, 503 and 504.
 * @param now milliseconds since 1970 UTC, to which a `Retry-After` date is compared
 */
export function commonFailure(answer: Answer, masks: Masks, now: number): Failure | undefined {
  const { host, status } = answer;
  if (status < 300) return undefined;
  const transient = { waitMs: waitAskedFor(answer, now) };
  const said = saidBy(answer, masks);
  if (status < 400) return redirect(answer, masks);
  if (status === 429) {
    return new Failure(
      'Appcircle is throttling requests',
      `${host} is throttling requests (HTTP 429).${said}`,
      'Run the job again later; many jobs that start at once share the limit, and max-parallel of a matrix spreads them.',
      transient,
    );
  }
  if (status < 500 && status !== 408 && status !== 425) return undefined;
  return new Failure(
    'Appcircle has a server error',
    `${host} answered with HTTP ${status}.${said}`,
    "Run the job again later; if it stays so, look at Appcircle's status page or ask whoever runs the server.",
    [408, 425, 500, 502, 503, 504].includes(status) ? transient : undefined,
  );
}

function badRequest(refused: Refused): Failure {
  const { organizationId, answer, said } = refused;
  // RFC 6749, section 5.2, has 400 for what Appcircle answers with 401.
  if (/invalid_grant|invalid_client|credentials|expired/i.test(said)) return unauthorized(refused);
  if (!organizationId) return rejection(refused);
  return new Failure(
    'Appcircle rejected the request',
    `${answer.host} could not read the request for the organization ${organizationId} (HTTP 400).${said}`,
    'Check sub-organization: it is the GUID of a sub-organization, or its name.',
  );
}

function unauthorized({ answer, credential, said }: Refused): Failure {
  const key = credentialName(credential);
  // "Invalid or expired" says neither.
  if (/expired/i.test(said) && !/\bor\b/i.test(said)) {
    const others = credential.type === 'api-key' ? 'api-key-name and key-expires-on' : 'key-expires-on';
    return new Failure(
      'The key has expired',
      `${answer.host} says that the ${key} has expired (HTTP ${answer.status}).${said}`,
      `Make a new one at ${whereKeysAreMade(credential)}, then update the secret behind ${secretInputOf(credential)}, and ${others}.`,
    );
  }
  const check =
    credential.type === 'api-key'
      ? 'Check that api-key-name is the name exactly as Appcircle shows it and api-key-secret its secret'
      : 'Check that personal-access-key is the whole key and belongs to the root organization';
  return new Failure(
    'Appcircle did not accept the key',
    `${answer.host} did not accept the ${key} (HTTP ${answer.status}).${said}`,
    `${check}; a key that was deleted or has expired is refused too. Keys are made at ${whereKeysAreMade(credential)}.`,
  );
}

function forbidden({ answer, credential, organizationId, said }: Refused): Failure {
  const key = credentialName(credential);
  const where = organizationId ? `the organization ${organizationId}` : 'its organization';
  return new Failure(
    'The key has no access to the organization',
    `${answer.host} does not let this ${key} into ${where} (HTTP 403).${said}`,
    credential.type === 'api-key'
      ? `Give the API key a role in that organization: Manage, at ${whereKeysAreMade(credential)}; its secret stays the same.`
      : 'Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.',
  );
}

function rejection({ answer, credential, said }: Refused): Failure {
  return new Failure(
    'Appcircle rejected the request',
    `${answer.host} rejected the ${credentialName(credential)}'s request with HTTP ${answer.status}.${said}`,
    'Check auth-endpoint; if it is right, ask Appcircle support with the time of this run.',
  );
}

function redirect(answer: Answer, masks: Masks): Failure {
  const location = answer.headers.location;
  const target =
    location !== undefined && URL.canParse(location, `https://${answer.host}`)
      ? new URL(location, `https://${answer.host}`).host
      : undefined;
  return new Failure(
    'The server answered with a redirect',
    `${answer.host} answered HTTP ${answer.status} and points to ${target ? masks.quote(target) : 'no address that can be read'}. It was not followed, since the request holds a secret.`,
    'If that host is yours and the right one, name it in the endpoint; otherwise check what stands between this runner and the server.',
  );
}

/** A year: what asks for longer asks for ever. */
const LONGEST_WAIT_SECONDS = 366 * 24 * 60 * 60;

/** How long the server asks to wait, in milliseconds: `Retry-After` (RFC 9110, 10.2.3) in seconds or as a date, or `retry_after` in the body. */
function waitAskedFor(answer: Answer, now: number): number | undefined {
  const header = answer.headers['retry-after']?.trim();
  if (header && /^\d+$/.test(header)) return inMilliseconds(Number(header));
  const date = header && /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(date)) return inMilliseconds((date - now) / 1000);
  const seconds = fieldsOf(answer)['retry_after'];
  return typeof seconds === 'number' ? inMilliseconds(seconds) : undefined;
}

function inMilliseconds(seconds: number): number {
  return Math.min(Math.max(0, seconds), LONGEST_WAIT_SECONDS) * 1000;
}

function saidBy(answer: Answer, masks: Masks): string {
  const fields = fieldsOf(answer);
  const said = ['error', 'error_description', 'message', 'detail', 'title']
    .map((name) => fields[name])
    .filter((text) => typeof text === 'string' && text.trim() !== '');
  return said.length === 0 ? '' : ` The server says: "${masks.quote(said.join(': '))}".`;
}

function fieldsOf({ body }: Answer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}
