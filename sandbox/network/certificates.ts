import 'reflect-metadata'; // @peculiar/x509 needs it, and leaves it to whoever imports it.
import { KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { ServerCertificate } from './listener.ts';

/** By default yesterday and tomorrow. */
interface Times {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

interface IssueOptions extends Times {
  /** Host names and IP addresses that the certificate is for. By default `localhost` and 127.0.0.1. */
  readonly hosts?: readonly string[];
  /** Sign with the certificate's own key: this authority vouches for nothing. */
  readonly selfSigned?: boolean;
  /** More than a server's usual extensions. */
  readonly extensions?: readonly Extension[];
}

/** Critical, and nobody knows what it means: OpenSSL accepts no certificate with it. */
export const UNKNOWN_EXTENSION = new Extension('1.3.6.1.4.1.99999.1', true, Uint8Array.of(5, 0));

/** A certificate authority that nobody trusts until told to. */
export interface Authority {
  /** The root certificate: what `ca-certificate` is for. */
  readonly certificatePem: string;
  /** Issues a server certificate; `cert` holds the intermediates after it. */
  issue(options?: IssueOptions): Promise<ServerCertificate>;
  /** Makes an authority that this one vouches for: its certificates chain up to this root. */
  createIntermediate(name: string): Promise<Authority>;
}

interface Issuer {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

const AUTHORITY_EXTENSIONS = [
  new BasicConstraintsExtension(true, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

/** Makes a certificate authority whose root is called `name`. */
export async function createAuthority(name: string): Promise<Authority> {
  const root: Issuer = { name, keys: await generateKeys() };
  return authority(root, await sign(root, root, AUTHORITY_EXTENSIONS), []);
}

function authority(issuer: Issuer, rootPem: string, intermediates: readonly string[]): Authority {
  return {
    certificatePem: rootPem,
    async issue({
      hosts = ['localhost', '127.0.0.1'],
      selfSigned = false,
      extensions = [],
      ...times
    } = {}) {
      const server: Issuer = { name: 'Appcircle sandbox', keys: await generateKeys() };
      const certificate = await sign(
        server,
        selfSigned ? server : issuer,
        [...serverExtensions(hosts), ...extensions],
        times,
      );
      const key = KeyObject.from(server.keys.privateKey)
        .export({ type: 'pkcs8', format: 'pem' })
        .toString();
      return { key, cert: [certificate, ...intermediates].join('\n') };
    },
    async createIntermediate(name) {
      const intermediate: Issuer = { name, keys: await generateKeys() };
      const certificate = await sign(intermediate, issuer, AUTHORITY_EXTENSIONS);
      return authority(intermediate, rootPem, [certificate, ...intermediates]);
    },
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** Makes a certificate for the subject, as PEM. */
async function sign(
  subject: Issuer,
  issuer: Issuer,
  extensions: Extension[],
  times: Times = {},
): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    subject: [{ CN: [subject.name] }],
    issuer: [{ CN: [issuer.name] }],
    publicKey: subject.keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    extensions,
    ...times,
  });
  return certificate.toString('pem');
}

function serverExtensions(hosts: readonly string[]): Extension[] {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(
      hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
    ),
  ];
}
