import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as the sandbox received it. */
export interface ReceivedRequest {
  readonly host: 'auth' | 'api';
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The body's form fields, decoded; empty where the body is no form. */
  readonly form: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection that it came on, counted from 1 for each host. */
  readonly connection: number;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
}

const FORM = 'application/x-www-form-urlencoded';

/** Reads a request to its end. Rejects when the client goes away before it. */
export async function receive(
  host: ReceivedRequest['host'],
  request: IncomingMessage,
  connection: number,
  at: number,
): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  // Not `new URL(target, base)`: it would take a target such as `//host/path` for another host.
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
  return {
    host,
    method: request.method ?? '',
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: request.headers,
    form: isForm(request.headers) ? Object.fromEntries(new URLSearchParams(body)) : {},
    body,
    connection,
    at,
  };
}

/** Tells whether a body is declared as a form, with or without a charset. */
export function isForm(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === FORM;
}
