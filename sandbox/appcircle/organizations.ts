import type { Accounts } from './accounts.ts';
import { type Answer, FORBIDDEN, ok } from './answer.ts';
import type { ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

const DEFAULT_PER_PAGE = '20';
const MOST_PER_PAGE = 100;

/** Answers a request for the list of organizations. */
export function listOrganizations(
  { query }: ReceivedRequest,
  grant: Grant,
  accounts: Accounts,
): Answer {
  if (!grant.mayListOrganizations) return FORBIDDEN;
  const all: unknown[] = [accounts.root, ...accounts.subOrganizations];
  const page = wholeNumber(query['page'] ?? '1');
  const perPage = Math.min(wholeNumber(query['perPage'] ?? DEFAULT_PER_PAGE), MOST_PER_PAGE);
  if (!(page >= 1 && perPage >= 1))
    return { status: 400, body: { message: 'page and perPage must be 1 or more' } };
  const start = (page - 1) * perPage;
  return ok({ data: all.slice(start, start + perPage), page, perPage, total: all.length });
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
