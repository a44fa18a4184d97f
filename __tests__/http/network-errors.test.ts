import { expect, test } from '@jest/globals';
import type { Foreign } from '../../src/base/foreign.ts';
import { isUntrusted } from '../../src/http/certificate-errors.ts';
import { networkFailure } from '../../src/http/network-errors.ts';
import type { ProxyServer, Route } from '../../src/http/proxy.ts';
import { ProxyError } from '../../src/http/tunnel.ts';
import { failureData } from '../support/failures.ts';

const DIRECT: Route = { host: 'auth.example.com', proxy: undefined };
const PROXY_SERVER: ProxyServer = {
  url: 'http://proxy.example.com:3128/',
  host: 'proxy.example.com:3128',
  hasLogin: false,
  oddExemption: undefined,
};
const PROXIED: Route = { ...DIRECT, proxy: PROXY_SERVER };
const TRUST =
  "Pass that authority's certificate as ca-certificate (PEM text or a path), from whoever runs the server.";
const TRUST_IT =
  'Pass that certificate as ca-certificate (PEM text or a path), from whoever runs the server.';
const REACH =
  'Check that the server is up and that this runner can reach it. Behind a proxy, set HTTPS_PROXY.';
const REACH_BY_PROXY =
  'Check that the server is up and that the proxy reaches it, or add the host to NO_PROXY.';
const NAME = "Check the endpoint's spelling, and that this runner resolves names of that domain.";
const TLS =
  "Check the endpoint's scheme and port, and the server's TLS configuration and certificate.";
const PROXY =
  'Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.';
const LET_THROUGH =
  'Ask whoever runs the proxy to let this runner through to auth.example.com, or add the host to NO_PROXY.';
const CLIENT_CERTIFICATE =
  "Check first that the server asks for no client certificate, which the action can't send.";
const CLOSED =
  "Check first that the endpoint starts with https:// if its port speaks TLS, and that the server asks for no client certificate, which the action can't send.";
const ANOTHER_SERVICE =
  "Check the endpoint's host name and port: another service may be listening there.";
const INVALID = 'Ask whoever runs the server, or a gateway in front of it, to correct that answer.';
const ACCEPTABLE = 'Ask whoever runs the server to replace it. ca-certificate does not help here.';
const AGAIN = { waitMs: undefined };
const ONCE_MORE = { waitMs: undefined, once: true };

const nodeError = (code: string, message = `told of ${code}`, details = {}) =>
  Object.assign(new Error(message), { code, ...details });

/** As OpenSSL's errors read in Node 24. */
const opensslError = (code: string, words: string) =>
  nodeError(
    code,
    `write EPROTO 409D262C457F0000:error:0A00010B:SSL routines:ssl3_read_bytes:${words}:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 40\n`,
  );

function told(error: unknown, route = DIRECT) {
  const { title, reason, remedy, transient } = failureData(networkFailure(error, route));
  return { title, reason, remedy, transient };
}

