import type { ServerResponse } from 'node:http';
import * as net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import { createAuthority } from '../../sandbox/network/certificates.ts';
import * as faults from '../../sandbox/network/faults.ts';
import { closedPort } from '../../sandbox/network/listener.ts';
import { startRecorder } from '../../sandbox/network/recorder.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { trustCertificates } from '../../src/http/certificates.ts';
import { type TestContextOptions, testContext } from '../support/context.ts';
import { failureFrom, rawText } from '../support/failures.ts';
import { forgetCertificates } from '../support/trusted.ts';
import { connectTo, isDoing, json, Opened, raw } from './support.ts';

const MIB = 1024 * 1024;
const FORM = new URLSearchParams({ secret: 'a&b=ç ' });

const opened = new Opened();
afterEach(async () => {
  forgetCertificates();
  await opened.close();
});

/** An Appcircle that does this in place of its first answer, and a connection to it. */
async function connect(fault?: faults.Fault, options: TestContextOptions = {}) {
  const appcircle = opened.add(await startAppcircle());
  if (fault) appcircle.fail(fault);
  const context = testContext(options);
  const connection = connectTo(appcircle.authEndpoint, context);
  return { appcircle, connection, context, host: new URL(appcircle.authEndpoint).host };
}

test('sends a form as it is meant to be sent, and nothing of the run', async () => {
  process.env['ACTIONS_ORCHESTRATION_ID'] = 'job-1234';
  const { appcircle, connection, host } = await connect();
  const answer = await connection.send({ path: '/auth/v3/token?x=1', form: FORM });
  expect(answer).toMatchObject({
    host,
    status: 400,
    headers: { 'content-type': new Foreign('application/json; charset=utf-8') },
  });
  const [request] = appcircle.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/auth/v3/token',
    query: { x: '1' },
    body: 'secret=a%26b%3D%C3%A7+',
  });
  expect(request?.headers).toEqual({
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'appcircle-access-token-action',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': '22',
    host,
    connection: 'keep-alive',
  });
});

test('gets with a token, and without a body', async () => {
  const { appcircle, connection, host } = await connect(faults.answer({ body: 'whole' }));
  const answer = await connection.send({ path: '/identity', bearer: 'abc.def' });
  expect(answer.body.raw).toBe('whole');
  const [request] = appcircle.requests;
  expect(request).toMatchObject({ method: 'GET', path: '/identity', body: '' });
  expect(request?.headers).toEqual({
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'appcircle-access-token-action',
    authorization: 'Bearer abc.def',
    host,
    connection: 'keep-alive',
  });
});

test('keeps one connection for all requests', async () => {
  const { appcircle, connection } = await connect();
  for (let request = 0; request < 5; request++) await connection.send({ path: '/', form: FORM });
  expect([appcircle.requests.length, appcircle.connections.auth]).toEqual([5, 1]);
});

test('masks what is secret in an answer before it tells of the answer', async () => {
  const { connection, context } = await connect(
    faults.answer({
      headers: { 'x-request-id': 'token-abcdef' },
      body: 'a token-abcdef and a token-ghijkl',
    }),
  );
  await connection.send({ path: '/', form: FORM });
  expect(context.announced).toEqual(['token-abcdef', 'token-ghijkl']);
  expect(context.log.debugLines[0]).toMatch(/request ID \*\*\*$/);
});

test('looks for tokens in the answer to a form alone', async () => {
  const { connection, context } = await connect(faults.answer({ body: 'a token-abcdef' }));
  await connection.send({ path: '/' });
  expect(context.announced).toEqual([]);
});

test('tells in the debug log what was asked and answered', async () => {
  const { connection, context, host } = await connect(
    faults.answer({ status: 418, body: '12345' }),
  );
  await connection.send({ path: '/pot?of=tea', form: FORM });
  await connection.send({ path: '/pot' });
  expect(context.log.debugLines).toEqual([
    `POST ${host}/pot?of=tea: 418 after 0 ms, 5 bytes, request ID sandbox-1`,
    `GET ${host}/pot: 404 after 0 ms, 21 bytes, request ID sandbox-2`,
  ]);
  expect(context.log.lines).toEqual([]);
});

