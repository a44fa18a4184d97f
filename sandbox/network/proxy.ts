import { randomBytes } from 'node:crypto';
import { Agent, Server as HttpServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { RequestError, Server } from 'proxy-chain';

const close = (socket: Socket) => socket.destroy();
const stall = (socket: Socket) => socket.resume();
const garbage = (socket: Socket) => socket.end(randomBytes(1024));

const BEFORE_THE_ANSWER = {
  'close before the answer': close,
  'stall before the answer': stall,
  'garbage for an answer': garbage,
};
const AFTER_CONNECT = {
  'close after CONNECT': close,
  'stall after CONNECT': stall,
};

/** What a proxy does instead of its work. A number is the status of every answer. */
export type ProxyFault =
  | 403
  | 407
  | 502
  | keyof typeof BEFORE_THE_ANSWER
  | keyof typeof AFTER_CONNECT;

interface ProxyOptions {
  /** The port of 127.0.0.1 for each target: `{ 'auth.appcircle.test:443': 40123 }`. Other targets get 502. */
  readonly hosts: Readonly<Record<string, number>>;
  /** Credentials that the proxy demands. By default it demands none. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly fault?: ProxyFault;
}

/** A request to the proxy, whether or not it was let through. */
interface ProxiedRequest {
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
  const beforeTheAnswer = playOf(BEFORE_THE_ANSWER, fault);
  const afterConnect = playOf(AFTER_CONNECT, fault);
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ request, hostname, port, username, password, isHttp }) => {
      const target = `${hostname}:${port}`;
      requests.push({ method: request.method ?? '', target, username, password });
      if (fault === 407) return { requestAuthentication: true };
      if (typeof fault === 'number') throw new RequestError(`This proxy answers ${fault}.`, fault);
      if (beforeTheAnswer !== undefined) {
        beforeTheAnswer(request.socket);
        return new Promise(() => undefined); // Otherwise proxy-chain answers.
      }
      if (
        credentials !== undefined &&
        !(username === credentials.username && password === credentials.password)
      ) {
        return { requestAuthentication: true };
      }
      const realPort = hosts[target];
      if (realPort === undefined)
        throw new RequestError(`${target} is not in this proxy's table.`, 502);
      if (isHttp) return { httpAgent: agentTo(realPort) };
      return {
        customConnectServer: tunnel(
          afterConnect ??
            ((client) => pipeline(client, connect(realPort, '127.0.0.1'), client, () => undefined)),
        ),
      };
    },
  });
  await server.listen();
  const login =
    credentials &&
    `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`;
  return {
    url: `http://${login ?? ''}127.0.0.1:${server.port}`,
    requests,
    close: () => server.close(true),
  };
}

function playOf(
  plays: Readonly<Record<string, (socket: Socket) => void>>,
  fault: ProxyFault | undefined,
) {
  return fault === undefined ? undefined : plays[fault];
}

/** Wraps `play` as the HTTP server that proxy-chain hands the client's socket to after CONNECT. */
function tunnel(play: (socket: Socket) => void): HttpServer {
  const server = new HttpServer();
  server.removeAllListeners('connection');
  return server.on('connection', play);
}

/** Connects to a port of this machine whatever host is asked for. */
function agentTo(port: number): Agent {
  const agent = new Agent();
  agent.createConnection = () => connect(port, '127.0.0.1');
  return agent;
}