// biome-ignore format: a table, one row a line
test.each([
  ['ENOTFOUND', 'The host name could not be resolved', 'The host name of auth.example.com could not be resolved (ENOTFOUND).', NAME, ONCE_MORE],
  ['EAI_AGAIN', 'The host name could not be resolved', 'The host name of auth.example.com could not be resolved (EAI_AGAIN).', NAME, AGAIN],
  ['HPE_INVALID_CONSTANT', 'The answer is not HTTP', 'auth.example.com answered with something other than valid HTTP (told of HPE_INVALID_CONSTANT).', ANOTHER_SERVICE, undefined],
  ...['HPE_INVALID_TRANSFER_ENCODING', 'HPE_UNEXPECTED_CONTENT_LENGTH', 'HPE_INVALID_HEADER_TOKEN', 'HPE_CR_EXPECTED'].map((code) => [code, 'The answer is not HTTP', `auth.example.com answered with something other than valid HTTP (told of ${code}).`, INVALID, undefined] as const),
  ['HPE_HEADER_OVERFLOW', 'The answer is too large', 'auth.example.com answered with headers that are too large.', 'Check that the endpoint is the address of an Appcircle server, and which cookies or other headers it sends.', undefined],
  ['CERT_HAS_EXPIRED', 'The certificate has expired', 'The certificate of auth.example.com has expired.', "Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.", undefined],
  ['CERT_NOT_YET_VALID', 'The certificate is not valid yet', 'The certificate of auth.example.com is not valid yet.', 'Check the clock of this runner, then ask whoever runs the server.', undefined],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate is for another host', 'The certificate of auth.example.com is for another host name.', "Check the endpoint's host name. If it is right, the server needs a certificate for that name.", undefined],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'The certificate is self-signed', 'auth.example.com uses a self-signed certificate.', TRUST_IT, undefined],
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN'].map((code) => [code, 'The certificate authority is not trusted', `The certificate of auth.example.com is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`, TRUST, undefined] as const),
  ...['UNSPECIFIED', 'CERT_REVOKED', 'CERT_SIGNATURE_FAILURE', 'CERT_CHAIN_TOO_LONG', 'CRL_HAS_EXPIRED', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'ERROR_IN_CERT_NOT_AFTER_FIELD', 'INVALID_CA', 'INVALID_PURPOSE', 'HOSTNAME_MISMATCH', 'PATH_LENGTH_EXCEEDED'].map((code) => [code, 'The certificate is not acceptable', `The certificate of auth.example.com or of its authority is not acceptable (told of ${code}).`, ACCEPTABLE, undefined] as const),
  ...['EPROTO', 'ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_TLS_HANDSHAKE_TIMEOUT'].map((code) => [code, 'The TLS connection failed', `No TLS connection to auth.example.com could be made (told of ${code}).`, TLS, undefined] as const),
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'The TLS connection failed', 'No TLS connection to auth.example.com could be made (the answer was not TLS).', `That port speaks plain HTTP, or a proxy answered. ${TLS}`, undefined],
  ...['ECONNREFUSED', 'ECONNRESET', 'SOMETHING_NEW', 'XHPE_', 'EPROTOTYPE', 'EPROTONOSUPPORT', 'NOT_A_CERT_AT_ALL', 'INVALID_CAR', 'INVALID_PURPOSES', 'HOSTNAME_MISMATCHES', 'NO_HOSTNAME_MISMATCH', 'PATH_LENGTH_EXCEEDED_BY', 'UNSPECIFIED_TROUBLE'].map((code) => [code, 'The connection failed', `The connection to auth.example.com failed (told of ${code}).`, REACH, AGAIN] as const),
] as const)('what is said of %s', (code, title, reason, remedy, transient) => {
  expect(told(nodeError(code))).toEqual({ title, reason, remedy, transient });
});

// biome-ignore format: a table, one row a line
test.each([
  ['wrong version number', 'the answer was not TLS', `That port speaks plain HTTP, or a proxy answered. ${TLS}`],
  ['packet length too long', 'the answer was not TLS', `That port speaks plain HTTP, or a proxy answered. ${TLS}`],
  ...['tlsv13 alert certificate required', 'ssl/tls alert bad certificate', 'sslv3 alert certificate unknown', 'tlsv1 alert unknown ca'].map((words) => [words, 'it asks for a client certificate', `The action can't send one: ask whoever runs the server for an address that needs none. ${TLS}`] as const),
  ['ssl/tls alert handshake failure', 'handshake failure', `${CLIENT_CERTIFICATE} ${TLS}`],
  ['tlsv1 alert protocol version', 'tlsv1 alert protocol version', TLS],
  ['unsafe legacy renegotiation disabled', 'unsafe legacy renegotiation disabled', TLS],
])("OpenSSL's %s, without its numbers", (words, shown, remedy) => {
  for (const code of ['EPROTO', 'ERR_SSL_WHATEVER'])
    expect(told(opensslError(code, words))).toEqual({
      title: 'The TLS connection failed',
      reason: `No TLS connection to auth.example.com could be made (${shown}).`,
      remedy,
      transient: undefined,
    });
});

