import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskTokens, readToken } from '../../src/appcircle/token.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { anyCharacter } from '../support/any-character.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failures.ts';
import { GUID, NOW, response } from './support.ts';

const END = Date.parse('2026-11-30T09:30:15Z');

const REMEDY =
  'Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.';

function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

function parse(answer: unknown, date = NOW) {
  return readToken(response(200, JSON.stringify(answer), { date }), NOW);
}

/** What a rejected answer is said to be. */
function rejected(body: unknown, headers = {}): string {
  const { title, reason, remedy } = failureOf(() =>
    readToken(response(200, body, { headers }), NOW),
  );
  expect([title, remedy]).toEqual(['The answer is not a token', REMEDY]);
  return reason;
}

describe('the response', () => {
  const TOKEN = JSON.stringify({ access_token: 'a-token-1' });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/token+json',
    'text/json',
    'text/plain; charset=utf-8',
    'text/html',
    'image/png',
    '',
  ])('may be of the type %j', (type) => {
    const answer = response(200, TOKEN, { headers: { 'content-type': type } });
    expect(readToken(answer, NOW).value).toBe('a-token-1');
  });

  test.each([201, 202, 206, 299])('may have the status %d', (status) => {
    expect(readToken(response(status, TOKEN), NOW).value).toBe('a-token-1');
  });

  test.each([0, 101, 300, 304])('is no token with the status %d', (status) => {
    expect(failureOf(() => readToken(response(status, TOKEN), NOW)).reason).toBe(
      `auth.acme.example answered HTTP ${status} without a token.`,
    );
  });

  test('is said with its own status', () => {
    expect(failureOf(() => readToken(response(201, '{}'), NOW)).reason).toBe(
      'auth.acme.example answered HTTP 201 without an access_token.',
    );
  });

  test.each(['gzip', 'br', 'IDENTITY, gzip'])('is no token in the encoding %s', (encoding) => {
    expect(rejected(TOKEN, { 'content-encoding': encoding })).toBe(
      'auth.acme.example answered HTTP 200 in an encoding that was not asked for.',
    );
  });

  test('is no token where it is not UTF-8', () => {
    const bytes = Buffer.from('{"access_token":"a-token-\xff"}', 'latin1');
    expect(rejected(bytes.toString())).toBe(
      'auth.acme.example answered HTTP 200 with an access_token that has characters no bearer token has.',
    );
  });

  test.each(['identity', 'Identity'])(
    'may be in the encoding %s, and begin with a byte order mark',
    (encoding) => {
      const answer = response(200, `\uFEFF${TOKEN}`, {
        headers: { 'content-encoding': encoding },
      });
      expect(readToken(answer, NOW).value).toBe('a-token-1');
    },
  );
});

