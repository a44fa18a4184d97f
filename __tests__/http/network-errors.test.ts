import { expect, test } from '@jest/globals';
import type { Foreign } from '../../src/base/foreign.ts';
import { isUntrusted, networkFailure } from '../../src/http/network-errors.ts';
import { ProxyError } from '../../src/http/tunnel.ts';
import { told as plainly } from '../support/failures.ts';

const DIRECT = { host: 'auth.example.com', proxy: undefined };
const PROXIED = { host: 'auth.example.com', proxy: 'proxy.example.com:3128' };
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
const AGAIN = { waitMs: undefined };

const nodeError = (code: string, message = `told of ${code}`) =>
  Object.assign(new Error(message), { code });

function told(error: unknown, route: { host: string; proxy: string | undefined } = DIRECT) {
  const { title, reason, remedy, transient } = plainly(networkFailure(error, route));
  return { title, reason, remedy, transient };
}

// biome-ignore format: a table, one row a line
test.each([
  ['ENOTFOUND', 'The host name could not be resolved', 'The host name of auth.example.com could not be resolved (ENOTFOUND).', NAME, undefined],
  ['EAI_AGAIN', 'The host name could not be resolved', 'The host name of auth.example.com could not be resolved (EAI_AGAIN).', NAME, AGAIN],
  ['ECONNREFUSED', 'The connection failed', 'The connection to auth.example.com failed (told of ECONNREFUSED).', REACH, AGAIN],
  ['ECONNRESET', 'The connection failed', 'The connection to auth.example.com failed (told of ECONNRESET).', REACH, AGAIN],
  ['ETIMEDOUT', 'The connection failed', 'The connection to auth.example.com failed (told of ETIMEDOUT).', REACH, AGAIN],
  ['EHOSTUNREACH', 'The connection failed', 'The connection to auth.example.com failed (told of EHOSTUNREACH).', REACH, AGAIN],
  ['EPIPE', 'The connection failed', 'The connection to auth.example.com failed (told of EPIPE).', REACH, AGAIN],
  ['SOMETHING_NEW', 'The connection failed', 'The connection to auth.example.com failed (told of SOMETHING_NEW).', REACH, AGAIN],
  ['XHPE_', 'The connection failed', 'The connection to auth.example.com failed (told of XHPE_).', REACH, AGAIN],
  ['HPE_INVALID_CONSTANT', 'The answer is not HTTP', 'auth.example.com answered with something other than HTTP (told of HPE_INVALID_CONSTANT).', "Check the endpoint's host name and port: another service may be listening there.", undefined],
  ['CERT_HAS_EXPIRED', 'The certificate has expired', 'The certificate of auth.example.com has expired.', "Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.", undefined],
  ['CERT_NOT_YET_VALID', 'The certificate is not valid yet', 'The certificate of auth.example.com is not valid yet.', 'Check the clock of this runner, then ask whoever runs the server.', undefined],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate is for another host', 'The certificate of auth.example.com is for another host name.', "Check the endpoint's host name. If it is right, the server needs a certificate for that name.", undefined],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'The certificate is self-signed', 'auth.example.com uses a self-signed certificate.', TRUST_IT, undefined],
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN'].map((code) => [code, 'The certificate authority is not trusted', `The certificate of auth.example.com is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`, TRUST, undefined] as const),
  ...['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'CERT_REVOKED', 'CRL_HAS_EXPIRED', 'INVALID_CA', 'INVALID_PURPOSE', 'HOSTNAME_MISMATCH', 'PATH_LENGTH_EXCEEDED'].map((code) => [code, 'The TLS connection failed', `No TLS connection to auth.example.com could be made (told of ${code}).`, TLS, undefined] as const),
  ...['EPROTOTYPE', 'EPROTONOSUPPORT', 'NOT_A_CERT_AT_ALL', 'INVALID_CAR', 'INVALID_PURPOSES', 'HOSTNAME_MISMATCHES', 'NO_HOSTNAME_MISMATCH', 'PATH_LENGTH_EXCEEDED_BY'].map((code) => [code, 'The connection failed', `The connection to auth.example.com failed (told of ${code}).`, REACH, AGAIN] as const),
] as const)('%s', (code, title, reason, remedy, transient) => {
  expect(told(nodeError(code))).toEqual({ title, reason, remedy, transient });
});

// biome-ignore format: a table, one row a line
test.each([
  ...['ECONNREFUSED', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].map((code) => [code, nodeError(code), 'The proxy could not be reached', `The proxy proxy.example.com:3128 could not be reached (told of ${code}).`, PROXY, AGAIN] as const),
  ['ENOTFOUND', nodeError('ENOTFOUND'), 'The proxy could not be reached', 'The proxy proxy.example.com:3128 could not be reached (told of ENOTFOUND).', PROXY, undefined],
  ['ECONNREFUSED on the way to CONNECT', new ProxyError(undefined, nodeError('ECONNREFUSED')), 'The proxy could not be reached', 'The proxy proxy.example.com:3128 could not be reached (told of ECONNREFUSED).', PROXY, AGAIN],
  ['407', new ProxyError(407), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 asks for a user name and a password (HTTP 407).', 'Give them in HTTPS_PROXY, as http://user:password@host:port, from a secret.', undefined],
  ['403', new ProxyError(403), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (HTTP 403).', LET_THROUGH, undefined],
  ['499', new ProxyError(499), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (HTTP 499).', LET_THROUGH, undefined],
  ['500', new ProxyError(500), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (HTTP 500).', LET_THROUGH, AGAIN],
  ['ECONNRESET on the way to CONNECT', new ProxyError(undefined, nodeError('ECONNRESET', 'socket hang up')), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (socket hang up).', LET_THROUGH, AGAIN],
  ...['HPE_INVALID_CONSTANT', 'EPROTO', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED'].map((code) => [`${code} on the way to CONNECT`, new ProxyError(undefined, nodeError(code)), 'The proxy refused the connection', `The proxy proxy.example.com:3128 did not connect to auth.example.com (told of ${code}).`, LET_THROUGH, undefined] as const),
  ['XHPE_ on the way to CONNECT', new ProxyError(undefined, nodeError('XHPE_')), 'The proxy refused the connection', 'The proxy proxy.example.com:3128 did not connect to auth.example.com (told of XHPE_).', LET_THROUGH, AGAIN],
  ['ECONNRESET behind the proxy', nodeError('ECONNRESET'), 'The connection failed', 'The connection to auth.example.com failed (told of ECONNRESET).', REACH_BY_PROXY, AGAIN],
  ['CERT_HAS_EXPIRED behind the proxy', nodeError('CERT_HAS_EXPIRED'), 'The certificate has expired', 'The certificate of auth.example.com has expired.', "Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.", undefined],
] as const)('with a proxy: %s', (_name, error, title, reason, remedy, transient) => {
  expect(told(error, PROXIED)).toEqual({ title, reason, remedy, transient });
});

test('tells what there is to tell of errors that are not as they should be', () => {
  expect(told(nodeError('ECONNRESET', '')).reason).toBe(
    'The connection to auth.example.com failed (ECONNRESET).',
  );
  expect(told('no error at all').reason).toBe(
    'The connection to auth.example.com failed (no error at all).',
  );
  expect(told(new Error('no code')).reason).toBe(
    'The connection to auth.example.com failed (no code).',
  );
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
    host: 'host',
    proxy: undefined,
  });
  const show = (value: string | Foreign) =>
    typeof value === 'string' ? `<${value}>` : `[${value.raw}]`;
  expect(reason.show(show)).toBe('The connection to <host> failed ([from elsewhere]).');
});
