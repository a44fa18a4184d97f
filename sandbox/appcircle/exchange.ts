import type { Accounts, ApiKey, PersonalAccessKey } from './accounts.ts';
import { isForm, type ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

/** An answer before it is sent: a body that is undefined is left out, any other is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const TOKEN_PATHS = ['/auth/v1/api-key/token', '/auth/v3/token', '/auth/v2/token', '/auth/v1/token'] as const;
export type TokenPath = (typeof TOKEN_PATHS)[number];

/** What the server does when a key asks for an organization that it has no role in: both have been seen. */
export type WithoutRole = 'token for its own organization' | 'forbidden';

interface Form {
  /** The field that holds the sub-organization's GUID, where the path has one. */
  readonly organization?: string;
  readonly required: readonly string[];
}

const FORMS: Readonly<Record<TokenPath, Form>> = {
  '/auth/v1/api-key/token': { required: ['name', 'secret'], organization: 'organizationId' },
  '/auth/v3/token': { required: ['personalAccessKey', 'scope'], organization: 'subOrganization' },
  '/auth/v2/token': { required: ['pat', 'scope'], organization: 'subOrganization' },
  '/auth/v1/token': { required: ['pat'] },
};

const SCOPE = 'openid,profile,email';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isTokenPath(path: string): path is TokenPath {
  return TOKEN_PATHS.some((known) => known === path);
}

/** Decides on a request to a token path: whom to issue a token for which organization, or the answer that refuses it. */
export function decide(
  path: TokenPath,
  request: ReceivedRequest,
  accounts: Accounts,
  now: number,
  withoutRole: WithoutRole,
): Grant | Answer {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  const complaint = formComplaint(FORMS[path], request);
  if (complaint !== undefined) return badRequest(complaint);
  const organization = FORMS[path].organization;
  const asked = organization === undefined ? undefined : request.form[organization];
  if (organization !== undefined && asked !== undefined && !GUID.test(asked)) {
    return { status: 400, body: { error: `${organization} must be a valid GUID, but was '${asked}'.` } };
  }
  return path === '/auth/v1/api-key/token'
    ? grantToApiKey(request, asked, accounts, now, withoutRole)
    : grantToPerson(request, asked, accounts, now, withoutRole);
}

function formComplaint(form: Form, request: ReceivedRequest): string | undefined {
  if (!isForm(request.headers)) return `Content-Type was '${request.headers['content-type'] ?? ''}'.`;
  const names = [...new URLSearchParams(request.body).keys()];
  const known = [...form.required, ...(form.organization === undefined ? [] : [form.organization])];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return `The field '${unknown}' is not known here.`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `The field '${twice}' is there twice.`;
  const missing = form.required.find((name) => (request.form[name] ?? '') === '');
  if (missing !== undefined) return `The field '${missing}' is required.`;
  if (form.required.includes('scope') && request.form['scope'] !== SCOPE) return `The scope must be '${SCOPE}'.`;
  return undefined;
}

function grantToApiKey(
  { form }: ReceivedRequest,
  asked: string | undefined,
  accounts: Accounts,
  now: number,
  withoutRole: WithoutRole,
): Grant | Answer {
  const key = accounts.apiKeys.find(({ name, secret }) => name === form['name'] && secret === form['secret']);
  if (key === undefined) return invalidGrant('The API key name or secret is invalid');
  if (isExpired(key, now)) return invalidGrant('The API key has expired');
  return grant(key, `${key.organizationId}@apikey.appcircle.io`, 'appcircle-api-key', asked, accounts, withoutRole);
}

function grantToPerson(
  { form }: ReceivedRequest,
  asked: string | undefined,
  accounts: Accounts,
  now: number,
  withoutRole: WithoutRole,
): Grant | Answer {
  const sent = form['personalAccessKey'] ?? form['pat'];
  const key = accounts.personalAccessKeys.find((candidate) => candidate.key === sent);
  if (key === undefined) return invalidGrant('The Personal Access Key is invalid');
  if (isExpired(key, now)) return invalidGrant('The Personal Access Key has expired');
  return grant(key, 'release.engineer@acme.example', 'appcircle-pat', asked, accounts, withoutRole);
}

function grant(
  key: ApiKey | PersonalAccessKey,
  email: string,
  client: string,
  asked: string | undefined,
  accounts: Accounts,
  withoutRole: WithoutRole,
): Grant | Answer {
  const wanted = asked?.toLowerCase() ?? key.organizationId;
  const exists = [accounts.root, ...accounts.subOrganizations].some(({ id }) => id === wanted);
  const allowed = exists && key.organizations.includes(wanted);
  if (!allowed && withoutRole === 'forbidden') return { status: 403 };
  return {
    organizationId: allowed ? wanted : key.organizationId,
    email,
    client,
    roles: ['build-manager', 'distribution-manager', 'publish-manager', 'signing-identity-viewer'],
    mayListOrganizations: key.mayListOrganizations,
  };
}

function isExpired(key: ApiKey | PersonalAccessKey, now: number): boolean {
  return key.expiresAt !== undefined && now >= key.expiresAt;
}

function badRequest(description: string): Answer {
  return { status: 400, body: { error: 'invalid_request', error_description: description } };
}

function invalidGrant(description: string): Answer {
  return { status: 401, body: { error: 'invalid_grant', error_description: description } };
}
