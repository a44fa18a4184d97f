import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AppcircleClient } from '../../src/appcircle/client.ts';
import type { Credential } from '../../src/appcircle/credentials.ts';
import { exchange, tokenRequests } from '../../src/appcircle/exchange.ts';
import type { Organization } from '../../src/appcircle/organizations.ts';
import type { Response } from '../../src/http/response.ts';
import { anyCharacter } from '../support/any-character.ts';
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
    expect(requestsFor(API_KEY)).toEqual([
      ['/auth/v1/api-key/token', 'name=github-actions&secret=sk_1234567'],
    ]);
    expect(requestsFor(API_KEY, GUID)).toEqual([
      ['/auth/v1/api-key/token', `name=github-actions&secret=sk_1234567&organizationId=${GUID}`],
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

  /** Decodes a form as a server does that has nothing of ours: application/x-www-form-urlencoded, by hand. */
  function decode(form: string): [string, string][] {
    const text = (encoded: string) => decodeURIComponent(encoded.replaceAll('+', ' '));
    return form.split('&').map((field) => {
      const [name = '', value = ''] = field.split('=');
      return [text(name), text(value)];
    });
  }

  test('give back name and secret, whatever they hold, in ASCII without white space', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        fc.string({ unit: anyCharacter }),
        (name, secret) => {
          const form = tokenRequests({ type: 'api-key', name, secret }, GUID)[0].form.toString();
          expect(form).toMatch(/^[\w.*%+=&-]+$/);
          expect(decode(form)).toEqual([
            ['name', name],
            ['secret', secret],
            ['organizationId', GUID],
          ]);
        },
      ),
    );
  });

  test('have the replacement character for half of a character pair, which no encoding can carry', () => {
    const form =
      tokenRequests(
        { type: 'personal-access-key', key: 'a\uD800b' },
        undefined,
      )[2]?.form.toString() ?? '';
    expect(decode(form)).toEqual([['pat', 'a\uFFFDb']]);
  });
});

