import tls from 'node:tls';
import { trustOptions } from '../../src/http/certificates.ts';

/** What tests trust to begin with. One root is enough, and Node reads the whole list again each time one is added. */
export const TRUSTED_AT_FIRST: readonly string[] = tls.rootCertificates.slice(0, 1);

/** Forgets the certificates that a test has come to trust. */
export function forgetCertificates(): void {
  tls.setDefaultCACertificates(TRUSTED_AT_FIRST);
  delete trustOptions.allowPartialTrustChain;
}

// On import: an earlier test file in this Jest worker may have left certificates behind.
forgetCertificates();
