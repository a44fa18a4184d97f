import { afterEach, expect, test } from '@jest/globals';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import * as faults from '../../sandbox/network/faults.ts';
import { closedPort } from '../../sandbox/network/listener.ts';
import { startRecorder } from '../../sandbox/network/recorder.ts';
import { Connection } from '../../src/http/connection.ts';
import { json, raw } from '../faults/raw.ts';
import { reasonOf, stillWorld, surroundings } from './support.ts';

const MIB = 1024 * 1024;
const FORM = new URLSearchParams({ secret: 'a&b=ç ' });

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

/** An Appcircle that does this in place of its first answer, and a connection to it. */
async function connect(fault: faults.Fault | undefined, options: Parameters<typeof surroundings>[0] = {}) {
  const appcircle = await startAppcircle();
  if (fault) appcircle.fail(fault);
  const around = surroundings(options);
  const connection = new Connection(appcircle.authEndpoint, around, (text) => text.match(/token-\w+/g) ?? []);
  opened.push(appcircle, connection, { close: around.clear });
  return { appcircle, connection, ...around, host: hostOf(appcircle) };
}

const hostOf = ({ authEndpoint }: Appcircle) => new URL(authEndpoint).host;

test('sends a form as it is meant to be sent', async () => {
  const { appcircle, connection, host } = await connect(undefined);
  const answer = await connection.send({ path: '/auth/v3/token?x=1', form: FORM });
  expect(answer).toMatchObject({ host, status: 400, headers: { 'content-type': 'application/json; charset=utf-8' } });
  const [request] = appcircle.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/auth/v3/token',
    query: { x: '1' },
    body: 'secret=a%26b%3D%C3%A7+',
  });
  expect(request?.headers).toEqual({
    accept: 'application/json',
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
  expect(answer.body.toString()).toBe('whole');
  const [request] = appcircle.requests;
  expect(request).toMatchObject({ method: 'GET', path: '/identity', body: '' });
  expect(request?.headers).toEqual({
    accept: 'application/json',
    'user-agent': 'appcircle-access-token-action',
    authorization: 'Bearer abc.def',
    host,
    connection: 'keep-alive',
  });
});

test('keeps one connection for all requests, and closes it', async () => {
  const { appcircle, connection } = await connect(undefined);
  for (let request = 0; request < 5; request++) await connection.send({ path: '/', form: FORM });
  expect([appcircle.requests.length, appcircle.connections.auth]).toEqual([5, 1]);
  connection.close();
  await connection.send({ path: '/', form: FORM });
  expect(appcircle.connections.auth).toBe(2);
});

test('masks what is secret in an answer before it tells of the answer', async () => {
  const { connection, announced, log } = await connect(
    faults.answer({ headers: { 'x-request-id': 'token-abcdef' }, body: 'a token-abcdef and a token-ghijkl' }),
  );
  await connection.send({ path: '/', form: FORM });
  expect(announced).toEqual(['token-abcdef', 'token-ghijkl']);
  expect(log.debugLines[0]).toMatch(/request ID \*\*\*$/);
});

test('tells in the debug log what was asked and answered', async () => {
  const world = stillWorld();
  world.pass(5000);
  const { connection, log, host } = await connect(faults.answer({ status: 418, body: '12345' }), { world });
  await connection.send({ path: '/pot?of=tea', form: FORM });
  await connection.send({ path: '/pot' });
  expect(log.debugLines).toEqual([
    `POST ${host}/pot?of=tea: 418 after 0 ms, 5 bytes, request ID sandbox-1`,
    `GET ${host}/pot: 404 after 0 ms, 21 bytes, request ID sandbox-2`,
  ]);
  expect(log.lines).toEqual([]);
});

test.each([
  ['X-Correlation-Id: other-id\r\n', 'other-id'],
  ['X-Request-Id: id\r\nX-Correlation-Id: other-id\r\n', 'id'],
])('takes the request ID from %j', async (headers, id) => {
  const { connection, log } = await connect(json('an ID', '{}', headers));
  await connection.send({ path: '/' });
  expect(log.debugLines[0]).toMatch(new RegExp(`2 bytes, request ID ${id}$`));
});

