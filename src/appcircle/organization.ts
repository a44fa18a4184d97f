import { Failure } from '../failure.ts';
import { isGuid } from '../guid.ts';
import type { Masks } from '../masks.ts';
import { count } from '../time.ts';
import type { AccessToken } from './token.ts';

/** An organization as Appcircle lists it. */
export interface Organization {
  readonly id: string;
  /** `undefined` where the workflow gave the GUID, which costs no look-up. */
  readonly name: string | undefined;
}

/** One page of `GET {api}/identity/v1/organizations`, read tolerantly. */
export interface OrganizationPage {
  readonly organizations: readonly (Organization & { readonly name: string })[];
  /** How many entries the page had, unreadable ones included. */
  readonly entries: number;
  /** How many entries a full page has, and how many there are in all, as far as the server tells. */
  readonly perPage: number | undefined;
  readonly total: number | undefined;
}

const SHOWN_CANDIDATES = 20;

type Fields = Readonly<Record<string, unknown>>;

/** More than any server has; a list that is still not at its end then never will be. */
const MOST_PAGES = 1000;
const MOST_ORGANIZATIONS = 100_000;

/**
 * The organization of that name. Every page is read: a name is not unique, so that only the end of the list settles that there is one
 * of it and no more, and Appcircle documents no way to ask for a name.
 * @param readPage reads a page, counted from 1
 * @throws Failure where none or several have the name, or the list does not end
 */
export async function findByName(
  name: string,
  readPage: (page: number) => Promise<OrganizationPage>,
  masks: Masks,
): Promise<Organization> {
  const ids = new Set<string>();
  // No more is kept of a list than what is told of it: names may be long, and lists longer.
  const candidates: Organization[] = [];
  const matches: Organization[] = [];
  let entries = 0;
  for (let page = 1; ; page++) {
    if (page > MOST_PAGES || ids.size > MOST_ORGANIZATIONS) throw endless(ids.size, page - 1);
    const read = await readPage(page);
    const known = ids.size;
    for (const organization of read.organizations) {
      if (ids.has(organization.id.toLowerCase())) continue;
      ids.add(organization.id.toLowerCase());
      if (candidates.length < SHOWN_CANDIDATES) candidates.push(organization);
      if (organization.name === name) matches.push({ id: organization.id, name });
    }
    entries += read.entries;
    // A page without news is the end, whatever the server says of the total: some servers repeat their last page for ever.
    if (ids.size === known) break;
    // After a full page there may be another, even where the total denies it: some servers count the page instead of the list.
    if (read.entries < (read.perPage ?? 1) && entries >= (read.total ?? Number.POSITIVE_INFINITY)) break;
  }
  const [match] = matches;
  if (match && matches.length === 1) return match;
  throw match ? ambiguous(name, matches, masks) : unknown(name, candidates, ids.size, masks);
}

/** Reads a page's JSON; entries that are not an organization are passed over, and `undefined` is for what is no list at all. */
export function parsePage(text: string): OrganizationPage | undefined {
  const { data, perPage, total } = fieldsOf(text);
  if (!Array.isArray(data)) return undefined;
  const organizations = data.flatMap((entry: unknown) => {
    const { id, name }: Fields = Object(entry);
    return typeof id === 'string' && isGuid(id) && typeof name === 'string' ? [{ id, name }] : [];
  });
  return { organizations, entries: data.length, perPage: countOf(perPage), total: countOf(total) };
}

function fieldsOf(text: string): Fields {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/**
 * Whether the token is for the organization that was asked for; an opaque token does not tell.
 * Appcircle may answer a key without a role in the organization with a token for another one (its CLI compares the same claim).
 * @throws Failure where the token is for another organization
 */
export function checkOrganization(token: AccessToken, asked: Organization | undefined, masks: Masks): void {
  if (!asked || token.organizationId === undefined || token.organizationId.toLowerCase() === asked.id.toLowerCase())
    return;
  throw new Failure(
    'The token is for another organization',
    `The token is for the organization ${masks.quote(token.organizationId)}, not for ${describeOrganization(asked, masks)}, which was asked for.`,
    'Give the key access to that sub-organization: an API key a role in it, a Personal Access Key made in the root organization by a member of it. The token was not exported.',
  );
}

/** `"name" (GUID)`, or the GUID alone where the name is not known. */
export function describeOrganization({ id, name }: Organization, masks: Masks): string {
  return name === undefined ? id : `"${masks.quote(name)}" (${id})`;
}

function unknown(name: string, candidates: readonly Organization[], total: number, masks: Masks): Failure {
  return new Failure(
    'No sub-organization has this name',
    `No organization that this key may see has the name "${masks.quote(name)}". ${listed(candidates, total, masks)}`,
    'Give one of these names, letter by letter, or a GUID as sub-organization.',
  );
}

function ambiguous(name: string, matches: readonly Organization[], masks: Masks): Failure {
  return new Failure(
    'Several sub-organizations have this name',
    `${matches.length} organizations have the name "${masks.quote(name)}". ${listed(matches, matches.length, masks)}`,
    'Give the GUID of the one that is meant as sub-organization.',
  );
}

function endless(seen: number, pages: number): Failure {
  return new Failure(
    'The organization list could not be read',
    `The list of organizations has no end: ${seen} of them on ${count(pages, 'page')}, and more to come.`,
    'Give the GUID of the sub-organization instead of its name.',
  );
}

function listed(organizations: readonly Organization[], total: number, masks: Masks): string {
  if (total === 0) return 'It may see none.';
  const shown = organizations
    .slice(0, SHOWN_CANDIDATES)
    .map((organization) => describeOrganization(organization, masks));
  const rest = total - shown.length;
  return `There ${total === 1 ? 'is' : 'are'} ${shown.join(', ')}${rest > 0 ? `, and ${count(rest, 'other')}` : ''}.`;
}
