import tls, { type SecureContextOptions } from 'node:tls';

/** What each TLS connection needs, by what is trusted. */
export const trustOptions: SecureContextOptions = {};

/**
 * Trusts more authorities, in PEM, for every connection from now on, an intermediate without its root too. Throws an Error where OpenSSL
 * can't read a certificate.
 */
export function trustCertificates(pem: string): void {
  addToDefaults([pem]);
  // Not from the start: with it, Node reads its whole list for each connection (25 ms).
  trustOptions.allowPartialTrustChain = true;
}

/** Trusts the operating system's authorities too. Slow where there are many, so done only once they are needed. */
export function trustSystemStore(): void {
  addToDefaults(tls.getCACertificates('system'));
}

/** Needs Node 24.5. */
function addToDefaults(pem: readonly string[]): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...pem]);
}
