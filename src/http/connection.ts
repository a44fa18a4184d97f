import { Agent as HttpAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpClient } from '@actions/http-client';
import type { RequestHandler } from '@actions/http-client/lib/interfaces';
import type { Context } from '../base/context.ts';
import { LONGEST_TIMEOUT_SECONDS } from '../base/deadline.ts';
import { codeOf } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, type Instant, parseHttpDate } from '../base/time.ts';
import { trustSystemStore } from './certificates.ts';
import { isUntrusted, networkFailure, type Route } from './network-errors.ts';
import { proxyFor } from './proxy.ts';
import { ProxyError, TunnelAgent, withoutBrackets } from './tunnel.ts';

const LARGEST_RESPONSE = 1024 * 1024;

export interface Request {
  /** Path and query, as they go over the wire. */
  readonly path: string;
  /** Sent as a POST's body; without it the request is a GET. */
  readonly form?: URLSearchParams;
  /** An access token to send along. */
  readonly bearer?: string;
}

/** A response read to its end. */
export interface Response {
  /** Host name and port that were asked. */
  readonly host: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** When it was sent by the server's `Date` or, without one, this runner's clock. */
  readonly date: Instant;
}

/** The body as text, a byte order mark left out; `undefined` where it is compressed or not UTF-8. */
export function textOf({ headers, body }: Response): string | undefined {
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** One host, over one connection that is kept open between requests, directly or through the proxy that the environment names. */
export class Connection {
  readonly #origin: string;
  readonly #route: Route;
  readonly #agent: HttpAgent;
  readonly #client: HttpClient;
  readonly #context: Context;
  readonly #maskSecrets: (response: Response) => void;
  #systemStoreTried = false;
  /** Bytes of the response that is being read; `undefined` until it begins. */
  #received: number | undefined;

  /**
   * @param origin scheme, host name and port, as `URL.origin` has them
   * @param maskSecrets gets each response before anything is said of it
   * @throws Failure where the environment names a proxy in a form that can't be used
   */
  constructor(origin: string, context: Context, maskSecrets: (response: Response) => void) {
    const url = new URL(origin);
    const proxy = proxyFor(url, context);
    this.#origin = origin;
    this.#route = { host: url.host, proxy: proxy?.host };
    this.#context = context;
    this.#maskSecrets = maskSecrets;
    this.#agent = agentFor(url.protocol, proxy?.url);
    // The library hands on an IPv6 address with the brackets that it has in a URL, and Node looks for a host of that name.
    const ours = { agent: this.#agent, host: withoutBrackets(url.hostname) };
    this.#client = new HttpClient('appcircle-access-token-action', [handler(ours)], {
      // The body holds the secret, and the library would send it to wherever a redirect points.
      allowRedirects: false,
      // Without a number the library asks Node's global agent for its own, which is made for that alone.
      maxSockets: 1,
      // The library's own limit of three minutes must not come before the deadline.
      socketTimeout: (LONGEST_TIMEOUT_SECONDS + 60) * 1000,
    });
  }

  /** Ends what is open. */
  close(): void {
    this.#agent.destroy();
  }

  /** What a request is waiting for, as the rest of a sentence. */
  doing(): Message {
    const { host } = this.#route;
    return this.#received === undefined
      ? message`waiting for ${host} to answer.`
      : message`reading the answer of ${host}, of which ${this.#received} bytes came.`;
  }

  /**
   * Sends one request and reads its response, whatever its status. An untrusted certificate is tried once more with the operating
   * system's authorities.
   * @throws Failure where no response comes, or one that is too large
   */
  async send(request: Request): Promise<Response> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      if (!isUntrusted(error) || this.#systemStoreTried) throw this.#explain(error);
      this.#systemStoreTried = true;
      this.#context.log.debug(
        () => message`${this.#route.host}: ${codeOf(error)}; trying the operating system's certificate store`,
      );
    }
    try {
      trustSystemStore();
      return await this.#sendOnce(request);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async #sendOnce({ path, form, bearer }: Request): Promise<Response> {
    const { clock } = this.#context;
    const { host, proxy } = this.#route;
    const start = clock.elapsed();
    this.#received = undefined;
    const method = form ? 'POST' : 'GET';
    const { message: incoming } = await this.#client.request(method, this.#origin + path, form?.toString() ?? null, {
      accept: 'application/json',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    });
    const { statusCode: status = 0, headers } = incoming;
    const body = await this.#read(incoming);
    const date = parseHttpDate(headers.date ?? '') ?? clock.now();
    const response = { host, status, headers, body, date };
    this.#maskSecrets(response);
    const id = headers['x-request-id'] ?? headers['x-correlation-id'];
    this.#context.log.debug(
      () =>
        message`${method} ${host}${path}: ${status} after ${durationInWords(clock.elapsed() - start)}, ${body.length} bytes${id ? message`, request ID ${String(id)}` : message``}`,
    );
    // No server asks for this: where there is no tunnel, the proxy's response comes in the place of the server's.
    if (status === 407 && proxy) throw new ProxyError(status);
    return response;
  }

  /** Reads with listeners: setting up `for await` takes about a millisecond of every run (docs/PERFORMANCE.md says how such is measured). */
  #read(incoming: IncomingMessage): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const chunks: Buffer[] = [];
    let size = 0;
    this.#received = 0;
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      this.#received = size += chunk.length;
      if (size > LARGEST_RESPONSE) incoming.destroy(this.#tooLarge(incoming));
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    // Also emitted when the connection drops ("aborted" in node:http).
    incoming.once('error', reject);
    return promise;
  }

  #tooLarge({ statusCode = 0 }: IncomingMessage): Failure {
    return new Failure(
      'The answer is too large',
      message`${this.#route.host} answered HTTP ${statusCode} with more than 1 MiB.`,
      message`Check that the endpoint is the address of an Appcircle server.`,
    );
  }

  #explain(error: unknown): Failure {
    return isFailure(error) ? error : networkFailure(error, this.#route);
  }
}

/** Makes the connections of a Connection. */
function agentFor(protocol: string, proxy: string | undefined): HttpAgent {
  if (protocol === 'https:') return proxy ? new TunnelAgent(proxy) : new HttpsAgent({ keepAlive: true });
  return new HttpAgent({ keepAlive: true, ...(proxy && { proxyEnv: { HTTP_PROXY: proxy } }) });
}

/** Puts options of ours into what the library hands to Node's `http.request`. */
function handler(ours: RequestOptions): RequestHandler {
  return {
    prepareRequest: (options) => void Object.assign(options, ours),
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('no request is ever repeated with other credentials')),
  };
}
