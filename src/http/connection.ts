import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  maxHeaderSize,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Context } from '../base/context.ts';
import { codeOf } from '../base/errors.ts';
import { isFailure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords } from '../base/time.ts';
import { isUntrusted } from './certificate-errors.ts';
import { trustOptions, trustSystemStore } from './certificates.ts';
import { networkFailure } from './network-errors.ts';
import { allowSlowAddresses, giveUpIfSilent } from './patience.ts';
import { Progress } from './progress.ts';
import { type ProxyServer, proxyFor, type Route } from './proxy.ts';
import { sendRaw } from './raw-request.ts';
import { type Response, readBody, toResponse } from './response.ts';
import { ProxyError, TunnelAgent } from './tunnel.ts';
import { USER_AGENT } from './user-agent.ts';

/** Unless Node is told more. Its own 16 KiB are too few for some that set many cookies. */
const LARGEST_HEADERS = 64 * 1024;

export interface Request {
  readonly path: string;
  /** Makes it a POST; a GET without. */
  readonly form?: URLSearchParams;
  /** An access token. */
  readonly bearer?: string;
}

/** One host over one kept-alive connection, directly or through a proxy. */
export class Connection {
  readonly #origin: string;
  readonly #route: Route;
  readonly #agent: HttpAgent;
  readonly #progress: Progress;
  readonly #context: Context;
  readonly #maskSecrets: (response: Response) => void;
  #systemStoreTried = false;

  /**
   * @param origin as in `URL.origin`
   * @param maskSecrets gets each response to a form before anything is said of it
   * @throws Failure where the environment names an unusable proxy
   */
  constructor(origin: string, context: Context, maskSecrets: (response: Response) => void) {
    const url = new URL(origin);
    const proxy = proxyFor(url, context);
    this.#origin = origin;
    this.#route = { host: url.host, proxy };
    this.#agent = agentFor(url.protocol, proxy);
    this.#progress = new Progress(this.#route);
    this.#context = context;
    this.#maskSecrets = maskSecrets;
    allowSlowAddresses(context.deadline.limitMs);
  }

  /** What a request is waiting for, as the rest of a sentence. */
  doing(): Message {
    return this.#progress.doing();
  }

  /**
   * Sends a request and reads the response, whatever its status. Retries an untrusted certificate once with the operating system's store,
   * and a connection that is another host's (HTTP 421; RFC 9110, 15.5.20) with a new one.
   * @throws Failure where there is no response, or it is too large
   */
  async send(request: Request): Promise<Response> {
    try {
      const response = await this.#sendTrusted(request);
      if (response.status !== 421) return response;
      this.#agent.destroy();
      return await this.#sendTrusted(request);
    } catch (error) {
      if (isFailure(error)) throw error;
      throw networkFailure(error, this.#route);
    }
  }

  async #sendTrusted(request: Request): Promise<Response> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      if (!isUntrusted(error) || this.#systemStoreTried) throw error;
      this.#systemStoreTried = true;
      this.#context.log.debug(
        () =>
          message`${this.#route.host}: ${codeOf(error)}; trying the operating system's certificate store`,
      );
      trustSystemStore();
      return this.#sendOnce(request);
    }
  }

  async #sendOnce(request: Request): Promise<Response> {
    const { clock, log } = this.#context;
    const url = new URL(this.#origin + request.path);
    const start = clock.elapsed();
    const incoming = await this.#ask(url, request);
    const bytes = await readBody(incoming, url.host, (received) =>
      this.#progress.reading(received),
    );
    const response = toResponse(incoming, bytes, url, clock.now());
    // Only a token service has tokens to give.
    if (request.form) this.#maskSecrets(response);
    log.debug(() => {
      const duration = durationInWords(clock.elapsed() - start);
      const what = message`${methodOf(request)} ${url.host}${request.path}`;
      return message`${what}: ${response.status} after ${duration}, ${bytes.length} bytes${requestIdIn(response)}`;
    });
    // Without a tunnel, the proxy answers in the place of the server.
    if (response.status === 407 && this.#route.proxy)
      throw new ProxyError(407, undefined, incoming.headers['proxy-authenticate']);
    return response;
  }

  /** Sends a request and waits for the headers of the response. */
  #ask(url: URL, request: Request): Promise<IncomingMessage> {
    this.#progress.connecting();
    const options = {
      agent: this.#agent,
      method: methodOf(request),
      headers: headersOf(request),
      maxHeaderSize: Math.max(LARGEST_HEADERS, maxHeaderSize),
      ...trustOptions,
    };
    const body = request.form?.toString() ?? null;
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const watch = (sent: ClientRequest) =>
      giveUpIfSilent(sent, this.#progress, this.#context, reject);
    return Promise.race([sendRaw(url, options, body, watch), silence]);
  }
}

function agentFor(protocol: string, proxy: ProxyServer | undefined): HttpAgent {
  const options = { keepAlive: true };
  if (protocol === 'https:' && proxy) return new TunnelAgent(proxy.url);
  if (protocol === 'https:') return new HttpsAgent(options);
  if (proxy) return new HttpAgent({ ...options, proxyEnv: { HTTP_PROXY: proxy.url } });
  return new HttpAgent(options);
}

function methodOf({ form }: Request): 'GET' | 'POST' {
  return form ? 'POST' : 'GET';
}

function headersOf({ form, bearer }: Request): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': USER_AGENT,
  };
  if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
  if (bearer) headers['authorization'] = `Bearer ${bearer}`;
  return headers;
}

function requestIdIn({ headers }: Response): Message {
  const id = headers['x-request-id'] ?? headers['x-correlation-id'];
  return id ? message`, request ID ${id}` : message``;
}
