import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ServerOptions {
  /** Serve HTTPS, with a certificate of a private authority. */
  readonly tls: boolean;
  /** How many organizations the list has. */
  readonly organizations: number;
}

/** Where a server is, once it is there. */
export interface ServerReady {
  readonly authEndpoint: string;
  readonly apiEndpoint: string;
  /** The authority to trust, as PEM text, if the server has HTTPS. */
  readonly certificatePem: string | undefined;
}

/** What came and went, counted at the sockets: with HTTPS the bytes are those of TLS, handshake and all. */
export interface Traffic {
  connections: number;
  requests: number;
  bytesReceived: number;
  bytesSent: number;
}

/** A server with fixed answers, in a process of its own. */
export interface CountedServer extends ServerReady {
  /** The traffic since it was last asked for. Waits for open connections to be closed. */
  takeTraffic(): Promise<Traffic>;
  close(): void;
}

const SCRIPT = fileURLToPath(new URL('server.ts', import.meta.url));

/** Starts a server and waits for it. @throws Error where it ends before it is ready */
export async function startServer(options: ServerOptions): Promise<CountedServer> {
  const server = fork(SCRIPT, [JSON.stringify(options)]);
  const gone = once(server, 'exit').then(([code]) => {
    throw new Error(`The bench's server ended with exit code ${code}`);
  });
  gone.catch(() => undefined); // Ended by close(), when nobody waits for it any more.
  const nextMessage = async () => {
    const [message] = await Promise.race([once(server, 'message'), gone]);
    return message;
  };
  const ready: ServerReady = await nextMessage();
  return {
    ...ready,
    takeTraffic: () => {
      const traffic = nextMessage();
      server.send('take the traffic');
      return traffic;
    },
    close: () => server.disconnect(),
  };
}
