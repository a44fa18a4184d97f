import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskTokens, readToken, tokensIn } from '../../src/appcircle/token.ts';
import { anyCharacter } from '../support/any-character.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failures.ts';
import { NOW, response } from './support.ts';

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
function rejected(body: string | Buffer, headers = {}): string {
  const { title, reason, remedy } = failureOf(() =>
    readToken(response(200, body, { headers }), NOW),
  );
  expect([title, remedy]).toEqual(['The answer is not a token', REMEDY]);
  return reason;
}

describe('the response', () => {
  const TOKEN = JSON.stringify({ access_token: 'abc' });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/token+json',
    'text/json',
    'text/plain; charset=utf-8',
    '',
  ])('may be of the type %j', (type) => {
    expect(readToken(response(200, TOKEN, { headers: { 'content-type': type } }), NOW).value).toBe(
      'abc',
    );
  });

  test.each(['text/html', 'application/xml', 'image/png', 'x; a=text/plain'])(
    'is no token of the type %j',
    (type) => {
      expect(rejected(TOKEN, { 'content-type': type })).toBe(
        'auth.acme.example answered HTTP 200 with something other than JSON.',
      );
    },
  );

  test.each([
    ['gzip', gzipSync(TOKEN)],
    ['br', Buffer.from('x')],
    ['IDENTITY, gzip', Buffer.from(TOKEN)],
  ])('is no token in the encoding %s', (encoding, body) => {
    expect(rejected(body, { 'content-encoding': encoding })).toBe(
      'auth.acme.example answered HTTP 200 in an encoding that was not asked for.',
    );
  });

  test('is no token where it is not UTF-8', () => {
    expect(rejected(Buffer.from('{"access_token":"ab\xff"}', 'latin1'))).toBe(
      'auth.acme.example answered HTTP 200 in an encoding that was not asked for.',
    );
  });

  test.each(['identity', 'Identity'])(
    'may be in the encoding %s, and begin with a byte order mark',
    (encoding) => {
      const body = Buffer.from(`\uFEFF${TOKEN}`);
      expect(
        readToken(response(200, body, { headers: { 'content-encoding': encoding } }), NOW).value,
      ).toBe('abc');
    },
  );
});

describe('the token itself', () => {
  test('an opaque token tells nothing but itself', () => {
    expect(parse({ access_token: 'abc' })).toEqual({
      value: 'abc',
      expiresAt: undefined,
      organizationId: undefined,
    });
  });

  test('a JSON Web Token tells all that it claims', () => {
    const token = jwt({
      exp: END / 1000,
      currentOrganizationId: 'a1',
    });
    expect(parse({ access_token: token, token_type: 'Bearer' })).toEqual({
      value: token,
      expiresAt: END,
      organizationId: 'a1',
    });
  });

  test.each(['Bearer', 'bearer', 'BEARER', null, undefined])(
    'token_type %j is as good as Bearer',
    (type) => {
      expect(parse({ access_token: 'abc', token_type: type }).value).toBe('abc');
    },
  );

  test.each(['MAC', 'Bearer ', 'xBearer', 'Bearers', '', 1, true, ['Bearer']])(
    'token_type %j is rejected',
    (type) => {
      expect(rejected(JSON.stringify({ access_token: 'abc', token_type: type }))).toBe(
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
      'auth.acme.example answered HTTP 200 with text that is not a JSON object.',
    );
  });

  test.each(['{}', '{"access_token":null}', '{"token":"abc"}', '{"Access_Token":"abc"}'])(
    '%s has no token',
    (text) => {
      expect(rejected(text)).toBe('auth.acme.example answered HTTP 200 without an access_token.');
    },
  );

  test.each([1, true, false, {}, ['abc'], { access_token: 'abc' }])(
    'the access_token %j is not text',
    (value) => {
      expect(rejected(JSON.stringify({ access_token: value }))).toBe(
        'auth.acme.example answered HTTP 200 with an access_token that is not text.',
      );
    },
  );

  test.each([
    '',
    ' ',
    'a b',
    ' abc',
    'abc\n',
    'abc\nNODE_OPTIONS=x',
    'abc\r',
    'abc\0',
    'abc"',
    'abc%',
    'abc:',
    'äbc',
    'abc\u200b',
    '=abc',
    'a=b',
    '=',
    '🔑',
  ])('the access_token %j has other characters than a bearer token', (value) => {
    expect(rejected(JSON.stringify({ access_token: value }))).toBe(
      'auth.acme.example answered HTTP 200 with an access_token that has characters no bearer token has.',
    );
  });

  test.each(['a', 'A-Z.a_z~0+9/', 'abc=', 'abc==', '-', '.', '~'])(
    'the access_token %j is a bearer token',
    (value) => {
      expect(parse({ access_token: value }).value).toBe(value);
    },
  );

  test('a token is either of a bearer token’s characters or rejected, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (value) => {
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
    expect(rejected(JSON.stringify({ access_token: 'a'.repeat(32_001) }))).toBe(
      'auth.acme.example answered HTTP 200 with an access_token of 32001 characters, too long for an environment variable.',
    );
  });

  test('of duplicate keys the last counts, as for every JSON parser', () => {
    expect(
      readToken(response(200, '{"access_token":"first","access_token":"last"}'), NOW).value,
    ).toBe('last');
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
      expect(failureOf(() => parse({ access_token: 'abc', expires_in: expiresIn }))).toEqual(
        EXPIRED,
      );
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
    expect(readToken(answer, END + 86_400_000).expiresAt).toBe(END);
  });
});