test.each([
  'socket hang up',
  'Client network socket disconnected before secure TLS connection was established',
])('a connection that is closed without an answer: %s', (words) => {
  expect(told(nodeError('ECONNRESET', words))).toEqual({
    title: 'The connection failed',
    reason: 'The connection to auth.example.com failed (closed without an answer).',
    remedy: `${CLOSED} ${REACH}`,
    transient: AGAIN,
  });
});

const NEEDS_TLS = {
  title: 'The TLS connection failed',
  reason: 'auth.example.com speaks TLS on that port, but the endpoint starts with http://.',
  remedy: 'Start that endpoint with https://.',
  transient: undefined,
} as const;

test.each([
  ['an alert', 0x15],
  ['a handshake', 0x16],
])('%s of TLS for an answer names https://', (_name, byte) => {
  const rawPacket = Buffer.from([byte, 3, 1, 0, 2, 2, 70]);
  expect(told(nodeError('HPE_INVALID_CONSTANT', 'Parse Error', { rawPacket }))).toEqual(NEEDS_TLS);
});

// biome-ignore format: a table, one row a line
test.each([
  ...['ECONNREFUSED', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].map((code) => [code, nodeError(code), 'The proxy could not be reached', `The proxy proxy.example.com:3128 could not be reached (told of ${code}).`, PROXY, AGAIN] as const),
  ['ENOTFOUND', nodeError('ENOTFOUND'), 'The proxy could not be reached', 'The proxy proxy.example.com:3128 could not be reached (told of ENOTFOUND).', PROXY, ONCE_MORE],
  ['ECONNREFUSED on the way to CONNECT', new ProxyError(undefined, nodeError('ECONNREFUSED')), 'The proxy could not be reached', 'The proxy proxy.example.com:3128 could not be reached (told of ECONNREFUSED).', PROXY, AGAIN],
  ['403', new ProxyError(403), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (HTTP 403).', LET_THROUGH, undefined],
  ['499', new ProxyError(499), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (HTTP 499).', LET_THROUGH, undefined],
  ['500', new ProxyError(500), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (HTTP 500).', LET_THROUGH, AGAIN],
  ['ECONNRESET on the way to CONNECT', new ProxyError(undefined, nodeError('ECONNRESET', 'socket hang up')), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (closed without an answer).', LET_THROUGH, AGAIN],
  ...['HPE_INVALID_CONSTANT', 'EPROTO', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'UNSPECIFIED'].map((code) => [`${code} on the way to CONNECT`, new ProxyError(undefined, nodeError(code)), 'The proxy refused the connection', `The proxy proxy.example.com:3128 did not connect to auth.example.com (told of ${code}).`, LET_THROUGH, undefined] as const),
  ['XHPE_ on the way to CONNECT', new ProxyError(undefined, nodeError('XHPE_')), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (told of XHPE_).', LET_THROUGH, AGAIN],
  ['no TLS on the way to CONNECT', new ProxyError(undefined, opensslError('EPROTO', 'wrong version number')), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (the answer was not TLS).', 'Check whether HTTPS_PROXY has to start with http://: most proxies speak no TLS themselves.', undefined],
  ['no TLS behind the proxy', opensslError('EPROTO', 'wrong version number'), 'The TLS connection failed', 'No TLS connection to auth.example.com through the proxy proxy.example.com:3128 could be made (the answer was not TLS).', `That port speaks plain HTTP, or a proxy answered. ${TLS}`, undefined],
  ['closed behind the proxy', nodeError('ECONNRESET', 'socket hang up'), 'The connection failed', 'The connection to auth.example.com through the proxy proxy.example.com:3128 failed (closed without an answer).', `${CLOSED} ${REACH_BY_PROXY}`, AGAIN],
  ['ECONNRESET behind the proxy', nodeError('ECONNRESET'), 'The connection failed', 'The connection to auth.example.com through the proxy proxy.example.com:3128 failed (told of ECONNRESET).', REACH_BY_PROXY, AGAIN],
  ['no HTTP behind the proxy', nodeError('HPE_INVALID_CONSTANT'), 'The answer is not HTTP', 'auth.example.com answered through the proxy proxy.example.com:3128 with something other than valid HTTP (told of HPE_INVALID_CONSTANT).', ANOTHER_SERVICE, undefined],
  ['CERT_HAS_EXPIRED behind the proxy', nodeError('CERT_HAS_EXPIRED'), 'The certificate has expired', 'The certificate of auth.example.com has expired.', "Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.", undefined],
] as const)('with a proxy: %s', (_name, error, title, reason, remedy, transient) => {
  expect(told(error, PROXIED)).toEqual({ title, reason, remedy, transient });
});

const LOG_IN =
  'Set the right user name and password in HTTPS_PROXY or HTTP_PROXY, as http://user:password@host:port, from a secret.';
const ONLY_BASIC = `The action can only log in with Basic. ${LET_THROUGH}`;

// biome-ignore format: a table, one row a line
test.each([
  [undefined, false, 'Basic', 'None was sent.', LOG_IN],
  ['Basic realm="proxy"', false, 'Basic realm="proxy"', 'None was sent.', LOG_IN],
  ['Basic realm="proxy"', true, 'Basic realm="proxy"', 'The one that was sent was not accepted.', LOG_IN],
  ['Negotiate, NTLM, basic', true, 'Negotiate, NTLM, basic', 'The one that was sent was not accepted.', LOG_IN],
  ['NTLM', false, 'NTLM', 'None was sent.', ONLY_BASIC],
  ['Negotiate, NTLM', true, 'Negotiate, NTLM', 'The one that was sent was not accepted.', ONLY_BASIC],
])('407 that asks for %s, login sent: %s', (asks, hasLogin, asked, sent, remedy) => {
  const route = { ...DIRECT, proxy: { ...PROXY_SERVER, hasLogin } };
  expect(told(new ProxyError(407, undefined, asks), route)).toEqual({
    title: 'The proxy refused the connection',
    reason: `The proxy proxy.example.com:3128 asks for a login (HTTP 407: ${asked}). ${sent}`,
    remedy,
    transient: undefined,
  });
});

test.each([
  ['refuses', new ProxyError(403)],
  ['cannot be reached', nodeError('ECONNREFUSED')],
  ['does not reach the server', nodeError('ECONNRESET')],
  ['asks for what the action does not know', new ProxyError(407, undefined, 'NTLM')],
])('names an odd entry of NO_PROXY where a proxy %s', (_name, error) => {
  const route = { ...DIRECT, proxy: { ...PROXY_SERVER, oddExemption: '192.168.*' } };
  const { remedy, transient } = told(error, route);
  expect(remedy).toMatch(
    / NO_PROXY has "192\.168\.\*", which is no host, domain, address or range\.$/,
  );
  expect(transient).toEqual(told(error, PROXIED).transient);
});

test('knows the errors that one more authority could mend', () => {
  expect(isUntrusted(nodeError('DEPTH_ZERO_SELF_SIGNED_CERT'))).toBe(true);
  expect(isUntrusted(nodeError('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'))).toBe(true);
  expect(isUntrusted(new ProxyError(undefined, nodeError('SELF_SIGNED_CERT_IN_CHAIN')))).toBe(true);
  expect(isUntrusted(nodeError('CERT_HAS_EXPIRED'))).toBe(false);
  expect(isUntrusted(new Error('no code'))).toBe(false);
  expect(isUntrusted(undefined)).toBe(false);
});

test('keeps what an error says apart from its own words, to be made safe', () => {
  const { reason } = networkFailure(nodeError('ECONNRESET', 'from elsewhere'), {
    ...DIRECT,
    host: 'host',
  });
  const show = (value: string | Foreign) =>
    typeof value === 'string' ? `<${value}>` : `[${value.raw}]`;
  expect(reason.show(show)).toBe('The connection to <host> failed ([from elsewhere]).');
});
