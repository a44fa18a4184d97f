import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import type { Appcircle } from '../../sandbox/appcircle/server.ts';
import { createAuthority } from '../../sandbox/network/certificates.ts';
import { closedPort } from '../../sandbox/network/listener.ts';
import { startProxy } from '../../sandbox/network/proxy.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { expectFailure, expectToken } from '../attacks/expect.ts';
import { createWorld, type World } from '../attacks/world.ts';
import { type Named, secretsIn, seenIn } from '../support/leaks.ts';
import { type Row, rows, TIME } from './table.ts';

// Processes take their time where many run at once.
jest.setTimeout(30_000);

/** What the start of a process and a busy machine may add to the time limit, in milliseconds. */
const MARGIN_MS = 3000;

/** The names that a proxy knows the servers by: loopback would be reached without it. */
const PROXIED = { auth: 'auth.appcircle.test', api: 'api.appcircle.test' };
/** Without a percent sign, which workflow commands escape. */
const LOGIN = { username: 'runner', password: 'p@ss/w:rd 100' };
const LOGIN_SECRETS: Named[] = [
  ["the proxy's password", LOGIN.password],
  ["the proxy's login", `${LOGIN.username}:${LOGIN.password}`],
];

const authority = await createAuthority('Sandbox Root');
const folder = mkdtempSync(join(tmpdir(), 'appcircle-faults-'));
const authorityFile = join(folder, 'authority.pem');
writeFileSync(authorityFile, authority.certificatePem);
afterAll(() => rmSync(folder, { recursive: true }));

test.concurrent.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
  const { ends, says = '', requests } = row;
  const seconds = row.seconds ?? (ends === TIME ? 2 : 20);
  const world = await setUp(row);
  const { appcircle } = world;
  const proxy = await proxyOf(row, appcircle);
  try {
    const inputs = { ...(await inputsOf(row, world)), 'timeout-seconds': String(seconds) };
    const main = await runStep({ inputs, env: environmentOf(row, world, proxy?.url) });
    if (ends === 'token') expectToken({ main, appcircle }, row.token);
    else expect(expectFailure({ main, appcircle }, ends)).toContain(says);
    expect(main.durationMs).toBeLessThan(seconds * 1000 + MARGIN_MS);
    expect(secretsIn(seenIn(main), LOGIN_SECRETS)).toEqual([]);
    if (requests !== undefined) expect(appcircle.requests.length).toBe(requests);
  } finally {
    await Promise.all([world.close(), proxy?.close()]);
  }
});

async function inputsOf(row: Row, { inputs }: World): Promise<Record<string, string>> {
  return {
    ...inputs,
    ...(row.proxy && proxied(row)),
    ...(row.isDown && { 'auth-endpoint': `http://127.0.0.1:${await closedPort()}` }),
    ...(!row.trust && row.certificate && { 'ca-certificate': authority.certificatePem }),
    ...row.inputs,
  };
}

function environmentOf(row: Row, { env }: World, proxy: string | undefined) {
  return {
    ...env,
    ...(row.trust === "the system's store" && { SSL_CERT_FILE: authorityFile }),
    ...(proxy && { HTTPS_PROXY: proxy, HTTP_PROXY: proxy }),
    ...row.env,
  };
}

/** The world of a row, with what is going to strike in it. */
async function setUp({ certificate, faults = [] }: Row): Promise<World> {
  const hosts = ['localhost', '127.0.0.1', ...Object.values(PROXIED)];
  const tls = certificate && (await authority.issue({ hosts, ...certificate }));
  const world = await createWorld({ appcircle: tls ? { tls } : {} });
  for (const entry of faults) {
    const [fault, when] = 'name' in entry ? [entry, { on: 'auth' } as const] : entry;
    world.appcircle.fail(fault, when);
  }
  return world;
}

const schemeOf = ({ certificate }: Row) => (certificate ? 'https' : 'http');

function proxied(row: Row) {
  const scheme = schemeOf(row);
  return {
    'auth-endpoint': `${scheme}://${PROXIED.auth}`,
    'api-endpoint': `${scheme}://${PROXIED.api}`,
  };
}

async function proxyOf(row: Row, { ports }: Appcircle) {
  if (row.proxy === undefined) return undefined;
  if (row.proxy === 'nothing listens')
    return { url: `http://127.0.0.1:${await closedPort()}`, close: () => undefined };
  const port = schemeOf(row) === 'https' ? 443 : 80;
  const hosts = { [`${PROXIED.auth}:${port}`]: ports.auth, [`${PROXIED.api}:${port}`]: ports.api };
  const fault = row.proxy === 'works' ? {} : { fault: row.proxy };
  return startProxy({ hosts, credentials: LOGIN, ...fault });
}
