import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AppcircleClient } from '../../src/appcircle/client.ts';
import { findByName } from '../../src/appcircle/organization-search.ts';
import type { Response } from '../../src/http/response.ts';
import { anyCharacter } from '../support/any-character.ts';
import { testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { GUID, response, TOKEN } from './support.ts';

const PATH = '/identity/v1/organizations';
const LIST_URL = `https://api.acme.example${PATH}`;
const ENGLAND = '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';
const SCOTLAND = '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}';

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

/** A server with a list of organizations, and what it was asked for. */
function server(answer: (asked: Asked) => Response) {
  const asked: Asked[] = [];
  const get = async (path: string, bearer: string) => {
    expect(bearer).toBe(TOKEN.value);
    const one = readPath(path);
    asked.push(one);
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

describe('the look-up of a name', () => {
  test('reads page after page until one brings nothing new', async () => {
    const list = paged(teams(250));
    expect(await list.find('Team 1')).toEqual(team(1));
    expect(list.asked).toEqual([1, 2, 3, 4]);
  });

  test('finds a name on the last page, however many organizations a page has', async () => {
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
    ['is refused with 400', status(400)],
    ['is refused with 404', status(404)],
    ['is 204', status(204)],
    ['is empty', json({ data: [] })],
    ['is the first one again', json({ data: teams(3) })],
    ['is the first one in another order', json({ data: teams(3).reverse() })],
    [
      'has the same GUIDs in capitals',
      json({ data: [{ id: GUID.toUpperCase(), name: 'iOS Team' }] }),
    ],
  ])('ends where the second page %s', async (_what, second) => {
    const list = server((asked) =>
      asked === 2 ? second : json({ data: [...teams(3), { id: GUID, name: 'iOS Team' }] }),
    );
    expect(await list.find('iOS Team')).toEqual({ id: GUID, name: 'iOS Team' });
    expect(list.asked).toEqual([1, 2]);
  });

  test.each([
    ['refused with 400', status(400)],
    ['refused with 404', status(404)],
    ['204', status(204)],
    ['empty', json({ data: [] })],
  ])('asks once more without parameters where the first page is %s', async (_what, first) => {
    const list = server((asked) => (asked === 'list' ? json({ data: teams(3) }) : first));
    expect(await list.find('Team 2')).toEqual(team(2));
    expect(list.asked).toEqual([1, 'list']);
  });

  test('asks without parameters where the total says that page 1 was not the first', async () => {
    const list = server((asked) => {
      if (asked === 'list') return json({ data: teams(2) });
      return json({ data: asked === 1 ? teams(4).slice(2) : [], total: 4 });
    });
    expect(await list.find('Team 2')).toEqual(team(2));
    expect(list.asked).toEqual([1, 2, 'list']);
  });

  test('says that there are no organizations where neither request brings one', async () => {
    const list = paged([]);
    expect(await failureFrom(list.find('x'))).toEqual({
      title: 'No sub-organization has this name',
      reason: 'No organization named "x" found. This key has no access to any organization.',
      remedy: 'Give the key a role in the sub-organization.',
    });
    expect(list.asked).toEqual([1, 'list']);
  });

  test('passes on the error of a request', async () => {
    const list = server(() => {
      throw new Error('no answer');
    });
    await expect(list.find('x')).rejects.toThrow('no answer');
  });
});

describe('a list of organizations', () => {
  const UNREADABLE = {
    title: 'The organization list could not be read',
    remedy: 'Check api-endpoint, or use the GUID of the sub-organization instead of its name.',
  };

  test('is read past the entries that are no organization', async () => {
    const other = [null, 1, 'x', [], {}, { id: GUID }, { name: 'x' }, { id: 'x', name: 'x' }];
    const names = ['', ' ', '\n', null, 1, ['x'], 'x'.repeat(1001)];
    const unreadable = names.map((name) => ({ id: GUID, name }));
    const list = paged([...other, ...unreadable, team(1)]);
    expect(await list.find('Team 1')).toEqual(team(1));
  });

  test('may have a name of 1,000 characters', async () => {
    const name = 'x'.repeat(1000);
    expect(await paged([team(1, name)]).find(name)).toEqual(team(1, name));
  });

  test.each([
    '',
    '<html>',
    'null',
    '[]',
    '{}',
    '{"data":null}',
    '{"data":{}}',
    '{"data":[',
    '{"data":[null,{}]}',
    `{"data":[{"id":"${GUID}","name":"${'x'.repeat(1001)}"}]}`,
  ])('is not what %j is, on any page', async (text) => {
    for (const page of [1, 3]) {
      const list = server((asked) => json(asked === page ? text : { data: [team(Number(asked))] }));
      expect(await failureFrom(list.find('x'))).toEqual({
        ...UNREADABLE,
        reason: 'api.acme.example answered HTTP 200 without a readable list of organizations.',
      });
    }
  });

  test.each([201, 400, 404, 418])('is not what %d brings without parameters', async (code) => {
    const list = server((asked) => status(asked === 'list' ? code : 404));
    expect(await failureFrom(list.find('x'))).toEqual({
      ...UNREADABLE,
      reason: `api.acme.example answered HTTP ${code} without a readable list of organizations.`,
    });
  });

  test('that is denied with 401 asks whether both endpoints are one server’s', async () => {
    const body = { error: 'invalid_token', error_description: 'Unknown issuer' };
    const list = server(() => response(401, body, { url: LIST_URL }));
    expect(await failureFrom(list.find('x'))).toEqual({
      title: 'Not allowed to list organizations',
      reason:
        'api.acme.example did not accept the token, so the sub-organization\'s name can\'t be looked up (HTTP 401). The server says: "invalid_token: Unknown issuer".',
      remedy:
        'Check that auth-endpoint and api-endpoint belong to the same server. If they do, use the GUID of the sub-organization instead of its name.',
    });
  });

  test('that is denied by something in front of the server is blocked', async () => {
    const list = server(() => response(403, '<title>Access denied</title>'));
    expect((await failureFrom(list.find('x'))).title).toBe('The request was blocked');
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

  test('may have 100,000 organizations', async () => {
    const list = paged(teams(100_000), 50_000);
    expect((await list.find('Team 100000')).id).toBe(guid(100_000));
  });

  test('of more than 100,000 organizations is taken for endless', async () => {
    const list = paged(teams(100_001), 50_000);
    expect(await failureFrom(list.find('Team 1'))).toEqual({
      title: 'The organization list could not be read',
      reason: 'The list of organizations has no end: 100001 organizations, and more to come.',
      remedy: 'Use the GUID of the sub-organization instead of its name.',
    });
  });

  test('is read or rejected, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ stringUnit: anyCharacter }), async (text) => {
        for (const body of [text, `{"data":[${text}]}`]) {
          const { title } = await failureFrom(server(() => json(body)).find('x'));
          expect(title).toMatch(/^No sub-organization has this name$|could not be read$/);
        }
      }),
    );
  });
});

describe('a name', () => {
  test.each([
    ['blanks at its ends', ' iOS Team\t', 'iOS Team'],
    ['repeated blanks', 'iOS  \u00a0 Team', 'iOS Team'],
    ['other blanks', 'iOS\u2003Team', 'iOS Team'],
    ['line breaks', 'iOS\r\nTeam', 'iOS Team'],
    ['composed letters', 'Cafe\u0301', 'Caf\u00e9'],
  ])(
    'is found whatever its %s, and keeps the spelling that was asked for',
    async (_, one, other) => {
      for (const [listed, asked] of [
        [one, other],
        [other, one],
      ] as const)
        expect(await paged([team(1, listed)]).find(asked)).toEqual(team(1, asked));
    },
  );

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
      title: 'No sub-organization has this name',
      reason: `No organization named "${asked}" found. This key can see "${listed}" (${guid(1)}).`,
      remedy: 'Use one of these names, or a GUID, as sub-organization.',
    });
  });

  test('with the flag of England is not the one with the flag of Scotland', async () => {
    const list = paged([team(1, ENGLAND), team(2, SCOTLAND)]);
    expect(await list.find(ENGLAND)).toEqual(team(1, ENGLAND));
    expect(await list.find(SCOTLAND)).toEqual(team(2, SCOTLAND));
  });

  test.each([
    ['iOS Team', 'ios team'],
    ['Équipe', 'éQUIPE'],
    ['İSTANBUL EKİBİ', 'istanbul ekibi'],
    ['Isparta', 'ısparta'],
  ])('that is %j is meant by %j', async (listed, asked) => {
    const list = paged([...teams(5000), team(5001, listed)], 1000);
    expect(await failureFrom(list.find(asked))).toEqual({
      title: 'No sub-organization has this name',
      reason: `No organization named "${asked}" found. Did you mean "${listed}" (${guid(5001)})?`,
      remedy: 'Use that name or GUID as sub-organization: names are case-sensitive.',
    });
  });

  test('that differs by its capitals from several is meant for any of them', async () => {
    const list = paged([team(1, 'iOS Team'), team(2), { ...team(3, 'IOS TEAM'), disabled: true }]);
    expect((await failureFrom(list.find('ios team'))).reason).toBe(
      `No organization named "ios team" found. Did you mean "iOS Team" (${guid(1)}) or "IOS TEAM" (${guid(3)}, disabled)?`,
    );
  });

  test.each([
    ['iOS\u200b Team', 'iOS Team'],
    ['iOS Team', 'iOS Team\u2069'],
  ])('of %j is not found as %j, which differs by invisible characters', async (listed, asked) => {
    expect(await failureFrom(paged([team(1, listed), team(2)]).find(asked))).toEqual({
      title: 'No sub-organization has this name',
      reason: `No organization named "${asked}" found. There is "${listed}" (${guid(1)}), which differs only in invisible characters.`,
      remedy: 'Use the GUID as sub-organization, or retype the name.',
    });
  });

  test('that is found wins over one that differs by capitals or invisible characters', async () => {
    const list = paged([team(1, 'ios team'), team(2, 'iOS Team'), team(3, 'iOS\u200b Team')]);
    expect(await list.find('iOS Team')).toEqual(team(2, 'iOS Team'));
  });

  test('of several organizations is rejected with their GUIDs', async () => {
    const disabled = { ...team(4, 'iOS  Team'), disabled: true };
    const list = paged([team(1, 'iOS Team'), team(2), team(3, 'ios team'), disabled], 2);
    expect(await failureFrom(list.find('iOS Team'))).toEqual({
      title: 'Several sub-organizations have this name',
      reason: `2 organizations are named "iOS Team": ${guid(1)}, ${guid(4)} (disabled).`,
      remedy: 'Use the GUID of the right one as sub-organization.',
    });
  });

  test('of 100,000 organizations is rejected with twenty GUIDs and their number', async () => {
    const all = teams(100_000).map(({ id }) => ({ id, name: 'iOS Team' }));
    const { reason } = await failureFrom(paged(all, 10_000).find('iOS Team'));
    const ids = teams(20).map(({ id }) => id);
    expect(reason).toBe(
      `100000 organizations are named "iOS Team": ${ids.join(', ')}, and 99980 more.`,
    );
  });
});

