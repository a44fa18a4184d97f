import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkOrganization,
  describeOrganization,
  findByName,
  type Organization,
  type OrganizationPage,
  parsePage,
} from '../../src/appcircle/organization.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { Masks } from '../../src/masks.ts';
import { failureFrom, failureOf } from '../support/failures.ts';

const masks = new Masks(() => undefined);

type Named = Organization & { readonly name: string };

/** The organization of that number, called "Team <number>" where it has no other name. */
function team(number: number, name = `Team ${number}`): Named {
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, name };
}

function teams(count: number): Named[] {
  return Array.from({ length: count }, (_, index) => team(index + 1));
}

/** A server's pages, each as long as `perPage`, and what it says of them. */
function pagesOf(all: readonly Named[], perPage: number, says: { total?: number; perPage?: number } = {}) {
  const asked: number[] = [];
  const read = async (page: number): Promise<OrganizationPage> => {
    asked.push(page);
    const organizations = all.slice((page - 1) * perPage, page * perPage);
    return { organizations, entries: organizations.length, perPage: says.perPage, total: says.total };
  };
  return { asked, read };
}

describe('finding by name', () => {
  test('an empty list and a list of one page take one request', async () => {
    const pages = pagesOf(teams(3), 100, { total: 3, perPage: 100 });
    expect(await findByName('Team 2', pages.read, masks)).toEqual(team(2));
    expect(pages.asked).toEqual([1]);
  });

  test('every page is read, though the name was found: another organization may have it too', async () => {
    const pages = pagesOf(teams(250), 100, { total: 250, perPage: 100 });
    expect(await findByName('Team 1', pages.read, masks)).toEqual(team(1));
    expect(pages.asked).toEqual([1, 2, 3]);
  });

  test('after a full page there may be another, even where the total denies it', async () => {
    const pages = pagesOf(teams(200), 100, { total: 100, perPage: 100 });
    expect(await findByName('Team 200', pages.read, masks)).toEqual(team(200));
    expect(pages.asked).toEqual([1, 2, 3]);
  });

  test('a server that gives less than was asked for is read by its own pages', async () => {
    const pages = pagesOf(teams(45), 20, { total: 45, perPage: 20 });
    expect(await findByName('Team 45', pages.read, masks)).toEqual(team(45));
    expect(pages.asked).toEqual([1, 2, 3]);
  });

  test.each([
    ['too small', { total: 5, perPage: 20 }, [1, 2, 3]],
    ['too large', { total: 500, perPage: 20 }, [1, 2, 3, 4]],
    ['missing', { perPage: 20 }, [1, 2, 3, 4]],
    ['zero', { total: 0, perPage: 20 }, [1, 2, 3]],
  ])('a total that is %s hides none and ends', async (_how, says, asked) => {
    const pages = pagesOf(teams(45), 20, says);
    expect(await findByName('Team 45', pages.read, masks)).toEqual(team(45));
    expect(pages.asked).toEqual(asked);
  });

  test('with a page size that is larger than its pages, the total tells that more is to come', async () => {
    const pages = pagesOf(teams(45), 20, { total: 45, perPage: 100 });
    expect(await findByName('Team 45', pages.read, masks)).toEqual(team(45));
    expect(pages.asked).toEqual([1, 2, 3]);
  });

  test('without page size and total, it reads on until nothing new comes', async () => {
    const pages = pagesOf(teams(45), 20);
    expect(await findByName('Team 45', pages.read, masks)).toEqual(team(45));
    expect(pages.asked).toEqual([1, 2, 3, 4]);
  });

  test('a server that repeats its only page for ever is asked twice', async () => {
    const asked: number[] = [];
    const read = async (page: number) => {
      asked.push(page);
      return { organizations: teams(2), entries: 2, perPage: 2, total: 1_000_000 };
    };
    expect(await findByName('Team 2', read, masks)).toEqual(team(2));
    expect(asked).toEqual([1, 2]);
  });

  test('an organization that is listed twice, its GUID in another case, is one', async () => {
    const twice = { id: 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01', name: 'iOS Team' };
    const pages = pagesOf([twice, { ...twice, id: twice.id.toUpperCase() }, team(1)], 100, { total: 3 });
    expect(await findByName('iOS Team', pages.read, masks)).toEqual(twice);
  });

  test('of two names for one GUID the first counts', async () => {
    const pages = pagesOf([team(1, 'Before'), team(1, 'After')], 100, { total: 2, perPage: 100 });
    expect(await findByName('Before', pages.read, masks)).toEqual(team(1, 'Before'));
    expect((await failureFrom(findByName('After', pages.read, masks))).title).toBe('No sub-organization has this name');
  });

  test.each(['team 1', 'Team 1 ', 'Team', 'Team 11', '00000000-0000-4000-8000-000000000001'])(
    '%j is not the name "Team 1"',
    async (name) => {
      const failure = await failureFrom(findByName(name, pagesOf(teams(2), 100).read, masks));
      expect(failure).toEqual({
        title: 'No sub-organization has this name',
        cause: `No organization that this key may see has the name "${name.trim()}". There are "Team 1" (${team(1).id}), "Team 2" (${team(2).id}).`,
        remedy: 'Give one of these names, letter by letter, or a GUID as sub-organization.',
      });
    },
  );

  test('where there are none, that is told', async () => {
    expect((await failureFrom(findByName('x', pagesOf([], 100).read, masks))).cause).toBe(
      'No organization that this key may see has the name "x". It may see none.',
    );
  });

  test('one is told by itself, twenty are all told', async () => {
    expect((await failureFrom(findByName('x', pagesOf(teams(1), 100).read, masks))).cause).toBe(
      `No organization that this key may see has the name "x". There is "Team 1" (${team(1).id}).`,
    );
    const { cause } = await failureFrom(findByName('x', pagesOf(teams(20), 100).read, masks));
    expect(cause.endsWith(`, "Team 20" (${team(20).id}).`)).toBe(true);
  });

  test.each([
    [21, 'and 1 other.'],
    [22, 'and 2 others.'],
    [5000, 'and 4980 others.'],
  ])('of %d twenty are told', async (number, rest) => {
    const { cause } = await failureFrom(findByName('x', pagesOf(teams(number), 100).read, masks));
    expect(cause).toContain(`, "Team 20" (${team(20).id}), ${rest}`);
    expect(cause).not.toContain('Team 21"');
  });

  test('several of the name are all told, others are not', async () => {
    const all = [team(1, 'Payments'), team(2), team(3, 'Payments'), team(4, 'payments')];
    expect(await failureFrom(findByName('Payments', pagesOf(all, 2).read, masks))).toEqual({
      title: 'Several sub-organizations have this name',
      cause: `2 organizations have the name "Payments". There are "Payments" (${team(1).id}), "Payments" (${team(3).id}).`,
      remedy: 'Give the GUID of the one that is meant as sub-organization.',
    });
  });

  test('names are quoted on their way into an error', async () => {
    const { cause } = await failureFrom(
      findByName('::error::\n', pagesOf([team(1, '##[error]\u001b[31m')], 100).read, masks),
    );
    expect(cause).toBe(
      `No organization that this key may see has the name ": :error::". There is "## [error]" (${team(1).id}).`,
    );
  });

  test('a list without end is given up after a thousand pages', async () => {
    const asked: number[] = [];
    const read = async (page: number) => {
      asked.push(page);
      return { organizations: [team(page)], entries: 1, perPage: 1, total: undefined };
    };
    expect(await failureFrom(findByName('x', read, masks))).toEqual({
      title: 'The organization list could not be read',
      cause: 'The list of organizations has no end: 1000 of them on 1000 pages, and more to come.',
      remedy: 'Give the GUID of the sub-organization instead of its name.',
    });
    expect(asked).toHaveLength(1000);
  });

  test('a list of more than a hundred thousand is given up, one of as many is not', async () => {
    const pages = pagesOf(teams(100_001), 50_000, { total: 100_001, perPage: 50_000 });
    expect((await findByName('Team 100001', pages.read, masks)).name).toBe('Team 100001');
    const more = pagesOf(teams(200_000), 50_001, { total: 200_000, perPage: 50_001 });
    expect((await failureFrom(findByName('x', more.read, masks))).cause).toBe(
      'The list of organizations has no end: 100002 of them on 2 pages, and more to come.',
    );
    expect(more.asked).toEqual([1, 2]);
  });

  test('a list of exactly a thousand pages is read to its end', async () => {
    const pages = pagesOf(teams(1999), 2, { total: 1999, perPage: 2 });
    expect(await findByName('Team 1999', pages.read, masks)).toEqual(team(1999));
    expect(pages.asked).toHaveLength(1000);
  });

  test('what a page fails with is passed on', async () => {
    const read = () => Promise.reject(new Error('no page'));
    await expect(findByName('x', read, masks)).rejects.toThrow('no page');
  });

  test('whatever a server says of its pages, the right one is found or all are told', async () => {
    const says = fc.record(
      { total: fc.integer({ min: 0, max: 60 }), perPage: fc.integer({ min: 0, max: 30 }) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        says,
        async (number, size, lie) => {
          // Not to be read to its end is a server that says its pages are larger than they are, and denies that more is to come.
          fc.pre((lie.perPage ?? 1) <= size || (lie.total ?? number) >= number);
          const pages = pagesOf(teams(number), size, lie);
          expect(await findByName(`Team ${number}`, pages.read, masks)).toEqual(team(number));
          expect(pages.asked.length).toBeLessThanOrEqual(Math.ceil(number / size) + 1);
        },
      ),
    );
  });
});

describe('a page', () => {
  const ONE = { id: 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01', name: 'iOS Team' };

  test('is read as Appcircle writes it', () => {
    expect(parsePage(JSON.stringify({ data: [ONE], page: 1, perPage: 20, total: 57 }))).toEqual({
      organizations: [ONE],
      entries: 1,
      perPage: 20,
      total: 57,
    });
  });

  test('may lack all but the list, and hold more in an entry', () => {
    expect(parsePage(JSON.stringify({ data: [{ ...ONE, iconUrl: 'x' }] }))).toEqual({
      organizations: [ONE],
      entries: 1,
      perPage: undefined,
      total: undefined,
    });
  });

  test('is read round entries that are no organization; they count as entries', () => {
    const data = [
      null,
      1,
      'x',
      [],
      {},
      { id: ONE.id },
      { name: 'x' },
      { id: 1, name: 'x' },
      { id: 'x', name: 'x' },
      { id: ONE.id, name: null },
      ONE,
    ];
    expect(parsePage(JSON.stringify({ data }))).toMatchObject({ organizations: [ONE], entries: data.length });
  });

  test('may have a name without letters', () => {
    expect(parsePage(JSON.stringify({ data: [{ ...ONE, name: '' }] }))?.organizations).toEqual([{ ...ONE, name: '' }]);
  });

  test.each([-1, '20', null, true, [], {}])('has no count in %j', (count) => {
    expect(parsePage(JSON.stringify({ data: [], perPage: count, total: count }))).toEqual({
      organizations: [],
      entries: 0,
      perPage: undefined,
      total: undefined,
    });
  });

  test('has a count in 0', () => {
    expect(parsePage('{"data":[],"perPage":0,"total":0}')).toMatchObject({ perPage: 0, total: 0 });
  });

  test.each([
    '',
    '<html>',
    'null',
    '1',
    '[]',
    '"data"',
    '{}',
    '{"data":null}',
    '{"data":{}}',
    '{"data":"x"}',
    '{"data":[',
  ])('is not what %j is', (text) => {
    expect(parsePage(text)).toBeUndefined();
  });

  test('is read or refused, whatever the text', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parsePage(`{"data":[${text}]}`)?.entries).toBe(1);
        expect(() => parsePage(text)).not.toThrow();
      }),
    );
  });
});

