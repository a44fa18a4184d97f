import { Failure } from '../base/failure.ts';
import type { Foreign } from '../base/foreign.ts';
import { isGuid } from '../base/guid.ts';
import { type Fields, numberIn, textIn } from '../base/json.ts';
import { joined, type Message, message } from '../base/message.ts';
import { visibleText } from '../base/text.ts';
import type { Response } from '../http/response.ts';
import type { AppcircleClient } from './client.ts';
import type { Credential } from './credentials.ts';
import { listRejection, unreadableList } from './rejection.ts';
import type { AccessToken } from './token.ts';

export interface Organization {
  readonly id: string;
  /** As the workflow wrote it; `undefined` where it gave the GUID. */
  readonly name: string | undefined;
}

/** An entry of the list. */
interface Listed {
  readonly id: string;
  readonly name: Foreign;
  readonly disabled: boolean;
}

interface Page {
  readonly organizations: readonly Listed[];
  /** How many there are on all pages, if the server says so. */
  readonly total: number;
}

const PATH = '/identity/v1/organizations';
/** A server may page by a size of its own. */
const PER_PAGE = 100;
/** Longer names are passed over, before anything is done with them. */
const LONGEST_NAME = 1000;
/** Longer lists are taken for endless. */
const MOST_ORGANIZATIONS = 100_000;
/** In messages. */
const SHOWN = 20;
const NO_PAGE: Page = { organizations: [], total: 0 };

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
  const search = new Search(name);
  const pageOf = async (number: number) =>
    readPage(await client.get(`${PATH}?page=${number}&perPage=${PER_PAGE}`, token.value));
  for (let number = 1; search.look(await pageOf(number)); number++);
  // Without parameters, as the CLI asks: a server may refuse them, or count pages from 0.
  if (search.isIncomplete) search.look(readList(await client.get(PATH, token.value)));
  return search.result();
}

/** A server that has no such page may say so by its status. */
function readPage(response: Response): Page {
  return response.status === 400 || response.status === 404 ? NO_PAGE : readList(response);
}

function readList(response: Response): Page {
  if (response.status === 204) return NO_PAGE;
  if (response.status !== 200) throw listRejection(response);
  const { data, total } = response.fields ?? {};
  if (!Array.isArray(data)) throw unreadableList(response);
  const organizations = data.flatMap((entry) => readEntry(entry) ?? []);
  if (data.length > 0 && organizations.length === 0) throw unreadableList(response);
  return { organizations, total: numberIn(total) ?? 0 };
}

/** Passes over an entry that can't be read. */
function readEntry(entry: unknown): Listed | undefined {
  const { id, name: text, disabled }: Fields = Object(entry);
  const name = textIn(text);
  if (typeof id !== 'string' || !isGuid(id)) return undefined;
  if (name === undefined || name.raw.length > LONGEST_NAME) return undefined;
  return { id, name, disabled: disabled === true };
}

/** Looks for a name in a list, and keeps no more of the list than is shown in the end. */
class Search {
  readonly #asked: string;
  readonly #name: string;
  readonly #visible: string;
  readonly #ids = new Set<string>();
  readonly #all = new Sample();
  readonly #matches = new Sample();
  readonly #otherCapitals = new Sample();
  readonly #otherInvisible = new Sample();
  #total = 0;

  constructor(asked: string) {
    this.#asked = asked;
    this.#name = comparable(asked);
    this.#visible = visibleText(this.#name);
  }

