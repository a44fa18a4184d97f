import { Failure, type FailureTitle } from '../failure.ts';
import { codeOf, messageOf } from '../thrown.ts';
import { ProxyError } from './tunnel.ts';

/** The codes of other certificate and TLS errors: OpenSSL's names for them, and Node's own. */
const TLS_TROUBLE =
  /^(CERT_|ERR_SSL_|ERR_TLS_|EPROTO$|CRL_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/;

/** The codes of errors that come before a connection is there. */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Where a request was headed when it failed. */
export interface Route {
  /** Host name and port of the server, as in its URL. */
  readonly host: string;
  /** Host name and port of the proxy on the way, if there is one. */
  readonly proxy: string | undefined;
}

/** What OpenSSL and Node call a certificate chain that leads to no authority they trust. */
const UNKNOWN_AUTHORITY = [
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
];

const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';

const TRUST_REMEDY =
  'Give the certificate of the authority that signed it, from whoever runs the server, as ca-certificate (PEM text or a path).';

/** What each certificate error means and what to do, by the code of Node's documentation, "X509 certificate error codes". */
const CERTIFICATE_FAILURES: Readonly<Record<string, readonly [FailureTitle, (host: string) => string, string]>> = {
  CERT_HAS_EXPIRED: [
    'The certificate has expired',
    (host) => `The certificate of ${host} has expired.`,
    "Whoever runs the server must renew it; check this runner's clock too.",
  ],
  CERT_NOT_YET_VALID: [
    'The certificate is not valid yet',
    (host) => `The certificate of ${host} is not valid yet.`,
    'Check the clock of this runner, then ask whoever runs the server.',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'The certificate is for another host',
    (host) => `The certificate that ${host} shows is for another host name.`,
    "Check the endpoint's host name; if it is right, the server needs a certificate with that name in it.",
  ],
  [SELF_SIGNED]: [
    'The certificate is self-signed',
    (host) => `The certificate of ${host} is signed by nobody but itself.`,
    TRUST_REMEDY,
  ],
};

/** Whether trust in one more authority could mend this error. */
export function isUntrusted(error: unknown): boolean {
  const code = codeOf(error);
  return code === SELF_SIGNED || UNKNOWN_AUTHORITY.includes(code);
}

/** Whether an error is about what the other side is rather than about the way to it: another try would end the same. */
function isPermanent(code: string): boolean {
  return (
    /^HPE_/.test(code) || code in CERTIFICATE_FAILURES || UNKNOWN_AUTHORITY.includes(code) || TLS_TROUBLE.test(code)
  );
}

/**
 * What a failed connection means. A connection that was refused, broken or cut short may work the next time; a certificate, a
 * protocol error or a host name that does not exist will not.
 * @param quote makes the error's own text fit to be shown
 */
export function networkFailure(error: unknown, route: Route, quote: (text: string) => string): Failure {
  const code = codeOf(error);
  const told = quote(messageOf(error));
  return (
    proxyFailure(error, code, told, route) ??
    certificateFailure(code, told, route.host) ??
    connectionFailure(code, told, route)
  );
}

function connectionFailure(code: string, told: string, { host, proxy }: Route): Failure {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(
      'The host name could not be resolved',
      `The host name of ${host} could not be resolved (${code}).`,
      "Check the endpoint's spelling, and that this runner resolves names of that domain.",
      // EAI_AGAIN says that the name server did not answer, ENOTFOUND that there is no such name.
      code === 'EAI_AGAIN' ? { waitMs: undefined } : undefined,
    );
  }
  if (code.startsWith('HPE_')) {
    return new Failure(
      'The answer is not HTTP',
      `${host} answered with something other than HTTP (${told}).`,
      "Check the endpoint's host name and port: another service may listen there.",
    );
  }
  return new Failure(
    'The connection failed',
    `The connection to ${host} failed (${told}).`,
    proxy
      ? 'Check that the server is up and that the proxy reaches it, or name the host in NO_PROXY.'
      : 'Check that the server is up and that this runner can reach it; behind a proxy, set HTTPS_PROXY.',
    { waitMs: undefined },
  );
}

function certificateFailure(code: string, told: string, host: string): Failure | undefined {
  const known = CERTIFICATE_FAILURES[code];
  if (known) return new Failure(known[0], known[1](host), known[2]);
  if (UNKNOWN_AUTHORITY.includes(code)) {
    return new Failure(
      'The certificate authority is not trusted',
      `The certificate of ${host} is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`,
      TRUST_REMEDY,
    );
  }
  if (!TLS_TROUBLE.test(code)) return undefined;
  return new Failure(
    'The TLS connection failed',
    `No secure connection to ${host} could be made (${told}).`,
    "Check the endpoint's scheme and port, and the server's TLS configuration and certificate.",
  );
}

function proxyFailure(error: unknown, code: string, told: string, { host, proxy }: Route): Failure | undefined {
  if (proxy === undefined) return undefined;
  if (UNREACHABLE.includes(code)) {
    return new Failure(
      'The proxy could not be reached',
      `The proxy ${proxy} could not be reached (${told}).`,
      'Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.',
      code === 'ENOTFOUND' ? undefined : { waitMs: undefined },
    );
  }
  if (!(error instanceof ProxyError)) return undefined;
  if (error.status === 407) {
    return proxyRefusal(
      `The proxy ${proxy} asks for a user name and a password (407).`,
      'Give them in HTTPS_PROXY, as http://user:password@host:port, from a secret.',
    );
  }
  return proxyRefusal(
    `The proxy ${proxy} made no connection to ${host} (${told}).`,
    `Ask whoever runs the proxy to let this runner through to ${host}, or name the host in NO_PROXY.`,
    error.status === undefined ? !isPermanent(code) : error.status >= 500,
  );
}

function proxyRefusal(cause: string, remedy: string, mayPass = false): Failure {
  return new Failure('The proxy refused the connection', cause, remedy, mayPass ? { waitMs: undefined } : undefined);
}
