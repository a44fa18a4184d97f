import { createHash } from 'node:crypto';
import { Failure } from '../base/failure.ts';
import { isGuid } from '../base/guid.ts';
import { type Fields, numberIn, parseObject, textIn } from '../base/json.ts';
import { joined, type Message, message } from '../base/message.ts';
import { visibleText } from '../base/text.ts';
import { textOf } from '../http/connection.ts';
import type { AppcircleClient } from './client.ts';
import type { Credential } from './credentials.ts';
import { listRejection, unreadableList } from './rejection.ts';
import type { AccessToken } from './token.ts';

export interface Organization {
  readonly id: string;
  /** `undefined` where the workflow gave the GUID. */
  readonly name: string | undefined;
}

type Listed = Organization & { readonly name: string };

/** A server may page by a size of its own. */
const PER_PAGE = 100;
const SHOWN_CANDIDATES = 20;
/** Longer lists are taken for endless. */
const MOST_PAGES = 1000;
const MOST_ORGANIZATIONS = 100_000;

/**
 * Finds a sub-organization by name. Reads every page, since names are not unique. Appcircle documents neither paging nor a search by name.
 * @param token of the key's own organization
 * @throws Failure where none or several have the name, or the list can't be read
 */
export async function findByName(
  name: string,
  token: AccessToken,
  client: AppcircleClient,
): Promise<Organization> {
  const sought = comparable(name);
  // Keeps only what is shown in the end: lists may be long.
  const candidates: Organization[] = [];
  const matches: Organization[] = [];
  let near: string | undefined;
  let seen = 0;
  for await (const organizations of pagesOfNews(token, client)) {
    seen += organizations.length;
    candidates.push(...organizations.slice(0, SHOWN_CANDIDATES - candidates.length));
    for (const organization of organizations) {
      const compared = comparable(organization.name);
      if (compared === sought) matches.push(organization);
      else if (compared.toLowerCase() === sought.toLowerCase()) near ??= organization.name;
    }
  }
  const [match] = matches;
  if (match && matches.length === 1) return match;
  throw match ? ambiguous(name, matches) : unknown(name, near, candidates, seen);
}

/** A name in NFC, without what a reader can't see. Capitals count. */
function comparable(name: string): string {
  return visibleText(name).normalize('NFC');
}

/** Yields the organizations that are new on each page. */
async function* pagesOfNews(token: AccessToken, client: AppcircleClient): AsyncGenerator<Listed[]> {
  const ids = new Set<string>();
  const pages = new Set<string>();
  let entries = 0;
  let fullPage = Number.POSITIVE_INFINITY;
  for (let number = 1; ; number++) {
    if (number > MOST_PAGES || ids.size > MOST_ORGANIZATIONS) throw endless(ids.size, number - 1);
    const page = await readPage(number, token, client);
    const news = page.organizations.filter(
      ({ id }) => !ids.has(id.toLowerCase()) && ids.add(id.toLowerCase()),
    );
    yield news;
    entries += page.entries;
    // Some servers repeat the last page, or the whole list. A page of unreadable entries may still be a new one.
    const repeated = pages.has(page.fingerprint) && entries >= (page.total ?? 0);
    if (page.organizations.length > 0 ? news.length === 0 : repeated) return;
    pages.add(page.fingerprint);
    // Pages show the server's own page size better than its perPage, which may echo ours. For the first, only the total tells.
    const first = number === 1;
    const full = Math.min(page.perPage ?? (first ? 0 : fullPage), fullPage);
    const total = page.total ?? (first ? Number.POSITIVE_INFINITY : 0);
    if (page.entries === 0 || (page.entries < full && entries >= total)) return;
    fullPage = Math.min(fullPage, page.entries);
  }
}

async function readPage(number: number, { value }: AccessToken, client: AppcircleClient) {
  const response = await client.get(
    `/identity/v1/organizations?page=${number}&perPage=${PER_PAGE}`,
    value,
  );
  if (response.status !== 200) throw listRejection(response);
  const { data, perPage, total } = parseObject(textOf(response)) ?? {};
  if (!Array.isArray(data)) throw unreadableList(response);
  const organizations = data.flatMap((entry: unknown) => {
    const { id, name: listed }: Fields = Object(entry);
    const name = textIn(listed);
    return typeof id === 'string' && isGuid(id) && name !== undefined ? [{ id, name }] : [];
  });
  const fingerprint = createHash('sha256').update(JSON.stringify(data)).digest('base64');
  return {
    organizations,
    entries: data.length,
    perPage: size(perPage),
    total: size(total),
    fingerprint,
  };
}

const size = (value: unknown) => ((numberIn(value) ?? 0) > 0 ? numberIn(value) : undefined);

/**
 * Throws a Failure where the token is for another organization than the one asked for: a key without a role there may get one (the CLI
 * checks the same claim). An opaque token can't be checked.
 */
export function checkOrganization(
  { organizationId }: AccessToken,
  asked: Organization | undefined,
  credential: Credential,
): void {
  if (
    !asked ||
    organizationId === undefined ||
    organizationId.toLowerCase() === asked.id.toLowerCase()
  )
    return;
  const access =
    credential.type === 'api-key'
      ? message`Give the API key a role in that sub-organization.`
      : message`Use a Personal Access Key made in the root organization by a member of that sub-organization.`;
  throw new Failure(
    'The token is for another organization',
    message`You asked for the organization ${describeOrganization(asked)}, but the token is for ${organizationId}.`,
    message`${access} The token was not exported.`,
  );
}

export function describeOrganization({ id, name }: Organization): Message {
  return name === undefined ? message`${id}` : message`"${name}" (${id})`;
}

function unknown(
  name: string,
  near: string | undefined,
  candidates: readonly Organization[],
  total: number,
): Failure {
  const hint = near === undefined ? message`` : message` Did you mean "${near}"?`;
  return new Failure(
    'No sub-organization has this name',
    message`No organization named "${name}" found.${hint} ${listed(candidates, total)}`,
    total === 0
      ? message`Give the key a role in the sub-organization.`
      : message`Use one of these names, or a GUID, as sub-organization.`,
  );
}

function ambiguous(name: string, matches: readonly Organization[]): Failure {
  return new Failure(
    'Several sub-organizations have this name',
    message`${matches.length} organizations are named "${name}". ${listed(matches.slice(0, SHOWN_CANDIDATES), matches.length)}`,
    message`Use the GUID of the right one as sub-organization.`,
  );
}

function endless(seen: number, pages: number): Failure {
  return new Failure(
    'The organization list could not be read',
    message`The list of organizations has no end: ${seen} organizations on ${pages} pages, and more to come.`,
    message`Use the GUID of the sub-organization instead of its name.`,
  );
}

function listed(shown: readonly Organization[], total: number): Message {
  if (total === 0) return message`This key has access to no organization.`;
  const rest = total - shown.length;
  const others =
    rest === 0 ? message`` : rest === 1 ? message`, and 1 other` : message`, and ${rest} others`;
  return message`This key can see ${joined(shown.map(describeOrganization), ', ')}${others}.`;
}
