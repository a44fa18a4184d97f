import type { Accounts } from './accounts.ts';
import { type Answer, FORBIDDEN, methodNotAllowed } from './answer.ts';
import { isForm, type ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

const API_KEY_PATH = '/auth/v1/api-key/token';
export type TokenPath =
  | typeof API_KEY_PATH
  | '/auth/v3/token'
  | '/auth/v2/token'
  | '/auth/v1/token';

/** What a key gets that asks for an organization it has no role in. Both have been seen. */
export type WithoutRole = 'token for its own organization' | 'forbidden';

interface Form {
  readonly required: readonly string[];
  /** The fields that may hold the sub-organization's GUID; the first that is there counts. */
  readonly organization?: readonly string[];
}

const FORMS: Readonly<Record<TokenPath, Form>> = {
  [API_KEY_PATH]: { required: ['name', 'secret'], organization: ['organizationId'] },
  '/auth/v3/token': { required: ['personalAccessKey', 'scope'], organization: ['subOrganization'] },
  // Appcircle's plugins use the first name, its pages the second.
  '/auth/v2/token': {
    required: ['pat', 'scope'],
    organization: ['subOrganizationId', 'subOrganization'],
  },
  '/auth/v1/token': { required: ['pat'] },
};

const SCOPE = 'openid,profile,email';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isTokenPath(path: string): path is TokenPath {
  return Object.hasOwn(FORMS, path);
}

/** Decides on a request to a token path: returns what to issue a token for, or the answer that rejects it. */
export function decide(
  path: TokenPath,
  request: ReceivedRequest,
  accounts: Accounts,
  withoutRole: WithoutRole,
): Grant | Answer {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const complaint = formComplaint(FORMS[path], request);
  if (complaint !== undefined)
    return { status: 400, body: { error: 'invalid_request', error_description: complaint } };
  const { organization = [] } = FORMS[path];
  const field = organization.find((name) => request.form[name] !== undefined) ?? '';
  const asked = request.form[field];
  if (asked !== undefined && !GUID.test(asked)) {
    return {
      status: 400,
      body: { error: `${field} must be a valid GUID, but was '${asked}'.` },
    };
  }
  const byApiKey = path === API_KEY_PATH;
  const { name, secret, personalAccessKey, pat } = request.form;
  const key = byApiKey
    ? accounts.apiKeys.find((candidate) => candidate.name === name && candidate.secret === secret)
    : accounts.personalAccessKeys.find((candidate) => candidate.key === (personalAccessKey ?? pat));
  const what = byApiKey ? 'API key' : 'Personal Access Key';
  if (key === undefined)
    return invalidGrant(`The ${what}${byApiKey ? ' name or secret' : ''} is invalid`);
  if (key.expiresAt !== undefined && request.at >= key.expiresAt)
    return invalidGrant(`The ${what} has expired`);
  const wanted = asked?.toLowerCase() ?? key.organizationId;
  const exists = [accounts.root, ...accounts.subOrganizations].some(({ id }) => id === wanted);
  const allowed = exists && key.organizations.includes(wanted);
  if (!allowed && withoutRole === 'forbidden') return FORBIDDEN;
  return {
    organizationId: allowed ? wanted : key.organizationId,
    email: byApiKey ? `${key.organizationId}@apikey.appcircle.io` : 'release.engineer@acme.example',
    client: byApiKey ? 'appcircle-api-key' : 'appcircle-pat',
    mayListOrganizations: key.mayListOrganizations,
  };
}

function formComplaint(
  { required, organization = [] }: Form,
  { headers, body, form }: ReceivedRequest,
): string | undefined {
  if (!isForm(headers)) return `Content-Type was '${headers['content-type'] ?? ''}'.`;
  const names = [...new URLSearchParams(body).keys()];
  const unknown = names.find((name) => ![...organization, ...required].includes(name));
  if (unknown !== undefined) return `The field '${unknown}' is not known here.`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `The field '${twice}' is there twice.`;
  const missing = required.find((name) => !form[name]);
  if (missing !== undefined) return `The field '${missing}' is required.`;
  if (required.includes('scope') && form['scope'] !== SCOPE) return `The scope must be '${SCOPE}'.`;
  return undefined;
}

function invalidGrant(description: string): Answer {
  return { status: 401, body: { error: 'invalid_grant', error_description: description } };
}
