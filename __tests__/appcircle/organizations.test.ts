import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AppcircleClient } from '../../src/appcircle/client.ts';
import {
  checkOrganization,
  describeOrganization,
  findByName,
} from '../../src/appcircle/organizations.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { visibleText } from '../../src/base/text.ts';
import { anyCharacter } from '../support/any-character.ts';
import { testContext } from '../support/context.ts';
import { failureFrom, failureOf, plain } from '../support/failures.ts';
import { API_KEY, GUID, PERSONAL, response } from './support.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const TOKEN: AccessToken = {
  value: 'abc',
  expiresAt: undefined,
  organizationId: undefined,
};

/** The organization of that number, called "Team <number>" where it has no other name. */
function team(number: number, name = `Team ${number}`): Named {
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, name };
}

function teams(count: number): Named[] {
  return Array.from({ length: count }, (_, index) => team(index + 1));
}

/** A server whose list of organizations is what `answer` makes of a page's number, and the pages that it was asked for. */
function server(answer: (page: number) => unknown) {
  const asked: number[] = [];
  const get = async (path: string, bearer: string) => {
    expect(bearer).toBe('abc');
    const page = Number(/^\/identity\/v1\/organizations\?page=(\d+)&perPage=100$/.exec(path)?.[1]);
    asked.push(page);
    return response(200, answer(page), { host: 'api.acme.example' });
  };
  return { asked, find: (name: string) => findByName(name, TOKEN, { get } as AppcircleClient) };
}

/** A server that pages a list by its own size, and what it says of its pages. */
function paged(
  all: readonly unknown[],
  perPage: number,
  says: { total?: unknown; perPage?: unknown } = {},
) {
  return server((page) => ({
    data: all.slice((page - 1) * perPage, page * perPage),
    page,
    ...says,
  }));
}

describe('finding by name', () => {
  test('a list of one page takes one request, if the server tells how many there are', async () => {
    const list = paged(teams(3), 100, { total: 3, perPage: 100 });
    expect(await list.find('Team 2')).toEqual(team(2));
    expect(list.asked).toEqual([1]);
  });

  test('every page is read, though the name was found: another organization may have it too', async () => {
    const list = paged(teams(250), 100, { total: 250, perPage: 100 });
    expect(await list.find('Team 1')).toEqual(team(1));
    expect(list.asked).toEqual([1, 2, 3]);
  });

  test('a later page may hold another one of the name', async () => {
    const list = paged([...teams(150), team(151, 'Team 1')], 100, { total: 151, perPage: 100 });
    expect((await failureFrom(list.find('Team 1'))).title).toBe(
      'Several sub-organizations have this name',
    );
  });

  test('after a full page there may be another, even where the total denies it', async () => {
    const list = paged(teams(200), 100, { total: 100, perPage: 100 });
    expect(await list.find('Team 200')).toEqual(team(200));
    expect(list.asked).toEqual([1, 2, 3]);
  });

  test('an organization that is listed twice, its GUID in another case, is one', async () => {
    const twice = { id: GUID, name: 'iOS Team' };
    const list = paged([twice, { ...twice, id: GUID.toUpperCase() }, team(1)], 100, { total: 3 });
    expect(await list.find('iOS Team')).toEqual(twice);
  });

  test('of two names for one GUID the first counts', async () => {
    const list = paged([team(1, 'Before'), team(1, 'After')], 100, { total: 2, perPage: 100 });
    expect(await list.find('Before')).toEqual(team(1, 'Before'));
    expect((await failureFrom(list.find('After'))).title).toBe('No sub-organization has this name');
  });

  test.each([
    'team 1',
    'Team',
    'Team 11',
    'Team1',
    'T\u0435am 1',
    '00000000-0000-4000-8000-000000000001',
  ])('%j is not the name "Team 1"', async (name) => {
    const hint = name === 'team 1' ? ' Did you mean "Team 1"?' : '';
    expect(await failureFrom(paged(teams(2), 100).find(name))).toEqual({
      title: 'No sub-organization has this name',
      reason: `No organization named "${name}" found.${hint} This key can see "Team 1" (${team(1).id}), "Team 2" (${team(2).id}).`,
      remedy: 'Use one of these names, or a GUID, as sub-organization.',
    });
  });
});

