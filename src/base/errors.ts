import { Foreign } from './foreign.ts';

/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. Not every thrown value is an Error of this realm. */
export function codeOf(thrown: unknown): string {
  const { code } = Object(thrown);
  return typeof code === 'string' && /^[A-Z][A-Z\d_]*$/.test(code) ? code : '';
}

/** What an error says, or its code. Node quotes servers in it. */
export function messageOf(thrown: unknown): Foreign {
  const { message, reason } = Object(thrown);
  // Without the file names and numbers in OpenSSL's message.
  if (codeOf(thrown).startsWith('ERR_SSL_') && typeof reason === 'string')
    return new Foreign(reason);
  if (typeof message !== 'string') return new Foreign(String(thrown));
  return new Foreign(message || codeOf(thrown));
}
