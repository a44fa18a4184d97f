import { isIPv4 } from 'node:net';

/**
 * Whether a URL's host name is this machine itself, whoever resolves it: `localhost` (RFC 6761), an address in 127.0.0.0/8 (RFC 1122) or
 * `[::1]`. What is, may go unencrypted and goes round every proxy. Names below `localhost` are not: they may resolve to anything.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (hostname.startsWith('127.') && isIPv4(hostname));
}