describe('the token itself', () => {
  test('an opaque token tells nothing but itself', () => {
    expect(parse({ access_token: 'a-token-1' })).toEqual({
      value: 'a-token-1',
      expiresAt: undefined,
      receivedAt: NOW,
      serverTime: NOW,
      organization: undefined,
      organizationId: undefined,
    });
  });

  test('a JSON Web Token tells all that it claims', () => {
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

  test.each(['Bearer', 'bearer', 'BEARER', null, undefined])(
    'token_type %j is as good as Bearer',
    (type) => {
      expect(parse({ access_token: 'a-token-1', token_type: type }).value).toBe('a-token-1');
    },
  );

  test.each(['MAC', 'Bearer ', 'xBearer', 'Bearers', '', 1, true, ['Bearer']])(
    'token_type %j is rejected',
    (type) => {
      expect(rejected({ access_token: 'a-token-1', token_type: type })).toBe(
        'auth.acme.example answered HTTP 200 with a token_type other than Bearer.',
      );
    },
  );

  test.each([
    '',
    'null',
    '[]',
    '["access_token"]',
    '"access_token"',
    '1',
    '<html>',
    '{"access_token":"a"',
    '{}{}',
  ])('%j is not an object', (text) => {
    expect(rejected(text)).toBe(
      'auth.acme.example answered HTTP 200 with something other than a JSON object.',
    );
  });

  test.each([
    '{}',
    '{"access_token":null}',
    '{"token":"a-token-1"}',
    '{"Access_Token":"a-token-1"}',
  ])('%s has no token', (text) => {
    expect(rejected(text)).toBe('auth.acme.example answered HTTP 200 without an access_token.');
  });

  test.each([1, true, false, {}, ['a-token-1'], { access_token: 'a-token-1' }])(
    'the access_token %j is not text',
    (value) => {
      expect(rejected({ access_token: value })).toBe(
        'auth.acme.example answered HTTP 200 with an access_token that is not text.',
      );
    },
  );

  test.each(['', ' ', '0', 'a b', 'abcdefg'])('the access_token %j is too short', (value) => {
    expect(rejected({ access_token: value })).toBe(
      'auth.acme.example answered HTTP 200 with an access_token of fewer than 8 characters.',
    );
  });

  test.each([
    '        ',
    'a token-1',
    ' a-token-1',
    'a-token-1\n',
    'a-token-1\nNODE_OPTIONS=x',
    'a-token-1\r',
    'a-token-1\0',
    'a-token-1"',
    'a-token-1%',
    'a-token-1:',
    'ä-token-1',
    'a-token-1\u200b',
    '=a-token-1',
    'a=token-1',
    '========',
    '🔑🔑🔑🔑',
  ])('the access_token %j has other characters than a bearer token', (value) => {
    expect(rejected({ access_token: value })).toBe(
      'auth.acme.example answered HTTP 200 with an access_token that has characters no bearer token has.',
    );
  });

  test.each(['abcdefgh', 'A-Z.a_z~0+9/', 'abcdefg=', 'abcdef==', '--------', '.-~.-~.-~'])(
    'the access_token %j is a bearer token',
    (value) => {
      expect(parse({ access_token: value }).value).toBe(value);
    },
  );

  test('a token is either of a bearer token’s characters or rejected, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 8 }), (value) => {
        let taken: string | undefined;
        try {
          taken = parse({ access_token: value }).value;
        } catch {
          expect(value).not.toMatch(/^[A-Za-z0-9._~+/-]+=*$/);
        }
        if (taken !== undefined) expect(taken).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });

  test('a token as long as an environment variable may be is taken, a longer one is not', () => {
    expect(parse({ access_token: 'a'.repeat(32_000) }).value).toHaveLength(32_000);
    expect(rejected({ access_token: 'a'.repeat(32_001) })).toBe(
      'auth.acme.example answered HTTP 200 with an access_token of 32001 characters, too long for an environment variable.',
    );
  });

  test('of duplicate keys the last counts, as for every JSON parser', () => {
    const answer = response(200, '{"access_token":"a-token-1","access_token":"a-token-2"}');
    expect(readToken(answer, NOW).value).toBe('a-token-2');
  });
});

describe('how long it is valid', () => {
  test.each([
    [14_400, NOW + 14_400_000],
    ['14400', NOW + 14_400_000],
    [0.5, NOW + 500],
    ['1.25', NOW + 1250],
    [1, NOW + 1000],
  ])('counts from now for expires_in %j, whatever the claim exp says', (expiresIn, instant) => {
    expect(parse({ access_token: jwt({ exp: 1 }), expires_in: expiresIn }).expiresAt).toBe(instant);
  });

  test.each([
    null,
    '',
    'soon',
    '1e9',
    ' 5',
    '5 ',
    '1.',
    '+5',
    {},
    [5],
    true,
    1e300,
    '9'.repeat(20),
  ])('is what the claim exp says for expires_in %j', (expiresIn) => {
    expect(parse({ access_token: jwt({ exp: END / 1000 }), expires_in: expiresIn }).expiresAt).toBe(
      END,
    );
  });

  test.each([String(END / 1000), `${END / 1000}.0`])(
    'may be told by the claim exp as text: %s',
    (exp) => {
      expect(parse({ access_token: jwt({ exp }) }).expiresAt).toBe(END);
    },
  );

  test.each([0, '0', -5, null, 'never', 1e15])('is not known from a claim exp of %j', (exp) => {
    expect(parse({ access_token: jwt({ exp }) }).expiresAt).toBeUndefined();
  });
});

describe('a token that has expired is rejected', () => {
  const EXPIRED = {
    title: 'The token has already expired',
    reason: 'auth.acme.example answered HTTP 200 with a token that has already expired.',
    remedy:
      'Check the clocks of the server and of this runner, then run the job again. The token was not exported.',
  };

  test.each([0, '0', -1, '-5', -0.5, '0.0', -1e300])(
    'by expires_in %j, whatever the claim exp says',
    (expiresIn) => {
      const answer = { access_token: jwt({ exp: END / 1000 }), expires_in: expiresIn };
      expect(failureOf(() => parse(answer))).toEqual(EXPIRED);
      const opaque = { access_token: 'a-token-1', expires_in: expiresIn };
      expect(failureOf(() => parse(opaque))).toEqual(EXPIRED);
    },
  );

  // The date of a response is the server's or, without one, this runner's (client.test.ts).
  test.each([END / 1000, String(END / 1000), END / 1000 - 0.001, 1_600_000_000, 1])(
    'by the claim exp %j at the time of the response',
    (exp) => {
      expect(failureOf(() => parse({ access_token: jwt({ exp }) }, END))).toEqual(EXPIRED);
    },
  );

  test('but not a millisecond before it does, wherever the clock of this runner stands', () => {
    const answer = response(200, { access_token: jwt({ exp: END / 1000 }) }, { date: END - 1 });
    expect(readToken(answer, END + 86_400_000).expiresAt).toBe(END + 86_400_001);
  });
});

describe('where the clocks differ', () => {
  const DAY = 86_400_000;
  const token = jwt({ exp: END / 1000 });

  test('the end by the claim exp is told by the clock of this runner', () => {
    const answer = response(200, { access_token: token }, { date: END - 3_600_000 });
    for (const now of [END - 4 * DAY, END, END + 4 * DAY])
      expect(readToken(answer, now)).toMatchObject({
        expiresAt: now + 3_600_000,
        receivedAt: now,
        serverTime: END - 3_600_000,
      });
  });

  test('the end by expires_in is told by the clock of this runner', () => {
    const answer = response(200, { access_token: token, expires_in: 60 }, { date: END + DAY });
    expect(readToken(answer, NOW).expiresAt).toBe(NOW + 60_000);
  });

  test('nothing is told by a clock that stands in 1970', () => {
    const answer = response(200, { access_token: token, expires_in: 60 });
    expect(readToken(answer, 5000).expiresAt).toBeUndefined();
  });
});

describe('the organization', () => {
  test.each([
    [GUID, GUID],
    [GUID.toUpperCase(), GUID.toUpperCase()],
    ['a1', undefined],
    [` ${GUID}`, undefined],
    [42, undefined],
    [false, undefined],
  ])('the claim currentOrganizationId %j is told, and has the GUID %j', (claim, id) => {
    const token = parse({ access_token: jwt({ currentOrganizationId: claim }) });
    expect([token.organization, token.organizationId]).toEqual([new Foreign(String(claim)), id]);
  });

  test.each([[{ id: GUID }], [[GUID]]])(
    'the claim currentOrganizationId %j is no text, but there',
    (claim) => {
      const token = parse({ access_token: jwt({ currentOrganizationId: claim }) });
      expect(token).toMatchObject({ organization: {}, organizationId: undefined });
    },
  );

  test.each(['', ' ', null, undefined])('the claim currentOrganizationId %j is none', (claim) => {
    const { organization } = parse({ access_token: jwt({ currentOrganizationId: claim }) });
    expect(organization).toBeUndefined();
  });

  test('a claim of another name is not the claim', () => {
    const token = jwt({ current_organization_id: GUID, CurrentOrganizationId: GUID });
    expect(parse({ access_token: token }).organization).toBeUndefined();
  });

  test('a field of the answer is not the claim', () => {
    const answer = { access_token: jwt({}), currentOrganizationId: GUID };
    expect(parse(answer).organization).toBeUndefined();
  });

  test.each([
    ['two parts', jwt({ currentOrganizationId: GUID }).split('.').slice(0, 2).join('.')],
    ['four parts', `${jwt({ currentOrganizationId: GUID })}.x`],
    ['claims that are no JSON', 'aaaa.bbbb.cccc'],
    ['claims that are no object', jwt(['currentOrganizationId'])],
    ['no claims', 'abcdefgh..'],
  ])('a token with %s is opaque', (_what, token) => {
    expect(parse({ access_token: token })).toEqual({
      value: token,
      expiresAt: undefined,
      receivedAt: NOW,
      serverTime: NOW,
      organization: undefined,
      organizationId: undefined,
    });
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
      scope: 'openid profile',
    };
    expect(masked(answer)).toEqual(['access-1', 'refresh-1', 'identity-1']);
  });

  test.each([
    ['of fewer than 8 characters', { access_token: 'abcdefg', refresh_token: '0', id_token: '' }],
    ['that is no text', { access_token: 12_345_678, refresh_token: ['abcdefgh'], id_token: null }],
    ['of another name', { token: 'abcdefgh', accessToken: 'abcdefgh', ID_TOKEN: 'abcdefgh' }],
    ['in an object within', { data: { access_token: 'abcdefgh' } }],
    ['in a list', [{ access_token: 'abcdefgh' }]],
    ['in broken JSON', '{"access_token":"abcdefgh",,,'],
    ['in an empty response', ''],
  ])('masks none %s', (_what, body) => {
    expect(masked(body)).toEqual([]);
  });

  test.each(['0\nabcdefgh', '0       ', '\n\n0\r\n0\n\n0'])(
    'masks nothing of fewer than 8 characters that is in %j',
    (token) => {
      const short = masked({ refresh_token: token }).filter((mask) => mask.length < 8);
      expect(short).toEqual([]);
    },
  );
});
