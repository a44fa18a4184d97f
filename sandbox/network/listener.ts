import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A private key and a certificate chain, both PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  /** Whether the server asks for a certificate of the client, and takes nobody without one. */
  readonly requestCert?: boolean;
}

/** An HTTP server on a free loopback port. */
export interface Listener {
  /** `http://127.0.0.1:<port>`, or `https://localhost:<port>` with a certificate. */
  readonly origin: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  close(): Promise<void>;
}

/** The TCP connection that a request came on. */
export interface Connection {
  /** Counted from 1 for each listener. */
  readonly number: number;
  /** Ends it with RST instead of FIN. Only the TCP socket below a TLS socket can do that. */
  reset(): void;
}

interface ListenerOptions {
  readonly onRequest?: (
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
  ) => void;
  /** Called with each new connection before a byte is read. True keeps the socket from the HTTP server. */
  readonly takeOver?: (socket: Socket) => boolean;
  readonly tls?: ServerCertificate | undefined;
}

/** Starts a server on loopback. A plain TCP server accepts for it, so that a fault can strike before TLS. */
export async function listen({ onRequest, takeOver, tls }: ListenerOptions): Promise<Listener> {
  // By the client's port, which a TLS socket shares with the TCP socket below it.
  const open = new Map<number | undefined, { number: number; socket: Socket }>();
  let connections = 0;

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(request.socket.remotePort);
    if (connection === undefined) return response.destroy(); // It is gone already.
    const { number, socket } = connection;
    onRequest?.(request, response, { number, reset: () => socket.resetAndDestroy() });
  };
  const http = tls === undefined ? createHttpServer(handle) : createHttpsServer(tls, handle);
  // Tests make clients reset and reject certificates. Neither may end the process.
  for (const event of ['clientError', 'tlsClientError'])
    http.on(event, (_error: Error, socket: Socket) => socket.destroy());

  const tcp = createServer((socket) => {
    connections += 1;
    const clientPort = socket.remotePort;
    open.set(clientPort, { number: connections, socket });
    socket.on('close', () => open.delete(clientPort));
    socket.on('error', () => socket.destroy());
    if (takeOver?.(socket) !== true) http.emit('connection', socket);
  });
  const port = await listenOnLoopback(tcp);
  return {
    origin: tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    port,
    get connections() {
      return connections;
    },
    close: () =>
      closeNow(
        tcp,
        Array.from(open.values(), ({ socket }) => socket),
      ),
  };
}

/** Listens on a free port of 127.0.0.1 and returns the port. */
export function listenOnLoopback(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Stops listening and destroys the connections that are open. */
export function closeNow(server: Server, open: Iterable<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}

/** Returns a port of 127.0.0.1 that nothing listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await closeNow(server, []);
  return port;
}
