import {
  closeOnConnect,
  garbageOnConnect,
  resetOnConnect,
  stallOnConnect,
} from '../../../sandbox/network/faults.ts';
import type { Row } from '../row.ts';

const ALWAYS = { on: 'auth', times: 'always' } as const;

/** Name look-ups, connections and TLS handshakes. */
// biome-ignore format: a table, one row a line
export const connections: readonly Row[] = [
  { name: 'DNS: there is no such name at first', lookups: ['ENOTFOUND', 'resolves'], ends: 'token', requests: 1 },
  { name: 'DNS: there is no such name', lookups: ['ENOTFOUND'], ends: 'The host name could not be resolved', says: '(ENOTFOUND). Tried 2 times', requests: 0, withinMs: 4000 },
  { name: 'DNS: the name server fails once', lookups: ['EAI_AGAIN', 'resolves'], ends: 'token', requests: 1 },
  { name: 'DNS: the name server fails for good', lookups: ['EAI_AGAIN'], ends: 'The host name could not be resolved', says: '(EAI_AGAIN)', requests: 0, seconds: 1 },
  { name: 'DNS: the look-up fails beyond repair', lookups: ['EAI_FAIL'], ends: 'The connection failed', says: 'getaddrinfo EAI_FAIL localhost', requests: 0, seconds: 1 },
  { name: 'DNS: the look-up never ends', lookups: ['stalls'], ends: 'Appcircle did not answer in time', requests: 0, withinMs: 4000 },

  { name: 'connect: refused', serverDown: true, ends: 'The connection failed', says: 'ECONNREFUSED', requests: 0, seconds: 1 },
  { name: 'connect: reset once', faults: [resetOnConnect()], ends: 'token', requests: 1 },
  { name: 'connect: reset each time', faults: [[resetOnConnect(), ALWAYS]], ends: 'The connection failed', says: 'Tried', requests: 0, seconds: 1 },
  { name: 'connect: closed once', faults: [closeOnConnect()], ends: 'token', requests: 1 },
  { name: 'connect: closed each time', faults: [[closeOnConnect(), ALWAYS]], ends: 'The connection failed', says: '(closed without an answer)', requests: 0, seconds: 1 },
  { name: 'connect: accepted and nothing more', faults: [stallOnConnect()], ends: 'Appcircle did not answer in time', requests: 0 },
  { name: 'connect: another protocol', faults: [garbageOnConnect()], ends: 'The answer is not HTTP', requests: 0 },

  { name: 'TLS: trusted by ca-certificate as text', certificate: 'good', ends: 'token', requests: 1 },
  { name: 'TLS: trusted by ca-certificate as a path', certificate: 'good', trust: 'ca-certificate as a path', ends: 'token', requests: 1 },
  { name: 'TLS: trusted through an intermediate', certificate: 'with an intermediate', ends: 'token', requests: 1 },
  { name: "TLS: trusted by the operating system's store alone", certificate: 'good', trust: "the system's store", ends: 'token', requests: 1, only: 'linux' },
  { name: 'TLS: an unknown authority', certificate: 'good', trust: 'not at all', ends: 'The certificate authority is not trusted', requests: 0 },
  { name: 'TLS: an unknown authority behind an intermediate', certificate: 'with an intermediate', trust: 'not at all', ends: 'The certificate authority is not trusted', requests: 0 },
  { name: 'TLS: expired', certificate: 'expired', ends: 'The certificate has expired', requests: 0 },
  { name: 'TLS: not yet valid', certificate: 'not yet valid', ends: 'The certificate is not valid yet', requests: 0 },
  { name: 'TLS: for another host', certificate: 'for another host', ends: 'The certificate is for another host', requests: 0 },
  { name: 'TLS: self-signed', certificate: 'self-signed', ends: 'The certificate is self-signed', requests: 0 },
  { name: 'TLS: a critical extension that nobody knows', certificate: 'with an extension that nobody knows', ends: 'The certificate is not acceptable', says: '(unhandled critical extension)', requests: 0, withinMs: 4000 },
  { name: 'TLS: the server asks for a client certificate', certificate: 'good, and asks for one of the client', ends: 'The TLS connection failed', says: "(it asks for a client certificate). The action can't send one", requests: 0, withinMs: 4000 },
  { name: 'TLS: reset before the handshake, once', certificate: 'good', faults: [resetOnConnect()], ends: 'token', requests: 1 },
  { name: 'TLS: closed before the handshake, each time', certificate: 'good', faults: [[closeOnConnect(), ALWAYS]], ends: 'The connection failed', requests: 0, seconds: 1 },
  { name: 'TLS: the handshake stalls', certificate: 'good', faults: [stallOnConnect()], ends: 'Appcircle did not answer in time', requests: 0 },
  { name: 'TLS: the handshake stalls once', certificate: 'good', trust: 'ca-certificate as text', faults: [stallOnConnect()], ends: 'token', requests: 1, seconds: 8 },
  { name: 'TLS: garbage for a handshake', certificate: 'good', faults: [garbageOnConnect()], ends: 'The TLS connection failed', says: '(the answer was not TLS). That port speaks plain HTTP', requests: 0 },
];
