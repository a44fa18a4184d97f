// A process that serves fixed answers on loopback and counts what comes and goes: started by counted-server.ts.
//
// It speaks just enough HTTP/1.1 over plain sockets that its own work does not colour the client's time.
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { createAuthority } from '../sandbox/network/certificates.ts';
import { listenOnLoopback } from '../sandbox/network/listener.ts';
import { type Answers, prepareAnswers } from './answers.ts';
import type { ServerOptions, ServerReady, Traffic } from './counted-server.ts';

const open = new Set<Socket>();
let traffic = noTraffic();
let whenQuiet: (() => void) | undefined;
let answers: Answers | undefined;

function noTraffic(): Traffic {
  return { connections: 0, requests: 0, bytesReceived: 0, bytesSent: 0 };
}

/** Counts bytes as they are on the wire: below TLS. */
function accept(socket: Socket, secure: (socket: Socket) => Duplex): void {
  open.add(socket);
  traffic.connections += 1;
  socket.setNoDelay();
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    traffic.bytesReceived += socket.bytesRead;
    traffic.bytesSent += socket.bytesWritten;
    open.delete(socket);
    if (open.size === 0) whenQuiet?.();
  });
  converse(secure(socket));
}

/** Answers requests in the order that they come in; each must state its body's length. */
function converse(stream: Duplex): void {
  let received = '';
  stream.on('error', () => stream.destroy());
  stream.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    for (;;) {
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = received.slice(0, headEnd);
      const end = headEnd + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      if (received.length < end) return;
      stream.write(answer(head, received.slice(headEnd + 4, end)));
      received = received.slice(end);
    }
  });
}

function answer(head: string, body: string): string {
  traffic.requests += 1;
  const [method = '', target = ''] = head.split(' ', 2);
  const { status, json } = answers?.({ method, target, body }) ?? { status: 503, json: '{}' };
  const reason = status === 200 ? 'OK' : 'Error';
  return `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}

/** The traffic since it was last asked for, once every connection is closed. */
async function takeTraffic(): Promise<Traffic> {
  if (open.size > 0) {
    await new Promise<void>((resolve) => {
      whenQuiet = resolve;
    });
  }
  const taken = traffic;
  traffic = noTraffic();
  return taken;
}

async function serve({ tls, organizations }: ServerOptions): Promise<ServerReady> {
  const authority = tls ? await createAuthority('Bench CA') : undefined;
  const secureContext = createSecureContext(await authority?.issue());
  const secure = (socket: Socket) =>
    tls ? new TLSSocket(socket, { isServer: true, secureContext }) : socket;
  const start = async () => {
    const server: Server = createServer((socket) => accept(socket, secure));
    return `${tls ? 'https' : 'http'}://127.0.0.1:${await listenOnLoopback(server)}`;
  };
  const [authEndpoint, apiEndpoint] = [await start(), await start()];
  answers = await prepareAnswers(authEndpoint, organizations);
  return { authEndpoint, apiEndpoint, certificatePem: authority?.certificatePem };
}

process.on('message', async () => process.send?.(await takeTraffic()));
// The bench is gone, one way or another: so is the reason to be here.
process.on('disconnect', () => process.exit());
process.send?.(await serve(JSON.parse(process.argv[2] ?? '{}')));
