import { isIPv4 } from 'node:net';

/** Whether a URL's host name is this machine itself (RFC 6761 for `localhost`, RFC 1122 for 127.0.0.0/8). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    (hostname.startsWith('127.') && isIPv4(hostname))
  );
}
