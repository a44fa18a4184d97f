import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import {
  type Authority,
  createAuthority,
  UNKNOWN_EXTENSION,
} from '../../sandbox/network/certificates.ts';
import { answer, BAIT_TOKEN } from '../../sandbox/network/faults.ts';
import { closedPort, type ServerCertificate } from '../../sandbox/network/listener.ts';
import { startProxy } from '../../sandbox/network/proxy.ts';
import { type Recorder, startRecorder } from '../../sandbox/network/recorder.ts';
import { isBrokenProxy, startBrokenProxy } from './broken-proxy.ts';
import { type Certificate, type Row, secondsOf, type Trust } from './row.ts';

/** A row's world, set up and running. */
export interface Scene {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly appcircle: Appcircle;
  /** Where a redirect points, for a row that has one. */
  readonly recorder: Recorder | undefined;
  /** Everything that no log may hold, as known by now: keys, passwords, every token issued so far. */
  readonly secrets: () => readonly string[];
  close(): Promise<void>;
}

/** The names that a proxy knows the sandbox by: loopback would be reached without it. */
const PROXIED = { auth: 'auth.appcircle.test', api: 'api.appcircle.test' } as const;
const PROXY_LOGIN = { username: 'runner', password: 'p@ss/w:rd 100%' } as const;

const DAY_MS = 86_400_000;

let made: Promise<Authority> | undefined;

/** The one authority of this process. */
function authority(): Promise<Authority> {
  made ??= createAuthority('Sandbox Root');
  return made;
}

/** Sets up a row's world on loopback. */
export async function setUp(row: Row): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-fault-'));
  const { certificatePem } = await authority();
  const recorder = row.redirect && (await startRecorder());
  const appcircle = await startWith(row, recorder);
  const proxy = await proxyOf(row, appcircle);
  const endpoints = row.serverDown
    ? Array(2).fill(`http://127.0.0.1:${await closedPort()}`)
    : endpointsOf(row, appcircle, proxy !== undefined);
  const trust = trusting(
    row.certificate ? (row.trust ?? 'ca-certificate as text') : 'not at all',
    certificatePem,
    folder,
  );
  return {
    inputs: {
      'api-key-name': API_KEY.name,
      'api-key-secret': API_KEY.secret,
      'auth-endpoint': endpoints[0],
      'api-endpoint': endpoints[1],
      'timeout-seconds': String(secondsOf(row)),
      ...trust.inputs,
      ...row.inputs,
    },
    env: {
      ...trust.env,
      ...(proxy && { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }),
      ...row.env,
    },
    appcircle,
    recorder,
    secrets: () => [
      API_KEY.secret,
      PROXY_LOGIN.password,
      encodeURIComponent(PROXY_LOGIN.password),
      BAIT_TOKEN,
      ...appcircle.issued.flatMap(({ access_token, refresh_token, id_token }) => [
        access_token,
        refresh_token,
        id_token,
      ]),
    ],
    close: async () => {
      await Promise.all([appcircle.close(), proxy?.close(), recorder?.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startWith(row: Row, recorder: Recorder | undefined): Promise<Appcircle> {
  const certificate = row.certificate && (await certificateOf(row.certificate));
  const afterLookUp = [...(row.faultsAfterLookUp ?? [])];
  const appcircle: Appcircle = await startAppcircle({
    ...(certificate && { tls: certificate }),
    reviseOrganizations: (page) => {
      for (const fault of afterLookUp.splice(0)) appcircle.fail(fault, { on: 'auth' });
      return page;
    },
  });
  for (const entry of row.faults ?? []) {
    const [fault, when] = 'name' in entry ? [entry, { on: 'auth' } as const] : entry;
    appcircle.fail(fault, when);
  }
  if (row.redirect) {
    const location = row.redirect.location?.replace('RECORDER', recorder?.url ?? '');
    const headers = location === undefined ? {} : { location };
    appcircle.fail(answer({ status: row.redirect.status, headers, body: '' }), { on: 'auth' });
  }
  return appcircle;
}

const issued = new Map<Certificate, Promise<ServerCertificate>>();

/** The one certificate of its kind in this process. */
function certificateOf(kind: Certificate): Promise<ServerCertificate> {
  const certificate = issued.get(kind) ?? issue(kind);
  issued.set(kind, certificate);
  return certificate;
}

async function issue(kind: Certificate): Promise<ServerCertificate> {
  const issuer = await authority();
  const hosts = ['localhost', '127.0.0.1', ...Object.values(PROXIED)];
  const now = Date.now();
  switch (kind) {
    case 'good':
      return issuer.issue({ hosts });
    case 'with an intermediate':
      return (await issuer.createIntermediate('Sandbox Intermediate')).issue({ hosts });
    case 'expired':
      return issuer.issue({
        hosts,
        notBefore: new Date(now - 3 * DAY_MS),
        notAfter: new Date(now - DAY_MS),
      });
    case 'not yet valid':
      return issuer.issue({
        hosts,
        notBefore: new Date(now + DAY_MS),
        notAfter: new Date(now + 3 * DAY_MS),
      });
    case 'for another host':
      return issuer.issue({ hosts: ['elsewhere.test'] });
    case 'self-signed':
      return issuer.issue({ hosts, selfSigned: true });
    case 'with an extension that nobody knows':
      return issuer.issue({ hosts, extensions: [UNKNOWN_EXTENSION] });
    case 'good, and asks for one of the client':
      return { ...(await issuer.issue({ hosts })), requestCert: true };
  }
}

function trusting(trust: Trust, pem: string, folder: string): Pick<Scene, 'inputs' | 'env'> {
  const path = join(folder, 'authority.pem');
  writeFileSync(path, pem);
  switch (trust) {
    case 'ca-certificate as text':
      return { inputs: { 'ca-certificate': pem }, env: {} };
    case 'ca-certificate as a path':
      return { inputs: { 'ca-certificate': path }, env: {} };
    case "the system's store":
      return { inputs: {}, env: { SSL_CERT_FILE: path } };
    case 'not at all':
      return { inputs: {}, env: {} };
  }
}

function endpointsOf(
  { lookups, certificate }: Row,
  { authEndpoint, apiEndpoint, ports }: Appcircle,
  proxied: boolean,
) {
  if (proxied) {
    const scheme = certificate ? 'https' : 'http';
    return [`${scheme}://${PROXIED.auth}`, `${scheme}://${PROXIED.api}`];
  }
  // An address needs no look-up.
  return lookups
    ? [`http://localhost:${ports.auth}`, `http://localhost:${ports.api}`]
    : [authEndpoint, apiEndpoint];
}

async function proxyOf({ proxy, certificate }: Row, { ports }: Appcircle) {
  if (proxy === undefined) return undefined;
  if (proxy === 'nothing listens') {
    return { url: `http://127.0.0.1:${await closedPort()}`, close: () => Promise.resolve() };
  }
  if (isBrokenProxy(proxy)) return startBrokenProxy(proxy);
  const port = certificate ? 443 : 80;
  const hosts = { [`${PROXIED.auth}:${port}`]: ports.auth, [`${PROXIED.api}:${port}`]: ports.api };
  if (proxy === 'works') return startProxy({ hosts });
  return proxy === 'wants a login'
    ? startProxy({ hosts, credentials: PROXY_LOGIN })
    : startProxy({ hosts, fault: proxy });
}
