import tls from 'node:tls';

/** What Node trusts before a test: one of its 140 certificates, since each one that is added makes it read all of them again, for 30 ms. */
export const TRUSTED_AT_FIRST: readonly string[] = tls.rootCertificates.slice(0, 1);

/** Forgets the certificates that a test has come to trust. */
export function forgetCertificates(): void {
  tls.setDefaultCACertificates(TRUSTED_AT_FIRST);
}

forgetCertificates();
