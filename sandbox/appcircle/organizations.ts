import { type Accounts, ROOT } from './accounts.ts';
import type { Answer } from './exchange.ts';
import type { ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

export const ORGANIZATIONS_PATH = '/identity/v1/organizations';

const DEFAULT_PER_PAGE = 20;
const MOST_PER_PAGE = 100;

/** One page of organizations. */
export interface OrganizationsPage {
  readonly data: readonly unknown[];
  readonly page?: number;
  readonly perPage?: number;
  readonly total?: number;
}

/** How a server pages its list of organizations. Appcircle documents none of it. */
export interface ListOptions {
  /** By default `as asked`. `none` answers the whole list every time, and a number is the server's own page size. */
  readonly paging?: 'as asked' | 'none' | number;
  /** Inserts `count` entries that are not organizations before the one at index `at`. */
  readonly unreadable?: { readonly count: number; readonly at: number };
}

/** Entries that lack a text ID or a text name. */
const UNREADABLE = [null, 'iOS Team', 42, [], {}, { id: 7, name: 'Seven' }, { id: ROOT.id }, { name: ROOT.name }];

/** Answers a request for the list of organizations. `grant` is what its token was issued for, undefined for an unknown token. */
export function listOrganizations(
  request: ReceivedRequest,
  grant: Grant | undefined,
  accounts: Accounts,
  { paging = 'as asked', unreadable = { count: 0, at: 0 } }: ListOptions,
): Answer {
  if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET' } };
  if (grant === undefined) return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
  if (!grant.mayListOrganizations) return { status: 403 };
  const all: unknown[] = [accounts.root, ...accounts.subOrganizations];
  const strangers = Array.from({ length: unreadable.count }, (_, index) => UNREADABLE[index % UNREADABLE.length]);
  all.splice(unreadable.at, 0, ...strangers);
  if (paging === 'none') return { status: 200, body: { data: all } };
  const page = wholeNumber(request.query['page'], 1);
  const asked = Math.min(wholeNumber(request.query['perPage'], DEFAULT_PER_PAGE), MOST_PER_PAGE);
  if (!(page >= 1 && asked >= 1)) return { status: 400, body: { error: 'page and perPage must be 1 or more' } };
  const perPage = paging === 'as asked' ? asked : paging;
  const start = (page - 1) * perPage;
  return { status: 200, body: { data: all.slice(start, start + perPage), page, perPage, total: all.length } };
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
