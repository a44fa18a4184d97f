import type { IncomingMessage } from 'node:http';
import { Failure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Fields, isObject, parseJson, plausible } from '../base/json.ts';
import { message } from '../base/message.ts';
import { type Instant, parseHttpDate } from '../base/time.ts';

const LARGEST_RESPONSE = 1024 * 1024;

export interface Response {
  /** Where it came from. */
  readonly url: URL;
  /** The server's host name and port. */
  readonly host: string;
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, Foreign>>;
  readonly body: Foreign;
  /** The body where it is JSON. Parsed once: it may be large. */
  readonly json: unknown;
  /** The same where it is an object. */
  readonly fields: Fields | undefined;
  /** The server's `Date` or, without one that can be right, this runner's time. */
  readonly date: Instant;
}

/**
 * Reads a body to its end. Not with `for await`, which takes a millisecond to set up.
 * @param onBytes gets how many have come so far
 * @throws Failure where it is too large
 */
export function readBody(
  incoming: IncomingMessage,
  host: string,
  onBytes: (received: number) => void,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // Doubled as it fills. Not a list of chunks: a mebibyte in chunks of one byte would take 500 times as much.
  let buffer = Buffer.alloc(0);
  let size = 0;
  onBytes(size);
  incoming.on('data', (chunk: Buffer) => {
    const needed = size + chunk.length;
    if (needed > buffer.length) buffer = Buffer.concat([buffer], 2 * needed);
    chunk.copy(buffer, size);
    size = needed;
    onBytes(size);
    if (size > LARGEST_RESPONSE) incoming.destroy(tooLarge(host, incoming));
  });
  incoming.once('end', () => resolve(buffer.subarray(0, size)));
  // Also emitted when the connection drops ("aborted" in node:http).
  incoming.once('error', reject);
  return promise;
}

/** @param now this runner's time */
export function toResponse(
  { statusCode = 0, headers }: IncomingMessage,
  body: Buffer,
  url: URL,
  now: Instant,
): Response {
  const text = body.toString();
  const json = parseJson(text);
  return {
    url,
    host: url.host,
    status: statusCode,
    headers: foreignHeaders(headers),
    body: new Foreign(text),
    json,
    fields: isObject(json) ? json : undefined,
    date: plausible(parseHttpDate(headers.date ?? '')) ?? now,
  };
}

function foreignHeaders(headers: IncomingMessage['headers']): Response['headers'] {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, new Foreign(String(value))]));
}

function tooLarge(host: string, { statusCode = 0 }: IncomingMessage): Failure {
  return new Failure(
    'The answer is too large',
    message`${host} answered HTTP ${statusCode} with more than 1 MiB.`,
    message`Check that the endpoint is the address of an Appcircle server.`,
  );
}
