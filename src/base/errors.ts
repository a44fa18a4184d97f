/** What was thrown may be no Error, or one of another realm. */
interface Thrown {
  readonly message?: unknown;
  readonly code?: unknown;
}

/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. */
export function codeOf(thrown: unknown): string {
  const { code }: Thrown = Object(thrown);
  return typeof code === 'string' ? code : '';
}

/** An error's message, or its code where it has none. */
export function messageOf(thrown: unknown): string {
  const { message }: Thrown = Object(thrown);
  return typeof message === 'string' ? message || codeOf(thrown) : String(thrown);
}
