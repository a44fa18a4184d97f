import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createAuthority } from '../../sandbox/network/certificates.ts';
import { readCertificates } from '../../src/http/pem.ts';
import { Secrets } from '../../src/secrets/secrets.ts';

const PEM = (await createAuthority('Acme internal CA')).certificatePem.trim();
const DER = new X509Certificate(PEM).raw;
const CUT = `-----BEGIN CERTIFICATE-----\n${DER.toString('base64').slice(0, 80)}\n-----END CERTIFICATE-----`;

const folder = mkdtempSync(join(tmpdir(), 'appcircle-pem-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a file with this content. */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** PEM text, or what is wrong. */
function read(value: string): string {
  const certificates = readCertificates('ca-certificate', value);
  return typeof certificates === 'string'
    ? certificates
    : new Secrets(() => undefined).show(certificates);
}

const labelled = (label: string, body = PEM) => body.replaceAll('CERTIFICATE', label);
const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64');

const ALLOWED =
  'It must be PEM text, Base64 of a certificate, or the path of a file of certificates.';
const UNREADABLE = `ca-certificate has no certificate that can be read. ${ALLOWED}`;
const HOLDS_KEY =
  'ca-certificate holds a private key. Pass only the certificates, and replace the key if it is in a repository.';

describe('a certificate is read:', () => {
  // By name: the certificate differs in each run, and so would the title.
  test.each([
    ['as PEM', PEM],
    ['with Windows line ends', PEM.replaceAll('\n', '\r\n')],
    ['with \\n for line ends', PEM.replaceAll('\n', '\\n')],
    ['with \\r\\n for line ends', PEM.replaceAll('\n', '\\r\\n')],
    ['with blanks for line ends', PEM.replaceAll('\n', ' ')],
    ['with nothing for line ends', PEM.replaceAll('\n', '')],
    ['without any white space', PEM.replaceAll(/\s/g, '')],
    ['indented', PEM.replaceAll('\n', '\n    ')],
    ['with a line break between its words', PEM.replace('BEGIN CERT', 'BEGIN\n  CERT')],
    ['in quotes', `"${PEM.replaceAll('\n', '\\n')}"`],
    ['as X509 CERTIFICATE', labelled('X509 CERTIFICATE')],
    ['as TRUSTED CERTIFICATE', labelled('TRUSTED CERTIFICATE')],
    [
      'as TRUSTED CERTIFICATE, with what OpenSSL adds',
      `-----BEGIN TRUSTED CERTIFICATE-----\n${base64(Buffer.concat([DER, Buffer.from('300c300a06082b06010505070301', 'hex')]))}\n-----END TRUSTED CERTIFICATE-----`,
    ],
    ['as Base64 of PEM', base64(PEM)],
    ['as Base64 of PEM, in lines', base64(PEM).replaceAll(/.{76}/g, '$&\n')],
    ['as Base64 of DER', base64(DER)],
    ['as Base64 of DER, in indented lines', base64(DER).replaceAll(/.{64}/g, '$&\n  ')],
    ['as Base64 of DER, with \\n for line ends', base64(DER).replaceAll(/.{64}/g, '$&\\n')],
    ['from a file of PEM', file('ca.pem', `\uFEFF${PEM}\r\n`)],
    ['from a file of PEM on one line', file('line.pem', PEM.replaceAll('\n', '\\n'))],
    ['from a file of DER', file('ca.der', DER)],
    ['from a file with a long path', file(`${'a'.repeat(250)}.pem`, PEM)],
  ])('%s', (_form, value) => {
    expect(read(value)).toBe(PEM);
  });

  test('among others, whatever stands around them', () => {
    const request = labelled('CERTIFICATE REQUEST');
    expect(read(`Acme internal CA\n${PEM}\nand again\n${request}\n${PEM}\n`)).toBe(
      `${PEM}\n${PEM}`,
    );
  });

  test('through a link to its file', () => {
    const link = join(folder, 'link.pem');
    symlinkSync(file('linked.pem', PEM), link);
    expect(read(link)).toBe(PEM);
  });
});

describe('what is no certificate is refused:', () => {
  test.each([
    ['nonsense', '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----'],
    ['one cut short', CUT],
    ['one without an end', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['a request for one', labelled('CERTIFICATE REQUEST')],
    ['text of several lines', 'Acme\ninternal CA'],
    ['a line too long for a path', 'x'.repeat(261)],
    ['Base64 of a certificate cut short', base64(DER).slice(0, 300)],
    ['a hundred thousand backslashes', '\\'.repeat(100_000)],
  ])('%s', (_what, value) => {
    expect(read(value)).toBe(UNREADABLE);
  });

  test.each([
    [`${PEM}\n${CUT}\n${PEM}`, 'of 3 certificates, number 2'],
    [`${CUT}\n${PEM}`, 'of 2 certificates, number 1'],
    [base64(`${PEM}\n${CUT}`), 'of 2 certificates, number 2'],
  ])('one of several, by its number (%#)', (value, which) => {
    expect(read(value)).toBe(`ca-certificate: ${which} can't be read. It may have been cut short.`);
  });

  test.each(['./none.pem', '/etc/ssl/certs/AcmeInternalCertificateAuthority', 'x'.repeat(23)])(
    'a path that does not exist: %j',
    (path) => {
      expect(read(path)).toBe(
        `ca-certificate is "${path}", a path that does not exist here. ${ALLOWED}`,
      );
    },
  );

  test('a file without a certificate, by its path', () => {
    for (const path of [file('a.der', '0\u0082'), folder])
      expect(read(path)).toBe(
        `ca-certificate: the file ${path} has no certificate that can be read. It must be PEM text or one DER certificate.`,
      );
  });

  (process.platform === 'linux' ? test : test.skip)('a device, unread', () => {
    expect(read('/dev/zero')).toContain('/dev/zero has no certificate that can be read.');
  });

  (process.platform === 'linux' ? test : test.skip)(
    "a file that can't be read, by its path",
    () => {
      // A file of the kernel that fails for its owner too.
      expect(read('/proc/self/mem')).toBe(
        'ca-certificate: the file /proc/self/mem could not be read (EIO).',
      );
    },
  );
});

describe('a private key is refused and not repeated:', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const edwards = generateKeyPairSync('ed25519').privateKey;
  const encrypted = { cipher: 'aes-256-cbc', passphrase: 'x' };
  const pem = edwards.export({ type: 'pkcs8', format: 'pem' }).toString();

  test.each([
    ['PKCS #8', edwards.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS #8 of RSA', rsa.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS #1', rsa.export({ type: 'pkcs1', format: 'der' })],
    ['SEC 1', elliptic.export({ type: 'sec1', format: 'der' })],
    ['encrypted PKCS #8', edwards.export({ type: 'pkcs8', format: 'der', ...encrypted })],
    ['encrypted PKCS #8 of RSA', rsa.export({ type: 'pkcs8', format: 'der', ...encrypted })],
  ])('%s in DER', (form, der) => {
    expect(read(base64(der))).toBe(HOLDS_KEY);
    expect(read(file(`${form.replace('#', '')}.der`, der))).toBe(HOLDS_KEY);
  });

  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])(
    '%s in PEM, beside a certificate and in any form',
    (label) => {
      const both = `${PEM}\n-----BEGIN ${label}-----\nMC4C\n-----END ${label}-----`;
      for (const value of [
        both,
        both.replaceAll('\n', '\\n'),
        both.replaceAll('\n', ' '),
        base64(both),
      ])
        expect(read(value)).toBe(HOLDS_KEY);
    },
  );

  test.each([
    ['without its first line', pem.split('\n').slice(1).join('\n')],
    ['with a dash too few', pem.slice(1)],
    ['with a dash too few, on one line', pem.slice(1).replaceAll('\n', ' ')],
    ['with other dashes, on one line', pem.replaceAll(/--+/g, '—').replaceAll('\n', ' ')],
    ['of which the Base64 was cut short', base64(pem).slice(0, 45)],
  ])('%s', (_what, value) => {
    expect(read(value)).toBe(HOLDS_KEY);
  });

  test.each([
    'LnNlY29uZCBsaW5lIG9mIGEga2V5IA8gN2VhZGJlZWY',
    '8gN2VhZGJlZWYwMTIzNDU2Nzg5YWJjZGVm',
    '3031020101042084f7eadbeef0123456789abcdef',
    '{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}',
    '30:2e:02:01:00:30:05:06:03:2b:65:70:04:22:04:20:9d:61:b1:9d:ef:fd:5a:60:ba:84:4a:f4',
  ])('what may be a part of one: %s', (value) => {
    expect(read(value)).toMatch(/^ca-certificate is "\W*…\W*", a path that does not exist here\./);
  });

  test('a key behind a name', () => {
    const key = 'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g';
    expect(read(`key: ${key}`)).toContain('"key: …", a path that does not exist here');
    expect(read(`data:;base64,${key}`)).not.toContain(key.slice(0, 12));
  });
});
