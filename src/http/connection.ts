import { Agent as HttpAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpClient } from '@actions/http-client';
import type { RequestHandler } from '@actions/http-client/lib/interfaces';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import type { Masks } from '../masks.ts';
import { codeOf } from '../thrown.ts';
import { durationInWords } from '../time.ts';
import type { World } from '../world.ts';
import { trustSystemStore } from './certificates.ts';
import type { Deadline } from './deadline.ts';
import { isUntrusted, networkFailure, type Route } from './network-failure.ts';
import { proxyFor } from './proxy.ts';
import { ProxyError, TunnelAgent, withoutBrackets } from './tunnel.ts';

const LARGEST_ANSWER = 1024 * 1024;

export interface Request {
  /** Path and query, as they go over the wire. */
  readonly path: string;
  /** Sent as a POST's body; without it the request is a GET. */
  readonly form?: URLSearchParams;
  /** An access token to send along. */
  readonly bearer?: string;
}

/** An answer read to its end. */
export interface Answer {
  /** Host name and port that were asked. */
  readonly host: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What a connection works with. */
export interface Surroundings {
  readonly deadline: Deadline;
  readonly masks: Masks;
  readonly log: Log;
  readonly world: World;
}

/** One host, over one connection that is kept open between requests, directly or through the proxy that the environment names. */
export class Connection {
  readonly #origin: string;
  readonly #route: Route;
  readonly #agent: HttpAgent;
  readonly #client: HttpClient;
  readonly #surroundings: Surroundings;
  readonly #secretsIn: (text: string) => readonly string[];
  #systemStoreTried = false;

  /**
   * @param origin scheme, host name and port, as `URL.origin` has them
   * @param secretsIn finds what is secret in the text of an answer, which is masked before a word of the answer is used
   * @throws Failure where the environment names a proxy in a form that can't be used
   */
  constructor(origin: string, surroundings: Surroundings, secretsIn: (text: string) => readonly string[]) {
    const url = new URL(origin);
    const proxy = proxyFor(url, surroundings.masks);
    this.#origin = origin;
    this.#route = { host: url.host, proxy: proxy?.host };
    this.#surroundings = surroundings;
    this.#secretsIn = secretsIn;
    this.#agent = agentFor(url.protocol, proxy?.url);
    const ours = new Options({
      agent: this.#agent,
      // The library hands on an IPv6 address with the brackets that it has in a URL, and Node looks for a host of that name.
      host: withoutBrackets(url.hostname),
    });
    this.#client = new HttpClient('appcircle-access-token-action', [ours], {
      // The body holds the secret, and the library would send it to wherever a redirect points.
      allowRedirects: false,
      // Without a number the library asks Node's global agent for its own, which is made for that alone.
      maxSockets: 1,
      // The library's own limit of three minutes must not come before the deadline.
      socketTimeout: surroundings.deadline.remaining() + 60_000,
    });
  }

  /** Ends what is open. */
  close(): void {
    this.#agent.destroy();
  }

  /**
   * Sends one request and reads its answer, whatever its status. An untrusted certificate is tried once more with the operating
   * system's authorities.
   * @throws Failure where no answer comes, or one that is too large
   */
  async send(request: Request): Promise<Answer> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      if (!isUntrusted(error) || this.#systemStoreTried) throw this.#explain(error);
      this.#systemStoreTried = true;
      this.#surroundings.log.debug(
        () => `${this.#route.host}: ${codeOf(error)}; trying the operating system's certificate store`,
      );
    }
    try {
      trustSystemStore();
      return await this.#sendOnce(request);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async #sendOnce(request: Request): Promise<Answer> {
    const { deadline, log, world, masks } = this.#surroundings;
    const { host, proxy } = this.#route;
    const start = world.elapsed();
    const method = request.form ? 'POST' : 'GET';
    deadline.doing = `waiting for ${host} to answer`;
    const message = await this.#answerTo(method, request);
    const status = message.statusCode ?? 0;
    const body = await this.#read(message);
    for (const secret of this.#secretsIn(body.toString())) masks.add(secret);
    const id = message.headers['x-request-id'] ?? message.headers['x-correlation-id'];
    log.debug(
      () =>
        `${method} ${host}${masks.quote(request.path)}: ${status} after ${durationInWords(world.elapsed() - start)}, ${body.length} bytes${id ? `, request ID ${masks.quote(String(id))}` : ''}`,
    );
    // No server asks for this: where there is no tunnel, the proxy's answer comes in the place of the server's.
    if (status === 407 && proxy) throw new ProxyError(status);
    return { host, status, headers: message.headers, body };
  }

  /** Resolves as soon as the headers of the answer are there. */
  async #answerTo(method: string, { path, form, bearer }: Request): Promise<IncomingMessage> {
    const { message } = await this.#client.request(method, this.#origin + path, form?.toString() ?? null, {
      accept: 'application/json',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    });
    return message;
  }

  /** Reads with listeners: setting up `for await` takes about a millisecond of every run (docs/PERFORMANCE.md says how such is measured). */
  #read(message: IncomingMessage): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      this.#surroundings.deadline.doing = `reading the answer of ${this.#route.host}, of which ${size} bytes came`;
      if (size > LARGEST_ANSWER) message.destroy(this.#tooLarge(message));
    });
    message.once('end', () => resolve(Buffer.concat(chunks)));
    // Of a connection that breaks off too: Node makes an error of that (node:http, "aborted").
    message.once('error', reject);
    return promise;
  }

  #tooLarge({ statusCode }: IncomingMessage): Failure {
    return new Failure(
      'The answer is too large',
      `${this.#route.host} answered ${statusCode} with more than 1 MiB.`,
      'Check that the endpoint is the address of an Appcircle server.',
    );
  }

  #explain(error: unknown): unknown {
    return error instanceof Failure
      ? error
      : networkFailure(error, this.#route, (text) => this.#surroundings.masks.quote(text));
  }
}

/** What makes the connections of a Connection. */
function agentFor(protocol: string, proxy: string | undefined): HttpAgent {
  if (protocol === 'https:') return proxy ? new TunnelAgent(proxy) : new HttpsAgent({ keepAlive: true });
  return new HttpAgent({ keepAlive: true, ...(proxy && { proxyEnv: { HTTP_PROXY: proxy } }) });
}

/** Puts an agent and a host of ours into what the library hands to Node's `http.request`. */
class Options implements RequestHandler {
  readonly #options: RequestOptions;

  constructor(options: RequestOptions) {
    this.#options = options;
  }

  prepareRequest(options: RequestOptions): void {
    Object.assign(options, this.#options);
  }

  canHandleAuthentication(): boolean {
    return false;
  }

  handleAuthentication(): never {
    throw new Error('no request is ever repeated with other credentials');
  }
}
