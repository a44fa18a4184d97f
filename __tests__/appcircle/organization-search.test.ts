import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AppcircleClient } from '../../src/appcircle/client.ts';
import { findByName } from '../../src/appcircle/organization-search.ts';
import type { Response } from '../../src/http/response.ts';
import { failureFrom } from '../support/failures.ts';
import { GUID, response, TOKEN } from './support.ts';

const PATH = '/identity/v1/organizations';
const LIST_URL = `https://api.acme.example${PATH}`;

const IOS_TEAM = { id: GUID, name: 'iOS Team' };
const UNKNOWN = 'No sub-organization has this name';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly disabled?: boolean;
}

function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function team(number: number, name = `Team ${number}`): Entry {
  return { id: guid(number), name };
}

function teams(count: number): Entry[] {
  return Array.from({ length: count }, (_, index) => team(index + 1));
}

/** What a request asks for: the page of that number, or the list without parameters. */
type Asked = number | 'list';

function readPath(path: string): Asked {
  if (path === PATH) return 'list';
  const [, page] = /^\/identity\/v1\/organizations\?page=(\d+)&perPage=100$/.exec(path) ?? [];
  return Number(page);
}

function json(body: unknown): Response {
  return response(200, body, { url: LIST_URL });
}

function status(code: number): Response {
  return response(code, '', { url: LIST_URL });
}

/** More than any test needs. */
const MOST_REQUESTS = 10_000;

/** A server with a list of organizations, and what it was asked for. */
function server(answer: (asked: Asked) => Response) {
  const asked: Asked[] = [];
  const get = async (path: string, bearer: string) => {
    expect(bearer).toBe(TOKEN.value);
    const one = readPath(path);
    asked.push(one);
    if (asked.length > MOST_REQUESTS) throw new Error('The list is asked for without end.');
    return answer(one);
  };
  return { asked, find: (name: string) => findByName(name, TOKEN, { get } as AppcircleClient) };
}

/** A server that has these entries on its pages, and says more of them. */
function paged(all: readonly unknown[], perPage = 100, more = {}) {
  return server((asked) => {
    const start = asked === 'list' ? 0 : (asked - 1) * perPage;
    return json({ data: all.slice(start, start + perPage), ...more });
  });
}

/** The reason why a server has nothing of that name. */
async function reasonOf(list: ReturnType<typeof server>, name = 'x'): Promise<string> {
  return (await failureFrom(list.find(name))).reason;
}

/** How a server says that it has no such page. */
const NO_PAGE = [
  ['refused with 400', status(400)],
  ['refused with 404', status(404)],
  ['204', status(204)],
  ['empty', json({ data: [] })],
] as const;

describe('the look-up of a name', () => {
  test('finds it on the last page, however many organizations a page has', async () => {
    const count = fc.integer({ min: 1, max: 40 });
    const perPage = fc.integer({ min: 1, max: 15 });
    await fc.assert(
      fc.asyncProperty(count, perPage, fc.nat(60), async (count, perPage, total) => {
        const list = paged(teams(count), perPage, { total, perPage: 100 });
        expect(await list.find(`Team ${count}`)).toEqual(team(count));
        expect(list.asked).toHaveLength(Math.ceil(count / perPage) + 1);
      }),
    );
  });

  test.each([
    ...NO_PAGE,
    ['the first one in another order', json({ data: teams(3).reverse() })],
    ['the same GUID in capitals', json({ data: [{ ...IOS_TEAM, id: GUID.toUpperCase() }] })],
  ])('ends where the second page is %s', async (_what, second) => {
    const list = server((asked) =>
      asked === 2 ? second : json({ data: [...teams(3), IOS_TEAM] }),
    );
    expect(await list.find('iOS Team')).toEqual(IOS_TEAM);
    expect(list.asked).toEqual([1, 2]);
  });

  test.each(NO_PAGE)(
    'asks once more without parameters where the first page is %s',
    async (_what, first) => {
      const list = server((asked) => (asked === 'list' ? json({ data: teams(3) }) : first));
      expect(await list.find('Team 2')).toEqual(team(2));
      expect(list.asked).toEqual([1, 'list']);
    },
  );

  test('asks without parameters where the total says that page 1 was not the first', async () => {
    const list = server((asked) => {
      if (asked === 'list') return json({ data: teams(2) });
      return json({ data: asked === 1 ? teams(4).slice(2) : [], total: 4 });
    });
    expect(await list.find('Team 2')).toEqual(team(2));
    expect(list.asked).toEqual([1, 2, 'list']);
  });
});

