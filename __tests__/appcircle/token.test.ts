import { describe, expect, test } from '@jest/globals';
import { maskTokens, readToken } from '../../src/appcircle/token.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failures.ts';
import { GUID, NOW, response, TOKEN } from './support.ts';

const END = Date.parse('2026-11-30T09:30:15Z');
const DAY = 86_400_000;
const ANSWER = { access_token: 'a-token-1' };
const OPAQUE = { ...TOKEN, value: 'a-token-1' };

function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

function parse(answer: unknown, date = NOW) {
  return readToken(response(200, answer, { date }), NOW);
}

function claiming(claims: unknown, date = NOW) {
  return parse({ access_token: jwt(claims) }, date);
}

/** What is wrong with a response. */
function wrong(status: number, body: unknown, headers = {}): string {
  const { title, reason, remedy } = failureOf(() =>
    readToken(response(status, body, { headers }), NOW),
  );
  expect([title, remedy]).toEqual([
    'The answer is not a token',
    'Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.',
  ]);
  return reason.replace(`auth.acme.example answered HTTP ${status} `, '');
}

describe('the response', () => {
  test('may be any 2xx, of any type and encoded as itself', () => {
    const headers = { 'content-type': 'image/png', 'content-encoding': 'Identity' };
    for (const status of [200, 299])
      expect(readToken(response(status, ANSWER, { headers }), NOW)).toEqual(OPAQUE);
  });

  test.each([0, 199, 300, 304])('is no token with the status %d', (status) => {
    expect(wrong(status, ANSWER)).toBe('without a token.');
  });

  test.each(['gzip', 'br', 'IDENTITY, gzip'])('is no token in the encoding %s', (encoding) => {
    expect(wrong(200, ANSWER, { 'content-encoding': encoding })).toBe(
      'in an encoding that was not asked for.',
    );
  });

  test.each(['', 'null', '[]', '"access_token"', '<html>'])('is no token as %j', (text) => {
    expect(wrong(200, text)).toBe('with something other than a JSON object.');
  });
});

describe('the token itself', () => {
  test('tells all that it claims, as a JSON Web Token', () => {
    const token = jwt({ exp: END / 1000, currentOrganizationId: GUID });
    expect(parse({ access_token: token, token_type: 'Bearer' })).toEqual({
      value: token,
      expiresAt: END,
      receivedAt: NOW,
      serverTime: NOW,
      organization: new Foreign(GUID),
      organizationId: GUID,
    });
  });

  test.each(['bearer', 'BEARER', null])('may be of the type %j', (token_type) => {
    expect(parse({ ...ANSWER, token_type })).toEqual(OPAQUE);
  });

  test.each(['MAC', 'Bearer ', 'xBearer', '', 1, ['Bearer']])(
    'may not be of the type %j',
    (token_type) => {
      expect(wrong(200, { ...ANSWER, token_type })).toBe('with a token_type other than Bearer.');
    },
  );

  test.each([{}, { access_token: null }, { Access_Token: 'a-token-1' }])(
    'is missing in %j',
    (answer) => {
      expect(wrong(201, answer)).toBe('without an access_token.');
    },
  );

  test.each([1, true, {}, ['a-token-1']])('is not %j', (access_token) => {
    expect(wrong(200, { access_token })).toBe('with an access_token that is not text.');
  });

  test.each(['', '0', 'a b', 'abcdefg'])('is longer than %j', (access_token) => {
    expect(wrong(200, { access_token })).toBe('with an access_token of fewer than 8 characters.');
  });

  test.each([
    ' a-token-1',
    'a token-1',
    'a-token-1\n',
    'a-token-1\nNODE_OPTIONS=x',
    'a-token-1\0',
    'a-token-1"',
    'a-token-1%',
    'a-token-1:',
    'ä-token-1',
    'a-token-1\u200b',
    'a=token-1',
    '========',
  ])('has not the characters of %j', (access_token) => {
    expect(wrong(200, { access_token })).toBe(
      'with an access_token that has characters no bearer token has.',
    );
  });

  test.each(['abcdefgh', 'A-Z.a_z~0+9/', 'abcdef=='])('may be %j', (access_token) => {
    expect(parse({ access_token }).value).toBe(access_token);
  });

  test('may be as long as an environment variable, and no longer', () => {
    expect(parse({ access_token: 'a'.repeat(32_000) }).value).toHaveLength(32_000);
    expect(wrong(200, { access_token: 'a'.repeat(32_001) })).toBe(
      'with an access_token of 32001 characters, too long for an environment variable.',
    );
  });
});

