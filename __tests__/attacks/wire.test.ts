import { expect, jest, test } from '@jest/globals';
import { accountsWithOrganizations, ROOT } from '../../sandbox/appcircle/accounts.ts';
import { answer, BAIT_TOKEN } from '../../sandbox/network/faults.ts';
import { startProxy } from '../../sandbox/network/proxy.ts';
import { startRecorder } from '../../sandbox/network/recorder.ts';
import { attack } from './attack.ts';
import { expectFailure, expectToken } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

test.concurrent.each(['auth.localhost', '127.evil.example', '127.0.0.1.evil.example'])(
  'no key goes to a proxy in clear text: http://%s is not loopback',
  async (host) => {
    const proxy = await startProxy({ hosts: {} });
    try {
      const endpoint = `http://${host}:8080`;
      const inputs = { 'auth-endpoint': endpoint, 'api-endpoint': endpoint };
      const aftermath = await attack({ inputs, env: { HTTP_PROXY: proxy.url } });
      expect(expectFailure(aftermath, 'Invalid inputs')).toContain('must be an https:// URL');
      expect(proxy.requests).toEqual([]);
    } finally {
      await proxy.close();
    }
  },
);

test.concurrent.each(['localhost', 'LOCALHOST', 'localhost.', '127.0.0.1', '127.1', '0x7f.1'])(
  'loopback goes round every proxy: http://%s',
  async (host) => {
    const proxy = await startProxy({ hosts: {} });
    const recorder = await startRecorder();
    try {
      const endpoint = `http://${host}:${new URL(recorder.url).port}`;
      const inputs = {
        'auth-endpoint': endpoint,
        'api-endpoint': endpoint,
        'timeout-seconds': '1',
      };
      await attack({
        inputs,
        env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: 'elsewhere.example' },
      });
      expect(recorder.received).toContain('POST /auth/v1/api-key/token');
      expect(proxy.requests).toEqual([]);
    } finally {
      await Promise.all([proxy.close(), recorder.close()]);
    }
  },
);

test.concurrent('nothing of the run goes out', async () => {
  const { appcircle } = await attack({ env: { ACTIONS_ORCHESTRATION_ID: 'job-1234' } });
  const [request] = appcircle.requests;
  expect(request?.headers['user-agent']).toBe('appcircle-access-token-action');
  expect(JSON.stringify(request)).not.toContain('job-1234');
});

test.concurrent.each([
  [
    'a long token and a long error',
    { access_token: 'a'.repeat(20_000), error: 'a'.repeat(600_000) },
  ],
  ['escapes of escapes', { access_token: '%25'.repeat(10_000), error: '%2525'.repeat(150_000) }],
  ['Base64 without end', { access_token: 'QUFB'.repeat(5000), error: 'QUFB'.repeat(200_000) }],
  ['hex without end', { access_token: '61'.repeat(5000), error: '61'.repeat(400_000) }],
  ['invisible characters', { access_token: 'abcdefgh', error: '\u200b'.repeat(300_000) }],
  ['blanks and capitals', { access_token: 'aB '.repeat(5000), error: 'Ab+'.repeat(250_000) }],
  [
    'accents without end',
    { access_token: `${' '.repeat(256)}${'\u0301\u0316'.repeat(230_000)}`, error: 'e' },
  ],
  [
    'entities without end',
    { access_token: '&abcd;'.repeat(150_000), error: '&abcd;'.repeat(13_000) },
  ],
  [
    'three tokens',
    {
      access_token: '0'.repeat(150_000),
      refresh_token: '1'.repeat(150_000),
      id_token: '01'.repeat(75_000),
      error: '1'.repeat(500_000),
    },
  ],
])('a hostile answer of 1 MiB does not outlast the time limit: %s', async (_what, body) => {
  const aftermath = await attack({
    inputs: { 'timeout-seconds': '10' },
    prepare: (appcircle) => appcircle.fail(answer({ status: 401, body })),
  });
  expectFailure(aftermath, 'Appcircle did not accept the key');
  expect(aftermath.main.durationMs).toBeLessThan(10_000);
});

test('a token that has ended is not exported: by expires_in', async () => {
  const body = { access_token: BAIT_TOKEN, token_type: 'Bearer', expires_in: 0 };
  const aftermath = await attack({ prepare: (appcircle) => appcircle.fail(answer({ body })) });
  expectFailure(aftermath, 'The token has already expired');
});

