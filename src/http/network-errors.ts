import { codeOf, errorText } from '../base/errors.ts';
import { Failure, type FailureDetails, type FailureTitle } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import { ProxyError } from './tunnel.ts';

/** Other TLS errors, as OpenSSL and Node name them. */
const TLS_TROUBLE = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;
/** Certificate errors, as Node names them. `UNSPECIFIED` are those of OpenSSL that Node has no name for. */
const CERTIFICATE_TROUBLE =
  /^(UNSPECIFIED|(UNABLE_TO|CERT|CRL|ERROR_IN)_\w+|\w+_SIGNED_CERT\w*|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)$/;
/** Another try would end the same way. */
const PERMANENT = [/^HPE_/, CERTIFICATE_TROUBLE, TLS_TROUBLE];
const NOT_TLS = 'the answer was not TLS';
/** What Node and OpenSSL say in their own words, what that means, and what to check first. */
const MEANINGS: readonly (readonly [RegExp, string, Message])[] = [
  [
    /socket hang up|Client network socket disconnected/,
    'closed without an answer',
    message`Check first that the endpoint starts with https:// if its port speaks TLS, and that the server asks for no client certificate, which the action can't send. `,
  ],
  [
    /wrong.version.number|packet.length.too.long/i,
    NOT_TLS,
    message`That port speaks plain HTTP, or a proxy answered. `,
  ],
  // Of the certificate that the server asked for and did not get: alerts 42, 46, 48 and 116 (RFC 8446, 6.2).
  [
    /alert.(bad.certificate|certificate.unknown|unknown.ca|certificate.required)/i,
    'it asks for a client certificate',
    message`The action can't send one: ask whoever runs the server for an address that needs none. `,
  ],
  [
    /alert.handshake.failure/i,
    'handshake failure',
    message`Check first that the server asks for no client certificate, which the action can't send. `,
  ],
];
/** No connection was made. */
const UNREACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
/** Another try may help. */
const TRANSIENT: FailureDetails = { transient: { waitMs: undefined } };
/** For ENOTFOUND, there is no such name: name servers say so in passing, too. */
const ONCE_MORE: FailureDetails = { transient: { waitMs: undefined, once: true } };

export interface Route {
  /** Host name and port of the server. */
  readonly host: string;
  /** Host name and port of the proxy in between. */
  readonly proxy: string | undefined;
  /** See `Proxy`. */
  readonly hasLogin: boolean | undefined;
  readonly oddExemption: string | undefined;
}

/** A failed connection, and what is said of it. */
type Trouble = Route &
  Readonly<{
    error: unknown;
    code: string;
    text: string | Foreign;
    /** What to check first. */
    hint: Message;
    /** The proxy. */
    through: Message;
    /** What is odd about NO_PROXY. */
    odd: Message;
  }>;

/** A certificate chain that ends at no trusted authority. */
const UNKNOWN_AUTHORITY =
  /^(UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)|SELF_SIGNED_CERT_IN_CHAIN)$/;
const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';
/** By the codes of Node's documentation, "X509 certificate error codes". */
const CERTIFICATE_FAILURES: Readonly<
  Record<string, (host: string) => readonly [FailureTitle, Message, Message]>
