import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import { type Authority, createAuthority } from '../../sandbox/network/certificates.ts';
import type { ServerCertificate } from '../../sandbox/network/listener.ts';
import { startProxy } from '../../sandbox/network/proxy.ts';
import { trustCertificates, trustOptions, trustSystemStore } from '../../src/http/certificates.ts';
import { testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { forgetCertificates, TRUSTED_AT_FIRST } from '../support/trusted.ts';
import { connectTo, Opened } from './support.ts';

const opened = new Opened();
let authority: Authority;
let other: Authority;

beforeAll(async () => {
  authority = await createAuthority('One');
  other = await createAuthority('Other');
});

afterEach(async () => {
  jest.restoreAllMocks();
  forgetCertificates();
  await opened.close();
});

/** A connection to an Appcircle whose certificate the first authority has issued, unless it is another. */
async function connect(certificate?: ServerCertificate) {
  const tlsOf = certificate ?? (await authority.issue());
  const appcircle = opened.add(await startAppcircle({ tls: tlsOf }));
  const context = testContext();
  const connection = connectTo(appcircle.authEndpoint, context);
  return { appcircle, connection, log: context.log };
}

/** An intermediate authority, and a certificate of a server that sends no intermediate along. */
async function intermediate(hosts = ['localhost']) {
  const { key, cert } = await (await authority.createIntermediate('Between')).issue({ hosts });
  const [leaf = '', between = ''] = cert.split(/(?<=-----END CERTIFICATE-----)\n/);
  return { between, certificate: { key, cert: leaf } };
}

/** Has the operating system trust these, and counts how often it is asked. */
function systemStoreOf(certificates: readonly string[]) {
  const real = tls.getCACertificates;
  return jest
    .spyOn(tls, 'getCACertificates')
    .mockImplementation((type) => (type === 'system' ? [...certificates] : real(type)));
}

const systemReads = (store: ReturnType<typeof systemStoreOf>) =>
  store.mock.calls.filter(([type]) => type === 'system').length;

/** What is trusted by now, in an order and a form that can be compared. */
const trustedNow = () => fingerprints(tls.getCACertificates('default'));
const fingerprints = (certificates: readonly string[]) =>
  [...new Set(certificates.map((pem) => new X509Certificate(pem).fingerprint256))].sort();

test('what is trusted comes on top of what was trusted', () => {
  trustCertificates(other.certificatePem);
  expect(trustedNow()).toEqual(fingerprints([...TRUSTED_AT_FIRST, other.certificatePem]));
});

test("trusts the system's store on top, too", () => {
  systemStoreOf([authority.certificatePem, other.certificatePem]);
  trustSystemStore();
  expect(trustedNow()).toEqual(
    fingerprints([...TRUSTED_AT_FIRST, authority.certificatePem, other.certificatePem]),
  );
});

test("refuses what OpenSSL can't read", () => {
  expect(() =>
    trustCertificates('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'),
  ).toThrow();
});

test("does not read the system's store where there is no need", async () => {
  const store = systemStoreOf([]);
  trustCertificates(authority.certificatePem);
  const { connection, log } = await connect();
  expect((await connection.send({ path: '/' })).status).toBe(404);
  expect(systemReads(store)).toBe(0);
  expect(log.debugLines.length).toBe(1);
});

test('trusts each of several authorities in one text', async () => {
  trustCertificates(`${other.certificatePem}\n${authority.certificatePem}`);
  const { connection } = await connect();
  expect((await connection.send({ path: '/' })).status).toBe(404);
});

test('trusts an intermediate without its root', async () => {
  const { between, certificate } = await intermediate();
  trustCertificates(between);
  const { connection } = await connect(certificate);
  expect((await connection.send({ path: '/' })).status).toBe(404);
});

test('trusts an intermediate without its root within a tunnel', async () => {
  const host = 'auth.appcircle.test';
  const { between, certificate } = await intermediate([host]);
  trustCertificates(between);
  const { appcircle } = await connect(certificate);
  const proxy = opened.add(await startProxy({ hosts: { [`${host}:443`]: appcircle.ports.auth } }));
  const context = testContext({ variables: { HTTPS_PROXY: proxy.url } });
  const response = await connectTo(`https://${host}`, context).send({ path: '/' });
  expect(response.status).toBe(404);
});

test('takes no partial chain where nobody named a certificate', async () => {
  const { between, certificate } = await intermediate();
  systemStoreOf([between]);
  const { connection } = await connect(certificate);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The certificate authority is not trusted',
  });
  expect(trustOptions).toEqual({});
});

test("tries once more with the system's store, and says so in the debug log", async () => {
  const store = systemStoreOf([authority.certificatePem]);
  const { appcircle, connection, log } = await connect();
  expect((await connection.send({ path: '/' })).status).toBe(404);
  expect((await connection.send({ path: '/' })).status).toBe(404);
  expect(systemReads(store)).toBe(1);
  expect([appcircle.requests.length, appcircle.connections.auth]).toEqual([2, 2]);
  expect(log.debugLines[0]).toBe(
    `localhost:${appcircle.ports.auth}: UNABLE_TO_VERIFY_LEAF_SIGNATURE; trying the operating system's certificate store`,
  );
  expect(log.debugLines.length).toBe(3);
});

test('fails where the system does not trust it either, and does not ask it again', async () => {
  const store = systemStoreOf([other.certificatePem]);
  const { appcircle, connection, log } = await connect();
  const untrusted = { title: 'The certificate authority is not trusted' };
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject(untrusted);
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject(untrusted);
  expect(systemReads(store)).toBe(1);
  expect([appcircle.requests.length, appcircle.connections.auth]).toEqual([0, 3]);
  expect(log.debugLines.length).toBe(1);
});

test("fails with the store's own error where the store can't be read", async () => {
  jest.spyOn(tls, 'getCACertificates').mockImplementation(() => {
    throw new Error('no store here');
  });
  const { connection, appcircle } = await connect();
  expect(await failureFrom(connection.send({ path: '/' }))).toMatchObject({
    title: 'The connection failed',
    reason: `The connection to localhost:${appcircle.ports.auth} failed (no store here).`,
  });
});
