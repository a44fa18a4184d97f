import type { When } from '../../sandbox/appcircle/fault-queue.ts';
import type { Authority } from '../../sandbox/network/certificates.ts';
import {
  answer,
  BAIT_TOKEN,
  closeOnConnect,
  dripBody,
  endlessInformational,
  type Fault,
  failure,
  floodBody,
  floodHeaders,
  garbage,
  garbageOnConnect,
  gzippedBody,
  resetAfterRequest,
  resetInBody,
  resetOnConnect,
  stallAfterRequest,
  stallInBody,
  stallOnConnect,
  truncatedBody,
} from '../../sandbox/network/faults.ts';
import type { ProxyFault } from '../../sandbox/network/proxy.ts';
import type { FailureTitle } from '../../src/base/failure.ts';

/** One way in which a network or a server breaks, and how a run has to end then. */
export interface Row {
  readonly name: string;
  /** What the servers do wrong, in the order in which it strikes; by default the one that issues tokens, once. */
  readonly faults?: readonly (Fault | readonly [Fault, When])[];
  /** What the servers show for a certificate of the sandbox's authority. With none they speak plain HTTP. */
  readonly certificate?: Parameters<Authority['issue']>[0];
  /** Who trusts that authority: by default the input ca-certificate. */
  readonly trust?: "the system's store" | 'nobody';
  /** A proxy between the runner and the servers, which wants a login. */
  readonly proxy?: 'works' | 'nothing listens' | ProxyFault;
  /** Whether nothing listens where the servers should be. */
  readonly isDown?: boolean;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The one platform that has what the row needs. */
  readonly only?: NodeJS.Platform;

  /** How it ends: with a token or with a red line of this title. */
  readonly ends: 'token' | FailureTitle;
  /** The token; by default the one that was issued last. */
  readonly token?: string;
  /** What the red line says, among other things. */
  readonly says?: string;
  /** How many requests the servers read. */
  readonly requests?: number;
  /** `timeout-seconds`; by default 2 where time runs out, 20 otherwise. */
  readonly seconds?: number;
}

const AUTH_ALWAYS = { on: 'auth', times: 'always' } as const;
const LIST = { on: 'api' } as const;
const LIST_ALWAYS = { on: 'api', times: 'always' } as const;
/** The token for the organization, once its name was looked up with another. */
const SECOND_EXCHANGE = { on: 'auth', skip: 1 } as const;
const BY_NAME = { 'sub-organization': 'iOS Team' } as const;
const INSECURE = { 'allow-insecure-http': 'true' } as const;
const VALID = {};
const DAY_MS = 86_400_000;
export const TIME = 'Appcircle did not answer in time';
const FAILED = 'The connection failed';
const REFUSED = 'The proxy refused the connection';
const UNREADABLE = 'The organization list could not be read';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const tokenAnswer = (access_token: string) => answer({ body: { access_token, expires_in: 3600 } });
const DEEP_CLAIMS = Buffer.from(`{"currentOrganizationId":${nested(11_000)}}`);
const DEEP_TOKEN = `e30.${DEEP_CLAIMS.toString('base64url')}.c2lnbmF0dXJl`;
const wrongKey = (body: object) => answer({ status: 401, body });

/** A thousand organizations that no page before had, on every page. */
function listWithoutEnd(): Fault {
  let pages = 0;
  const page = () => {
    pages += 1;
    const start = pages.toString(16).padStart(8, '0');
    return Array.from({ length: 1000 }, (_, index) => ({
      id: `${start}-0000-4000-8000-${String(index).padStart(12, '0')}`,
      name: `${start}${String(index).padEnd(900, 'x')}`,
    }));
  };
  return {
    name: 'a list without end',
    strikes: 'request',
    play: (response) => response.end(JSON.stringify({ data: page() })),
  };
}

