/** What was thrown need not be an Error, nor one of this realm: only what it has is looked at. */
interface Thrown {
  readonly message?: unknown;
  readonly code?: unknown;
}

/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. */
export function codeOf(thrown: unknown): string {
  const { code }: Thrown = Object(thrown);
  return typeof code === 'string' ? code : '';
}

/** What an error says, in its own words; its code where it has none. */
export function messageOf(thrown: unknown): string {
  const { message }: Thrown = Object(thrown);
  return typeof message === 'string' ? message || codeOf(thrown) : String(thrown);
}
