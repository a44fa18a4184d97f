import { type Accounts, ROOT } from './accounts.ts';
import { type Answer, FORBIDDEN, ok } from './answer.ts';
import type { ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

/** One page of organizations. */
interface OrganizationsPage {
  readonly data: readonly unknown[];
  readonly page?: number;
  readonly perPage?: number;
  readonly total?: number;
}

/** How a server pages its list of organizations. Appcircle documents none of it. */
interface ListOptions {
  /** By default `as asked`. `none` answers the whole list every time, and a number is the server's own page size. */
  readonly paging?: 'as asked' | 'none' | number;
  /** Inserts `count` entries that are not organizations before the one at index `at`. */
  readonly unreadable?: { readonly count: number; readonly at: number };
}

export interface OrganizationsOptions {
  readonly list?: ListOptions;
  /** Changes a page of organizations before it is sent, for servers that count badly. */
  readonly reviseOrganizations?: (page: OrganizationsPage) => unknown;
}

const DEFAULT_PER_PAGE = '20';
const MOST_PER_PAGE = 100;

/** Entries that lack a text ID or a text name. */
const UNREADABLE = [
  null,
  'iOS Team',
  42,
  [],
  {},
  { id: 7, name: 'Seven' },
  { id: ROOT.id },
  { name: ROOT.name },
];

/** Answers a request for the list of organizations. */
export function listOrganizations(
  { query }: ReceivedRequest,
  grant: Grant,
  accounts: Accounts,
  options: OrganizationsOptions,
): Answer {
  const {
    list: { paging = 'as asked', unreadable = { count: 0, at: 0 } } = {},
    reviseOrganizations: revise = (page) => page,
  } = options;
  if (!grant.mayListOrganizations) return FORBIDDEN;
  const all: unknown[] = [accounts.root, ...accounts.subOrganizations];
  const strangers = Array.from(
    { length: unreadable.count },
    (_, index) => UNREADABLE[index % UNREADABLE.length],
  );
  all.splice(unreadable.at, 0, ...strangers);
  if (paging === 'none') return ok(revise({ data: all }));
  const page = wholeNumber(query['page'] ?? '1');
  const asked = Math.min(wholeNumber(query['perPage'] ?? DEFAULT_PER_PAGE), MOST_PER_PAGE);
  if (!(page >= 1 && asked >= 1))
    return { status: 400, body: { message: 'page and perPage must be 1 or more' } };
  const perPage = paging === 'as asked' ? asked : paging;
  const start = (page - 1) * perPage;
  return ok(revise({ data: all.slice(start, start + perPage), page, perPage, total: all.length }));
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
