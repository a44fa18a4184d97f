import { Agent as HttpAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpClient } from '@actions/http-client';
import type { RequestHandler } from '@actions/http-client/lib/interfaces';
import type { Context } from '../base/context.ts';
import { LONGEST_TIMEOUT_SECONDS } from '../base/deadline.ts';
import { codeOf } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Fields, parseObject } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, type Instant, parseHttpDate } from '../base/time.ts';
import { trustSystemStore } from './certificates.ts';
import { isUntrusted, networkFailure, type Route } from './network-errors.ts';
import { proxyFor } from './proxy.ts';
import { ProxyError, TunnelAgent, withoutBrackets } from './tunnel.ts';

const LARGEST_RESPONSE = 1024 * 1024;

export interface Request {
  readonly path: string;
  /** Makes it a POST; a GET without. */
  readonly form?: URLSearchParams;
  /** An access token. */
  readonly bearer?: string;
}

export interface Response {
  /** The server's host name and port. */
  readonly host: string;
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, Foreign>>;
  readonly body: Foreign;
  /** The body where it is a JSON object. */
  readonly fields: Fields | undefined;
  /** The server's `Date` or, without one, this runner's time. */
  readonly date: Instant;
}

/** One host over one kept-alive connection, directly or through a proxy. */
export class Connection {
  readonly #origin: string;
  readonly #route: Route;
  readonly #client: HttpClient;
  readonly #context: Context;
  readonly #maskSecrets: (response: Response) => void;
  #systemStoreTried = false;
  /** Bytes of the current response; `undefined` before it begins. */
  #received: number | undefined;

  /**
   * @param origin as in `URL.origin`
   * @param maskSecrets gets each response to a form before anything is said of it
   * @throws Failure where the environment names an unusable proxy
   */
  constructor(origin: string, context: Context, maskSecrets: (response: Response) => void) {
    const url = new URL(origin);
    const proxy = proxyFor(url, context);
    this.#origin = origin;
    this.#route = { host: url.host, proxy: proxy?.host };
    this.#context = context;
    this.#maskSecrets = maskSecrets;
    // The library keeps an IPv6 address's brackets, which Node would look up.
    const ours = { agent: agentFor(url.protocol, proxy?.url), host: withoutBrackets(url.hostname) };
    this.#client = new HttpClient('appcircle-access-token-action', [handler(ours)], {
      // The library would send the body, with the secret, to wherever a redirect points.
      allowRedirects: false,
      // Otherwise the library asks for Node's global agent, just to read this number.
      maxSockets: 1,
      // The library's limit of three minutes must not come before the deadline.
      socketTimeout: (LONGEST_TIMEOUT_SECONDS + 60) * 1000,
    });
  }

  /** What a request is waiting for, as the rest of a sentence. */
  doing(): Message {
    const { host } = this.#route;
    return this.#received === undefined
      ? message`waiting for ${host} to answer.`
      : message`reading the answer of ${host} (${this.#received} bytes so far).`;
  }

  /**
   * Sends a request and reads the response, whatever its status. Retries an untrusted certificate once with the operating system's store.
   * @throws Failure where there is no response, or it is too large
   */
  async send(request: Request): Promise<Response> {
    try {
      return await this.#sendOnce(request).catch((error) =>
        this.#sendWithSystemStore(request, error),
      );
    } catch (error) {
      throw isFailure(error) ? error : networkFailure(error, this.#route);
    }
  }

  #sendWithSystemStore(request: Request, error: unknown): Promise<Response> {
    if (!isUntrusted(error) || this.#systemStoreTried) throw error;
    this.#systemStoreTried = true;
    this.#context.log.debug(
      () =>
        message`${this.#route.host}: ${codeOf(error)}; trying the operating system's certificate store`,
    );
    trustSystemStore();
    return this.#sendOnce(request);
  }

  async #sendOnce({ path, form, bearer }: Request): Promise<Response> {
    const { clock } = this.#context;
    const { host, proxy } = this.#route;
    const start = clock.elapsed();
    this.#received = undefined;
    const method = form ? 'POST' : 'GET';
    const { message: incoming } = await this.#client.request(
      method,
      this.#origin + path,
      form?.toString() ?? null,
      {
        accept: 'application/json',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      },
    );
    const { statusCode: status = 0 } = incoming;
    const headers = foreignHeaders(incoming.headers);
    const bytes = await this.#read(incoming);
    const body = new Foreign(bytes.toString());
    const date = parseHttpDate(headers['date']?.raw ?? '') ?? clock.now();
    const response = { host, status, headers, body, fields: parseObject(body.raw), date };
    // Only a token service has tokens to give.
    if (form) this.#maskSecrets(response);
    this.#context.log.debug(() => {
      const duration = durationInWords(clock.elapsed() - start);
      return message`${method} ${host}${path}: ${status} after ${duration}, ${bytes.length} bytes${requestIdIn(headers)}`;
    });
    // Without a tunnel, the proxy answers in the place of the server.
    if (status === 407 && proxy) throw new ProxyError(status);
    return response;
  }

  /** Not `for await`, which takes a millisecond to set up. */
  #read(incoming: IncomingMessage): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    let body = Buffer.alloc(0);
    let size = 0;
    this.#received = 0;
    incoming.on('data', (chunk: Buffer) => {
      // Not a list of chunks: a mebibyte in chunks of one byte would take 500 times as much.
      if (size + chunk.length > body.length)
        body = Buffer.concat([body], 2 * (size + chunk.length));
      chunk.copy(body, size);
      this.#received = size += chunk.length;
      if (size > LARGEST_RESPONSE) incoming.destroy(this.#tooLarge(incoming));
    });
    incoming.once('end', () => resolve(body.subarray(0, size)));
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
}

function agentFor(protocol: string, proxy: string | undefined): HttpAgent {
  if (protocol === 'https:')
    return proxy ? new TunnelAgent(proxy) : new HttpsAgent({ keepAlive: true });
  return new HttpAgent({ keepAlive: true, ...(proxy && { proxyEnv: { HTTP_PROXY: proxy } }) });
}

/** Adds options to those that the library passes to Node's `http.request`. */
function handler(ours: RequestOptions): RequestHandler {
  return {
    prepareRequest: (options) => void Object.assign(options, ours),
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('never called')),
  };
}

function foreignHeaders(headers: IncomingMessage['headers']): Response['headers'] {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, new Foreign(String(value))]));
}

function requestIdIn(headers: Response['headers']): Message {
  const id = headers['x-request-id'] ?? headers['x-correlation-id'];
  return id ? message`, request ID ${id}` : message``;
}
