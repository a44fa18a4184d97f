import type { ServerResponse } from 'node:http';
import type { Fault } from '../network/faults.ts';
import {
  type Connection,
  type Listener,
  listen,
  type ServerCertificate,
} from '../network/listener.ts';
import { type Accounts, DEFAULT_ACCOUNTS } from './accounts.ts';
import { type Answer, methodNotAllowed, NOT_FOUND, ok, UNAUTHORIZED } from './answer.ts';
import { decide, isTokenPath, type TokenPath, type WithoutRole } from './exchange.ts';
import { FaultQueue, type When } from './fault-queue.ts';
import { listOrganizations } from './organizations.ts';
import { type ReceivedRequest, receive } from './requests.ts';
import { type Grant, issueTokens, type TokenAnswer, type TokenOptions } from './tokens.ts';

type Host = ReceivedRequest['host'];

export interface AppcircleOptions extends TokenOptions {
  readonly accounts?: Accounts;
  /** Serve HTTPS on both hosts with this certificate. */
  readonly tls?: ServerCertificate;
  /** A path that both endpoints begin with, such as `/appcircle`. */
  readonly pathPrefix?: string;
  /** Token paths that this server lacks, as an older one does, and the status that it answers there. */
  readonly missing?: Partial<Record<TokenPath, 404 | 405>>;
  /** What a key gets that asks for an organization it has no role in. By default a token for its own. */
  readonly withoutRole?: WithoutRole;
  /** Returns milliseconds since the epoch. By default the machine's clock. */
  readonly clock?: () => number;
  /** Fields to set in each token answer. Undefined removes one. */
  readonly extraFields?: Readonly<Record<string, unknown>>;
}

/** A running Appcircle. */
export interface Appcircle {
  /** Base URLs without a trailing slash. */
  readonly authEndpoint: string;
  readonly apiEndpoint: string;
  /** The ports of 127.0.0.1 that the two listen on. */
  readonly ports: Readonly<Record<Host, number>>;
  /** Each request received, oldest first, whether or not it was answered. */
  readonly requests: readonly ReceivedRequest[];
  /** Connections accepted so far. */
  readonly connections: Readonly<Record<Host, number>>;
  /** Each token answer given, oldest first. Every token in them is a secret. */
  readonly issued: readonly TokenAnswer[];
  /**
   * Queues a fault. The first that fits a connection or request strikes it.
   * Throws for a path on a fault that strikes before a path is known.
   */
  fail(fault: Fault, when?: When): void;
  /** Stops at once and drops open connections. */
  close(): Promise<void>;
}

/** Starts an Appcircle on loopback: an auth host and an API host, each on a free port of its own. */
export async function startAppcircle(options: AppcircleOptions = {}): Promise<Appcircle> {
  const { accounts = DEFAULT_ACCOUNTS, clock = Date.now, pathPrefix = '', tls } = options;
  const requests: ReceivedRequest[] = [];
  const issued: TokenAnswer[] = [];
  const grants = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();
  const faults = new FaultQueue();

  async function exchange(path: TokenPath, request: ReceivedRequest): Promise<Answer> {
    const missing = options.missing?.[path];
    if (missing !== undefined) return { status: missing };
    const grant = decide(
      path,
      request,
      accounts,
      options.withoutRole ?? 'token for its own organization',
    );
    if ('status' in grant) return grant;
    const tokens = await issueTokens(grant, auth.origin + pathPrefix, request.at, options);
    issued.push(tokens);
    grants.set(tokens.access_token, { grant, expiresAt: request.at + tokens.expires_in * 1000 });
    return {
      ...ok({ ...tokens, ...options.extraFields }),
      headers: { 'cache-control': 'no-store' },
    };
  }

  function callApi(path: string, request: ReceivedRequest): Answer {
    if (path !== '/identity/v1/organizations') return NOT_FOUND;
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const { grant, expiresAt = 0 } = grants.get(token) ?? {};
    if (grant === undefined || request.at >= expiresAt) return UNAUTHORIZED;
    if (request.method !== 'GET') return methodNotAllowed('GET');
    return listOrganizations(request, grant, accounts);
  }

  async function respond(
    request: ReceivedRequest,
    response: ServerResponse,
    connection: Connection,
  ): Promise<void> {
    const { host, at } = request;
    response.setHeader('x-request-id', `sandbox-${requests.length}`);
    response.sendDate = false;
    response.setHeader('date', new Date(at).toUTCString());
    // Outside the prefix nothing is served, and '' is a path that nothing is at.
    const path = request.path.startsWith(pathPrefix) ? request.path.slice(pathPrefix.length) : '';
    const fault = faults.take('request', host, path);
    if (fault !== undefined) return fault.play(response, connection);
    if (host === 'api') return send(response, callApi(path, request));
    send(response, isTokenPath(path) ? await exchange(path, request) : NOT_FOUND);
  }

  const startHost = (host: Host): Promise<Listener> =>
    listen({
      tls,
      takeOver: (socket) => {
        const fault = faults.take('connection', host);
        fault?.play(socket);
        return fault !== undefined;
      },
      onRequest: (incoming, response, connection) => {
        receive(host, incoming, connection.number, clock()).then(
          async (request) => {
            requests.push(request);
            await respond(request, response, connection);
          },
          () => response.destroy(), // The client went away before its request was over.
        );
      },
    });

  const [auth, api] = [await startHost('auth'), await startHost('api')];
  return {
    authEndpoint: auth.origin + pathPrefix,
    apiEndpoint: api.origin + pathPrefix,
    ports: { auth: auth.port, api: api.port },
    requests,
    get connections() {
      return { auth: auth.connections, api: api.connections };
    },
    issued,
    fail: (fault, when) => faults.add(fault, when),
    close: async () => {
      await Promise.all([auth.close(), api.close()]);
    },
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response
    .writeHead(status, { ...type, 'content-length': Buffer.byteLength(text), ...headers })
    .end(text);
}
