import { describe, expect, test } from '@jest/globals';
import type { AppcircleClient } from '../../src/appcircle/client.ts';
import type { Credential } from '../../src/appcircle/credentials.ts';
import { exchange, tokenRequests } from '../../src/appcircle/exchange.ts';
import type { Organization } from '../../src/appcircle/organizations.ts';
import type { Response } from '../../src/http/response.ts';
import { VirtualClock } from '../support/clock.ts';
import { testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { API_KEY, GUID, NOW, PERSONAL, response } from './support.ts';

const IOS_TEAM: Organization = { id: GUID, name: 'iOS Team' };
const V3 = 'personalAccessKey=pak_1234567&scope=openid%2Cprofile%2Cemail';
const V2 = 'pat=pak_1234567&scope=openid%2Cprofile%2Cemail';

describe('the requests', () => {
  /** Each form as it goes over the wire. */
  function requestsFor(credential: Credential, organizationId?: string) {
    return tokenRequests(credential, organizationId).map(({ path, form }) => [
      path,
      form.toString(),
    ]);
  }

  test('of an API key have one path', () => {
    const form = 'name=github-actions&secret=sk_1234567';
    expect(requestsFor(API_KEY)).toEqual([['/auth/v1/api-key/token', form]]);
    expect(requestsFor(API_KEY, GUID)).toEqual([
      ['/auth/v1/api-key/token', `${form}&organizationId=${GUID}`],
    ]);
  });

  test('of a Personal Access Key have three paths, the newest first', () => {
    expect(requestsFor(PERSONAL)).toEqual([
      ['/auth/v3/token', V3],
      ['/auth/v2/token', V2],
      ['/auth/v1/token', 'pat=pak_1234567'],
    ]);
  });

  test('of a Personal Access Key have two paths that can name a sub-organization', () => {
    expect(requestsFor(PERSONAL, GUID)).toEqual([
      ['/auth/v3/token', `${V3}&subOrganization=${GUID}`],
      ['/auth/v2/token', `${V2}&subOrganization=${GUID}&subOrganizationId=${GUID}`],
    ]);
  });

  test('have name and secret in ASCII without white space, whatever they hold', () => {
    const odd = { type: 'api-key', name: 'R&D +1', secret: '%\u00e9\n=\uD800' } as const;
    expect(requestsFor(odd)).toEqual([
      ['/auth/v1/api-key/token', 'name=R%26D+%2B1&secret=%25%C3%A9%0A%3D%EF%BF%BD'],
    ]);
  });
});

/** A server that gives these responses one after the other, and what it was asked. */
function server(...responses: Response[]) {
  const asked: string[] = [];
  const post = async (path: string, form: URLSearchParams) => {
    asked.push(`${path}?${form}`);
    const next = responses.shift();
    if (!next) throw new Error('No other request was expected.');
    return next;
  };
  const context = testContext({ clock: new VirtualClock(NOW) });
  return {
    asked,
    lines: context.log.lines,
    exchange: (credential: Credential, organization?: Organization) =>
      exchange(credential, organization, { post } as AppcircleClient, context),
  };
}

const ANSWER = { access_token: 'a-token-1', expires_in: 60 };
const TOKEN = response(200, ANSWER);

describe('an exchange', () => {
  test('takes one request, and counts the time from the answer', async () => {
    const { asked, lines, exchange } = server(TOKEN);
    expect(await exchange(API_KEY, IOS_TEAM)).toMatchObject({
      value: 'a-token-1',
      expiresAt: NOW + 60_000,
    });
    expect(asked).toEqual([
      `/auth/v1/api-key/token?name=github-actions&secret=sk_1234567&organizationId=${GUID}`,
    ]);
    expect(lines).toEqual([]);
  });

  test('takes a token that an error stands beside', async () => {
    const { exchange } = server(response(201, { ...ANSWER, error: 'x' }));
    expect((await exchange(API_KEY)).value).toBe('a-token-1');
  });

  test.each(['invalid_grant', { code: 'invalid_grant' }])(
    'fails with 200 and the error %j',
    async (error) => {
      const { exchange } = server(response(200, { access_token: null, error }));
      expect((await failureFrom(exchange(API_KEY))).title).toBe('Appcircle did not accept the key');
    },
  );

  test.each([null, ' ', {}, [], 0])('takes an error of %j for none', async (error) => {
    const { exchange } = server(response(200, { error }));
    expect((await failureFrom(exchange(API_KEY))).title).toBe('The answer is not a token');
  });
});

describe('an older server', () => {
  test('that lacks the newest path is asked on the one before', async () => {
    const { asked, lines, exchange } = server(response(404), TOKEN);
    expect((await exchange(PERSONAL)).value).toBe('a-token-1');
    expect(asked).toEqual([`/auth/v3/token?${V3}`, `/auth/v2/token?${V2}`]);
    expect(lines).toEqual([
      'auth.acme.example is an older server: /auth/v2/token answered, /auth/v3/token is missing.',
    ]);
  });

  test('that lacks both is asked on the oldest', async () => {
    const { asked, lines, exchange } = server(response(405), response(404), TOKEN);
    expect((await exchange(PERSONAL)).value).toBe('a-token-1');
    expect(asked).toHaveLength(3);
    expect(lines).toEqual([
      'auth.acme.example is an older server: /auth/v1/token answered, /auth/v3/token is missing.',
    ]);
  });

  test('that lacks all of them is no token service', async () => {
    const { exchange } = server(response(404), response(404), response(405));
    const { title, reason } = await failureFrom(exchange(PERSONAL));
    expect(title).toBe('No token service at this address');
    expect(reason).toContain('(HTTP 405)');
  });

  test("that lacks v3 and v2 is not asked on v1, which can't name a sub-organization", async () => {
    const { asked, exchange } = server(response(404), response(405));
    expect(await failureFrom(exchange(PERSONAL, IOS_TEAM))).toEqual({
      title: 'The server is too old for sub-organizations',
      reason:
        "auth.acme.example has neither /auth/v3/token nor /auth/v2/token (HTTP 405), and older paths can't name a sub-organization.",
      remedy:
        'Check auth-endpoint. If it is right, update the server, or leave sub-organization out and use a key made in that sub-organization.',
    });
    expect(asked).toHaveLength(2);
  });

  test.each([200, 400, 401, 403, 410])('is not what %d tells of', async (status) => {
    const { asked, exchange } = server(response(status));
    await failureFrom(exchange(PERSONAL));
    expect(asked).toHaveLength(1);
  });

  test('whose token does not name its organization may have ignored the one asked for', async () => {
    const { lines, exchange } = server(response(404), TOKEN);
    const { title } = await failureFrom(exchange(PERSONAL, IOS_TEAM));
    expect(title).toBe('The organization could not be checked');
    expect(lines).toHaveLength(1);
  });

  test('that rejects the key on the path before is not asked further', async () => {
    const notFound = response(404, 'The key was not found');
    const { asked, exchange } = server(response(404), notFound);
    const { title } = await failureFrom(exchange(PERSONAL));
    expect(title).toBe('Appcircle did not accept the key');
    expect(asked).toHaveLength(2);
  });
});
