import type { Accounts } from './accounts.ts';
import { isForm, type ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

/** An answer before it is sent. A body is sent as JSON, undefined as no body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const API_KEY_PATH = '/auth/v1/api-key/token';
export type TokenPath = typeof API_KEY_PATH | '/auth/v3/token' | '/auth/v2/token' | '/auth/v1/token';

/** What a key gets that asks for an organization it has no role in. Both have been seen. */
export type WithoutRole = 'token for its own organization' | 'forbidden';

interface Form {
  /** The field that holds the sub-organization's GUID, where the path has one. */
  readonly organization?: string;
  readonly required: readonly string[];
}

const FORMS: Readonly<Record<TokenPath, Form>> = {
  [API_KEY_PATH]: { required: ['name', 'secret'], organization: 'organizationId' },
  '/auth/v3/token': { required: ['personalAccessKey', 'scope'], organization: 'subOrganization' },
  '/auth/v2/token': { required: ['pat', 'scope'], organization: 'subOrganization' },
  '/auth/v1/token': { required: ['pat'] },
};

const SCOPE = 'openid,profile,email';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isTokenPath(path: string): path is TokenPath {
  return Object.hasOwn(FORMS, path);
}

/** What a decision depends on besides the request. */
export interface Circumstances {
  readonly accounts: Accounts;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly withoutRole: WithoutRole;
}

/** Decides on a request to a token path: returns what to issue a token for, or the answer that rejects it. */
export function decide(path: TokenPath, request: ReceivedRequest, circumstances: Circumstances): Grant | Answer {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  const complaint = formComplaint(FORMS[path], request);
  if (complaint !== undefined) return badRequest(complaint);
  const organization = FORMS[path].organization;
  const asked = organization === undefined ? undefined : request.form[organization];
  if (organization !== undefined && asked !== undefined && !GUID.test(asked)) {
    return { status: 400, body: { error: `${organization} must be a valid GUID, but was '${asked}'.` } };
  }
  return grant(path === API_KEY_PATH, request.form, asked?.toLowerCase(), circumstances);
}

function grant(
  toApiKey: boolean,
  form: ReceivedRequest['form'],
  asked: string | undefined,
  { accounts, now, withoutRole }: Circumstances,
): Grant | Answer {
  const key = toApiKey
    ? accounts.apiKeys.find(({ name, secret }) => name === form['name'] && secret === form['secret'])
    : accounts.personalAccessKeys.find(({ key }) => key === (form['personalAccessKey'] ?? form['pat']));
  const what = toApiKey ? 'API key' : 'Personal Access Key';
  if (key === undefined) return invalidGrant(`The ${what}${toApiKey ? ' name or secret' : ''} is invalid`);
  if (key.expiresAt !== undefined && now >= key.expiresAt) return invalidGrant(`The ${what} has expired`);
  const wanted = asked ?? key.organizationId;
  const exists = [accounts.root, ...accounts.subOrganizations].some(({ id }) => id === wanted);
  const allowed = exists && key.organizations.includes(wanted);
  if (!allowed && withoutRole === 'forbidden') return { status: 403 };
  return {
    organizationId: allowed ? wanted : key.organizationId,
    email: toApiKey ? `${key.organizationId}@apikey.appcircle.io` : 'release.engineer@acme.example',
    client: toApiKey ? 'appcircle-api-key' : 'appcircle-pat',
    roles: ['build-manager', 'distribution-manager', 'publish-manager', 'signing-identity-viewer'],
    mayListOrganizations: key.mayListOrganizations,
  };
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

function badRequest(description: string): Answer {
  return { status: 400, body: { error: 'invalid_request', error_description: description } };
}

function invalidGrant(description: string): Answer {
  return { status: 401, body: { error: 'invalid_grant', error_description: description } };
}
