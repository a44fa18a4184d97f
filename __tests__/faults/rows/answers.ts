import * as faults from '../../../sandbox/network/faults.ts';
import { json, raw } from '../raw.ts';
import type { Row } from '../row.ts';

const { BAIT_BODY } = faults;
const ALWAYS = { on: 'auth', times: 'always' } as const;
const MIB = 1024 * 1024;
const TIME = 'Appcircle did not answer in time';

/** A good answer, filled up with blanks to so many bytes. */
const padded = (bytes: number) => json(`${bytes} bytes`, BAIT_BODY.padEnd(bytes));

/** After the request: no answer, broken headers, broken bodies. */
// biome-ignore format: a table, one row a line
export const answers: readonly Row[] = [
  { name: 'request: reset once', faults: [faults.resetAfterRequest()], ends: 'token', requests: 2 },
  { name: 'request: reset each time', faults: [[faults.resetAfterRequest(), ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'request: closed once', faults: [faults.closeAfterRequest()], ends: 'token', requests: 2 },
  { name: 'request: closed each time', faults: [[faults.closeAfterRequest(), ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'request: no answer', faults: [faults.stallAfterRequest()], ends: TIME, says: 'while waiting for', requests: 1 },
  { name: 'request: garbage for an answer', faults: [faults.garbage()], ends: 'The answer is not HTTP', requests: 1 },
  { name: 'request: 100 Continue without end', faults: [faults.endlessInformational(100)], ends: TIME, requests: 1 },
  { name: 'request: 103 Early Hints without end', faults: [faults.endlessInformational(103)], ends: TIME, requests: 1 },
  { name: 'request: 101 Switching Protocols, which nobody asked for', faults: [raw('101', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', { keep: true })], ends: 'The answer is not HTTP', says: '(HTTP 101)', requests: 1, withinMs: 4000 },
  { name: 'request: 101 Switching Protocols, to nothing', faults: [raw('101', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', { keep: true })], ends: 'The answer is not HTTP', says: '(HTTP 101)', requests: 1, withinMs: 4000 },
  { name: 'request: 100 Continue, then closed', faults: [raw('100', 'HTTP/1.1 100 Continue\r\n\r\n')], ends: 'token', requests: 2 },
  { name: 'request: an error, then nothing', faults: [faults.failure(503), faults.stallAfterRequest()], ends: TIME, says: 'Before that: ', requests: 2, seconds: 2 },

  { name: 'headers: reset once', faults: [faults.resetInHeaders()], ends: 'token', requests: 2 },
  { name: 'headers: stall', faults: [faults.stallInHeaders()], ends: TIME, requests: 1 },
  { name: 'headers: cut short once', faults: [faults.truncatedHeaders()], ends: 'token', requests: 2 },
  { name: 'headers: cut short each time', faults: [[faults.truncatedHeaders(), ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'headers: 60 KB of them', faults: [faults.floodHeaders(60_000)], ends: 'bait token', requests: 1 },
  { name: 'headers: more than 64 KiB of them', faults: [faults.floodHeaders(80_000)], ends: 'The answer is too large', says: 'with headers that are too large', requests: 1 },
  { name: 'headers: without end', faults: [faults.floodHeaders()], ends: 'The answer is too large', says: 'with headers that are too large', requests: 1 },
  { name: 'headers: a byte at a time, too slow', faults: [faults.dripHeaders(200)], ends: TIME, requests: 1 },
  { name: 'headers: a byte at a time, in time', faults: [faults.dripHeaders(2)], ends: 'bait token', requests: 1 },
  { name: 'headers: an alert of TLS, from a port that speaks it', faults: [raw('alert', Uint8Array.of(0x15, 3, 1, 0, 2, 2, 70))], ends: 'The TLS connection failed', says: 'with https://', requests: 1 },
  { name: 'headers: another protocol of the same shape', faults: [raw('ICY', 'ICY 200 OK\r\n\r\n')], ends: 'The answer is not HTTP', requests: 1 },
  { name: 'headers: a status without a number', faults: [raw('no number', 'HTTP/1.1 fine\r\n\r\n')], ends: 'The answer is not HTTP', requests: 1 },
  { name: 'headers: two lengths', faults: [raw('two lengths', `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n${BAIT_BODY}`)], ends: 'The answer is not HTTP', says: 'Ask whoever runs the server', requests: 1 },
  { name: 'headers: a length that is no number', faults: [raw('length', `HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n${BAIT_BODY}`)], ends: 'The answer is not HTTP', requests: 1 },
  { name: 'headers: a length and chunks', faults: [raw('both', `HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)], ends: 'The answer is not HTTP', says: 'Ask whoever runs the server', requests: 1 },
  { name: 'headers: a NUL in a value', faults: [raw('NUL', `HTTP/1.1 200 OK\r\nX-Name: a\0b\r\n\r\n${BAIT_BODY}`)], ends: 'The answer is not HTTP', says: 'Ask whoever runs the server', requests: 1 },

  { name: 'body: reset once', faults: [faults.resetInBody()], ends: 'token', requests: 2 },
  { name: 'body: reset each time', faults: [[faults.resetInBody(), ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'body: stalls half-way', faults: [faults.stallInBody()], ends: TIME, says: 'reading the answer of', requests: 1 },
  { name: 'body: stalls when its JSON is whole', faults: [faults.stallInBody({ whole: true })], ends: TIME, requests: 1 },
  { name: 'body: cut short of its length, the JSON whole', faults: [[faults.truncatedBody('content-length'), ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'body: cut short of its last chunk, the JSON whole', faults: [[faults.truncatedBody('chunked'), ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'body: cut short once', faults: [faults.truncatedBody('chunked')], ends: 'token', requests: 2 },
  { name: 'body: ends with the connection, cut short', faults: [raw('cut', `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${BAIT_BODY.slice(0, 60)}`)], ends: 'The answer is not a token', requests: 1 },
  { name: 'body: ends with the connection, whole', faults: [raw('whole', `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${BAIT_BODY}`)], ends: 'bait token', requests: 1 },
  { name: 'body: a chunk of no size', faults: [raw('chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n')], ends: 'token', requests: 2 },
  { name: 'body: a megabyte of chunks of one byte', faults: [raw('chunks', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${[...BAIT_BODY.padEnd(100_000)].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`, { keep: true })], ends: 'bait token', requests: 1 },
  { name: 'body: more than its length', faults: [raw('more', `HTTP/1.1 200 OK\r\nContent-Length: ${BAIT_BODY.length}\r\n\r\n${BAIT_BODY}HTTP/1.1 200 OK\r\n\r\nmore`)], ends: 'bait token', requests: 1 },
  { name: 'body: 1 MiB', faults: [padded(MIB)], ends: 'bait token', requests: 1 },
  { name: 'body: 1 MiB and a byte', faults: [padded(MIB + 1)], ends: 'The answer is too large', requests: 1 },
  { name: 'body: 1 GiB, by its length', faults: [faults.floodBody({ bytes: 1024 * MIB, contentLength: true })], ends: 'The answer is too large', requests: 1, withinMs: 6000 },
  { name: 'body: without end', faults: [faults.floodBody()], ends: 'The answer is too large', requests: 1, withinMs: 6000 },
  { name: 'body: without end, under an error', faults: [raw('404 flood', `HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n${'x'.repeat(2 * MIB)}`, { keep: true })], ends: 'The answer is too large', requests: 1 },
  { name: 'body: a byte at a time, too slow', faults: [faults.dripBody(100)], ends: TIME, says: 'bytes so far', requests: 1 },
  { name: 'body: a byte at a time, in time', faults: [faults.dripBody(2)], ends: 'bait token', requests: 1 },
];
