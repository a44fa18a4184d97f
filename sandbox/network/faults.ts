import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Connection } from './listener.ts';

/** Strikes a new connection, before TLS and before anything is read. */
interface ConnectionFault {
  readonly name: string;
  readonly strikes: 'connection';
  readonly play: (socket: Socket) => void;
}

/** Strikes in place of an answer, once the whole request has been read. */
interface RequestFault {
  readonly name: string;
  readonly strikes: 'request';
  /** Faults that no well-formed answer can make use `response.socket` and the connection. */
  readonly play: (response: ServerResponse, connection: Connection) => void;
}

export type Fault = ConnectionFault | RequestFault;

/** The token in the answers of faults. No run may export it unless the fault leaves the answer intact. */
export const BAIT_TOKEN = 'bait.token-from-a-broken-answer.0123456789';

/** A valid answer with {@link BAIT_TOKEN}. */
export const BAIT_BODY = JSON.stringify({
  access_token: BAIT_TOKEN,
  expires_in: 3600,
  token_type: 'Bearer',
});

const JSON_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const BAIT_HEAD = `${JSON_HEAD}${contentLength(BAIT_BODY.length)}`;
const HALF_OF_THE_ANSWER = BAIT_HEAD + BAIT_BODY.slice(0, 40);
/** Bytes of no protocol: TLS and HTTP start with none of 0x80 and above. */
const garbageBytes = () => Buffer.concat([Buffer.of(0x80), randomBytes(2047)]);

// The connection. One that is accepted and stalls never ends a TLS handshake either.

export const resetOnConnect = () =>
  onConnection('reset on connect', (socket) => socket.resetAndDestroy());
export const closeOnConnect = () => onConnection('close on connect', (socket) => socket.end());
export const stallOnConnect = () => onConnection('stall on connect', (socket) => socket.resume());
export const garbageOnConnect = () =>
  onConnection('garbage on connect', (socket) => socket.end(garbageBytes()));

// After the request, in place of an answer

export const resetAfterRequest = () =>
  onSocket('reset after the request', (_socket, { reset }) => reset());
export const closeAfterRequest = () =>
  onSocket('close after the request', (socket) => socket.end());
export const stallAfterRequest = () => onSocket('stall after the request', () => undefined);
export const garbage = () =>
  onSocket('garbage instead of an answer', (socket) => socket.end(garbageBytes()));

/** Sends `100 Continue` or `103 Early Hints` again and again, and never an answer. */
export function endlessInformational(status: 100 | 103): Fault {
  const text =
    status === 100
      ? 'HTTP/1.1 100 Continue\r\n\r\n'
      : 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n';
  return onSocket(`endless ${status}`, (socket) => every(20, socket, () => socket.write(text)));
}

// In the headers

export const floodHeaders = () =>
  onSocket('headers without end', (socket) => {
    socket.write(JSON_HEAD);
    flood(socket, (index) => `X-Flood-${index}: ${'f'.repeat(1000)}\r\n`);
  });

// In the body

export const resetInBody = () => onSocket('reset in the body', writeThenReset(HALF_OF_THE_ANSWER));

export const stallInBody = () =>
  onSocket('stall in the body', (socket) => socket.write(HALF_OF_THE_ANSWER));

/** Closes before the body is over: shorter than its Content-Length, or chunked without the last chunk. The JSON is whole. */
export function truncatedBody(framing: 'content-length' | 'chunked'): Fault {
  const rest =
    framing === 'chunked'
      ? `Transfer-Encoding: chunked\r\n\r\n${BAIT_BODY.length.toString(16)}\r\n${BAIT_BODY}\r\n`
      : contentLength(BAIT_BODY.length + 100) + BAIT_BODY;
  return onSocket(`body cut short, ${framing}`, (socket) => socket.end(JSON_HEAD + rest));
}

export const floodBody = () =>
  onSocket('body without end', (socket) => {
    socket.write(`${JSON_HEAD}Connection: close\r\n\r\n`);
    flood(socket, () => ' '.repeat(16_384));
  });

/** Sends a good answer, its body one byte every `everyMs` milliseconds. */
export function dripBody(everyMs: number): Fault {
  return onSocket(`body drip, a byte every ${everyMs} ms`, (socket) => {
    socket.write(BAIT_HEAD);
    let sent = 0;
    every(everyMs, socket, () => {
      socket.write(BAIT_BODY.charAt(sent));
      sent += 1;
    });
  });
}

// Whole answers

interface AnswerOptions {
  readonly name?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** Answers anything. By default a 200 with a valid token. */
export function answer({
  status = 200,
  name = `status ${status}`,
  headers = {},
  body = BAIT_BODY,
}: AnswerOptions = {}): Fault {
  return {
    name,
    strikes: 'request',
    play: (response) => {
      const content =
        typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content);
    },
  };
}

/** Answers an error status with a meaningless body, and Retry-After in seconds or as a date if given. */
export function failure(status: number, retryAfter?: number | Date): Fault {
  const body = { error: `status ${status}` };
  if (retryAfter === undefined) return answer({ status, body });
  const wait = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter);
  return answer({
    name: `status ${status}, Retry-After ${wait}`,
    status,
    headers: { 'retry-after': wait },
    body,
  });
}

/** Answers 429 as Appcircle does, with the wait in the body alone. */
export function tooManyRequests(retryAfterSeconds: number): Fault {
  const body = { error: 'Too Many Requests', retry_after: retryAfterSeconds };
  return answer({ name: `status 429, retry_after ${retryAfterSeconds}`, status: 429, body });
}

/** Sends the client elsewhere. */
export function redirect(status: 301 | 302 | 303 | 307 | 308, to: string): Fault {
  return answer({ name: `redirect ${status}`, status, headers: { location: to }, body: '' });
}

/** Answers an HTML page, like a captive portal or a proxy. */
export function htmlPage(status = 200): Fault {
  const body =
    '<!doctype html><html><head><title>Welcome</title></head><body><h1>Please sign in</h1></body></html>';
  return answer({
    name: `HTML with ${status}`,
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body,
  });
}

/** Compresses a good answer although nobody asked for it. */
export function gzippedBody(): Fault {
  return answer({
    name: 'gzip',
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(BAIT_BODY),
  });
}

export const emptyBody = () => answer({ name: 'empty body', body: '' });

// How they are played

function onConnection(name: string, play: (socket: Socket) => void): Fault {
  return { name, strikes: 'connection', play };
}

function onSocket(name: string, play: (socket: Socket, connection: Connection) => void): Fault {
  return {
    name,
    strikes: 'request',
    play: ({ socket }, connection) => {
      if (socket === null) return; // The client did not wait for it.
      socket.on('error', () => socket.destroy());
      play(socket, connection);
    },
  };
}

/** The last header of an answer, and the end of its headers. */
function contentLength(bytes: number): string {
  return `Content-Length: ${bytes}\r\n\r\n`;
}

/** Waits a moment before the RST, which discards what the client has not read yet. */
function writeThenReset(text: string) {
  return (socket: Socket, { reset }: Connection) => socket.write(text, () => setTimeout(reset, 50));
}

/** Calls until the socket is closed. */
function every(ms: number, socket: Socket, call: () => void): void {
  const timer = setInterval(call, ms);
  socket.on('close', () => clearInterval(timer));
}

/** Writes as fast as the client reads, without buffering more than the socket does. */
function flood(socket: Socket, chunk: (index: number) => string): void {
  let index = 0;
  const pour = () => {
    do index += 1;
    while (socket.write(chunk(index)));
  };
  socket.on('drain', pour);
  pour();
}
