import { codeOf, errorText } from '../base/errors.ts';
import { Failure, type FailureDetails } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import { certificateFailure, isCertificateError } from './certificate-errors.ts';
import { type ProxyServer, type Route, throughProxy } from './proxy.ts';
import { ProxyError } from './tunnel.ts';

/** As OpenSSL and Node name them. */
const TLS_ERROR = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;
/** As Node's parser names them. */
const HTTP_ERROR = /^HPE_/;
/** No connection was made. */
const UNREACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
/** The first byte of an alert and of a handshake (RFC 8446, 5.1). */
const TLS_RECORDS = [0x15, 0x16];
const TRANSIENT: FailureDetails = { transient: { waitMs: undefined } };
const ONCE_MORE: FailureDetails = { transient: { waitMs: undefined, once: true } };

interface Meaning {
  /** What Node and OpenSSL say. */
  readonly pattern: RegExp;
  readonly text: string;
  /** What to check first. */
  readonly hint: Message;
}

const NOT_TLS = 'the answer was not TLS';
const MEANINGS: readonly Meaning[] = [
  {
    pattern: /socket hang up|Client network socket disconnected/,
    text: 'closed without an answer',
    hint: message`Check first that the endpoint starts with https:// if its port speaks TLS, and that the server asks for no client certificate, which the action can't send. `,
  },
  {
    pattern: /wrong.version.number|packet.length.too.long/i,
    text: NOT_TLS,
    hint: message`That port speaks plain HTTP, or a proxy answered. `,
  },
  // Of the certificate that the server asked for and did not get: alerts 42, 46, 48 and 116 (RFC 8446, 6.2).
  {
    pattern: /alert.(bad.certificate|certificate.unknown|unknown.ca|certificate.required)/i,
    text: 'it asks for a client certificate',
    hint: message`The action can't send one: ask whoever runs the server for an address that needs none. `,
  },
  {
    pattern: /alert.handshake.failure/i,
    text: 'handshake failure',
    hint: message`Check first that the server asks for no client certificate, which the action can't send. `,
  },
];

/** A failed connection, and what is said of it. */
interface Trouble extends Route {
  readonly error: unknown;
  readonly code: string;
  readonly text: string | Foreign;
  readonly hint: Message;
}

/** Explains a failed connection. */
export function networkFailure(error: unknown, route: Route): Failure {
  const code = codeOf(error);
  const said = `${code} ${Object(error).message}`;
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(said));
  const { text, hint } = meaning ?? { text: errorText(error), hint: message`` };
  const trouble = { ...route, error, code, text, hint };
  return (
    proxyFailure(trouble) ??
    certificateFailure(code, route.host, text) ??
    httpFailure(trouble) ??
    connectionFailure(trouble)
  );
}

/** An `http://` endpoint whose port speaks TLS. */
export function needsTls(host: string): Failure {
  return new Failure(
    'The TLS connection failed',
    message`${host} speaks TLS on that port, but the endpoint starts with http://.`,
    message`Start that endpoint with https://.`,
  );
}

function proxyFailure({ error, code, text, host, proxy }: Trouble): Failure | undefined {
  if (!proxy) return undefined;
  if (UNREACHABLE.includes(code)) {
    return new Failure(
      'The proxy could not be reached',
      message`The proxy ${proxy.host} could not be reached (${text}).`,
      message`Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.${oddExemption(proxy)}`,
      lookUpDetails(code),
    );
  }
  if (!(error instanceof ProxyError)) return undefined;
  const letThrough = message`Ask whoever runs the proxy to let this runner through to ${host}, or add the host to NO_PROXY.${oddExemption(proxy)}`;
  if (error.status === 407) return loginFailure(error, proxy, letThrough);
  const remedy =
    text === NOT_TLS
      ? message`Check whether HTTPS_PROXY has to start with http://: most proxies speak no TLS themselves.`
      : letThrough;
  return new Failure(
    'The proxy refused the connection',
    message`The proxy ${proxy.host} did not connect to ${host} (${text}).`,
    remedy,
    isPermanent(error) ? {} : TRANSIENT,
  );
}

function loginFailure({ asks }: ProxyError, proxy: ProxyServer, letThrough: Message): Failure {
  const sent = proxy.hasLogin
    ? message`The one that was sent was not accepted`
    : message`None was sent`;
  const remedy = /\bbasic\b/i.test(asks)
    ? message`Set the right user name and password in HTTPS_PROXY or HTTP_PROXY, as http://user:password@host:port, from a secret.`
    : message`The action can only log in with Basic. ${letThrough}`;
  return new Failure(
    'The proxy refused the connection',
    message`The proxy ${proxy.host} asks for a login (HTTP 407: ${new Foreign(asks)}). ${sent}.`,
    remedy,
  );
}

/** Whether another try would end the same way. */
function isPermanent({ status, code }: ProxyError): boolean {
  if (status !== undefined) return status < 500;
  return HTTP_ERROR.test(code) || TLS_ERROR.test(code) || isCertificateError(code);
}

/** With a blank ahead. */
function oddExemption({ oddExemption: odd }: ProxyServer): Message {
  if (odd === undefined) return message``;
  return message` NO_PROXY has "${odd}", which is no host, domain, address or range.`;
}

function lookUpDetails(code: string): FailureDetails {
  // No such name. A name server may also say so for a moment.
  return code === 'ENOTFOUND' ? ONCE_MORE : TRANSIENT;
}

function httpFailure({ error, code, host, proxy, text }: Trouble): Failure | undefined {
  if (!HTTP_ERROR.test(code)) return undefined;
  if (TLS_RECORDS.includes(Object(error).rawPacket?.[0])) return needsTls(host);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Failure(
      'The answer is too large',
      message`${host} answered${throughProxy(proxy)} with headers that are too large.`,
      message`Check that the endpoint is the address of an Appcircle server, and which cookies or other headers it sends.`,
    );
  }
  const remedy =
    code === 'HPE_INVALID_CONSTANT'
      ? message`Check the endpoint's host name and port: another service may be listening there.`
      : message`Ask whoever runs the server, or a gateway in front of it, to correct that answer.`;
  return new Failure(
    'The answer is not HTTP',
    message`${host} answered${throughProxy(proxy)} with something other than valid HTTP (${text}).`,
    remedy,
  );
}

function connectionFailure({ code, host, proxy, text, hint }: Trouble): Failure {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(
      'The host name could not be resolved',
      message`The host name of ${host} could not be resolved (${code}).`,
      message`Check the endpoint's spelling, and that this runner resolves names of that domain.`,
      lookUpDetails(code),
    );
  }
  if (TLS_ERROR.test(code)) {
    return new Failure(
      'The TLS connection failed',
      message`No TLS connection to ${host}${throughProxy(proxy)} could be made (${text}).`,
      message`${hint}Check the endpoint's scheme and port, and the server's TLS configuration and certificate.`,
    );
  }
  const reach = proxy
    ? message`the proxy reaches it, or add the host to NO_PROXY.${oddExemption(proxy)}`
    : message`this runner can reach it. Behind a proxy, set HTTPS_PROXY.`;
  return new Failure(
    'The connection failed',
    message`The connection to ${host}${throughProxy(proxy)} failed (${text}).`,
    message`${hint}Check that the server is up and that ${reach}`,
    TRANSIENT,
  );
}