describe('the pages of a server', () => {
  test.each([
    ['is too small', { total: 5, perPage: 20 }, [1, 2, 3]],
    ['is too large', { total: 500, perPage: 20 }, [1, 2, 3, 4]],
    ['is right', { total: 45, perPage: 20 }, [1, 2, 3]],
    ['is right, and is text', { total: '45', perPage: '20' }, [1, 2, 3]],
    ['is missing', { perPage: 20 }, [1, 2, 3]],
    ['is zero', { total: 0, perPage: 20 }, [1, 2, 3]],
    ['is negative', { total: -1, perPage: 20 }, [1, 2, 3]],
    ['is no number', { total: 'many', perPage: {} }, [1, 2, 3]],
    ['is missing, as the size is', {}, [1, 2, 3]],
    ['is missing, and the size is what was asked for', { perPage: 100 }, [1, 2, 3]],
    ['is right, and the size is what was asked for', { total: 45, perPage: 100 }, [1, 2, 3]],
    ['is too large, and the size is what was asked for', { total: 46, perPage: 100 }, [1, 2, 3, 4]],
  ])('are read by its own size to their end where the total %s', async (_how, says, asked) => {
    const list = paged(teams(45), 20, says);
    expect(await list.find('Team 45')).toEqual(team(45));
    expect(list.asked).toEqual(asked);
  });

  test('end with an empty one, where the last is full', async () => {
    const list = paged(teams(40), 20);
    expect(await list.find('Team 40')).toEqual(team(40));
    expect(list.asked).toEqual([1, 2, 3]);
  });

  test.each([
    ['says nothing', {}, 3, [1, 2]],
    ['says how many there are', { total: 3, perPage: 100 }, 3, [1]],
    ['has more than was asked for', { total: 150, perPage: 100 }, 150, [1, 2]],
    ['says that there are more', { total: 1_000_000, perPage: 3 }, 3, [1, 2]],
  ])(
    'are the whole list each time where it ignores paging and %s',
    async (_what, says, count, asked) => {
      const list = server(() => ({ data: teams(count), ...says }));
      expect(await list.find('Team 2')).toEqual(team(2));
      expect(list.asked).toEqual(asked);
    },
  );

  test('end where the last one is repeated for ever', async () => {
    const list = server((page) => ({
      data: teams(45)
        .slice(20 * Math.min(page - 1, 1))
        .slice(0, 20),
      perPage: 20,
    }));
    expect(await list.find('Team 40')).toEqual(team(40));
    expect(list.asked).toEqual([1, 2, 3]);
  });

  test('end where the list comes in another order each time', async () => {
    const list = server((page) => ({
      data: page % 2 ? teams(20) : teams(20).reverse(),
      perPage: 20,
    }));
    expect(await list.find('Team 2')).toEqual(team(2));
    expect(list.asked).toEqual([1, 2]);
  });

  test.each([
    [
      'a full page of entries that are each unreadable in their own way',
      (n: number) => ({ id: n }),
      20,
    ],
    ['many of them', (n: number) => ({ id: n }), 200],
    ['a full page of the same unreadable entries', () => null, 20],
  ])('go on after %s', async (_what, unreadable, count) => {
    const entries = Array.from({ length: count }, (_, n) => unreadable(n));
    const all = [...teams(20), ...entries, team(21), team(22)];
    const pages = Math.ceil(all.length / 20);
    const list = paged(all, 20);
    expect(await list.find('Team 22')).toEqual(team(22));
    expect(list.asked).toHaveLength(pages);
  });

  test('go on after unreadable ones that repeat each other, for as long as the total says so', async () => {
    const all = [...teams(20), ...Array.from({ length: 60 }, () => null), team(21)];
    const list = paged(all, 20, { total: 81 });
    expect(await list.find('Team 21')).toEqual(team(21));
    expect(list.asked).toEqual([1, 2, 3, 4, 5]);
  });

  test('end where nothing of the list can be read, and it is repeated for ever', async () => {
    const list = server(() => ({ data: [null, {}] }));
    expect((await failureFrom(list.find('x'))).reason).toBe(
      'No organization named "x" found. This key has access to no organization.',
    );
    expect(list.asked).toEqual([1, 2]);
  });

  test('are given up after a thousand', async () => {
    const list = server((page) => ({ data: [team(page)], perPage: 1 }));
    expect(await failureFrom(list.find('x'))).toEqual({
      title: 'The organization list could not be read',
      reason:
        'The list of organizations has no end: 1000 organizations on 1000 pages, and more to come.',
      remedy: 'Use the GUID of the sub-organization instead of its name.',
    });
    expect(list.asked).toHaveLength(1000);
  });

  test('are given up after a thousand unreadable ones', async () => {
    const list = server((page) => ({ data: [page], perPage: 1 }));
    expect((await failureFrom(list.find('x'))).reason).toContain('0 organizations on 1000 pages');
  });

  test('are given up after more than a hundred thousand organizations, not after as many', async () => {
    const all = teams(100_001);
    const list = paged(all, 50_000, { total: 100_001, perPage: 50_000 });
    expect((await list.find('Team 100001')).name).toBe('Team 100001');
    const more = paged([...all, team(100_002)], 50_001, { total: 200_000, perPage: 50_001 });
    expect((await failureFrom(more.find('x'))).reason).toBe(
      'The list of organizations has no end: 100002 organizations on 2 pages, and more to come.',
    );
    expect(more.asked).toEqual([1, 2]);
  });

  test('are read to their end where there are exactly a thousand', async () => {
    const list = paged(teams(1999), 2, { total: 1999, perPage: 2 });
    expect(await list.find('Team 1999')).toEqual(team(1999));
    expect(list.asked).toHaveLength(1000);
  });

  test('give the right one, or all of them, whatever is said of them', async () => {
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
          fc.pre((lie.perPage ?? 1) <= size || (lie.total ?? number) >= number || lie.total === 0);
          const list = paged(teams(number), size, lie);
          expect(await list.find(`Team ${number}`)).toEqual(team(number));
          expect(list.asked.length).toBeLessThanOrEqual(Math.ceil(number / size) + 1);
        },
      ),
    );
  });
});

