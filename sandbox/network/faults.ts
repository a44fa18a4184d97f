import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Connection } from './listener.ts';

/** Strikes a new connection, before TLS and before anything is read. */
export interface ConnectionFault {
  readonly name: string;
  readonly strikes: 'connection';
  readonly play: (socket: Socket) => void;
}

/** Strikes in place of an answer, once the whole request has been read. */
export interface RequestFault {
  readonly name: string;
  readonly strikes: 'request';
  /** Faults that no well-formed answer can make use `response.socket` and the connection. */
  readonly play: (response: ServerResponse, connection: Connection) => void;
}

export type Fault = ConnectionFault | RequestFault;

/** The token in the answers of faults. No run may export it unless the fault leaves the answer intact. */
export const BAIT_TOKEN = 'bait.token-from-a-broken-answer.0123456789';

/** A valid answer with {@link BAIT_TOKEN}. */
export const BAIT_BODY = JSON.stringify({ access_token: BAIT_TOKEN, expires_in: 3600, token_type: 'Bearer' });

const JSON_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const BAIT_HEAD = `${JSON_HEAD}Content-Length: ${BAIT_BODY.length}\r\n\r\n`;
const HALF_OF_THE_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: applica';
const HALF_OF_THE_BODY = BAIT_BODY.slice(0, 40);

// The connection

export function resetOnConnect(): Fault {
  return onConnection('reset on connect', (socket) => socket.resetAndDestroy());
}

export function closeOnConnect(): Fault {
  return onConnection('close on connect', (socket) => socket.end());
}

/** Accepts the connection and says nothing, so that a TLS handshake never ends. */
export function stallOnConnect(): Fault {
  return onConnection('stall on connect', (socket) => socket.resume());
}

/** Sends random bytes to whoever connects, where TLS or HTTP should be. */
export function garbageOnConnect(): Fault {
  return onConnection('garbage on connect', (socket) => socket.end(randomBytes(2048)));
}

// After the request, in place of an answer

export function resetAfterRequest(): Fault {
  return onSocket('reset after the request', (_socket, { reset }) => reset());
}

export function closeAfterRequest(): Fault {
  return onSocket('close after the request', (socket) => socket.end());
}

export function stallAfterRequest(): Fault {
  return onSocket('stall after the request', () => undefined);
}

export function garbage(): Fault {
  return onSocket('garbage instead of an answer', (socket) => socket.end(randomBytes(2048)));
}

/** Sends `100 Continue` or `103 Early Hints` every `everyMs` milliseconds, and never an answer. */
export function endlessInformational(status: 100 | 103, everyMs = 20): Fault {
  const text = status === 100 ? 'HTTP/1.1 100 Continue\r\n\r\n' : 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n';
  return onSocket(`endless ${status}`, (socket) => repeat(socket, everyMs, () => text));
}

// In the headers

export function resetInHeaders(): Fault {
  return onSocket('reset in the headers', (socket, { reset }) => writeThenReset(socket, HALF_OF_THE_HEAD, reset));
}

export function stallInHeaders(): Fault {
  return onSocket('stall in the headers', (socket) => socket.write(HALF_OF_THE_HEAD));
}

export function truncatedHeaders(): Fault {
  return onSocket('headers cut short', (socket) => socket.end(HALF_OF_THE_HEAD));
}

/** Sends headers without end, or `bytes` of them and then a good answer. */
export function floodHeaders(bytes = Number.POSITIVE_INFINITY): Fault {
  const line = (index: number) => `X-Flood-${index}: ${'f'.repeat(1000)}\r\n`;
  return onSocket(`headers flood, ${size(bytes)}`, (socket) => {
    socket.write(JSON_HEAD);
    flood(socket, bytes, line, `Content-Length: ${BAIT_BODY.length}\r\n\r\n${BAIT_BODY}`);
  });
}

/** Sends a good answer, its headers one byte every `everyMs` milliseconds. */
export function dripHeaders(everyMs: number): Fault {
  return onSocket(`headers drip, a byte every ${everyMs} ms`, (socket) => drip(socket, BAIT_HEAD, everyMs, () => socket.end(BAIT_BODY)));
}

// In the body

export function resetInBody(): Fault {
  return onSocket('reset in the body', (socket, { reset }) => writeThenReset(socket, BAIT_HEAD + HALF_OF_THE_BODY, reset));
}

/** Stops in the middle of the body; with `whole`, after a body that lacks nothing but the end that was promised. */
export function stallInBody({ whole = false } = {}): Fault {
  const text = whole ? `${JSON_HEAD}Content-Length: ${BAIT_BODY.length + 1}\r\n\r\n${BAIT_BODY}` : BAIT_HEAD + HALF_OF_THE_BODY;
  return onSocket(whole ? 'stall at the end of the body' : 'stall in the body', (socket) => socket.write(text));
}

/** Closes before the body is over: shorter than its Content-Length, or chunked without the last chunk. The JSON is whole. */
export function truncatedBody(framing: 'content-length' | 'chunked'): Fault {
  const head =
    framing === 'chunked'
      ? `${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n${BAIT_BODY.length.toString(16)}\r\n${BAIT_BODY}\r\n`
      : `${JSON_HEAD}Content-Length: ${BAIT_BODY.length + 100}\r\n\r\n${BAIT_BODY}`;
  return onSocket(`body cut short, ${framing}`, (socket) => socket.end(head));
}

