import 'reflect-metadata'; // @peculiar/x509 needs it, and leaves it to whoever imports it.
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { ServerCertificate } from './listener.ts';

export interface IssueOptions {
  /** Host names and IP addresses that the certificate is for. By default `localhost` and 127.0.0.1. */
  readonly hosts?: readonly string[];
  /** By default yesterday and tomorrow. */
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Sign with the certificate's own key: this authority vouches for nothing. */
  readonly selfSigned?: boolean;
}

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

/** Makes a certificate authority whose root is called `name`. */
export async function createAuthority(name: string): Promise<Authority> {
  const root: Issuer = { name, keys: await generateKeys() };
  const certificate = await sign(root, root, authorityExtensions(), {});
  return authority(root, certificate.toString('pem'), []);
}

function authority(issuer: Issuer, rootPem: string, intermediates: readonly string[]): Authority {
  return {
    certificatePem: rootPem,
    async issue(options = {}) {
      const server: Issuer = { name: 'Appcircle sandbox', keys: await generateKeys() };
      const signer = options.selfSigned === true ? server : issuer;
      const certificate = await sign(server, signer, serverExtensions(options.hosts), options);
      const chain = [certificate.toString('pem'), ...(options.selfSigned === true ? [] : intermediates)];
      return { key: await privateKeyPem(server.keys), cert: chain.join('\n') };
    },
    async createIntermediate(name) {
      const intermediate: Issuer = { name, keys: await generateKeys() };
      const certificate = await sign(intermediate, issuer, authorityExtensions(), {});
      return authority(intermediate, rootPem, [certificate.toString('pem'), ...intermediates]);
    },
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function sign(
  subject: Issuer,
  issuer: Issuer,
  extensions: Extension[],
  { notBefore = new Date(Date.now() - DAY_MS), notAfter = new Date(Date.now() + DAY_MS) }: IssueOptions,
): Promise<X509Certificate> {
  return X509CertificateGenerator.create({
    subject: [{ CN: [subject.name] }],
    issuer: [{ CN: [issuer.name] }],
    publicKey: subject.keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    notBefore,
    notAfter,
    extensions,
  });
}

function authorityExtensions(): Extension[] {
  return [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

function serverExtensions(hosts: readonly string[] = ['localhost', '127.0.0.1']): Extension[] {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
  ];
}

async function privateKeyPem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
}