describe('the organization', () => {
  test.each([
    ['d3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01', 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01'],
    ['', undefined],
    [' ', undefined],
    [42, '42'],
    [false, 'false'],
    [{ id: 'a1' }, '{"id":"a1"}'],
    [['a1'], '["a1"]'],
    [null, undefined],
    [undefined, undefined],
  ])('the claim currentOrganizationId %j is %j', (claim, id) => {
    expect(parse({ access_token: jwt({ currentOrganizationId: claim }) }).organizationId).toBe(id);
  });

  test('a claim of another name is not the claim', () => {
    const token = jwt({ current_organization_id: 'a1', CurrentOrganizationId: 'b2' });
    expect(parse({ access_token: token }).organizationId).toBeUndefined();
  });

  test('a field of the answer is not the claim', () => {
    expect(
      parse({ access_token: jwt({}), currentOrganizationId: 'a1' }).organizationId,
    ).toBeUndefined();
  });

  test.each([
    ['two parts', jwt({ currentOrganizationId: 'a1' }).split('.').slice(0, 2).join('.')],
    ['four parts', `${jwt({ currentOrganizationId: 'a1' })}.x`],
    ['claims that are no JSON', 'aaaa.bbbb.cccc'],
    ['claims that are no object', jwt(['currentOrganizationId'])],
    ['no claims', '..'],
  ])('a token with %s is opaque', (_what, token) => {
    expect(parse({ access_token: token })).toEqual({
      value: token,
      expiresAt: undefined,
      organizationId: undefined,
    });
  });
});

describe('the tokens to mask', () => {
  test('all of a Keycloak answer', () => {
    const answer = {
      access_token: 'a1',
      refresh_token: 'r1',
      id_token: 'i1',
      token_type: 'Bearer',
      scope: 'openid',
    };
    expect(tokensIn(JSON.stringify(answer))).toEqual(['a1', 'r1', 'i1']);
    expect(tokensIn(JSON.stringify(answer, undefined, 2))).toEqual(['a1', 'r1', 'i1']);
  });

  test.each([
    ['in an object within', '{"data":{"token":"a1-token"}}', ['a1-token']],
    ['in a list', '[{"token":"a1-token"},{"token":"a2-token"}]', ['a1-token', 'a2-token']],
    ['where a word is no token', '{"is_valid_token":"false","csrf_token":"e"}', []],
    ["under a name that only starts like a token's", '{"access_token_type":"Bearer-of-it"}', []],
    ['twice', '{"access_token":"a1","access_token":"a2"}', ['a1', 'a2']],
    [
      'in another case',
      '{"Access-Token":"a1","accessToken":"a2","ID_TOKEN":"a3"}',
      ['a1', 'a2', 'a3'],
    ],
    ['in broken JSON', '{"access_token":"a1",,,', ['a1']],
    ['cut short', '{"access_token":"a1', ['a1']],
    ['behind a quote', '{"x":"\\"","access_token":"a1"}', ['a1']],
    ['behind a backslash', '{"x":"\\\\","access_token":"a1"}', ['a1']],
    ['escaped', '{"access_token":"a\\u0031\\/"}', ['a1/']],
    ['under an escaped name', '{"access\\u005ftoken":"a1"}', ['a1']],
    ['with spaces', '{ "access_token"\n\t : \r "a1" }', ['a1']],
    ['with a line break in it', '{"access_token":"a1\na2"}', ['a1\na2']],
    ['in JSON within text', '{"message":"said {\\"access_token\\":\\"a1\\"}"}', ['a1']],
    [
      'in JSON within JSON within text',
      JSON.stringify({ x: JSON.stringify({ y: '{"access_token":"a1"}' }) }),
      ['a1'],
    ],
  ])('one that stands %s', (_where, text, tokens) => {
    expect(tokensIn(text)).toEqual(tokens);
  });

  test.each([
    '',
    '{"access_token":""}',
    '{"access_token":1}',
    '{"access_token":null,"scope":"openid"}',
    '{"token_type":"Bearer"}',
    '["access_token","openid"]',
    '{"x":"access_token","y":"openid"}',
    '{"access_token" "openid"}',
    'access_token: a1',
  ])('none in %s', (text) => {
    const { secrets, announced } = testContext();
    maskTokens(response(401, text), secrets);
    expect(announced).toEqual([]);
  });

  test('each string of an answer under a name that ends in token, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.json({ stringUnit: anyCharacter }),
        fc.string({ unit: anyCharacter, minLength: 1 }),
        (noise, token) => {
          expect(tokensIn(`{"noise":${noise},"refresh_token":${JSON.stringify(token)}}`)).toContain(
            token,
          );
        },
      ),
    );
  });
});

