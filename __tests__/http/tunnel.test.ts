import { createServer } from 'node:https';
import { setImmediate, setTimeout } from 'node:timers/promises';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import { type Authority, createAuthority } from '../../sandbox/network/certificates.ts';
import { resetOnConnect } from '../../sandbox/network/faults.ts';
import { listenOnLoopback } from '../../sandbox/network/listener.ts';
import { type ProxyFault, startProxy } from '../../sandbox/network/proxy.ts';
import { trustCertificates } from '../../src/http/certificates.ts';
import { testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { forgetCertificates } from '../support/trusted.ts';
import { connectTo, listen, Opened } from './support.ts';

const LOGIN = { username: 'us@er', password: 'p@ss/w:rd ü 100%' } as const;
const HOST = 'auth.appcircle.test';

const OVER = 'Appcircle did not answer in time';
const opened = new Opened();
let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority('Sandbox Root');
  trustCertificates(authority.certificatePem);
});

afterAll(forgetCertificates);

afterEach(() => opened.close());

interface Way {
  readonly secure?: boolean;
  readonly fault?: ProxyFault;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly seconds?: number | undefined;
}

/** An Appcircle behind a proxy that alone knows its name, and a connection to it. */
async function connect({ secure = true, fault, credentials, seconds }: Way = {}) {
  const appcircle = await startAppcircle(
    secure ? { tls: await authority.issue({ hosts: [HOST] }) } : {},
  );
  const proxy = await startProxy({
    hosts: { [`${HOST}:${secure ? 443 : 80}`]: appcircle.ports.auth },
    ...(credentials && { credentials }),
    ...(fault !== undefined && { fault }),
  });
  opened.add(appcircle);
  opened.add(proxy);
  return { appcircle, proxy, ...connectBy(proxy.url, { secure, seconds }) };
}

interface Route {
  readonly secure?: boolean;
  readonly seconds?: number | undefined;
  readonly origin?: string;
}

function connectBy(url: string, { secure = true, seconds, origin }: Route = {}) {
  const context = testContext({
    seconds,
    variables: { [secure ? 'HTTPS_PROXY' : 'HTTP_PROXY']: url },
  });
  const connection = connectTo(origin ?? `${secure ? 'https' : 'http'}://${HOST}`, context);
  return { connection, context };
}

test('asks for one tunnel, and keeps it for all requests', async () => {
  const { appcircle, proxy, connection } = await connect();
  for (let request = 0; request < 3; request++) {
    expect(
      (await connection.send({ path: '/auth', form: new URLSearchParams('a=b') })).status,
    ).toBe(404);
  }
  expect(proxy.requests).toEqual([
    { method: 'CONNECT', target: `${HOST}:443`, username: '', password: '' },
  ]);
  expect(appcircle.connections.auth).toBe(1);
  expect(appcircle.requests.map(({ headers }) => headers.host)).toEqual([HOST, HOST, HOST]);
});

test('gives the proxy its login, and the server none', async () => {
  const { appcircle, proxy, connection, context } = await connect({ credentials: LOGIN });
  expect((await connection.send({ path: '/' })).status).toBe(404);
  expect(proxy.requests).toEqual([{ method: 'CONNECT', target: `${HOST}:443`, ...LOGIN }]);
  expect(appcircle.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  expect(context.announced).toContain(LOGIN.password);
});

test.each([
  [{ username: 'user', password: '' }, true],
  [{ username: 'user', password: '' }, false],
  [{ username: '', password: 'secret' }, true],
  [{ username: '', password: 'secret' }, false],
])('a login has either half: %j, with TLS: %s', async (credentials, secure) => {
  const { proxy, connection } = await connect({ secure, credentials });
  expect((await connection.send({ path: '/' })).status).toBe(404);
  expect(proxy.requests).toMatchObject([credentials]);
});

test.each([true, false])('says that a login was not accepted, with TLS: %s', async (secure) => {
  const { proxy } = await connect({ secure, credentials: LOGIN });
  const { connection } = connectBy(proxy.url.replace('us%40er', 'other'), { secure });
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
    reason: expect.stringContaining('The one that was sent was not accepted.'),
  });
});

test('sends what needs no TLS through the proxy as it is', async () => {
  const { appcircle, proxy, connection } = await connect({ secure: false, credentials: LOGIN });
  expect((await connection.send({ path: '/auth' })).status).toBe(404);
  expect(proxy.requests).toEqual([{ method: 'GET', target: `${HOST}:80`, ...LOGIN }]);
  expect(appcircle.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
});

test.each([403, 407, 502] as const)('a proxy that answers %d has made no tunnel', async (fault) => {
  const { appcircle, connection, proxy } = await connect({ fault });
  const { host } = new URL(proxy.url);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
    reason:
      fault === 407
        ? `The proxy ${host} asks for a login (HTTP 407: Basic realm="ProxyChain"). None was sent.`
        : `The proxy ${host} did not connect to ${HOST} (HTTP ${fault}).`,
    transient: fault === 502 ? { waitMs: undefined } : undefined,
  });
  expect(appcircle.connections.auth).toBe(0);
});

test("a proxy's 407 is not taken for the server's, where there is no tunnel", async () => {
  const { connection, proxy } = await connect({ secure: false, fault: 407 });
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
    reason: `The proxy ${new URL(proxy.url).host} asks for a login (HTTP 407: Basic realm="ProxyChain"). None was sent.`,
  });
});