describe('a name is compared', () => {
  test.each([
    ['blanks at its ends', ' iOS Team\t', 'iOS Team'],
    ['repeated blanks', 'iOS  \u00a0 Team', 'iOS Team'],
    ['repeated blanks that were given', 'iOS Team', 'iOS   Team'],
    ['other blanks', 'iOS\u2003Team', 'iOS Team'],
    ['line breaks', 'iOS\r\nTeam', 'iOS Team'],
    ['invisible characters', 'iOS\u200b \u2060Te\u00adam\ufeff', 'iOS Team'],
    ['invisible characters that were given', 'iOS Team', 'iOS\u200d Team\u2069'],
    ['invisible characters between what composes one', 'Cafe\u200d\u0301', 'Caf\u00e9'],
    ['terminal sequences', '\u001b[31miOS Team\u001b[0m', 'iOS Team'],
    ['composition', 'Cafe\u0301', 'Caf\u00e9'],
    ['composition of what was given', 'Caf\u00e9', 'Cafe\u0301'],
  ])('with %s left aside', async (_what, listed, given) => {
    expect(await paged([team(1, listed)], 100).find(given)).toEqual(team(1, listed));
  });

  test.each([
    ['capitals', 'iOS Team', 'ios team', true],
    ['capitals beyond ASCII', 'Équipe', 'équipe', true],
    ['accents', 'Café', 'Cafe', false],
    ['blanks within', 'iOS Team', 'iOSTeam', false],
    ['compatible letters', 'ﬁrm', 'firm', false],
  ])('with %s counting', async (_what, listed, given, meant) => {
    const { title, reason } = await failureFrom(paged([team(1, listed)], 100).find(given));
    expect(title).toBe('No sub-organization has this name');
    expect(reason.includes(`Did you mean "${listed}"?`)).toBe(meant);
  });

  test('with all that are alike to a reader taken for the same', async () => {
    const all = [team(1, 'iOS Team'), team(2, 'iOS  Team'), team(3, 'IOS Team')];
    expect((await failureFrom(paged(all, 100).find('iOS Team'))).reason).toBe(
      `2 organizations are named "iOS Team". This key can see "iOS Team" (${team(1).id}), "iOS  Team" (${team(2).id}).`,
    );
  });

  test('so that each name can be given as an error lists it', async () => {
    const names = fc
      .string({ unit: anyCharacter, minLength: 1, maxLength: 30 })
      .filter((name) => visibleText(name) !== '');
    const parts = fc.constantFrom(
      'e',
      '\u0301',
      '\u200d',
      ' ',
      '\u00e9',
      '\u1100',
      '\u1161',
      '\u034f',
      '\u0344',
      'X',
    );
    const odd = fc.array(parts, { minLength: 1, maxLength: 8 }).map((all) => `a${all.join('')}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(names, odd), async (name) => {
        expect(await paged([team(1, name)], 100).find(visibleText(name))).toEqual(team(1, name));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an error about a name', () => {
  test('says where there are no organizations', async () => {
    expect(await failureFrom(paged([], 100).find('x'))).toEqual({
      title: 'No sub-organization has this name',
      reason: 'No organization named "x" found. This key has access to no organization.',
      remedy: 'Give the key a role in the sub-organization.',
    });
  });

  test('lists twenty', async () => {
    const { reason } = await failureFrom(paged(teams(20), 100).find('x'));
    expect(reason.endsWith(`, "Team 20" (${team(20).id}).`)).toBe(true);
  });

  test.each([
    [21, 'and 1 other.'],
    [22, 'and 2 others.'],
    [5000, 'and 4980 others.'],
  ])('lists twenty of %d', async (number, rest) => {
    const { reason } = await failureFrom(paged(teams(number), 100).find('x'));
    expect(reason).toContain(`, "Team 20" (${team(20).id}), ${rest}`);
    expect(reason).not.toContain('Team 21"');
  });

  test('means the one that differs by capitals alone, though it is not listed', async () => {
    const { reason } = await failureFrom(paged(teams(5000), 100).find('TEAM 4711'));
    expect(reason).toContain(
      'No organization named "TEAM 4711" found. Did you mean "Team 4711"? This key can see',
    );
  });

  test('lists several of the name, and no others', async () => {
    const all = [team(1, 'Payments'), team(2), team(3, 'Payments'), team(4, 'payments')];
    expect(await failureFrom(paged(all, 2).find('Payments'))).toEqual({
      title: 'Several sub-organizations have this name',
      reason: `2 organizations are named "Payments". This key can see "Payments" (${team(1).id}), "Payments" (${team(3).id}).`,
      remedy: 'Use the GUID of the right one as sub-organization.',
    });
  });

  test('lists twenty of the name', async () => {
    const { reason } = await failureFrom(
      paged(
        teams(30).map((one) => ({ ...one, name: 'x' })),
        100,
      ).find('x'),
    );
    expect(reason).toMatch(/^30 organizations are named "x"\. .*, and 10 others\.$/);
  });

  test('makes names safe', async () => {
    const { secrets } = testContext({ secrets: ['sk_1234567'] });
    const list = paged([team(1, '##[error]\u001b[31m'), team(2, 'sk_1234567')], 100);
    const { reason } = await failureFrom(list.find('::error::\n'), (message) =>
      secrets.show(message),
    );
    expect(reason).toBe(
      `No organization named ": :error::" found. This key can see "## [error]" (${team(1).id}), "***" (${team(2).id}).`,
    );
  });
});

describe('a page', () => {
  const ONE = { id: GUID, name: 'iOS Team' };

  test('may hold more in an entry', async () => {
    expect(await paged([{ ...ONE, iconUrl: 'x' }], 100).find('iOS Team')).toEqual(ONE);
  });

  test('is read round entries that are no organization, blank names included', async () => {
    const names = ['', ' ', '\n', null, 1, ['x']].map((name) => ({ id: team(1).id, name }));
    const data = [
      null,
      1,
      'x',
      [],
      {},
      { id: GUID },
      { name: 'x' },
      { id: 1, name: 'x' },
      { id: 'x', name: 'x' },
      ...names,
    ];
    const list = paged([...data, ONE], 100);
    expect(await list.find('iOS Team')).toEqual(ONE);
    expect((await failureFrom(list.find('x'))).reason).toBe(
      `No organization named "x" found. This key can see "iOS Team" (${GUID}).`,
    );
  });

  const UNREADABLE = {
    title: 'The organization list could not be read',
    remedy: 'Check api-endpoint, or use the GUID of the sub-organization instead of its name.',
  };

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
  ])('is not what %j is', async (text) => {
    expect(await failureFrom(server(() => text).find('x'))).toEqual({
      ...UNREADABLE,
      reason: 'api.acme.example answered HTTP 200 without a readable list of organizations.',
    });
  });

  function answering(status: number, body: unknown, headers = {}) {
    const get = async () => response(status, body, { headers, host: 'api.acme.example' });
    return failureFrom(
      findByName('x', TOKEN, { get: get as AppcircleClient['get'] } as AppcircleClient),
    );
  }

  test.each([
    [201, {}],
    [204, {}],
    [400, {}],
    [404, {}],
    [200, { 'content-encoding': 'deflate' }],
  ])('with %d and %j is none', async (status, headers) => {
    expect(await answering(status, { data: [] }, headers)).toEqual({
      ...UNREADABLE,
      reason: `api.acme.example answered HTTP ${status} without a readable list of organizations.`,
    });
  });

  test.each([401, 403])('that is denied (%d) asks for a GUID', async (status) => {
    expect(await answering(status, '')).toEqual({
      title: 'Not allowed to list organizations',
      reason: `api.acme.example does not let this key list organizations (HTTP ${status}), so the sub-organization's name can't be looked up.`,
      remedy:
        'Use the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.',
    });
  });

  test('that fails passes its error on', async () => {
    const get = () => Promise.reject(new Error('no page'));
    await expect(
      findByName('x', TOKEN, { get: get as AppcircleClient['get'] } as AppcircleClient),
    ).rejects.toThrow('no page');
  });

  test('is read or rejected, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ stringUnit: anyCharacter }), async (text) => {
        for (const body of [text, `{"data":[${text}]}`]) {
          expect(
            (await failureFrom(server((page) => (page === 1 ? body : '{"data":[]}')).find('x')))
              .title,
          ).toMatch(
            /^(No sub-organization has this name|The organization list could not be read)$/,
          );
        }
      }),
    );
  });
});

describe('the check of the organization', () => {
  const ASKED = { id: 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01', name: 'iOS Team' };
  const ROOT = '0b7c9d52-61a4-4c5b-8e0f-3a1d7f2e9c10';

  function tokenFor(organizationId: string | undefined): AccessToken {
    return { ...TOKEN, organizationId };
  }

  test.each([
    ['nothing was asked for', ROOT, undefined],
    ['the token does not tell', undefined, ASKED],
    ['it is the one', ASKED.id, ASKED],
    ['it is the one in another case', ASKED.id.toUpperCase(), ASKED],
    [
      'it is the one, asked for in another case',
      ASKED.id,
      { ...ASKED, id: ASKED.id.toUpperCase() },
    ],
  ])('passes where %s', (_why, claimed, asked) => {
    expect(() => checkOrganization(tokenFor(claimed), asked, API_KEY)).not.toThrow();
  });

  test.each([
    ['an API key', API_KEY, 'Give the API key a role in that sub-organization.'],
    [
      'a Personal Access Key',
      PERSONAL,
      'Use a Personal Access Key made in the root organization by a member of that sub-organization.',
    ],
  ])('fails where it is another, with the remedy for %s', (_kind, credential, remedy) => {
    expect(failureOf(() => checkOrganization(tokenFor(ROOT), ASKED, credential))).toEqual({
      title: 'The token is for another organization',
      reason: `You asked for the organization "iOS Team" (${ASKED.id}), but the token is for ${ROOT}.`,
      remedy: `${remedy} The token was not exported.`,
    });
  });

  test.each(['', 'null', `${ASKED.id} `, `${ASKED.id},${ROOT}`])(
    'fails where the token tells %j',
    (claimed) => {
      expect(
        failureOf(() =>
          checkOrganization(tokenFor(claimed), { id: ASKED.id, name: undefined }, API_KEY),
        ).reason,
      ).toBe(`You asked for the organization ${ASKED.id}, but the token is for ${claimed}.`);
    },
  );
});

test('an organization is described by its name, where that is known, and its GUID', () => {
  expect(plain(describeOrganization({ id: 'a1', name: 'iOS Team' }))).toBe('"iOS Team" (a1)');
  expect(plain(describeOrganization({ id: 'a1', name: undefined }))).toBe('a1');
});