describe('a list of organizations', () => {
  test('is read past the entries that are no organization', async () => {
    const other = [null, 1, 'x', [], {}, { id: GUID }, { name: 'x' }, { id: 'x', name: 'x' }];
    const accents = `e${'\u0301'.repeat(31)}`;
    const names = ['', ' ', '\n', null, 1, ['x'], 'x'.repeat(1001), accents];
    const unreadable = names.map((name) => ({ id: GUID, name }));
    const longest = team(1, 'x'.repeat(1000));
    const list = paged([...other, ...unreadable, longest]);
    expect(await list.find(longest.name)).toEqual(longest);
    expect((await failureFrom(list.find(accents))).title).toBe(UNKNOWN);
  });

  test.each([
    '',
    '<html>',
    'null',
    '[]',
    '{}',
    '{"data":{}}',
    '{"data":[null,{}]}',
    `{"data":[{"id":"${GUID}","name":"${'x'.repeat(1001)}"}]}`,
  ])('is not what %j is, on any page', async (text) => {
    for (const page of [1, 3]) {
      const list = server((asked) => json(asked === page ? text : { data: [team(Number(asked))] }));
      expect(await failureFrom(list.find('x'))).toEqual({
        title: 'The organization list could not be read',
        reason: 'api.acme.example answered HTTP 200 without a readable list of organizations.',
        remedy: 'Check api-endpoint, or use the GUID of the sub-organization instead of its name.',
      });
    }
  });

  test.each([201, 400, 404, 418])('is not what %d brings without parameters', async (code) => {
    const list = server((asked) =>
      asked === 'list' ? response(code, '{"data":[]}', { url: LIST_URL }) : status(404),
    );
    expect(await reasonOf(list)).toBe(
      `api.acme.example answered HTTP ${code} without a readable list of organizations.`,
    );
  });

  test('that is denied with 401 asks whether both endpoints are one server’s', async () => {
    const list = server(() => status(401));
    expect(await failureFrom(list.find('x'))).toEqual({
      title: 'Not allowed to list organizations',
      reason:
        "api.acme.example did not accept the token, so the sub-organization's name can't be looked up (HTTP 401).",
      remedy:
        'Check that auth-endpoint and api-endpoint belong to the same server. If they do, use the GUID of the sub-organization instead of its name.',
    });
  });

  test.each([1, 2])('that is denied with 403 on page %d calls for a GUID', async (page) => {
    const list = server((asked) => (asked === page ? status(403) : json({ data: teams(3) })));
    expect(await failureFrom(list.find('x'))).toEqual({
      title: 'Not allowed to list organizations',
      reason: `api.acme.example does not let this key list organizations, so the sub-organization's name can't be looked up (HTTP 403).`,
      remedy:
        'Use the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.',
    });
    expect(list.asked).toHaveLength(page);
  });

  test('that is denied by something in front of the server is blocked', async () => {
    const list = server(() => response(403, '<title>Access denied</title>'));
    expect((await failureFrom(list.find('x'))).title).toBe('The request was blocked');
  });

  test('may have 100,000 organizations, and with one more is taken for endless', async () => {
    const all = teams(100_001);
    const list = paged(all.slice(0, 100_000), 50_000);
    expect((await list.find('Team 100000')).id).toBe(guid(100_000));
    expect(await failureFrom(paged(all, 50_000).find('Team 1'))).toEqual({
      title: 'The organization list could not be read',
      reason: 'The list of organizations has no end: 100001 organizations, and more to come.',
      remedy: 'Use the GUID of the sub-organization instead of its name.',
    });
  });
});