test.each(['stall before the answer', 'stall after CONNECT'] as const)(
  '%s: gives the connection up, and names the proxy',
  async (fault) => {
    const { connection, context, proxy } = await connect({ fault, seconds: 20 });
    const failure = failureFrom(connection.send({ path: '/' }));
    while (proxy.requests.length === 0) await setImmediate();
    await context.clock.advance(20_000);
    expect(await failure).toMatchObject({
      title: OVER,
      reason: `Gave up after 6.7 s of connecting to ${HOST} through the proxy ${new URL(proxy.url).host}.`,
    });
  },
);

test('an answer to CONNECT in a hundred pieces is an answer', async () => {
  const { promise: used, resolve } = Promise.withResolvers<void>();
  const port = await listen(async (socket) => {
    socket.setNoDelay(true).once('data', () => resolve());
    for (const piece of `HTTP/1.1 200 ${'x'.repeat(100)}\r\n\r\n`) {
      socket.write(piece);
      await setTimeout(1);
    }
  }, opened);
  const { connection, context } = connectBy(`http://127.0.0.1:${port}`, { seconds: 20 });
  const before = process.memoryUsage().heapUsed;
  const failure = failureFrom(connection.send({ path: '/' }));
  await used;
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  await context.clock.advance(20_000);
  expect(await failure).toMatchObject({ title: OVER });
});

test('headers without end are no answer', async () => {
  const port = await listen((socket) => {
    const pour = () => {
      while (socket.write(`X-Flood: ${'f'.repeat(8000)}\r\n`));
    };
    socket.write('HTTP/1.1 200 OK\r\n');
    socket.on('drain', pour);
    pour();
  }, opened);
  const { connection } = connectBy(`http://127.0.0.1:${port}`);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
    reason: expect.stringContaining('(Parse Error: Header overflow)'),
    transient: undefined,
  });
});

// RFC 6066, section 3: an address is no name for a server to be asked for.
test.each([
  ['localhost', 'localhost'],
  ['127.0.0.1', false],
])(
  'a proxy on %s that is reached over TLS is asked over TLS, for the name %s',
  async (name, serverName) => {
    const asked: unknown[] = [];
    const server = createServer(await authority.issue());
    server.on('connect', (request, socket) => {
      const sni = socket instanceof tls.TLSSocket && socket.servername;
      asked.push([request.url, request.headers, sni]);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    const port = await listenOnLoopback(server);
    opened.add({ close: () => server.close() });
    const { connection } = connectBy(`https://user:pass@${name}:${port}`);
    expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
      reason: `The proxy ${name}:${port} did not connect to ${HOST} (HTTP 403).`,
    });
    const headers = {
      host: `${HOST}:443`,
      'user-agent': 'appcircle-access-token-action',
      'proxy-authorization': 'Basic dXNlcjpwYXNz',
      connection: expect.any(String),
    };
    expect(asked).toEqual([[`${HOST}:443`, headers, serverName]]);
  },
);

test("a proxy's certificate that is not trusted is tried with the system's store, and then an error", async () => {
  const stranger = await createAuthority('Stranger');
  const server = createServer(await stranger.issue());
  const port = await listenOnLoopback(server);
  opened.add({ close: () => server.close() });
  const { connection, context } = connectBy(`https://localhost:${port}`);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
    reason: expect.stringContaining('(unable to verify the first certificate'),
    transient: undefined,
  });
  expect(context.log.debugLines.length).toBe(1);
});

test('https:// for a proxy that speaks no TLS is named', async () => {
  const { port } = await startAnsweringProxy('HTTP/1.1 400 Bad Request\r\n\r\n');
  const { connection } = connectBy(`https://127.0.0.1:${port}`);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
    reason: `The proxy 127.0.0.1:${port} did not connect to ${HOST} (the answer was not TLS).`,
    remedy: expect.stringContaining('HTTPS_PROXY has to start with http://'),
    transient: undefined,
  });
});

test('asks for an IPv6 address in brackets', async () => {
  const { port, asked } = await startAnsweringProxy('HTTP/1.1 403 Forbidden\r\n\r\n');
  const origin = 'https://[2001:db8::1]:8443';
  await failureFrom(
    connectBy(`http://127.0.0.1:${port}`, { origin }).connection.send({ path: '/' }),
  );
  expect(asked[0]).toMatch(/^CONNECT \[2001:db8::1\]:8443 HTTP/);
});

test('300 Multiple Choices is no tunnel', async () => {
  const { port } = await startAnsweringProxy('HTTP/1.1 300 Multiple Choices\r\n\r\n');
  const { connection } = connectBy(`http://127.0.0.1:${port}`);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The proxy refused the connection',
  });
});

test.each(['200 OK', '201 Created', '299 Fine'])(
  "%s is a tunnel, and what comes with it is the server's",
  async (status) => {
    const { port } = await startAnsweringProxy(`HTTP/1.1 ${status}\r\n\r\nthis is not TLS`);
    const { connection } = connectBy(`http://127.0.0.1:${port}`);
    expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
      title: 'The TLS connection failed',
      reason: `No TLS connection to ${HOST} through the proxy 127.0.0.1:${port} could be made (the answer was not TLS).`,
    });
  },
);

/** A proxy that notes what it is asked for and answers this. */
async function startAnsweringProxy(answer: string) {
  const asked: string[] = [];
  const port = await listen((socket, read) => {
    asked.push(String(read));
    socket.end(answer);
  }, opened);
  return { port, asked };
}

test("a server that resets behind the tunnel is not the proxy's fault", async () => {
  const { appcircle, connection } = await connect();
  appcircle.fail(resetOnConnect());
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The connection failed',
    transient: { waitMs: undefined },
  });
  expect((await connection.send({ path: '/' })).status).toBe(404);
});