test('a token that has ended is not exported: by exp, at the time of the server', async () => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = Buffer.from(JSON.stringify({ exp, currentOrganizationId: ROOT.id })).toString(
    'base64url',
  );
  const body = { access_token: `e30.${claims}.c2lnbmF0dXJl` };
  const date = new Date((exp + 1) * 1000).toUTCString();
  const aftermath = await attack({
    prepare: (appcircle) => appcircle.fail(answer({ headers: { date }, body })),
  });
  expectFailure(aftermath, 'The token has already expired');
});

test('an answer of thousands of lines of tokens floods no log', async () => {
  const body = {
    access_token: Array.from({ length: 150_000 }, (_, n) => n.toString(36)).join('\n'),
    error: 'see here',
  };
  const aftermath = await attack({
    prepare: (appcircle) => appcircle.fail(answer({ status: 400, body })),
  });
  expectFailure(aftermath, 'Appcircle rejected the request');
  expect(aftermath.main.stdout.match(/^::add-mask::/gm)).toHaveLength(1);
});

test.concurrent.each(['America/New_York', 'Asia/Tokyo'])(
  'Retry-After in the form of asctime is UTC in the time zone %s',
  async (TZ) => {
    const soon = new Date(Date.now() + 2000).toUTCString();
    const [, day, month, year, time] = /, (\d\d) (\w{3}) (\d{4}) (.+) GMT$/.exec(soon) ?? [];
    const asctime = `${soon.slice(0, 3)} ${month} ${day?.replace(/^0/, ' ')} ${time} ${year}`;
    const fault = answer({ status: 503, headers: { 'retry-after': asctime }, body: '' });
    const aftermath = await attack({ env: { TZ }, prepare: (appcircle) => appcircle.fail(fault) });
    expectToken(aftermath);
    const [, wait, unit] = /Retrying in ([\d.]+) (\w+)/.exec(aftermath.main.log) ?? [];
    expect(Number(wait) * (unit === 's' ? 1000 : 1)).toBeLessThanOrEqual(3100);
  },
);

test.concurrent.each([
  [
    'a page of which a single entry can be read',
    { list: { unreadable: { count: 99, at: 0 } } },
    'iOS Team',
  ],
  ['pages of a size of its own', { list: { paging: 3 } }, 'iOS Team'],
  [
    'the whole list each time',
    { accounts: accountsWithOrganizations(250), list: { paging: 'none' } },
    'Team 240',
  ],
] as const)('a sub-organization is found by its name in %s', async (_what, appcircle, wanted) => {
  const aftermath = await attack({ appcircle, inputs: { 'sub-organization': wanted } });
  expectToken(aftermath);
});

test('an output is the value itself, though a short secret stands in it', async () => {
  const aftermath = await attack({
    inputs: { 'api-key-secret': '0b7c' },
    prepare: (appcircle) => {
      const claims = Buffer.from(JSON.stringify({ currentOrganizationId: ROOT.id })).toString(
        'base64url',
      );
      appcircle.fail(
        answer({ body: { access_token: `e30.${claims}.c2lnbmF0dXJl`, expires_in: 3600 } }),
      );
    },
  });
  expect(aftermath.main.outputs['organization-id']).toBe(ROOT.id);
});

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('a claim that is nested deeply is no organization', async () => {
  const claims = Buffer.from(`{"currentOrganizationId":${nested(11_000)}}`).toString('base64url');
  const body = { access_token: `e30.${claims}.c2lnbmF0dXJl`, expires_in: 3600 };
  const aftermath = await attack({ prepare: (appcircle) => appcircle.fail(answer({ body })) });
  expect([aftermath.main.exitCode, aftermath.errors]).toEqual([0, []]);
  expect(aftermath.main.outputs['organization-id']).toBe('');
});

test('a list that is nested deeply is none', async () => {
  const fault = answer({ body: `{"data":[${nested(400_000)}]}` });
  const aftermath = await attack({
    inputs: { 'sub-organization': 'iOS Team' },
    prepare: (appcircle) => appcircle.fail(fault, { on: 'api' }),
  });
  expectFailure(aftermath, 'The organization list could not be read');
});

test('a proxy that Node is told to use for all is none for loopback', async () => {
  const proxy = await startProxy({ hosts: {} });
  try {
    expectToken(
      await attack({
        env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url },
      }),
    );
    expect(proxy.requests).toEqual([]);
  } finally {
    await proxy.close();
  }
});
