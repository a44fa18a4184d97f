import { randomBytes } from 'node:crypto';
import { Agent, Server as HttpServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { RequestError, Server } from 'proxy-chain';

/** What a proxy may do instead of its work. A number is the status that it answers everything with. */
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
  /** Where each target really is: `{ 'auth.appcircle.test:443': 40123 }`, ports of 127.0.0.1. Others are refused with 502. */
  readonly hosts: Readonly<Record<string, number>>;
  /** What the proxy demands; without them it lets everyone through. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly fault?: ProxyFault;
}

/** A request to the proxy as it came in, whether or not it was let through. */
export interface ProxiedRequest {
  /** `CONNECT` for a tunnel, else the method of a plain HTTP request. */
  readonly method: string;
  /** `<host>:<port>`. */
  readonly target: string;
  readonly username: string;
  readonly password: string;
}

export interface Proxy {
  /** For `HTTPS_PROXY`: `http://127.0.0.1:<port>`, with the credentials where it demands some. */
  readonly url: string;
  readonly requests: readonly ProxiedRequest[];
  /** Ends at once, tunnels included. */
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

/** Deals with the socket by hand and keeps proxy-chain waiting, so that it does not answer. */
function never(request: IncomingMessage, play: (socket: Socket) => void): Promise<undefined> {
  play(request.socket);
  return new Promise(() => undefined);
}

/** What proxy-chain hands a client's socket to once it has answered CONNECT: it takes only an HTTP server's face. */
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