test('tells no request ID where there is none', async () => {
  const { connection, log } = await connect(json('no ID', '{}'));
  await connection.send({ path: '/' });
  expect(log.debugLines[0]).toMatch(/, 2 bytes$/);
});

test.each([MIB, 0, 1])('reads an answer of %d bytes', async (bytes) => {
  const { connection } = await connect(json('long', 'x'.repeat(bytes)));
  expect((await connection.send({ path: '/' })).body.length).toBe(bytes);
});

test('reads no further than 1 MiB', async () => {
  const { connection, host } = await connect(json('long', 'x'.repeat(MIB + 1)));
  expect(await reasonOf(connection.send({ path: '/' }))).toMatchObject({
    title: 'The answer is too large',
    message: `${host} answered 200 with more than 1 MiB.`,
    remedy: 'Check that the endpoint is the address of an Appcircle server.',
    transient: undefined,
  });
});

test('says how far it came when the time runs out', async () => {
  const { connection, host, deadline } = await connect(faults.stallInBody(), { seconds: 0.2 });
  expect(await reasonOf(deadline.limit(connection.send({ path: '/' })))).toMatchObject({
    message: `The time limit of 200 ms ran out while reading the answer of ${host}, of which 40 bytes came.`,
  });
});

test('says whom it waited for when the time runs out', async () => {
  const { connection, host, deadline } = await connect(faults.stallAfterRequest(), { seconds: 0.2 });
  expect(await reasonOf(deadline.limit(connection.send({ path: '/' })))).toMatchObject({
    message: `The time limit of 200 ms ran out while waiting for ${host} to answer.`,
  });
});

test.each([
  ['a chunk without a size, right behind the headers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['an end in the middle of the body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
])('an answer that breaks off ends the wait at once: %s', async (_name, text) => {
  const { connection, host } = await connect(raw('broken', text));
  expect(await reasonOf(connection.send({ path: '/' }))).toMatchObject({
    title: 'The connection failed',
    message: expect.stringContaining(`The connection to ${host} failed (`),
    transient: { waitMs: undefined },
  });
});

test('tells what broke, without what is secret in it', async () => {
  const { connection, masks, host } = await connect(raw('nonsense', 'nonsense\r\n\r\n'));
  masks.add('Expected');
  expect(await reasonOf(connection.send({ path: '/' }))).toMatchObject({
    title: 'The answer is not HTTP',
    message: `${host} answered with something other than HTTP (Parse Error: *** HTTP/, RTSP/ or ICE/).`,
  });
});

test.each([300, 301, 302, 303, 304, 307, 308, 399])(
  'gives back a redirect %d as it is, and sends nothing to its target',
  async (status) => {
    const recorder = await startRecorder();
    opened.push(recorder);
    const { appcircle, connection } = await connect(
      faults.answer({ status, headers: { location: recorder.url }, body: '' }),
    );
    const answer = await connection.send({ path: '/auth/v3/token', form: FORM });
    expect(answer).toMatchObject({ status, headers: { location: recorder.url } });
    expect([recorder.connections, recorder.received]).toEqual([0, '']);
    expect(appcircle.requests.length).toBe(1);
  },
);

test.each([100, 103] as const)('does not take a %d for an answer', async (status) => {
  const line = `HTTP/1.1 ${status} Wait\r\n\r\n`;
  const { connection } = await connect(raw('interim', `${line}${line}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}`));
  expect(await connection.send({ path: '/' })).toMatchObject({ status: 200, body: Buffer.from('{}') });
});

test('takes an IPv6 address for an address', async () => {
  const around = surroundings();
  const connection = new Connection(`http://[::1]:${await closedPort()}`, around, () => []);
  opened.push(connection, { close: around.clear });
  expect(await reasonOf(connection.send({ path: '/' }))).toMatchObject({ title: 'The connection failed' });
});

test('takes a 407 that no proxy gives for an answer', async () => {
  const { connection } = await connect(faults.answer({ status: 407, body: '' }));
  expect((await connection.send({ path: '/' })).status).toBe(407);
});