> = {
  CERT_HAS_EXPIRED: (host) => [
    'The certificate has expired',
    message`The certificate of ${host} has expired.`,
    message`Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.`,
  ],
  CERT_NOT_YET_VALID: (host) => [
    'The certificate is not valid yet',
    message`The certificate of ${host} is not valid yet.`,
    message`Check the clock of this runner, then ask whoever runs the server.`,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => [
    'The certificate is for another host',
    message`The certificate of ${host} is for another host name.`,
    message`Check the endpoint's host name. If it is right, the server needs a certificate for that name.`,
  ],
  [SELF_SIGNED]: (host) => [
    'The certificate is self-signed',
    message`${host} uses a self-signed certificate.`,
    message`Pass that certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
  ],
};

/** Whether trusting one more authority could help. */
export function isUntrusted(error: unknown): boolean {
  const code = codeOf(error);
  return code === SELF_SIGNED || UNKNOWN_AUTHORITY.test(code);
}

/** Explains a failed connection. */
export function networkFailure(error: unknown, route: Route): Failure {
  const code = codeOf(error);
  const said = `${code} ${Object(error).message}`;
  const [, text = errorText(error), hint = message``] =
    MEANINGS.find(([pattern]) => pattern.test(said)) ?? [];
  const { proxy, oddExemption } = route;
  const through = proxy ? message` through the proxy ${proxy}` : message``;
  const odd = oddExemption
    ? message` NO_PROXY has "${oddExemption}", which is no host, domain, address or range.`
    : message``;
  const trouble = { ...route, error, code, text, hint, through, odd };
  return (
    proxyFailure(trouble) ??
    certificateFailure(trouble) ??
    httpFailure(trouble) ??
    connectionFailure(trouble)
  );
}

/** An `http://` endpoint whose port speaks TLS. */
export function needsTls(host: string): Failure {
  return new Failure(
    'The TLS connection failed',
    message`${host} speaks TLS on that port, but the endpoint starts with http://.`,
    message`Write https:// for that endpoint.`,
  );
}

function connectionFailure({ code, host, proxy, through, text, hint, odd }: Trouble): Failure {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(
      'The host name could not be resolved',
      message`The host name of ${host} could not be resolved (${code}).`,
      message`Check the endpoint's spelling, and that this runner resolves names of that domain.`,
      // The name server did not answer.
      code === 'EAI_AGAIN' ? TRANSIENT : ONCE_MORE,
    );
  }
  if (TLS_TROUBLE.test(code)) {
    return new Failure(
      'The TLS connection failed',
      message`No TLS connection to ${host}${through} could be made (${text}).`,
      message`${hint}Check the endpoint's scheme and port, and the server's TLS configuration and certificate.`,
    );
  }
  const reach = proxy
    ? 'the proxy reaches it, or add the host to NO_PROXY'
    : 'this runner can reach it. Behind a proxy, set HTTPS_PROXY';
  return new Failure(
    'The connection failed',
    message`The connection to ${host}${through} failed (${text}).`,
    message`${hint}Check that the server is up and that ${reach}.${odd}`,
    TRANSIENT,
  );
}

function httpFailure({ error, code, host, through, text }: Trouble): Failure | undefined {
  if (!code.startsWith('HPE_')) return undefined;
  // Records of TLS: an alert, a handshake (RFC 8446, 5.1).
  if ([0x15, 0x16].includes(Object(error).rawPacket?.[0])) return needsTls(host);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Failure(
      'The answer is too large',
      message`${host} answered${through} with headers that are too large.`,
      message`Check that the endpoint is the address of an Appcircle server, and which cookies or other headers it sends.`,
    );
  }
  return new Failure(
    'The answer is not HTTP',
    message`${host} answered${through} with something other than valid HTTP (${text}).`,
    code === 'HPE_INVALID_CONSTANT'
      ? message`Check the endpoint's host name and port: another service may be listening there.`
      : message`Ask whoever runs the server, or a gateway in front of it, to correct that answer.`,
  );
}

function certificateFailure({ code, text, host }: Trouble): Failure | undefined {
  const known = CERTIFICATE_FAILURES[code]?.(host);
  if (known) return new Failure(...known);
  if (UNKNOWN_AUTHORITY.test(code)) {
    return new Failure(
      'The certificate authority is not trusted',
      message`The certificate of ${host} is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`,
      message`Pass that authority's certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
    );
  }
  if (!CERTIFICATE_TROUBLE.test(code)) return undefined;
  return new Failure(
    'The certificate is not acceptable',
    message`The certificate of ${host} or of its authority is not acceptable (${text}).`,
    message`Ask whoever runs the server for one without that fault. ca-certificate does not help here.`,
  );
}

function proxyFailure(trouble: Trouble): Failure | undefined {
  const { error, code, text, host, proxy, hasLogin, odd } = trouble;
  if (proxy === undefined) return undefined;
  if (UNREACHABLE.includes(code)) {
    return new Failure(
      'The proxy could not be reached',
      message`The proxy ${proxy} could not be reached (${text}).`,
      message`Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.${odd}`,
      code === 'ENOTFOUND' ? ONCE_MORE : TRANSIENT,
    );
  }
  if (!(error instanceof ProxyError)) return undefined;
  const { asks, status } = error;
  const letThrough = message`Ask whoever runs the proxy to let this runner through to ${host}, or add the host to NO_PROXY.${odd}`;
  if (status === 407) {
    const sent = hasLogin ? 'The one that was sent was not accepted' : 'None was sent';
    return new Failure(
      'The proxy refused the connection',
      message`The proxy ${proxy} asks for a login (HTTP 407: ${new Foreign(asks)}). ${sent}.`,
      /\bbasic\b/i.test(asks)
        ? message`Set the right user name and password in HTTPS_PROXY or HTTP_PROXY, as http://user:password@host:port, from a secret.`
        : message`The action can only log in with Basic. ${letThrough}`,
    );
  }
  const mayPass =
    status === undefined ? !PERMANENT.some((codes) => codes.test(code)) : status >= 500;
  return new Failure(
    'The proxy refused the connection',
    message`The proxy ${proxy} did not connect to ${host} (${text}).`,
    text === NOT_TLS
      ? message`Check whether HTTPS_PROXY has to start with http://: most proxies speak no TLS themselves.`
      : letThrough,
    mayPass ? TRANSIENT : {},
  );
}