/** A server that gives these responses one after the other, and what it was asked. */
function server(...responses: Response[]) {
  const asked: [string, string][] = [];
  const post = async (path: string, form: URLSearchParams) => {
    asked.push([path, form.toString()]);
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

const TOKEN = response(200, { access_token: 'a-token-1', token_type: 'Bearer', expires_in: 60 });

describe('an exchange', () => {
  test('takes one request, and counts the time from the answer', async () => {
    const { asked, lines, exchange } = server(TOKEN);
    expect(await exchange(API_KEY)).toEqual({
      value: 'a-token-1',
      expiresAt: NOW + 60_000,
      receivedAt: NOW,
      serverTime: NOW,
      organization: undefined,
      organizationId: undefined,
    });
    expect(asked).toEqual([['/auth/v1/api-key/token', 'name=github-actions&secret=sk_1234567']]);
    expect(lines).toEqual([]);
  });

  test('takes any 2xx with a token, and no 200 with an error', async () => {
    const created = { ...TOKEN, status: 201 };
    expect((await server(created).exchange(API_KEY)).value).toBe('a-token-1');
    const refused = server(response(200, { error: 'invalid_grant' })).exchange(API_KEY);
    expect((await failureFrom(refused)).title).toBe('Appcircle did not accept the key');
    const both = response(200, { error: 'x', access_token: 'a-token-1' });
    expect((await server(both).exchange(API_KEY)).value).toBe('a-token-1');
  });

  test.each([[''], [' '], [{}], [[]], [null], [true], [0]])(
    'an error of %j is none',
    async (error) => {
      const { reason } = await failureFrom(server(response(200, { error })).exchange(API_KEY));
      expect(reason).toBe('auth.acme.example answered HTTP 200 without an access_token.');
    },
  );

  test('fails where the token is for another organization', async () => {
    const claims = Buffer.from('{"currentOrganizationId":"other"}').toString('base64url');
    const other = response(200, { access_token: `e30.${claims}.c2ln` });
    const { title } = await failureFrom(server(other).exchange(API_KEY, IOS_TEAM));
    expect(title).toBe('The token is for another organization');
  });

  test('names the sub-organization', async () => {
    const { asked, exchange } = server(TOKEN);
    await exchange(API_KEY, IOS_TEAM);
    expect(asked[0]?.[1]).toBe(`name=github-actions&secret=sk_1234567&organizationId=${GUID}`);
  });
});

describe('an older server', () => {
  test('that lacks the newest path is asked on the one before', async () => {
    const { asked, lines, exchange } = server(response(404), TOKEN);
    expect((await exchange(PERSONAL)).value).toBe('a-token-1');
    expect(asked).toEqual([
      ['/auth/v3/token', V3],
      ['/auth/v2/token', V2],
    ]);
    expect(lines).toEqual([
      'auth.acme.example is an older server: /auth/v2/token answered, /auth/v3/token is missing.',
    ]);
  });

  test('that lacks both is asked on the oldest', async () => {
    const { asked, lines, exchange } = server(response(405), response(404), TOKEN);
    expect((await exchange(PERSONAL)).value).toBe('a-token-1');
    expect(asked.map(([path]) => path)).toEqual([
      '/auth/v3/token',
      '/auth/v2/token',
      '/auth/v1/token',
    ]);
    expect(lines).toEqual([
      'auth.acme.example is an older server: /auth/v1/token answered, /auth/v3/token is missing.',
    ]);
  });

  test('that lacks all of them is no token service', async () => {
    const { exchange } = server(response(404), response(404), response(405));
    const { title, reason } = await failureFrom(exchange(PERSONAL));
    expect([title, reason]).toEqual([
      'No token service at this address',
      'auth.acme.example has no token service for Personal Access Keys (HTTP 405).',
    ]);
  });

  test("that can't name a sub-organization is not asked on the oldest path", async () => {
    const { asked, exchange } = server(response(404), response(405));
    expect(await failureFrom(exchange(PERSONAL, IOS_TEAM))).toEqual({
      title: 'The server is too old for sub-organizations',
      reason:
        "auth.acme.example has neither /auth/v3/token nor /auth/v2/token (HTTP 405), and older paths can't name a sub-organization.",
      remedy:
        'Check auth-endpoint. If it is right, update the server, or leave sub-organization out and use a key made in that sub-organization.',
    });
    expect(asked).toEqual([
      ['/auth/v3/token', `${V3}&subOrganization=${GUID}`],
      ['/auth/v2/token', `${V2}&subOrganization=${GUID}&subOrganizationId=${GUID}`],
    ]);
  });

  test.each([200, 201, 204, 400, 401, 403, 406, 409, 410, 422])(
    'is not what %d tells of',
    async (status) => {
      const { asked, exchange } = server(response(status));
      const { title } = await failureFrom(exchange(PERSONAL));
      expect(title).not.toBe('No token service at this address');
      expect(asked).toHaveLength(1);
    },
  );

  test('is not what a 404 tells of a key that is not there', async () => {
    const { asked, exchange } = server(response(404, { message: 'The key was not found' }));
    const { title } = await failureFrom(exchange(PERSONAL));
    expect(title).toBe('Appcircle did not accept the key');
    expect(asked).toHaveLength(1);
  });

  test('whose token does not name its organization may have ignored the one asked for', async () => {
    const { lines, exchange } = server(response(404), TOKEN);
    const { title } = await failureFrom(exchange(PERSONAL, IOS_TEAM));
    expect(title).toBe('The organization could not be checked');
    expect(lines).toHaveLength(1);
  });

  test('that rejects the key on the path before is not asked further', async () => {
    const { asked, exchange } = server(response(404), response(401));
    const { title } = await failureFrom(exchange(PERSONAL, IOS_TEAM));
    expect(title).toBe('Appcircle did not accept the key');
    expect(asked).toHaveLength(2);
  });

  test('has no other path for API keys', async () => {
    const { exchange } = server(response(404));
    const { title } = await failureFrom(exchange(API_KEY, IOS_TEAM));
    expect(title).toBe('No token service at this address');
  });
});