test.each([
  ['X-Correlation-Id: other-id\r\n', ', request ID other-id'],
  ['X-Request-Id: id\r\nX-Correlation-Id: other-id\r\n', ', request ID id'],
  ['', ''],
])('tells of the headers %j in the debug log "%s"', async (headers, told) => {
  const { connection, context } = await connect(json('an ID', '{}', headers));
  await connection.send({ path: '/' });
  expect(context.log.debugLines[0]).toMatch(new RegExp(`, 2 bytes${told}$`));
});

test.each([MIB, 0, 1])('reads an answer of %d bytes', async (bytes) => {
  const { connection } = await connect(json('long', 'x'.repeat(bytes)));
  expect((await connection.send({ path: '/' })).body.raw.length).toBe(bytes);
});

test('reads an answer in chunks of one byte', async () => {
  const body = '0123456789'.repeat(500);
  const chunks = [...body].map((byte) => `1\r\n${byte}\r\n`).join('');
  const answer = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
  const { connection } = await connect(raw('chunks', answer, { keep: true }));
  expect((await connection.send({ path: '/' })).body.raw).toBe(body);
});

test('reads no further than 1 MiB', async () => {
  const { connection, host } = await connect(json('long', 'x'.repeat(MIB + 1)));
  expect(await failureFrom(connection.send({ path: '/' }))).toEqual({
    title: 'The answer is too large',
    reason: `${host} answered HTTP 200 with more than 1 MiB.`,
    remedy: 'Check that the endpoint is the address of an Appcircle server.',
  });
});

test('says whom it waits for again once it asks again', async () => {
  const { connection, host } = await connect();
  await connection.send({ path: '/' });
  expect(rawText(connection.doing())).toBe(`reading the answer of ${host} (21 bytes so far).`);
  const second = connection.send({ path: '/' });
  expect(rawText(connection.doing())).toBe(`connecting to ${host}.`);
  await isDoing(connection, 'waiting');
  expect(rawText(connection.doing())).toBe(`waiting for ${host} to answer.`);
  await second;
});

test.each([
  [
    'a chunk without a size, right behind the headers',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ],
  ['an end in the middle of the body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
])('an answer that breaks off ends the wait at once: %s', async (_name, text) => {
  const { connection, host } = await connect(raw('broken', text));
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The connection failed',
    reason: expect.stringContaining(`The connection to ${host} failed (`),
    transient: { waitMs: undefined },
  });
});

test.each([300, 301, 302, 303, 304, 307, 308, 399])(
  'does not follow a redirect: gives back the %d as it is, and sends nothing to its target',
  async (status) => {
    const recorder = opened.add(await startRecorder());

    const { appcircle, connection } = await connect(
      faults.answer({ status, headers: { location: recorder.url }, body: '' }),
    );
    const answer = await connection.send({ path: '/auth/v3/token', form: FORM });
    expect(answer).toMatchObject({ status, headers: { location: new Foreign(recorder.url) } });
    expect([recorder.connections, recorder.received]).toEqual([0, '']);
    expect(appcircle.requests.length).toBe(1);
  },
);

test.each([100, 103] as const)('does not take a %d for an answer', async (status) => {
  const line = `HTTP/1.1 ${status} Wait\r\n\r\n`;
  const { connection } = await connect(
    raw('interim', `${line}${line}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}`),
  );
  expect(await connection.send({ path: '/' })).toMatchObject({
    status: 200,
    body: new Foreign('{}'),
  });
});

test('takes an IPv6 address for an address', async () => {
  const connection = connectTo(`http://[::1]:${await closedPort()}`, testContext());
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The connection failed',
  });
});