describe('the end of a token', () => {
  test.each([
    [14_400, NOW + 14_400_000],
    ['0.5', NOW + 500],
  ])('counts from now for expires_in %j, whatever the claim exp says', (expires_in, instant) => {
    const answer = { access_token: jwt({ exp: 1 }), expires_in };
    expect(parse(answer, END + DAY).expiresAt).toBe(instant);
  });

  test.each([null, 'soon', 1e300])('is what the claim exp says for expires_in %j', (expires_in) => {
    const answer = { access_token: jwt({ exp: `${END / 1000}.0` }), expires_in };
    expect(parse(answer).expiresAt).toBe(END);
  });

  test.each([0, -5, 'never', 1e15])('is not known from a claim exp of %j', (exp) => {
    expect(claiming({ exp }).expiresAt).toBeUndefined();
  });

  test('by the claim exp is told by the clock of this runner, wherever that stands', () => {
    const answer = response(200, { access_token: jwt({ exp: END / 1000 }) }, { date: END - 1 });
    for (const now of [END - 4 * DAY, END + 4 * DAY])
      expect(readToken(answer, now)).toMatchObject({
        expiresAt: now + 1,
        receivedAt: now,
        serverTime: END - 1,
      });
  });

  test('is not told by a clock that stands in 1970', () => {
    const answer = response(200, { ...ANSWER, expires_in: 60 });
    expect(readToken(answer, 5000).expiresAt).toBeUndefined();
  });
});

describe('a token that has expired is rejected', () => {
  const EXPIRED = {
    title: 'The token has already expired',
    reason: 'auth.acme.example answered HTTP 200 with a token that has already expired.',
    remedy:
      'Check the clocks of the server and of this runner, then run the job again. The token was not exported.',
  };

  test.each([0, '-0.5', -1e300])('by expires_in %j, whatever exp says', (expires_in) => {
    const answer = { access_token: jwt({ exp: END / 1000 }), expires_in };
    expect(failureOf(() => parse(answer))).toEqual(EXPIRED);
  });

  // The date of a response is the server's or, without one, this runner's (http/connection.test.ts).
  test.each([END / 1000, END / 1000 - 0.001, 1])(
    'by the claim exp %j at the time of the response',
    (exp) => {
      expect(failureOf(() => claiming({ exp }, END))).toEqual(EXPIRED);
    },
  );
});

describe('the organization', () => {
  test.each([
    [GUID.toUpperCase(), new Foreign(GUID.toUpperCase()), GUID.toUpperCase()],
    [` ${GUID}`, new Foreign(` ${GUID}`), undefined],
    [42, new Foreign('42'), undefined],
    [false, new Foreign('false'), undefined],
    [[GUID], new Foreign('(unreadable)'), undefined],
    [' ', undefined, undefined],
    [null, undefined, undefined],
  ])('of the claim currentOrganizationId %j is %j, with the GUID %j', (claim, text, id) => {
    const { organization, organizationId } = claiming({ currentOrganizationId: claim });
    expect([organization, organizationId]).toEqual([text, id]);
  });

  test('is that claim alone', () => {
    const token = jwt({ current_organization_id: GUID, CurrentOrganizationId: GUID });
    const answer = { access_token: token, currentOrganizationId: GUID };
    expect(parse(answer).organization).toBeUndefined();
  });

  test.each([
    ['two parts', jwt({ currentOrganizationId: GUID }).replace(/\.[^.]*$/, '')],
    ['four parts', `${jwt({ currentOrganizationId: GUID })}.x`],
    ['claims that are no JSON', 'aaaa.bbbb.cccc'],
    ['no claims', 'abcdefgh..'],
  ])('of a token with %s is not known', (_what, token) => {
    expect(parse({ access_token: token })).toEqual({ ...OPAQUE, value: token });
  });
});

describe('masking the tokens of a response', () => {
  function masked(body: unknown): readonly string[] {
    const { secrets, announced } = testContext();
    maskTokens(response(401, body), secrets);
    return announced;
  }

  test('masks access_token, refresh_token and id_token', () => {
    const answer = {
      access_token: 'access-1',
      refresh_token: 'refresh-1',
      id_token: 'identity-1',
      token_type: 'Bearer-of-it',
    };
    expect(masked(answer)).toEqual(['access-1', 'refresh-1', 'identity-1']);
  });

  test('masks one with blanks around it as it came, and without them', () => {
    expect(masked({ refresh_token: ' refresh-1\t' })).toEqual([' refresh-1\t', 'refresh-1']);
  });

  test.each([
    ['of fewer than 8 characters', { access_token: 'abcdefg', refresh_token: '0', id_token: '' }],
    ['that is no text', { access_token: 12_345_678, refresh_token: ['abcdefgh'], id_token: null }],
    ['in an object within', { data: { access_token: 'abcdefgh' } }],
    ['in an empty response', ''],
    ['with a short line', { access_token: '0\nabcdefgh' }],
    ['of one character and blanks', { access_token: '0       ' }],
  ])('masks none %s', (_what, body) => {
    expect(masked(body)).toEqual([]);
  });
});