  /** Whether nothing was found, and there is more than was seen. */
  get isIncomplete(): boolean {
    if (this.#matches.count > 0) return false;
    return this.#ids.size === 0 || this.#ids.size < this.#total;
  }

  /**
   * Looks through a page.
   * @returns whether it had anything new: some servers repeat the last page, or the whole list
   * @throws Failure where there are more organizations than any list has
   */
  look({ organizations, total }: Page): boolean {
    const before = this.#ids.size;
    this.#total = Math.max(this.#total, total);
    for (const organization of organizations) {
      const id = organization.id.toLowerCase();
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      this.#sort(organization);
    }
    if (this.#ids.size > MOST_ORGANIZATIONS) throw endless(this.#ids.size);
    return this.#ids.size > before;
  }

  #sort(organization: Listed): void {
    this.#all.add(organization);
    const name = comparable(organization.name.raw);
    if (name === this.#name) this.#matches.add(organization);
    else if (differByCapitals(name, this.#name)) this.#otherCapitals.add(organization);
    else if (visibleText(name) === this.#visible) this.#otherInvisible.add(organization);
  }

  /** The one that has the name. Throws a Failure where none or several have it. */
  result(): Organization {
    const [match] = this.#matches.first;
    if (match && this.#matches.count === 1) return { id: match.id, name: this.#asked };
    throw match ? this.#ambiguous() : this.#unknown();
  }

  #ambiguous(): Failure {
    const { count } = this.#matches;
    const ids = this.#matches.list(
      ({ id, disabled }) => message`${id}${disabled ? message` (disabled)` : message``}`,
    );
    return new Failure(
      'Several sub-organizations have this name',
      message`${count} organizations are named "${this.#asked}": ${ids}.`,
      message`Use the GUID of the right one as sub-organization.`,
    );
  }

  #unknown(): Failure {
    const [hint, remedy] = this.#advice();
    return new Failure(
      'No sub-organization has this name',
      message`No organization named "${this.#asked}" found. ${hint}${this.#unseen()}`,
      remedy,
    );
  }

  /** What there is in its place, and what to do. */
  #advice(): [hint: Message, remedy: Message] {
    if (this.#otherCapitals.count > 0) {
      const meant = this.#otherCapitals.list(describeListed, ' or ');
      return [
        message`Did you mean ${meant}?`,
        message`Use that name or GUID as sub-organization: capitals count.`,
      ];
    }
    if (this.#otherInvisible.count > 0) {
      const other = this.#otherInvisible.list(describeListed);
      return [
        message`There is ${other}, which differs by invisible characters alone.`,
        message`Use the GUID as sub-organization, or type the name anew.`,
      ];
    }
    if (this.#all.count === 0) {
      return [
        message`This key has access to no organization.`,
        message`Give the key a role in the sub-organization.`,
      ];
    }
    return [
      message`This key can see ${this.#all.list(describeListed)}.`,
      message`Use one of these names, or a GUID, as sub-organization.`,
    ];
  }

  #unseen(): Message {
    const { size } = this.#ids;
    if (this.#total <= size) return message``;
    return message` The server says that there are ${this.#total}, and listed ${size} that can be read.`;
  }
}

/** The first of many organizations, and how many there are. */
class Sample {
  readonly first: Listed[] = [];
  count = 0;

  add(organization: Listed): void {
    this.count += 1;
    if (this.first.length < SHOWN) this.first.push(organization);
  }

  list(describe: (organization: Listed) => Message, between = ', '): Message {
    const listed = joined(this.first.map(describe), between);
    const others = this.count - this.first.length;
    if (others === 0) return listed;
    return message`${listed}, and ${others} ${others === 1 ? message`other` : message`others`}`;
  }
}

/** A name as names are compared: in NFC, with single blanks. Capitals and all else count. */
function comparable(name: string): string {
  const blanks = /\p{White_Space}+/gu;
  return name.normalize('NFC').replace(blanks, ' ').replace(/^ | $/g, '');
}

/** In Turkish, I and i are other letters than in the rest of Unicode. */
function differByCapitals(name: string, other: string): boolean {
  if (name.toLowerCase() === other.toLowerCase()) return true;
  return name.toLocaleLowerCase('tr') === other.toLocaleLowerCase('tr');
}

/**
 * Throws a Failure where the token is for another organization than the one asked for: a key without a role there may get one (the CLI
 * checks the same claim). A token that does not say is accepted, but not from an older path, which may not know the field.
 */
export function checkOrganization(
  { organization, organizationId }: AccessToken,
  asked: Organization,
  credential: Credential,
  isOlderPath: boolean,
): void {
  if (organization === undefined && !isOlderPath) return;
  if (organization === undefined) {
    throw new Failure(
      'The organization could not be checked',
      message`You asked for the organization ${describeOrganization(asked)}, but this is an older server, which may ignore that, and the token does not say which organization it is for.`,
      message`Update the server, or leave sub-organization out and use a key made in that sub-organization. The token was not exported.`,
    );
  }
  if (organizationId?.toLowerCase() === asked.id.toLowerCase()) return;
  const access =
    credential.type === 'api-key'
      ? message`Give the API key a role in that sub-organization.`
      : message`Use a Personal Access Key made in the root organization by a member of that sub-organization.`;
  throw new Failure(
    'The token is for another organization',
    message`You asked for the organization ${describeOrganization(asked)}, but the token is for ${organization}.`,
    message`${access} The token was not exported.`,
  );
}

export function describeOrganization({ id, name }: Organization): Message {
  return name === undefined ? message`${id}` : message`"${name}" (${id})`;
}

function describeListed({ id, name, disabled }: Listed): Message {
  return message`"${name}" (${id}${disabled ? message`, disabled` : message``})`;
}

function endless(seen: number): Failure {
  return new Failure(
    'The organization list could not be read',
    message`The list of organizations has no end: ${seen} organizations, and more to come.`,
    message`Use the GUID of the sub-organization instead of its name.`,
  );
}
