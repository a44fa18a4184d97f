import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import {
  type Authority,
  createAuthority,
  UNKNOWN_EXTENSION,
} from '../../sandbox/network/certificates.ts';
import { trustCertificates } from '../../src/http/certificates.ts';
import { testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { forgetCertificates } from '../support/trusted.ts';
import { connectTo, listen, Opened } from './support.ts';

const opened = new Opened();
let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority('Sandbox Root');
  trustCertificates(authority.certificatePem);
});

afterAll(forgetCertificates);

afterEach(() => opened.close());

/** A server that answers with these bytes, and closes. */
async function answering(bytes: string | Uint8Array): Promise<string> {
  return `localhost:${await listen((socket) => socket.end(bytes), opened)}`;
}

function failureOfRequest(origin: string) {
  return failureFrom(connectTo(origin, testContext()).send({ path: '/' }));
}

test('https:// on a port that speaks plain HTTP fails, with a remedy that says so', async () => {
  const host = await answering('HTTP/1.1 400 Bad Request\r\n\r\n');
  expect(await failureOfRequest(`https://${host}`)).toMatchObject({
    title: 'The TLS connection failed',
    reason: `No TLS connection to ${host} could be made (the answer was not TLS).`,
    remedy: expect.stringContaining('That port speaks plain HTTP'),
    transient: undefined,
  });
});

test('http:// on a port that speaks TLS, and answers with an alert, fails with a word of TLS', async () => {
  const host = await answering(Uint8Array.of(0x15, 3, 1, 0, 2, 2, 70));
  expect(await failureOfRequest(`http://${host}`)).toMatchObject({
    title: 'The TLS connection failed',
    reason: `${host} speaks TLS on that port, but the endpoint starts with http://.`,
    transient: undefined,
  });
});

test('http:// on a port that speaks TLS, and closes, is tried again, with a remedy that asks for https:// first', async () => {
  const appcircle = opened.add(await startAppcircle({ tls: await authority.issue() }));
  const host = `localhost:${appcircle.ports.auth}`;
  expect(await failureOfRequest(`http://${host}`)).toMatchObject({
    title: 'The connection failed',
    reason: `The connection to ${host} failed (closed without an answer).`,
    remedy: expect.stringMatching(
      /^Check first that the endpoint starts with https:\/\/ if its port speaks TLS/,
    ),
    transient: { waitMs: undefined },
  });
});

test('a server that asks for a client certificate is named as such, and not tried again', async () => {
  const tls = { ...(await authority.issue()), requestCert: true };
  const appcircle = opened.add(await startAppcircle({ tls }));
  const host = `localhost:${appcircle.ports.auth}`;
  expect(await failureOfRequest(`https://${host}`)).toMatchObject({
    title: 'The TLS connection failed',
    reason: `No TLS connection to ${host} could be made (it asks for a client certificate).`,
    transient: undefined,
  });
});

test('a certificate that OpenSSL does not accept fails with its reason, and is not tried again', async () => {
  const tls = await authority.issue({ extensions: [UNKNOWN_EXTENSION] });
  const appcircle = opened.add(await startAppcircle({ tls }));
  const host = `localhost:${appcircle.ports.auth}`;
  expect(await failureOfRequest(`https://${host}`)).toMatchObject({
    title: 'The certificate is not acceptable',
    reason: `The certificate of ${host} or of its authority is not acceptable (unhandled critical extension).`,
    transient: undefined,
  });
});
