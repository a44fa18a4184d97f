import { Failure, type FailureDetails } from '../base/failure.ts';
import { joined, type Message, message } from '../base/message.ts';
import { visibleText } from '../base/text.ts';
import type { AppcircleClient } from './client.ts';
import { getList, getPage, type ListedOrganization, type Page } from './organization-list.ts';
import type { Organization } from './organizations.ts';
import type { AccessToken } from './token.ts';

/** Longer lists are taken for endless. */
const MOST_ORGANIZATIONS = 100_000;
/** In messages. */
const MOST_SHOWN = 20;

/**
 * Finds a sub-organization by name. Reads every page, since names are not unique. Appcircle documents no search by name.
 * @param token of the key's own organization
 * @throws Failure where none or several have the name, or the list can't be read
 */
export async function findByName(
  name: string,
  token: AccessToken,
  client: AppcircleClient,
): Promise<Organization> {
  const search = new Search(name);
  let number = 1;
  while (search.look(await getPage(number, token, client))) number += 1;
  // A server may refuse parameters, or count pages from 0.
  if (search.isIncomplete) search.look(await getList(token, client));
  return search.result();
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
  /** The largest that any page told. */
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
  look({ organizations, total = 0 }: Page): boolean {
    const before = this.#ids.size;
    this.#total = Math.max(this.#total, total);
    for (const organization of organizations) {
      const id = organization.id.toLowerCase();
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      this.#classify(organization);
    }
    if (this.#ids.size > MOST_ORGANIZATIONS) throw endless(this.#ids.size);
    return this.#ids.size > before;
  }

  #classify(organization: ListedOrganization): void {
    this.#all.add(organization);
    const name = comparable(organization.name.raw);
    if (name === this.#name) this.#matches.add(organization);
    else if (differByCapitals(name, this.#name)) this.#otherCapitals.add(organization);
    else if (visibleText(name) === this.#visible) this.#otherInvisible.add(organization);
  }

  /** The one that has the name. Throws a Failure where none or several have it. */
  result(): Organization {
    const [match] = this.#matches.first;
    if (!match) throw this.#unknown();
    if (this.#matches.count > 1) throw this.#ambiguous();
    return { id: match.id, name: this.#asked };
  }

  #ambiguous(): Failure {
    const lead = message`${this.#matches.count} organizations are named "${this.#asked}"`;
    const items = this.#matches.list(({ id, disabled }) =>
      disabled ? message`${id} (disabled)` : message`${id}`,
    );
    return new Failure(
      'Several sub-organizations have this name',
      message`${lead}: ${joined(items, ', ')}.`,
      message`Use the GUID of the right one as sub-organization.`,
      { list: { lead, items } },
    );
  }

  /** Says what there is in its place, and what to do. */
  #unknown(): Failure {
    if (this.#otherCapitals.count > 0) {
      const others = joined(this.#otherCapitals.list(describe), ', ');
      return unknown(
        message`${this.#nothingFound()} Did you mean ${others}?`,
        message`Use that name or GUID as sub-organization: names are case-sensitive.`,
      );
    }
    if (this.#otherInvisible.count > 0) {
      const others = joined(this.#otherInvisible.list(describe), ', ');
      return unknown(
        message`${this.#nothingFound()} Only invisible characters differ in ${others}.`,
        message`Use the GUID as sub-organization, or retype the name.`,
      );
    }
    if (this.#all.count === 0) {
      return unknown(
        message`${this.#nothingFound()} This key has no access to any organization.`,
        message`Give the key a role in the sub-organization.`,
      );
    }
    const lead = message`${this.#nothingFound()} This key can see`;
    const items = this.#all.list(describe);
    return unknown(
      message`${lead} ${joined(items, ', ')}.`,
      message`Use one of these names, or a GUID, as sub-organization.`,
      { list: { lead, items } },
    );
  }

  #nothingFound(): Message {
    const nothing = message`No organization named "${this.#asked}" found.`;
    const { size } = this.#ids;
    if (this.#total <= size) return nothing;
    return message`${nothing} The server says that there are ${this.#total}, and listed ${size} that can be read.`;
  }
}

/** The first of many organizations, and how many there are. */
class Sample {
  readonly first: ListedOrganization[] = [];
  count = 0;

  add(organization: ListedOrganization): void {
    this.count += 1;
    if (this.first.length < MOST_SHOWN) this.first.push(organization);
  }

  /** Describes each of the first, and says how many more there are. */
  list(describeOne: (organization: ListedOrganization) => Message): Message[] {
    const items = this.first.map(describeOne);
    const others = this.count - items.length;
    if (others > 0) items.push(message`and ${others} more`);
    return items;
  }
}

function describe({ id, name, disabled }: ListedOrganization): Message {
  return disabled ? message`"${name}" (${id}, disabled)` : message`"${name}" (${id})`;
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

function unknown(reason: Message, remedy: Message, details?: FailureDetails): Failure {
  return new Failure('No sub-organization has this name', reason, remedy, details);
}

function endless(seen: number): Failure {
  return new Failure(
    'The organization list could not be read',
    message`The list of organizations has no end: ${seen} organizations, and more to come.`,
    message`Use the GUID of the sub-organization instead of its name.`,
  );
}