test.each(['"', '"\\"', '"\\x\\"', '"\\u0022', '"eyJa.eyJa', '"a":'])(
  'finding the tokens among many %s takes little',
  (part) => {
    const text = part.repeat(Math.ceil(65_536 / part.length));
    for (const answer of [text, JSON.stringify(JSON.stringify({ token: text }))]) {
      const started = performance.now();
      tokensIn(answer);
      expect(performance.now() - started).toBeLessThan(2000);
    }
  },
);

describe('masking the tokens of a response', () => {
  function mask(body: unknown, known: readonly string[] = []) {
    const { secrets, announced } = testContext({ secrets: known });
    return { run: () => maskTokens(response(401, body), secrets), announced, secrets };
  }

  const tokens = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ token: `a-token-${n}` }));
  const lines = (count: number) => ({
    token: Array.from({ length: count }, (_, n) => `line-${n}`).join('\n'),
  });

  test.each([
    ['a hundred tokens', tokens(100)],
    // A mask for all of it, and one for each line.
    ['one token of ninety-nine lines', lines(99)],
    ['the same token a thousand times', Array.from({ length: 1000 }, () => tokens(100)).flat()],
  ])('takes %s', (_what, body) => {
    const { run, announced } = mask(body);
    run();
    expect(announced).toHaveLength(100);
  });

  test('does not count what is masked already', () => {
    const { run, announced } = mask(tokens(101), ['a-token-7']);
    run();
    expect(announced).toHaveLength(100);
  });

  test.each([
    ['a hundred and one tokens', tokens(101)],
    ['one token of a hundred lines', lines(100)],
    ['a token of 150,000 lines', lines(150_000)],
  ])('rejects %s, without a word of it and with no mask', (_what, body) => {
    const { run, announced } = mask(body);
    expect(failureOf(run)).toEqual({
      title: 'The answer is not a token',
      reason: 'auth.acme.example answered with more than 100 tokens, or lines of tokens, to mask.',
      remedy: REMEDY,
    });
    expect(announced).toEqual([]);
  });

  test('masks each line of a token, for a log shows lines', () => {
    const { run, announced } = mask({ id_token: ' a1\r\na2\n\n' });
    run();
    expect(announced).toEqual([' a1\r\na2\n\n', 'a1\r\na2', 'a1', 'a2']);
  });
});
