import { Foreign } from './foreign.ts';

/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. Anything may be thrown, `undefined` too. */
export function codeOf(thrown: unknown): string {
  const { code } = Object(thrown);
  if (typeof code !== 'string') return '';
  return /^[A-Z][A-Z\d_]*$/.test(code) ? code : '';
}

/** What an error says, or its code. Node quotes servers in it. */
export function errorText(thrown: unknown): Foreign {
  const { message } = Object(thrown);
  if (typeof message !== 'string') return new Foreign(String(thrown));
  // Without the numbers and the file in `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/x.c:77:`.
  const [, openssl] = /:error:\w+:[^:]*:[^:]*:([^:]+):/.exec(message) ?? [];
  return new Foreign(openssl || message || codeOf(thrown));
}
