/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. Not every thrown value is an Error of this realm. */
export function codeOf(thrown: unknown): string {
  const { code } = Object(thrown);
  return typeof code === 'string' ? code : '';
}

/** An error's message, or its code where it has none. */
export function messageOf(thrown: unknown): string {
  const { message } = Object(thrown);
  return typeof message === 'string' ? message || codeOf(thrown) : String(thrown);
}
