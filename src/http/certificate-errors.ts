import { codeOf } from '../base/errors.ts';
import { Failure } from '../base/failure.ts';
import type { Foreign } from '../base/foreign.ts';
import { message } from '../base/message.ts';

/** As Node names them. */
const CERTIFICATE_ERROR = /^((UNABLE_TO|CERT|CRL|ERROR_IN)_\w+|\w+_SIGNED_CERT\w*)$/;
const OTHER_CERTIFICATE_ERRORS = [
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'PATH_LENGTH_EXCEEDED',
  // Those of OpenSSL that Node has no name for.
  'UNSPECIFIED',
];
/** A certificate chain that ends at no trusted authority. */
const UNKNOWN_AUTHORITY =
  /^(UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)|SELF_SIGNED_CERT_IN_CHAIN)$/;
const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';

export function isCertificateError(code: string): boolean {
  return CERTIFICATE_ERROR.test(code) || OTHER_CERTIFICATE_ERRORS.includes(code);
}

/** Whether trusting one more authority could help. */
export function isUntrusted(error: unknown): boolean {
  const code = codeOf(error);
  return code === SELF_SIGNED || UNKNOWN_AUTHORITY.test(code);
}

/**
 * Explains a certificate error.
 * @param code as in Node's documentation, "X509 certificate error codes"
 */
export function certificateFailure(
  code: string,
  host: string,
  text: string | Foreign,
): Failure | undefined {
  if (UNKNOWN_AUTHORITY.test(code)) {
    return new Failure(
      'The certificate authority is not trusted',
      message`The certificate of ${host} is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`,
      message`Pass that authority's certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
    );
  }
  const failure = commonFailure(code, host);
  if (failure || !isCertificateError(code)) return failure;
  return new Failure(
    'The certificate is not acceptable',
    message`The certificate of ${host} or of its authority is not acceptable (${text}).`,
    message`Ask whoever runs the server to replace it. ca-certificate does not help here.`,
  );
}

function commonFailure(code: string, host: string): Failure | undefined {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return new Failure(
        'The certificate has expired',
        message`The certificate of ${host} has expired.`,
        message`Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.`,
      );
    case 'CERT_NOT_YET_VALID':
      return new Failure(
        'The certificate is not valid yet',
        message`The certificate of ${host} is not valid yet.`,
        message`Check the clock of this runner, then ask whoever runs the server.`,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return new Failure(
        'The certificate is for another host',
        message`The certificate of ${host} is for another host name.`,
        message`Check the endpoint's host name. If it is right, the server needs a certificate for that name.`,
      );
    case SELF_SIGNED:
      return new Failure(
        'The certificate is self-signed',
        message`${host} uses a self-signed certificate.`,
        message`Pass that certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
      );
    default:
      return undefined;
  }
}
