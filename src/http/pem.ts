import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { codeOf } from '../base/errors.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';

/** Bytes. */
const LARGEST_FILE = 1024 * 1024;
/** It may be a path, on Windows too. */
const ONE_SHORT_LINE = /^.{1,260}$/;
/** The first bytes in hexadecimal: PKCS #1, #8 and #12 and SEC 1 start with a version, encrypted PKCS #8 with an algorithm of PKCS #5 or #12. */
const PRIVATE_KEY =
  /^30([0-7].|81..|82.{4})(02010[013]|30([0-7].|81..)06(09|0a)2a864886f70d01(05|0c))/;
const ALLOWED = message`PEM text, Base64 of a certificate, or the path of a file of certificates`;

/** Reads certificates as variables and secrets carry them. Returns PEM text, or what `name` has instead. */
export function readCertificates(name: string, value: string): string | Message {
  const unreadable = message`${name} has no certificate that can be read. It must be ${ALLOWED}.`;
  if (/-----BEGIN|PRIVATE\s+KEY/.test(value))
    return certificatesIn(Buffer.from(value), name, unreadable);
  if (existsSync(value)) return certificatesInFile(value, name);
  const compact = withoutBlanks(value);
  const bytes = Buffer.from(compact, 'base64');
  if (!ONE_SHORT_LINE.test(value)) return certificatesIn(bytes, name, unreadable);
  // It may be a key, of which nothing but words is repeated.
  const noSuchPath = message`${name} is "${new Foreign(value)}", a path that does not exist here. It must be ${ALLOWED}.`;
  return certificatesIn(bytes, name, noSuchPath);
}

function certificatesInFile(path: string, name: string): string | Message {
  const unreadable = message`${name}: the file ${path} has no certificate that can be read. It must be PEM text or one DER certificate.`;
  try {
    const stat = statSync(path);
    // A device or a pipe may have no end.
    if (!stat.isFile() || stat.size > LARGEST_FILE) return unreadable;
    return certificatesIn(readFileSync(path), name, unreadable);
  } catch (error) {
    return message`${name}: the file ${path} could not be read (${codeOf(error)}).`;
  }
}

/** Certificates in PEM, or one in DER. */
function certificatesIn(bytes: Buffer, name: string, unreadable: Message): string | Message {
  const text = withoutBlanks(bytes.toString('latin1'));
  if (text.includes('PRIVATEKEY') || PRIVATE_KEY.test(bytes.toString('hex', 0, 32)))
    return message`${name} holds a private key. Pass only the certificates, and replace the key if it is in a repository.`;
  const blocks = [...text.matchAll(/-----BEGIN(?:X509|TRUSTED)?CERTIFICATE-----([^-]*)/g)].map(
    ([, block = '']) => Buffer.from(block, 'base64'),
  );
  const certificates = (blocks.length > 0 ? blocks : [bytes]).map(pemOf);
  const bad = certificates.indexOf(undefined);
  if (bad < 0) return certificates.join('\n');
  if (blocks.length < 2) return unreadable;
  return message`${name}: of ${blocks.length} certificates, number ${bad + 1} can't be read. It may have been cut short.`;
}

function pemOf(certificate: Buffer): string | undefined {
  try {
    return new X509Certificate(certificate).toString().trim();
  } catch {
    return undefined;
  }
}

/** Line ends may have become the two characters `\n`. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/\\[nr]|\s/g, '');
}