test.each([
  ['Date: Fri, 06 Nov 2026 08:49:37 GMT\r\n', Date.UTC(2026, 10, 6, 8, 49, 37)],
  ['Date: Fri Nov  6 08:49:37 2026\r\n', Date.UTC(2026, 10, 6, 8, 49, 37)],
  ['Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n', undefined],
  ['Date: yesterday\r\n', undefined],
  ['', undefined],
])('dates a response by %j or, without it, by its own clock', async (headers, date) => {
  const { connection, context } = await connect(json('dated', '{}', headers));
  expect((await connection.send({ path: '/' })).date).toBe(date ?? context.clock.now());
});

test.each([
  ['an object', '{"é": 1}', { é: 1 }],
  ['an object behind a byte order mark', '\uFEFF{"é": 1}', { é: 1 }],
  ['a list', '[1]', undefined],
  ['text', 'one', undefined],
  ['nothing', '', undefined],
])('reads the fields of a JSON object: %s', async (_what, body, fields) => {
  const { connection } = await connect(json('fields', body));
  expect((await connection.send({ path: '/' })).fields).toEqual(fields);
});

// No proxy gives this 407.
test.each([401, 407])('gives a %d to whoever asked, without a second request', async (status) => {
  const { appcircle, connection } = await connect(faults.answer({ status, body: 'no' }));
  expect(await connection.send({ path: '/', form: FORM })).toMatchObject({
    status,
    body: new Foreign('no'),
  });
  expect(appcircle.requests.length).toBe(1);
});

test("asks once more on a new connection where this one is another host's (421)", async () => {
  const { appcircle, connection } = await connect();
  await connection.send({ path: '/' });
  appcircle.fail(faults.answer({ status: 421, body: '' }));
  expect((await connection.send({ path: '/', form: FORM })).status).toBe(404);
  expect([appcircle.requests.length, appcircle.connections.auth]).toEqual([3, 2]);

  appcircle.fail(faults.answer({ status: 421, body: '' }), { times: 2 });
  expect((await connection.send({ path: '/', form: FORM })).status).toBe(421);
  expect([appcircle.requests.length, appcircle.connections.auth]).toEqual([5, 3]);
});

test.each([
  ['', { keep: true }],
  ['', { keep: false }],
  ['Connection: Upgrade\r\nUpgrade: websocket\r\n', { keep: true }],
  ['Connection: Upgrade\r\nUpgrade: websocket\r\n', { keep: false }],
])('does not wait behind a 101 with the headers %j, %j', async (headers, options) => {
  const { connection } = await connect(
    raw('101', `HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`, options),
  );
  const failure = await failureFrom(connection.send({ path: '/' }));
  expect(failure).toMatchObject({
    title: 'The answer is not HTTP',
    reason: expect.stringContaining('(HTTP 101).'),
  });
  // It would be the same again.
  expect(failure.transient).toBeUndefined();
});

test('takes an answer that offers another protocol for an answer', async () => {
  const offer = 'Connection: Upgrade, Keep-Alive\r\nUpgrade: h2,h2c\r\n';
  const { connection } = await connect(json('an offer', '{"a": 1}', offer));
  expect((await connection.send({ path: '/' })).fields).toEqual({ a: 1 });
});

test('reads headers of up to 64 KiB', async () => {
  const cookies = 'Set-Cookie: session=0123456789\r\n'.repeat(2000);
  const { connection } = await connect(json('many cookies', '{"a": 1}', cookies));
  expect((await connection.send({ path: '/' })).fields).toEqual({ a: 1 });
});