describe('the list in an error', () => {
  test.each([
    [20, ''],
    [21, ', and 1 more'],
    [5000, ', and 4980 more'],
  ])('of %d organizations names twenty', async (count, others) => {
    const { reason } = await failureFrom(paged(teams(count)).find('x'));
    const twenty = teams(20).map(({ id, name }) => `"${name}" (${id})`);
    expect(reason).toBe(
      `No organization named "x" found. This key can see ${twenty.join(', ')}${others}.`,
    );
  });

  test('says which organizations are disabled', async () => {
    const list = paged([
      { ...team(1), disabled: true },
      { ...team(2), disabled: 'no' },
    ]);
    expect((await failureFrom(list.find('x'))).reason).toBe(
      `No organization named "x" found. This key can see "Team 1" (${guid(1)}, disabled), "Team 2" (${guid(2)}).`,
    );
  });

  test.each([
    [4, ' The server says that there are 4, and listed 3 that can be read.'],
    ['4', ' The server says that there are 4, and listed 3 that can be read.'],
    [3, ''],
    [2, ''],
    [-1, ''],
    ['many', ''],
  ])('after a total of %j says ahead of it %j', async (total, said) => {
    const { reason } = await failureFrom(paged(teams(3), 2, { total }).find('x'));
    expect(reason).toBe(
      `No organization named "x" found.${said} This key can see "Team 1" (${guid(1)}), "Team 2" (${guid(2)}), "Team 3" (${guid(3)}).`,
    );
  });

  test('that is empty says how many there should be', async () => {
    expect((await failureFrom(paged([], 100, { total: 4 }).find('x'))).reason).toBe(
      'No organization named "x" found. The server says that there are 4, and listed 0 that can be read. This key has no access to any organization.',
    );
  });

  test('shows words alone, and no secret', async () => {
    const { secrets } = testContext({ secrets: ['sk_1234567'] });
    const names = ['##[error]\u001b[31m', 'sk_1234567', 'R&D eyJhbGciOiJSUzI1NiIsInR5cCI6'];
    const list = paged(names.map((name, index) => team(index + 1, name)));
    const { reason } = await failureFrom(list.find('::error::\n'), (text) => secrets.show(text));
    expect(reason).toBe(
      `No organization named ": :error::" found. This key can see "## [error]" (${guid(1)}), "***" (${guid(2)}), "R&D …" (${guid(3)}).`,
    );
  });
});
