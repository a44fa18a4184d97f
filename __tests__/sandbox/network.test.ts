import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { connect } from 'node:tls';
import { beforeAll, expect, test } from '@jest/globals';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import {
  type Authority,
  createAuthority,
  type IssueOptions,
} from '../../sandbox/network/certificates.ts';
import { resetAfterRequest, stallOnConnect } from '../../sandbox/network/faults.ts';
import { type ProxyFault, type ProxyOptions, startProxy } from '../../sandbox/network/proxy.ts';

const NAME = 'auth.appcircle.test';
const DAY_MS = 86_400_000;
const GIVE_UP_MS = 500;
/** The code of the error when nothing came until then. */
const SILENCE = 'ABORT_ERR';

let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority('Test authority');
});

/** Makes a request and says how it ended: a status or an error's code. */
function get(url: string, options: RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const request = httpsRequest(
      url,
      { ...options, signal: AbortSignal.timeout(GIVE_UP_MS) },
      (response) => {
        response.resume().on('end', () => resolve(`${response.statusCode}`));
      },
    );
    request.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code)));
    request.end();
  });
}

test.each<[string, IssueOptions, string]>([
  ['a valid certificate', {}, '404'],
  ['an expired one', { notBefore: new Date(0), notAfter: new Date(DAY_MS) }, 'CERT_HAS_EXPIRED'],
  ['one of the future', { notBefore: new Date(Date.now() + DAY_MS / 2) }, 'CERT_NOT_YET_VALID'],
  ['one for another host', { hosts: [NAME] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['a self-signed one', { selfSigned: true }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
])('%s', async (_what, options, expected) => {
  const appcircle = await startAppcircle({ tls: await authority.issue(options) });
  expect(await get(appcircle.authEndpoint, { agent: false, ca: authority.certificatePem })).toBe(
    expected,
  );
  await appcircle.close();
});

test('a certificate of an intermediate chains up to the root, and to no other', async () => {
  const intermediate = await (await authority.createIntermediate('First')).createIntermediate(
    'Second',
  );
  const appcircle = await startAppcircle({ tls: await intermediate.issue() });
  const other = await createAuthority('Another authority');
  const { authEndpoint } = appcircle;
  expect(await get(authEndpoint, { agent: false, ca: intermediate.certificatePem })).toBe('404');
  expect(await get(authEndpoint, { agent: false, ca: other.certificatePem })).toBe(
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  );
  await appcircle.close();
});

test('faults strike before TLS and under it', async () => {
  const appcircle = await startAppcircle({ tls: await authority.issue() });
  const options = { agent: false, ca: authority.certificatePem } as const;
  appcircle.fail(stallOnConnect());
  appcircle.fail(resetAfterRequest());
  expect(await get(appcircle.authEndpoint, options)).toBe(SILENCE);
  expect(await get(appcircle.authEndpoint, options)).toBe('ECONNRESET');
  expect(await get(appcircle.authEndpoint, options)).toBe('404');
  await appcircle.close();
});

/** Asks the sandbox for a page through a proxy and says how it ended, and what the proxy saw. */
async function through(
  options: Omit<ProxyOptions, 'hosts'>,
  login = true,
): Promise<[string, unknown[]]> {
  const appcircle = await startAppcircle({ tls: await authority.issue({ hosts: [NAME] }) });
  const proxy = await startProxy({ ...options, hosts: { [`${NAME}:443`]: appcircle.ports.auth } });
  const how = await tunnelled(new URL(proxy.url), login);
  await proxy.close();
  await appcircle.close();
  return [how, [...proxy.requests]];
}

function tunnelled({ hostname, port, username, password }: URL, login: boolean): Promise<string> {
  const credentials = Buffer.from(
    `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
  ).toString('base64');
  const headers = login ? { 'proxy-authorization': `Basic ${credentials}` } : {};
  return new Promise((resolve) => {
    const path = `${NAME}:443`;
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    const request = httpRequest({
      hostname,
      port,
      method: 'CONNECT',
      path,
      headers,
      agent: false,
      signal,
    });
    request.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code)));
    request.on('connect', async ({ statusCode }, socket) => {
      socket.on('error', () => socket.destroy());
      const secure = () => connect({ socket, servername: NAME, ca: authority.certificatePem });
      resolve(
        statusCode === 200
          ? await get(`https://${NAME}/`, { createConnection: secure })
          : `CONNECT ${statusCode}`,
      );
      socket.destroy();
    });
    request.end();
  });
}

const CREDENTIALS = { username: 'a user', password: 'p@:/s' };
const REQUEST = { method: 'CONNECT', target: `${NAME}:443` };

test('a proxy knows names that exist nowhere, and notes who asked for them', async () => {
  expect(await through({})).toEqual(['404', [{ ...REQUEST, username: '', password: '' }]]);
  expect(await through({ credentials: CREDENTIALS })).toEqual([
    '404',
    [{ ...REQUEST, ...CREDENTIALS }],
  ]);
});

test('a proxy that demands credentials turns away who has none', async () => {
  expect(await through({ credentials: CREDENTIALS }, false)).toMatchObject([
    'CONNECT 407',
    [REQUEST],
  ]);
});

test.each<[ProxyFault, string]>([
  [403, 'CONNECT 403'],
  [407, 'CONNECT 407'],
  [502, 'CONNECT 502'],
  ['close before the answer', 'ECONNRESET'],
  ['stall before the answer', SILENCE],
  ['garbage for an answer', 'HPE_INVALID_CONSTANT'],
  ['close after CONNECT', 'ECONNRESET'],
  ['stall after CONNECT', SILENCE],
])('a proxy can fail: %s', async (fault, expected) => {
  expect((await through({ fault }))[0]).toBe(expected);
});

test('a proxy can send garbage after CONNECT', async () => {
  expect((await through({ fault: 'garbage after CONNECT' }))[0]).toMatch(
    /^(EPROTO|ERR_SSL|ECONNRESET)/,
  );
});
