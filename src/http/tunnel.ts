import { type ClientRequest, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { USER_AGENT } from './user-agent.ts';

/** A proxy refused or failed to connect: its HTTP status, or the underlying error. */
export class ProxyError extends Error {
  readonly status: number | undefined;
  readonly code: string;
  /** Its `Proxy-Authenticate`. Without one, the usual is meant. */
  readonly asks: string;

  constructor(status: number | undefined, error?: NodeJS.ErrnoException, asks = 'Basic') {
    super(error ? error.message : `HTTP ${status}`);
    this.status = status;
    this.code = error?.code ?? '';
    this.asks = asks;
  }
}

/** A host name as sockets take it: IPv6 without brackets. */
export function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** User name and password as a proxy takes them (RFC 7617); `undefined` without either. */
export function loginOf({ username, password }: URL): string | undefined {
  if (!username && !password) return undefined;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return Buffer.from(login).toString('base64');
}

/**
 * Connects through a proxy's CONNECT (RFC 9110, 9.3.6), with TLS inside. Node's own agent (`proxyEnv`) doubles its listeners with every
 * piece of the proxy's answer (24.21, lib/https.js, establishTunnel): an answer in thirty pieces takes all memory.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;

  /** @param proxy user name and password are percent-encoded */
  constructor(proxy: string) {
    super({ keepAlive: true });
    this.#proxy = new URL(proxy);
  }

  override createConnection(
    options: RequestOptions,
    take: (error: Error | null, socket?: Duplex) => void,
  ) {
    const { host, port } = options;
    this.#connect(host?.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)
      .once('connect', ({ statusCode = 0, headers }, socket, rest) => {
        if (Math.trunc(statusCode / 100) !== 2) {
          socket.destroy();
          take(new ProxyError(statusCode, undefined, headers['proxy-authenticate']));
          return;
        }
        if (rest.length > 0) socket.unshift(rest);
        take(null, super.createConnection(Object.assign(options, { socket })) ?? undefined);
      })
      .on('error', (error) => take(new ProxyError(undefined, error)))
      .end();
    return undefined;
  }

  #connect(target: string): ClientRequest {
    const { origin, protocol, hostname } = this.#proxy;
    const headers: OutgoingHttpHeaders = { host: target, 'user-agent': USER_AGENT };
    const login = loginOf(this.#proxy);
    if (login) headers['proxy-authorization'] = `Basic ${login}`;
    const options: RequestOptions = {
      method: 'CONNECT',
      path: target,
      headers,
      agent: false,
      // Otherwise Node checks the proxy's certificate against the header "host". An address is no server name.
      servername: isIP(withoutBrackets(hostname)) === 0 ? hostname : '',
    };
    const request = protocol === 'https:' ? httpsRequest : httpRequest;
    return request(origin, options);
  }
}
