/** An answer before it is sent. A body is sent as JSON, undefined as no body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NOT_FOUND: Answer = { status: 404, body: { error: 'Not Found' } };
export const FORBIDDEN: Answer = { status: 403 };
export const UNAUTHORIZED: Answer = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
};

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function methodNotAllowed(allow: string): Answer {
  return { status: 405, headers: { allow } };
}
