import { isIPv4 } from 'node:net';

/**
 * Tells whether a host name is this machine: `localhost` (RFC 6761), 127.0.0.0/8 (RFC 1122) or `[::1]`. No other may go unencrypted without
 * allow-insecure-http, and none of these is reached through a proxy. A name such as auth.localhost may resolve to anything.
 */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (hostname.startsWith('127.') && isIPv4(hostname))
  );
}