describe('a name', () => {
  test.each([
    ['blanks at its ends', ' iOS Team\t', 'iOS Team'],
    ['repeated and other blanks', 'iOS  \u00a0\u2003\r\nTeam', 'iOS Team'],
    ['composed letters', 'Cafe\u0301', 'Caf\u00e9'],
  ])('is found whatever its %s, and keeps the spelling that was asked for', async (_, a, b) => {
    expect(await paged([team(1, a)]).find(b)).toEqual(team(1, b));
    expect(await paged([team(1, b)]).find(a)).toEqual(team(1, a));
  });

  test.each([
    ['Team 1', 'Team'],
    ['Team 1', 'Team 11'],
    ['Team 1', 'Team1'],
    ['Team 1', guid(1)],
    ['Team 1', 'T\u0435am 1'],
    ['Café', 'Cafe'],
    ['ﬁrm', 'firm'],
    [`${'x'.repeat(300)}y`, `${'x'.repeat(300)}z`],
  ])('of %j is not found as %j', async (listed, asked) => {
    expect(await failureFrom(paged([team(1, listed)]).find(asked))).toEqual({
      title: UNKNOWN,
      reason: `No organization named "${asked}" found. This key can see "${listed}" (${guid(1)}).`,
      remedy: 'Use one of these names, or a GUID, as sub-organization.',
    });
  });

  test.each([
    ['iOS Team', 'ios team'],
    ['Équipe', 'éQUIPE'],
    ['İSTANBUL EKİBİ', 'istanbul ekibi'],
    ['Isparta', 'ısparta'],
  ])('that is %j is meant by %j', async (listed, asked) => {
    const list = paged([...teams(5000), team(5001, listed)], 1000);
    expect(await failureFrom(list.find(asked))).toEqual({
      title: UNKNOWN,
      reason: `No organization named "${asked}" found. Did you mean "${listed}" (${guid(5001)})?`,
      remedy: 'Use that name or GUID as sub-organization: names are case-sensitive.',
    });
  });

  test('that differs by its capitals from several is meant for any of them', async () => {
    const disabled = { ...team(3, 'IOS TEAM'), disabled: true };
    const enabled = { ...team(4, 'iOS team'), disabled: 'no' };
    const list = paged([team(1, 'iOS Team'), team(2), disabled, enabled]);
    expect(await reasonOf(list, 'ios team')).toContain(
      `Did you mean "iOS Team" (${guid(1)}), "IOS TEAM" (${guid(3)}, disabled), "iOS team" (${guid(4)})?`,
    );
  });

  test.each([
    ['iOS\u200b Team', 'iOS Team'],
    ['iOS Team', 'iOS Team\u2069'],
  ])('of %j is not found as %j, which differs by invisible characters', async (listed, asked) => {
    expect(await failureFrom(paged([team(1, listed), team(2)]).find(asked))).toEqual({
      title: UNKNOWN,
      reason: `No organization named "${asked}" found. Only invisible characters differ in "${listed}" (${guid(1)}).`,
      remedy: 'Use the GUID as sub-organization, or retype the name.',
    });
  });

  test('that is found wins over one that differs by capitals or invisible characters', async () => {
    const list = paged([team(1, 'ios team'), team(2, 'iOS Team'), team(3, 'iOS\u200b Team')]);
    expect(await list.find('iOS Team')).toEqual(team(2, 'iOS Team'));
  });

  test('that two organizations have is rejected with both GUIDs, and neither is taken', async () => {
    const disabled = { ...team(4, 'iOS  Team'), disabled: true };
    const list = paged([team(1, 'iOS Team'), team(2), team(3, 'ios team'), disabled], 2);
    expect(await failureFrom(list.find('iOS Team'))).toEqual({
      title: 'Several sub-organizations have this name',
      reason: `2 organizations are named "iOS Team": ${guid(1)}, ${guid(4)} (disabled).`,
      remedy: 'Use the GUID of the right one as sub-organization.',
    });
  });
});

describe('the list in an error', () => {
  test.each([
    [20, ''],
    [21, ', and 1 more'],
  ])('of %d organizations names twenty', async (count, others) => {
    const reason = await reasonOf(paged(teams(count)));
    const twenty = teams(20).map(({ id, name }) => `"${name}" (${id})`);
    expect(reason).toBe(
      `No organization named "x" found. This key can see ${twenty.join(', ')}${others}.`,
    );
  });

  test.each([
    [4, ' The server says that there are 4, and listed 3 that can be read.'],
    ['4', ' The server says that there are 4, and listed 3 that can be read.'],
    [3, ''],
    [-1, ''],
    ['many', ''],
  ])('after a total of %j says ahead of it %j', async (total, said) => {
    const reason = await reasonOf(paged(teams(3), 2, { total }));
    expect(reason).toContain(`"x" found.${said} This key can see "Team 1" (`);
  });

  test('that is empty says how many there should be', async () => {
    const list = paged([], 100, { total: 4 });
    expect(await failureFrom(list.find('x'))).toEqual({
      title: UNKNOWN,
      reason:
        'No organization named "x" found. The server says that there are 4, and listed 0 that can be read. This key has no access to any organization.',
      remedy: 'Give the key a role in the sub-organization.',
    });
    expect(list.asked).toEqual([1, 'list']);
  });
});
