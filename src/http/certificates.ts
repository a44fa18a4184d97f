import tls from 'node:tls';

/**
 * Trusts more authorities, in PEM, for every connection from now on (`tls.setDefaultCACertificates`, Node 24.5). Throws an Error where
 * OpenSSL can't read a certificate.
 */
export function trustCertificates(...pem: readonly string[]): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...pem]);
}

/** Trusts the operating system's authorities too. Slow where there are many, so done only once they are needed. */
export function trustSystemStore(): void {
  trustCertificates(...tls.getCACertificates('system'));
}