describe('the check of the organization', () => {
  const ASKED = { id: 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01', name: 'iOS Team' };
  const ROOT = '0b7c9d52-61a4-4c5b-8e0f-3a1d7f2e9c10';

  function tokenFor(organizationId: string | undefined): AccessToken {
    return { value: 'abc', organizationId, expiresAt: undefined, keyExpiresAt: undefined };
  }

  test.each([
    ['nothing was asked for', ROOT, undefined],
    ['the token does not tell', undefined, ASKED],
    ['it is the one', ASKED.id, ASKED],
    ['it is the one in another case', ASKED.id.toUpperCase(), ASKED],
    ['it is the one, asked for in another case', ASKED.id, { ...ASKED, id: ASKED.id.toUpperCase() }],
  ])('passes where %s', (_why, claimed, asked) => {
    expect(() => checkOrganization(tokenFor(claimed), asked, masks)).not.toThrow();
  });

  const REMEDY =
    'Give the key access to that sub-organization: an API key a role in it, a Personal Access Key made in the root organization by a member of it. The token was not exported.';

  test('fails where it is another', () => {
    expect(failureOf(() => checkOrganization(tokenFor(ROOT), ASKED, masks))).toEqual({
      title: 'The token is for another organization',
      cause: `The token is for the organization ${ROOT}, not for "iOS Team" (${ASKED.id}), which was asked for.`,
      remedy: REMEDY,
    });
  });

  test.each(['', 'null', `${ASKED.id} `, `${ASKED.id},${ROOT}`])('fails where the token tells %j', (claimed) => {
    expect(failureOf(() => checkOrganization(tokenFor(claimed), { id: ASKED.id, name: undefined }, masks))).toEqual({
      title: 'The token is for another organization',
      cause: `The token is for the organization ${claimed.trim()}, not for ${ASKED.id}, which was asked for.`,
      remedy: REMEDY,
    });
  });
});

test('an organization is shown by its name, where that is known, and its GUID', () => {
  expect(describeOrganization({ id: 'a1', name: 'iOS\nTeam' }, masks)).toBe('"iOS Team" (a1)');
  expect(describeOrganization({ id: 'a1', name: undefined }, masks)).toBe('a1');
});
