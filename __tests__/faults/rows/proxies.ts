import { resetAfterRequest, resetInBody, stallInBody } from '../../../sandbox/network/faults.ts';
import type { Row } from '../row.ts';

const REFUSED = 'The proxy refused the connection';

/** Proxies on the way to a server with a private authority, and to one without TLS. */
// biome-ignore format: a table, one row a line
export const proxies: readonly Row[] = [
  { name: 'proxy: works, with a private authority behind it', certificate: 'good', proxy: 'works', ends: 'token', requests: 1 },
  { name: 'proxy: works with a login', certificate: 'good', proxy: 'wants a login', ends: 'token', requests: 1 },
  { name: 'proxy: works for a look-up too', certificate: 'good', proxy: 'works', inputs: { 'sub-organization': 'iOS Team' }, ends: 'token', requests: 4 },
  { name: 'proxy: works without TLS', proxy: 'works', inputs: { 'allow-insecure-http': 'true' }, ends: 'token', requests: 1 },
  { name: 'proxy: works without TLS, with a login', proxy: 'wants a login', inputs: { 'allow-insecure-http': 'true' }, ends: 'token', requests: 1 },
  { name: 'proxy: nothing listens', certificate: 'good', proxy: 'nothing listens', ends: 'The proxy could not be reached', requests: 0, seconds: 1 },
  { name: 'proxy: its name does not exist', certificate: 'good', proxy: 'works', lookups: ['ENOTFOUND'], env: { HTTPS_PROXY: 'http://proxy.test:3128' }, ends: 'The proxy could not be reached', says: 'proxy.test:3128', requests: 0 },
  { name: 'proxy: looking its name up never ends', certificate: 'good', proxy: 'works', lookups: ['stalls'], env: { HTTPS_PROXY: 'http://proxy.test:3128' }, ends: 'Appcircle did not answer in time', requests: 0, withinMs: 4000 },
  { name: 'proxy: forbids the host', certificate: 'good', proxy: 403, ends: REFUSED, says: 'HTTP 403', requests: 0, withinMs: 4000 },
  { name: 'proxy: wants a login that is not there', certificate: 'good', proxy: 407, ends: REFUSED, says: 'asks for a login (HTTP 407: Basic', requests: 0, withinMs: 4000 },
  { name: 'proxy: wants a login that is not there, without TLS', proxy: 407, inputs: { 'allow-insecure-http': 'true' }, ends: REFUSED, says: 'None was sent. Set the right user name and password', requests: 0, withinMs: 4000 },
  { name: 'proxy: wants a login of Windows', certificate: 'good', proxy: 'asks for NTLM', ends: REFUSED, says: '(HTTP 407: Negotiate, NTLM). None was sent. The action can only log in with Basic.', requests: 0, withinMs: 4000 },
  { name: 'proxy: does not reach the host', certificate: 'good', proxy: 502, ends: REFUSED, says: 'HTTP 502', requests: 0, seconds: 1 },
  { name: 'proxy: closes before it answers', certificate: 'good', proxy: 'close before the answer', ends: REFUSED, requests: 0, seconds: 1 },
  { name: 'proxy: stalls before it answers', certificate: 'good', proxy: 'stall before the answer', ends: 'Appcircle did not answer in time', requests: 0 },
  { name: 'proxy: answers garbage', certificate: 'good', proxy: 'garbage for an answer', ends: REFUSED, requests: 0 },
  { name: 'proxy: resets', certificate: 'good', proxy: 'resets the connection', ends: REFUSED, requests: 0, seconds: 1 },
  { name: 'proxy: answers a byte at a time', certificate: 'good', proxy: 'drips its answer', ends: 'Appcircle did not answer in time', requests: 0, seconds: 2, withinMs: 5000 },
  { name: 'proxy: headers without end', certificate: 'good', proxy: 'floods its answer', ends: REFUSED, says: 'Header overflow', requests: 0 },
  { name: 'proxy: refuses in hostile words', certificate: 'good', proxy: 'answers with a hostile line', ends: REFUSED, requests: 0 },
  { name: 'proxy: points to a login page', certificate: 'good', proxy: 'lets a login page answer', ends: REFUSED, says: 'HTTP 302', requests: 0 },
  { name: 'proxy: answers 200 to CONNECT, and then a page', certificate: 'good', proxy: 'answers 200 and a page', ends: 'The TLS connection failed', says: 'through the proxy 127.0.0.1:', requests: 0 },
  { name: 'proxy: dies after CONNECT', certificate: 'good', proxy: 'close after CONNECT', ends: 'The connection failed', says: 'through the proxy 127.0.0.1:', requests: 0, seconds: 1 },
  { name: 'proxy: stalls after CONNECT', certificate: 'good', proxy: 'stall after CONNECT', ends: 'Appcircle did not answer in time', requests: 0 },
  { name: 'proxy: garbage after CONNECT', certificate: 'good', proxy: 'garbage after CONNECT', ends: 'The TLS connection failed', says: '(the answer was not TLS)', requests: 0 },
  { name: 'proxy: the server behind it resets once', certificate: 'good', proxy: 'works', faults: [resetAfterRequest()], ends: 'token', requests: 2 },
  { name: 'proxy: the server behind it resets in the body, once', certificate: 'good', proxy: 'works', faults: [resetInBody()], ends: 'token', requests: 2 },
  { name: 'proxy: the server behind it stalls', certificate: 'good', proxy: 'works', faults: [stallInBody()], ends: 'Appcircle did not answer in time', requests: 1 },
  { name: 'proxy: the authority behind it is unknown', certificate: 'good', trust: 'not at all', proxy: 'works', ends: 'The certificate authority is not trusted', requests: 0 },
  { name: 'proxy: the certificate behind it is for another host', certificate: 'for another host', proxy: 'works', ends: 'The certificate is for another host', requests: 0 },
  { name: 'proxy: SOCKS', certificate: 'good', proxy: 'works', env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' }, ends: 'The proxy setting is not valid', says: 'HTTPS_PROXY', requests: 0 },
  { name: 'proxy: no URL', certificate: 'good', proxy: 'works', env: { HTTPS_PROXY: 'http://' }, ends: 'The proxy setting is not valid', requests: 0 },
  { name: 'proxy: a password that is not percent-encoded', certificate: 'good', proxy: 'works', env: { HTTPS_PROXY: 'http://user:100%@127.0.0.1:3128' }, ends: 'The proxy setting is not valid', requests: 0 },
  { name: 'proxy: a password that would be taken for a path', certificate: 'good', proxy: 'works', env: { HTTPS_PROXY: 'http://svc:48213#Q7w@127.0.0.1:3128' }, ends: 'The proxy setting is not valid', says: 'HTTPS_PROXY is set, but has a "#" in its user name or password, which must be %23 there.', requests: 0 },
  { name: 'proxy: a PAC file', certificate: 'good', proxy: 'works', env: { HTTPS_PROXY: 'http://127.0.0.1:3128/proxy.pac' }, ends: 'The proxy setting is not valid', says: 'PAC files are not supported', requests: 0 },
  { name: 'proxy: nothing listens, and NO_PROXY has what nobody understands', certificate: 'good', proxy: 'nothing listens', env: { NO_PROXY: 'example.com, auth.*' }, ends: 'The proxy could not be reached', says: 'NO_PROXY has "auth.*"', requests: 0, seconds: 1 },
  { name: 'proxy: none for loopback', env: { HTTP_PROXY: 'http://proxy.test:3128' }, ends: 'token', requests: 1 },
  { name: 'proxy: NO_PROXY names the host, which does not exist without it', certificate: 'good', proxy: 'works', lookups: ['ENOTFOUND'], env: { NO_PROXY: 'example.com,.appcircle.test' }, ends: 'The host name could not be resolved', requests: 0 },
  { name: 'proxy: NO_PROXY names the host by a wildcard, without TLS', proxy: 'works', lookups: ['ENOTFOUND'], inputs: { 'allow-insecure-http': 'true' }, env: { NO_PROXY: 'example.com; *.appcircle.test' }, ends: 'The host name could not be resolved', requests: 0 },
];
