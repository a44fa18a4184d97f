import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  maxHeaderSize,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
} from 'node:net';
import type { Context } from '../base/context.ts';
import { noAnswer } from '../base/deadline.ts';
import { codeOf } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Fields, parseObject } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, type Instant, parseHttpDate } from '../base/time.ts';
import { trustOptions, trustSystemStore } from './certificates.ts';
import { isUntrusted, networkFailure, type Route } from './network-errors.ts';
import { proxyFor } from './proxy.ts';
import { sendRaw } from './raw-request.ts';
import { ProxyError, TunnelAgent } from './tunnel.ts';
import { USER_AGENT } from './user-agent.ts';

const LARGEST_RESPONSE = 1024 * 1024;
/** Unless Node is told more. Its own 16 KiB are too few for some that set many cookies. */
const LARGEST_HEADERS = 64 * 1024;
/** What a connection may take at least, until it is up. */
const LEAST_PATIENCE_MS = 5000;
/** What each address of a host but the last may take at most, until it is connected. */
const LONGEST_ADDRESS_MS = 2000;

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
  readonly #agent: HttpAgent;
  readonly #context: Context;
  readonly #maskSecrets: (response: Response) => void;
  #systemStoreTried = false;
  #isUp = false;
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
    this.#route = {
      host: url.host,
      proxy: proxy?.host,
      hasLogin: proxy?.hasLogin,
      oddExemption: proxy?.oddExemption,
    };
    this.#agent = agentFor(url.protocol, proxy?.url);
    this.#context = context;
    this.#maskSecrets = maskSecrets;
    // Of a proxy too. Node's 250 ms are too few where the way to one of two addresses is slow.
    setDefaultAutoSelectFamilyAttemptTimeout(
      Math.max(
        getDefaultAutoSelectFamilyAttemptTimeout(),
        Math.min(LONGEST_ADDRESS_MS, Math.round(context.deadline.limitMs / 12)),
      ),
    );
  }

  /** What a request is waiting for, as the rest of a sentence. */
  doing(): Message {
    const { host, proxy } = this.#route;
    const through = proxy ? message` through the proxy ${proxy}` : message``;
    if (this.#received !== undefined)
      return message`reading the answer of ${host} (${this.#received} bytes so far).`;
    return this.#isUp
      ? message`waiting for ${host} to answer${through}.`
      : message`connecting to ${host}${through}.`;
  }

  /**
   * Sends a request and reads the response, whatever its status. Retries an untrusted certificate once with the operating system's store,
   * and a connection that is another host's (HTTP 421; RFC 9110, 15.5.20) with a new one.
   * @throws Failure where there is no response, or it is too large
   */
  async send(request: Request): Promise<Response> {
    try {
      const response = await this.#sendOnce(request).catch((error) =>
        this.#sendWithSystemStore(request, error),
      );
      if (response.status !== 421) return response;
      this.#agent.destroy();
      return await this.#sendOnce(request);
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
    const method = form ? 'POST' : 'GET';
    const headers = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': USER_AGENT,
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    };
    const incoming = await this.#ask(path, { method, headers }, form?.toString() ?? null);
    const { statusCode: status = 0 } = incoming;
    const answered = foreignHeaders(incoming.headers);
    const bytes = await this.#read(incoming);
    const body = new Foreign(bytes.toString());
    const date = parseHttpDate(answered['date']?.raw ?? '') ?? clock.now();
    const response = { host, status, headers: answered, body, fields: parseObject(body.raw), date };
    // Only a token service has tokens to give.
    if (form) this.#maskSecrets(response);
    this.#context.log.debug(() => {
      const duration = durationInWords(clock.elapsed() - start);
      return message`${method} ${host}${path}: ${status} after ${duration}, ${bytes.length} bytes${requestIdIn(answered)}`;
    });
    // Without a tunnel, the proxy answers in the place of the server.
    if (status === 407 && proxy)
      throw new ProxyError(status, undefined, incoming.headers['proxy-authenticate']);
    return response;
  }

  /** Sends a request and waits for the headers of the response. */
  async #ask(path: string, request: RequestOptions, body: string | null): Promise<IncomingMessage> {
    this.#received = undefined;
    this.#isUp = false;
    const url = new URL(this.#origin + path);
    const options = {
      agent: this.#agent,
      maxHeaderSize: Math.max(LARGEST_HEADERS, maxHeaderSize),
      ...trustOptions,
      ...request,
    };
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const watch = (sent: ClientRequest) =>
      this.#giveUpIfSilent(sent.once('upgrade', resolve), reject);
    sendRaw(url, options, body, watch).then(resolve, reject);
    const incoming = await promise;
    if (incoming.statusCode !== 101) return incoming;
    // As Node's parser stops at it.
    incoming.socket.destroy();
    throw Object.assign(new Error('HTTP 101'), { code: 'HPE_PAUSED_UPGRADE' });
  }

  /** Gives up a connection that is not up in time, or a kept-alive one that brings no byte by then. */
  #giveUpIfSilent(request: ClientRequest, giveUp: (failure: Failure) => void): void {
    const { clock, deadline } = this.#context;
    const patienceMs = Math.max(LEAST_PATIENCE_MS, deadline.limitMs / 3);
    const stop = clock.after(patienceMs, () => {
      const reason = message`Gave up after ${durationInWords(patienceMs)} of ${this.doing()}`;
      giveUp(noAnswer(reason, { transient: { waitMs: 0 } }));
      request.destroy();
    });
    request.once('close', stop);
    request.once('socket', (socket) => {
      this.#isUp = request.reusedSocket;
      const up = 'encrypted' in socket ? 'secureConnect' : 'connect';
      socket.once(this.#isUp ? 'data' : up, () => {
        this.#isUp = true;
        stop();
      });
    });
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

function foreignHeaders(headers: IncomingMessage['headers']): Response['headers'] {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, new Foreign(String(value))]));
}

function requestIdIn(headers: Response['headers']): Message {
  const id = headers['x-request-id'] ?? headers['x-correlation-id'];
  return id ? message`, request ID ${id}` : message``;
}