describe('patience', () => {
  const gaveUpAfter = (limit: number) => (limit < 15 ? '5 s' : `${limit / 3} s`);

  test.each([
    [60, 20_000],
    [15, 5000],
    [12, 5000],
  ])(
    'of %d s, gives up a connection whose handshake takes %d ms, for a new one at once',
    async (seconds, patienceMs) => {
      const authority = await createAuthority('Root');
      trustCertificates(authority.certificatePem);
      const appcircle = opened.add(await startAppcircle({ tls: await authority.issue() }));
      appcircle.fail(faults.stallOnConnect());
      const context = testContext({ seconds });
      const connection = connectTo(appcircle.authEndpoint, context);

      const failure = failureFrom(connection.send({ path: '/' }));
      while (appcircle.connections.auth === 0) await setImmediate();
      await context.clock.advance(patienceMs - 1);
      expect(rawText(connection.doing())).toBe(`connecting to localhost:${appcircle.ports.auth}.`);
      await context.clock.advance(1);

      expect(await failure).toEqual({
        title: 'Appcircle did not answer in time',
        reason: `Gave up after ${gaveUpAfter(seconds)} of connecting to localhost:${appcircle.ports.auth}.`,
        remedy: expect.stringContaining('Run the job again.'),
        transient: { waitMs: 0 },
      });
      expect((await connection.send({ path: '/' })).status).toBe(404);
      expect(appcircle.connections.auth).toBe(2);
      // The deadline's own.
      expect(context.clock.pending).toBe(1);
    },
  );

  test('gives up a kept-alive connection that brings nothing, for a new one at once', async () => {
    const { appcircle, connection, context, host } = await connect(undefined, { seconds: 60 });
    await connection.send({ path: '/' });
    appcircle.fail(faults.stallAfterRequest());
    const failure = failureFrom(connection.send({ path: '/' }));
    await isDoing(connection, 'waiting');
    await context.clock.advance(20_000);
    expect(await failure).toMatchObject({
      reason: `Gave up after 20 s of waiting for ${host} to answer.`,
      transient: { waitMs: 0 },
    });
    expect((await connection.send({ path: '/' })).status).toBe(404);
    expect(appcircle.connections.auth).toBe(2);
  });

  test.each([1, 25, 59])('lets an answer on a new connection take %d of 60 s', async (seconds) => {
    const { hold, held } = holding();
    const { connection, context, host } = await connect(hold, { seconds: 60 });
    const response = connection.send({ path: '/' });
    const answer = await held;
    await context.clock.advance(seconds * 1000);
    expect(rawText(connection.doing())).toBe(`waiting for ${host} to answer.`);
    answer.end('{}');
    expect((await response).status).toBe(200);
  });

  test('lets an answer on a kept-alive connection take its time once it has begun', async () => {
    const { hold, held } = holding();
    const { appcircle, connection, context } = await connect(undefined, { seconds: 60 });
    await connection.send({ path: '/' });
    appcircle.fail(hold);
    const response = connection.send({ path: '/' });
    (await held).write('{');
    await isDoing(connection, '(1 bytes');
    await context.clock.advance(40_000);
    (await held).end('}');
    expect((await response).fields).toEqual({});
    expect(appcircle.connections.auth).toBe(1);
  });

  const ofNode = net.getDefaultAutoSelectFamilyAttemptTimeout();
  afterEach(() => net.setDefaultAutoSelectFamilyAttemptTimeout(ofNode));

  test.each([
    [60, 250, 2000],
    [600, 250, 2000],
    [12, 250, 1000],
    [1, 250, 250],
    [60, 3000, 3000],
  ])(
    "of %d s, with Node's own %d ms, gives each address of several %d ms",
    (seconds, own, expected) => {
      net.setDefaultAutoSelectFamilyAttemptTimeout(own);
      connectTo('https://auth.appcircle.io', testContext({ seconds }));
      expect(net.getDefaultAutoSelectFamilyAttemptTimeout()).toBe(expected);
    },
  );
});

/** A fault that answers when a test wants it to. */
function holding() {
  const { promise: held, resolve } = Promise.withResolvers<ServerResponse>();
  const hold: faults.Fault = {
    name: 'held',
    strikes: 'request',
    play: (response) => resolve(response),
  };
  return { hold, held };
}