// biome-ignore format: a table, one row a line
const all: readonly Row[] = [
  { name: 'connect: refused', isDown: true, ends: FAILED, says: 'ECONNREFUSED', seconds: 4 },
  { name: 'connect: reset once', faults: [resetOnConnect()], ends: 'token' },
  { name: 'connect: closed each time', faults: [[closeOnConnect(), AUTH_ALWAYS]], ends: FAILED, says: '(closed without an answer)', seconds: 4 },
  { name: 'connect: accepted and nothing more', faults: [stallOnConnect()], ends: TIME },
  { name: 'connect: another protocol', faults: [garbageOnConnect()], ends: 'The answer is not HTTP' },

  { name: 'TLS: trusted by ca-certificate', certificate: VALID, ends: 'token', requests: 1 },
  { name: "TLS: trusted by the operating system's store alone", certificate: VALID, trust: "the system's store", ends: 'token', requests: 1, only: 'linux' },
  { name: 'TLS: an unknown authority', certificate: VALID, trust: 'nobody', ends: 'The certificate authority is not trusted', requests: 0 },
  { name: 'TLS: expired', certificate: { notBefore: new Date(Date.now() - 3 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) }, ends: 'The certificate has expired', requests: 0 },
  { name: 'TLS: not yet valid', certificate: { notBefore: new Date(Date.now() + DAY_MS), notAfter: new Date(Date.now() + 3 * DAY_MS) }, ends: 'The certificate is not valid yet', requests: 0 },
  { name: 'TLS: for another host', certificate: { hosts: ['elsewhere.test'] }, ends: 'The certificate is for another host', requests: 0 },
  { name: 'TLS: self-signed', certificate: { selfSigned: true }, ends: 'The certificate is self-signed', requests: 0 },
  { name: 'TLS: the handshake stalls once', certificate: VALID, faults: [stallOnConnect()], ends: 'token', seconds: 14 },
  { name: 'TLS: garbage for a handshake', certificate: VALID, faults: [garbageOnConnect()], ends: 'The TLS connection failed', says: 'That port speaks plain HTTP' },

  { name: 'request: reset, then HTTP 503, then HTTP 429', faults: [resetAfterRequest(), failure(503), failure(429, 1)], ends: 'token', requests: 4 },
  { name: 'request: no answer', faults: [stallAfterRequest()], ends: TIME, says: 'while waiting for', requests: 1 },
  { name: 'request: an error, then nothing', faults: [failure(503), stallAfterRequest()], ends: TIME, says: 'Before that: ', seconds: 4 },
  { name: 'request: 103 Early Hints without end', faults: [endlessInformational(103)], ends: TIME },
  { name: 'headers: without end', faults: [floodHeaders()], ends: 'The answer is too large' },
  { name: 'body: reset once', faults: [resetInBody()], ends: 'token', requests: 2 },
  { name: 'body: cut short once', faults: [truncatedBody('chunked')], ends: 'token', requests: 2 },
  { name: 'body: stalls', faults: [stallInBody()], ends: TIME, says: 'bytes so far' },
  { name: 'body: a byte at a time, too slow', faults: [dripBody(100)], ends: TIME, says: 'bytes so far' },
  { name: 'body: a byte at a time, in time', faults: [dripBody(2)], ends: 'token', token: BAIT_TOKEN },
  { name: 'body: without end', faults: [floodBody()], ends: 'The answer is too large', requests: 1 },
  { name: 'body: compressed', faults: [gzippedBody()], ends: 'The answer is not a token' },
  { name: 'body: half a million lists in each other', faults: [answer({ body: nested(500_000) })], ends: 'The answer is not a token' },
  { name: 'body: a token with a line break and a variable', faults: [tokenAnswer(`${BAIT_TOKEN}\nNODE_OPTIONS=--require=/tmp/x.js`)], ends: 'The answer is not a token' },
  { name: 'body: an organization that is nested deeply', faults: [tokenAnswer(DEEP_TOKEN)], ends: 'token', token: DEEP_TOKEN },
  { name: 'body: a long token and a long error', faults: [wrongKey({ access_token: 'a'.repeat(20_000), error: 'a'.repeat(600_000) })], ends: 'Appcircle did not accept the key', seconds: 2 },
  { name: 'body: three tokens without end', faults: [wrongKey({ access_token: '0'.repeat(150_000), refresh_token: '1'.repeat(150_000), id_token: '01'.repeat(75_000), error: '1'.repeat(500_000) })], ends: 'Appcircle did not accept the key', seconds: 2 },

  { name: 'list: reset once', inputs: BY_NAME, faults: [[resetAfterRequest(), LIST]], ends: 'token', requests: 5 },
  { name: 'list: no answer', inputs: BY_NAME, faults: [[stallAfterRequest(), LIST]], ends: TIME, requests: 2 },
  { name: 'list: garbage', inputs: BY_NAME, faults: [[garbage(), LIST]], ends: 'The answer is not HTTP', requests: 2 },
  { name: 'list: without end, in a heap of 64 MB', inputs: BY_NAME, faults: [[listWithoutEnd(), LIST_ALWAYS]], env: { NODE_OPTIONS: '--max-old-space-size=64' }, ends: UNREADABLE, says: 'has no end', seconds: 25 },
  { name: 'list: nested deeply', inputs: BY_NAME, faults: [[answer({ body: `{"data":[${nested(400_000)}]}` }), LIST]], ends: UNREADABLE },
  { name: 'second exchange: HTTP 503 once', inputs: BY_NAME, faults: [[failure(503), SECOND_EXCHANGE]], ends: 'token', requests: 5 },
  { name: 'second exchange: no answer', inputs: BY_NAME, faults: [[stallAfterRequest(), SECOND_EXCHANGE]], ends: TIME, requests: 4 },
  { name: 'second exchange: no answer on the kept-alive connection, in time for a new one', inputs: BY_NAME, faults: [[stallAfterRequest(), SECOND_EXCHANGE]], ends: 'token', requests: 5, seconds: 14 },
  { name: 'second exchange: a wrong key', inputs: BY_NAME, faults: [[failure(401), SECOND_EXCHANGE]], ends: 'Appcircle did not accept the key', requests: 4 },

  { name: 'proxy: works for a look-up too', certificate: VALID, proxy: 'works', inputs: BY_NAME, ends: 'token', requests: 4 },
  { name: 'proxy: works without TLS', proxy: 'works', inputs: INSECURE, ends: 'token', requests: 1 },
  { name: 'proxy: nothing listens', certificate: VALID, proxy: 'nothing listens', ends: 'The proxy could not be reached', seconds: 4 },
  { name: 'proxy: forbids the host', certificate: VALID, proxy: 403, ends: REFUSED, says: 'HTTP 403', requests: 0 },
  { name: 'proxy: does not accept the login, without TLS', proxy: 407, inputs: INSECURE, ends: REFUSED, says: 'asks for a login (HTTP 407', requests: 0 },
  { name: 'proxy: stalls before it answers', certificate: VALID, proxy: 'stall before the answer', ends: TIME },
  { name: 'proxy: answers garbage', certificate: VALID, proxy: 'garbage for an answer', ends: REFUSED },
  { name: 'proxy: dies after CONNECT', certificate: VALID, proxy: 'close after CONNECT', ends: FAILED, says: 'through the proxy 127.0.0.1:', seconds: 4 },
  { name: 'proxy: the server behind it resets once', certificate: VALID, proxy: 'works', faults: [resetAfterRequest()], ends: 'token', requests: 2 },
  { name: 'proxy: the authority behind it is unknown', certificate: VALID, trust: 'nobody', proxy: 'works', ends: 'The certificate authority is not trusted', requests: 0 },
  { name: 'proxy: NODE_USE_ENV_PROXY sends nothing for loopback through it', env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://proxy.test:3128', HTTPS_PROXY: 'http://proxy.test:3128' }, ends: 'token' },
];

export const rows = all.filter(({ only = process.platform }) => only === process.platform);
