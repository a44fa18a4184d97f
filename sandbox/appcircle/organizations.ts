import type { Accounts, Organization } from './accounts.ts';
import type { Answer } from './exchange.ts';
import type { ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

export const ORGANIZATIONS_PATH = '/identity/v1/organizations';

const DEFAULT_PER_PAGE = 20;
const MOST_PER_PAGE = 100;

/** One page of organizations. */
export interface OrganizationsPage {
  readonly data: readonly Organization[];
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
}

/** Answers a request for the list of organizations, made with a token for `grant` (undefined: a token that is none of ours). */
export function listOrganizations(request: ReceivedRequest, grant: Grant | undefined, accounts: Accounts): Answer {
  if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
  if (grant === undefined) return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
  if (!grant.mayListOrganizations) return { status: 403 };
  const page = wholeNumber(request.query['page'], 1);
  const perPage = Math.min(wholeNumber(request.query['perPage'], DEFAULT_PER_PAGE), MOST_PER_PAGE);
  if (!(page >= 1 && perPage >= 1)) return { status: 400, body: { error: 'page and perPage must be 1 or more' } };
  const all = [accounts.root, ...accounts.subOrganizations];
  const start = (page - 1) * perPage;
  const answer: OrganizationsPage = { data: all.slice(start, start + perPage), page, perPage, total: all.length };
  return { status: 200, body: answer };
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
