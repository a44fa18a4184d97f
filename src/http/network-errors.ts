import { codeOf, messageOf } from '../base/errors.ts';
import { Failure, type FailureDetails, type FailureTitle } from '../base/failure.ts';
import type { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import { ProxyError } from './tunnel.ts';

/** Other certificate and TLS errors, as OpenSSL and Node name them. */
const TLS_TROUBLE =
  /^(CERT_|ERR_SSL_|ERR_TLS_|EPROTO$|CRL_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/;
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

/** Host name and port of the server, and of the proxy in between. */
export type Route = { readonly host: string; readonly proxy: string | undefined };

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

/** Whether another try would end the same way. */
function isPermanent(code: string): boolean {
  return (
    [/^HPE_/, UNKNOWN_AUTHORITY, TLS_TROUBLE].some((codes) => codes.test(code)) ||
    code in CERTIFICATE_FAILURES
  );
}

/** Explains a failed connection. */
export function networkFailure(error: unknown, route: Route): Failure {
  const code = codeOf(error);
  const text = messageOf(error);
  return (
    proxyFailure(error, text, route) ??
    certificateFailure(code, text, route.host) ??
    connectionFailure(code, text, route)
  );
}

function connectionFailure(code: string, text: Foreign, { host, proxy }: Route): Failure {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(
      'The host name could not be resolved',
      message`The host name of ${host} could not be resolved (${code}).`,
      message`Check the endpoint's spelling, and that this runner resolves names of that domain.`,
      // EAI_AGAIN: the name server did not answer. ENOTFOUND: there is no such name.
      code === 'EAI_AGAIN' ? TRANSIENT : {},
    );
  }
  if (code.startsWith('HPE_')) {
    return new Failure(
      'The answer is not HTTP',
      message`${host} answered with something other than HTTP (${text}).`,
      message`Check the endpoint's host name and port: another service may be listening there.`,
    );
  }
  return new Failure(
    'The connection failed',
    message`The connection to ${host} failed (${text}).`,
    proxy
      ? message`Check that the server is up and that the proxy reaches it, or add the host to NO_PROXY.`
      : message`Check that the server is up and that this runner can reach it. Behind a proxy, set HTTPS_PROXY.`,
    TRANSIENT,
  );
}

function certificateFailure(code: string, text: Foreign, host: string): Failure | undefined {
  const known = CERTIFICATE_FAILURES[code]?.(host);
  if (known) return new Failure(...known);
  if (UNKNOWN_AUTHORITY.test(code)) {
    return new Failure(
      'The certificate authority is not trusted',
      message`The certificate of ${host} is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`,
      message`Pass that authority's certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
    );
  }
  if (!TLS_TROUBLE.test(code)) return undefined;
  return new Failure(
    'The TLS connection failed',
    message`No TLS connection to ${host} could be made (${text}).`,
    message`Check the endpoint's scheme and port, and the server's TLS configuration and certificate.`,
  );
}

function proxyFailure(error: unknown, text: Foreign, { host, proxy }: Route): Failure | undefined {
  if (proxy === undefined) return undefined;
  const code = codeOf(error);
  if (UNREACHABLE.includes(code)) {
    return new Failure(
      'The proxy could not be reached',
      message`The proxy ${proxy} could not be reached (${text}).`,
      message`Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.`,
      code === 'ENOTFOUND' ? {} : TRANSIENT,
    );
  }
  if (!(error instanceof ProxyError)) return undefined;
  if (error.status === 407) {
    return new Failure(
      'The proxy refused the connection',
      message`The proxy ${proxy} asks for a user name and a password (HTTP 407).`,
      message`Give them in HTTPS_PROXY, as http://user:password@host:port, from a secret.`,
    );
  }
  const mayPass = error.status === undefined ? !isPermanent(code) : error.status >= 500;
  return new Failure(
    'The proxy refused the connection',
    message`The proxy ${proxy} did not connect to ${host} (${text}).`,
    message`Ask whoever runs the proxy to let this runner through to ${host}, or add the host to NO_PROXY.`,
    mayPass ? TRANSIENT : {},
  );
}
