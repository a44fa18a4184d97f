import type { Foreign } from '../base/foreign.ts';
import { isGuid } from '../base/guid.ts';
import { type Fields, numberIn, textIn } from '../base/json.ts';
import type { Response } from '../http/response.ts';
import type { AppcircleClient } from './client.ts';
import { listRejection } from './rejection.ts';
import type { AccessToken } from './token.ts';

/** An entry of the list. */
export interface ListedOrganization {
  readonly id: string;
  readonly name: Foreign;
  readonly disabled: boolean;
}

export interface Page {
  readonly organizations: readonly ListedOrganization[];
  /** How many there are on all pages, if the server says so. */
  readonly total: number | undefined;
}

const PATH = '/identity/v1/organizations';
/** A server may page by a size of its own. */
const PER_PAGE = 100;
/** Longer names are passed over, before anything is done with them. */
const LONGEST_NAME = 1000;
const NO_PAGE: Page = { organizations: [], total: undefined };

/**
 * Gets a page of the organizations that a key can see. Appcircle documents no paging.
 * @param number from 1
 * @param token of the key's own organization
 * @throws Failure where it can't be read
 */
export async function getPage(
  number: number,
  token: AccessToken,
  client: AppcircleClient,
): Promise<Page> {
  const response = await client.get(`${PATH}?page=${number}&perPage=${PER_PAGE}`, token.value);
  // A server that has no such page may say so by its status.
  if (response.status === 400 || response.status === 404) return NO_PAGE;
  return readPage(response);
}

/** Gets the list without parameters, as the CLI does. */
export async function getList(token: AccessToken, client: AppcircleClient): Promise<Page> {
  return readPage(await client.get(PATH, token.value));
}

function readPage(response: Response): Page {
  if (response.status === 204) return NO_PAGE;
  const { data, total } = response.fields ?? {};
  if (response.status !== 200 || !Array.isArray(data)) throw listRejection(response);
  const organizations = data.flatMap((entry) => readEntry(entry) ?? []);
  if (data.length > 0 && organizations.length === 0) throw listRejection(response);
  return { organizations, total: numberIn(total) };
}

/** Passes over an entry that can't be read. */
function readEntry(entry: unknown): ListedOrganization | undefined {
  const { id, name: text, disabled }: Fields = Object(entry);
  const name = textIn(text);
  if (typeof id !== 'string' || !isGuid(id)) return undefined;
  if (name === undefined || name.raw.length > LONGEST_NAME) return undefined;
  // More than 30 accents in a row: normalizing takes time by the square of them (UAX #15, Stream-Safe Text Format).
  if (/\p{M}{31}/u.test(name.raw)) return undefined;
  return { id, name, disabled: disabled === true };
}
