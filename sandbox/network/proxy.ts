import { randomBytes } from 'node:crypto';
import { Agent, Server as HttpServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { RequestError, Server } from 'proxy-chain';

/** What a proxy does instead of its work. A number is the status of every answer. */
export type ProxyFault =
  | 403
  | 407
  | 502
  | 'close before the answer'
  | 'stall before the answer'
  | 'garbage for an answer'
  | 'close after CONNECT'
  | 'stall after CONNECT'
  | 'garbage after CONNECT';

export interface ProxyOptions {
  /** The port of 127.0.0.1 for each target: `{ 'auth.appcircle.test:443': 40123 }`. Other targets get 502. */
  readonly hosts: Readonly<Record<string, number>>;
  /** Credentials that the proxy demands. By default it demands none. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly fault?: ProxyFault;
}

/** A request to the proxy, whether or not it was let through. */
export interface ProxiedRequest {
  /** `CONNECT` for a tunnel, otherwise the method of the HTTP request. */
  readonly method: string;
  /** `<host>:<port>`. */
  readonly target: string;
  readonly username: string;
  readonly password: string;
}

export interface Proxy {
  /** For `HTTPS_PROXY`: `http://127.0.0.1:<port>`, with credentials if it demands some. */
  readonly url: string;
  readonly requests: readonly ProxiedRequest[];
  /** Stops at once and drops tunnels. */
  close(): Promise<void>;
}

/** Starts a forward proxy on loopback. It resolves names by its own table and never leaves the machine. */
export async function startProxy({ hosts, credentials, fault }: ProxyOptions): Promise<Proxy> {
  const requests: ProxiedRequest[] = [];
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ request, hostname, port, username, password, isHttp }) => {
      const target = `${hostname}:${port}`;
      requests.push({ method: request.method ?? '', target, username, password });
      if (fault === 407) return { requestAuthentication: true };
      if (typeof fault === 'number') throw new RequestError(`This proxy answers ${fault}.`, fault);
      if (fault === 'close before the answer') return never(request, (socket) => socket.destroy());
      if (fault === 'stall before the answer') return never(request, () => undefined);
      if (fault === 'garbage for an answer') return never(request, (socket) => socket.end(randomBytes(1024)));
      if (credentials !== undefined && !(username === credentials.username && password === credentials.password)) {
        return { requestAuthentication: true };
      }
      const realPort = hosts[target];
      if (realPort === undefined) throw new RequestError(`${target} is not in this proxy's table.`, 502);
      return isHttp ? { httpAgent: agentTo(realPort) } : { customConnectServer: tunnel(afterConnect(fault, realPort)) };
    },
  });
  await server.listen();
  const login = credentials === undefined ? '' : `${encode(credentials.username)}:${encode(credentials.password)}@`;
  return {
    url: `http://${login}127.0.0.1:${server.port}`,
    requests,
    close: () => server.close(true),
  };
}

const encode = encodeURIComponent;

/** Handles the socket itself and keeps proxy-chain from answering. */
function never(request: IncomingMessage, play: (socket: Socket) => void): Promise<undefined> {
  play(request.socket);
  return new Promise(() => undefined);
}

/** Wraps `play` as the HTTP server that proxy-chain hands the client's socket to after CONNECT. */
function tunnel(play: (socket: Socket) => void): HttpServer {
  const server = new HttpServer();
  server.removeAllListeners('connection');
  return server.on('connection', play);
}

function afterConnect(fault: ProxyFault | undefined, port: number): (socket: Socket) => void {
  switch (fault) {
    case 'close after CONNECT':
      return (socket) => socket.destroy();
    case 'stall after CONNECT':
      return (socket) => socket.resume();
    case 'garbage after CONNECT':
      return (socket) => socket.end(randomBytes(1024));
    default:
      return (socket) => join(socket, connect(port, '127.0.0.1'));
  }
}

function join(client: Socket, target: Socket): void {
  client.pipe(target).pipe(client);
  for (const [one, other] of [
    [client, target],
    [target, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

/** Connects to a port of this machine whatever host is asked for. */
function agentTo(port: number): Agent {
  const agent = new Agent();
  agent.createConnection = () => connect(port, '127.0.0.1');
  return agent;
}
