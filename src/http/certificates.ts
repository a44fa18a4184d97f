import tls from 'node:tls';

/**
 * Trusts the authorities in `pem` from now on, besides those trusted already, for every connection that this process makes, through a
 * proxy or not (`tls.setDefaultCACertificates`, Node 24.5).
 * @throws Error where OpenSSL can't read a certificate
 */
export function trustCertificates(pem: string): void {
  trustAlso([pem]);
}

/** Trusts the operating system's authorities too. Slow where there are many, so done only once they are needed. */
export function trustSystemStore(): void {
  trustAlso(tls.getCACertificates('system'));
}

function trustAlso(certificates: readonly string[]): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...certificates]);
}