/** Sends a body without end, or of `bytes`; with or without a Content-Length that says so. */
export function floodBody({ bytes = Number.POSITIVE_INFINITY, contentLength = false } = {}): Fault {
  const declared = Number.isFinite(bytes) ? bytes : Number.MAX_SAFE_INTEGER;
  const name = `body flood, ${size(bytes)}, ${contentLength ? 'with' : 'without'} Content-Length`;
  return onSocket(name, (socket) => {
    socket.write(`${JSON_HEAD}${contentLength ? `Content-Length: ${declared}` : 'Connection: close'}\r\n\r\n`);
    flood(socket, bytes, () => ' '.repeat(16_384), '');
  });
}

/** Sends a good answer, its body one byte every `everyMs` milliseconds. */
export function dripBody(everyMs: number): Fault {
  return onSocket(`body drip, a byte every ${everyMs} ms`, (socket) => {
    socket.write(BAIT_HEAD);
    drip(socket, BAIT_BODY, everyMs, () => undefined);
  });
}

// Whole answers

export interface AnswerOptions {
  readonly name?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** Answers anything. By default a 200 with a valid token. */
export function answer({ name, status = 200, headers = {}, body = BAIT_BODY }: AnswerOptions = {}): Fault {
  return {
    name: name ?? `status ${status}`,
    strikes: 'request',
    play: (response) => {
      const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content);
    },
  };
}

/** Answers an error status with a meaningless body, and Retry-After in seconds or as a date if given. */
export function failure(status: number, retryAfter?: number | Date): Fault {
  const wait = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  return answer({
    name: `status ${status}${wait === undefined ? '' : `, Retry-After ${wait}`}`,
    status,
    headers: wait === undefined ? {} : { 'retry-after': String(wait) },
    body: { error: `status ${status}` },
  });
}

/** Answers 429 as Appcircle does, with the wait in the body alone. */
export function tooManyRequests(retryAfterSeconds: number): Fault {
  const body = { error: 'Too Many Requests', retry_after: retryAfterSeconds };
  return answer({ name: `status 429, retry_after ${retryAfterSeconds}`, status: 429, body });
}

/** Sends the client elsewhere with 301, 302, 303, 307 or 308. */
export function redirect(status: 301 | 302 | 303 | 307 | 308, to: string): Fault {
  return answer({ name: `redirect ${status}`, status, headers: { location: to }, body: '' });
}

/** Answers an HTML page, like a captive portal or a proxy. */
export function htmlPage(status = 200): Fault {
  const body = '<!doctype html><html><head><title>Welcome</title></head><body><h1>Please sign in</h1></body></html>';
  return answer({ name: `HTML with ${status}`, status, headers: { 'content-type': 'text/html; charset=utf-8' }, body });
}

export function emptyBody(): Fault {
  return answer({ name: 'empty body', body: '' });
}

export function noContent(): Fault {
  return answer({ name: 'status 204', status: 204, body: '' });
}

export function randomBody(): Fault {
  return answer({ name: 'random bytes as the body', body: randomBytes(1024) });
}

/** Compresses a good answer although nobody asked for it. */
export function gzippedBody(): Fault {
  return answer({ name: 'gzip', headers: { 'content-encoding': 'gzip' }, body: gzipSync(BAIT_BODY) });
}

export function bodyWithByteOrderMark(): Fault {
  return answer({ name: 'byte order mark', body: Buffer.from(`\uFEFF${BAIT_BODY}`, 'utf8') });
}

export function utf16Body(): Fault {
  return answer({
    name: 'UTF-16',
    headers: { 'content-type': 'application/json; charset=utf-16le' },
    body: Buffer.from(BAIT_BODY, 'utf16le'),
  });
}

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

/** Waits a moment before the RST, which discards what the client has not read yet. */
function writeThenReset(socket: Socket, text: string, reset: () => void): void {
  socket.write(text, () => setTimeout(reset, 50));
}

function repeat(socket: Socket, everyMs: number, text: () => string): void {
  const timer = setInterval(() => socket.write(text()), everyMs);
  socket.on('close', () => clearInterval(timer));
}

function drip(socket: Socket, text: string, everyMs: number, then: () => void): void {
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(text.charAt(sent));
    sent += 1;
    if (sent < text.length) return;
    clearInterval(timer);
    then();
  }, everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** Writes as fast as the client reads, without buffering more than the socket does. */
function flood(socket: Socket, bytes: number, chunk: (index: number) => string, end: string): void {
  let sent = 0;
  let index = 0;
  const pour = () => {
    while (sent < bytes) {
      const text = chunk(index).slice(0, Math.max(0, bytes - sent));
      index += 1;
      sent += text.length;
      if (!socket.write(text)) return;
    }
    socket.off('drain', pour);
    socket.end(end);
  };
  socket.on('drain', pour);
  pour();
}

function size(bytes: number): string {
  return Number.isFinite(bytes) ? `${Math.round(bytes / 1024)} KiB` : 'endless';
}
