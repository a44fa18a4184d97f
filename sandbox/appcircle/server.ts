import type { ServerResponse } from 'node:http';
import type { Fault } from '../network/faults.ts';
import { type Connection, type Listener, listen, type ServerCertificate } from '../network/listener.ts';
import { type Accounts, DEFAULT_ACCOUNTS } from './accounts.ts';
import { type Answer, decide, isTokenPath, type TokenPath, type WithoutRole } from './exchange.ts';
import { createFaultQueue, type When } from './fault-queue.ts';
import { listOrganizations, ORGANIZATIONS_PATH, type OrganizationsPage } from './organizations.ts';
import { createRandomFailure, createThrottle, type RandomFailureOptions, type ThrottleOptions } from './overload.ts';
import { type ReceivedRequest, receive } from './requests.ts';
import { type Grant, issueTokens, type TokenAnswer } from './tokens.ts';

export type Host = ReceivedRequest['host'];

export interface AppcircleOptions {
  readonly accounts?: Accounts;
  /** Serve HTTPS on both hosts with this certificate. */
  readonly tls?: ServerCertificate;
  /** A path that both endpoints have ahead of everything, such as `/appcircle`. */
  readonly pathPrefix?: string;
  /** Token paths that this server does not have, as an older one, and the status that it says so with. */
  readonly missing?: Partial<Record<TokenPath, 404 | 405>>;
  /** What a key gets that asks for an organization it has no role in. By default a token for its own organization. */
  readonly withoutRole?: WithoutRole;
  /** Milliseconds since the epoch; by default the machine's. */
  readonly clock?: () => number;
  /** Seconds that a token is good for. By default four hours. */
  readonly expiresIn?: number;
  /** The access token is this text, or with true a random one, rather than a JWT. */
  readonly opaqueToken?: string | boolean;
  /** Fields to put into each token answer; one that is undefined is taken out of it. */
  readonly extraFields?: Readonly<Record<string, unknown>>;
  /** Claims to put into each access token; one that is undefined is taken out of it. */
  readonly extraClaims?: Readonly<Record<string, unknown>>;
  /** Changes a page of organizations on its way out, for servers that count badly. */
  readonly reviseOrganizations?: (page: OrganizationsPage) => unknown;
}

/** A running Appcircle. */
export interface Appcircle {
  /** Base URLs, without a slash at their end. */
  readonly authEndpoint: string;
  readonly apiEndpoint: string;
  /** The ports of 127.0.0.1 that the two listen on. */
  readonly ports: Readonly<Record<Host, number>>;
  /** Each request received, oldest first, whether or not it was answered. */
  readonly requests: readonly ReceivedRequest[];
  /** Connections accepted so far. */
  readonly connections: Readonly<Record<Host, number>>;
  /** Each token answer given, oldest first: every token in it is a secret. */
  readonly issued: readonly TokenAnswer[];
  /**
   * Queues a fault. The first in the queue that fits a connection or a request strikes it.
   * Throws when a path is given for a fault that strikes before there is one.
   */
  fail(fault: Fault, when?: When): void;
  /** From now on answers 429 with Retry-After and Appcircle's body to what goes past so many requests a window. */
  throttle(options: ThrottleOptions): void;
  /** From now on answers 503 to a share of the requests, in an order that the seed determines. */
  failRandomly(options: RandomFailureOptions): void;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}

const FOUR_HOURS_S = 14_400;

/** Starts an Appcircle on loopback: an auth host and an API host, each on a free port of its own. */
export async function startAppcircle(options: AppcircleOptions = {}): Promise<Appcircle> {
  const { accounts = DEFAULT_ACCOUNTS, clock = Date.now, pathPrefix = '', tls } = options;
  const requests: ReceivedRequest[] = [];
  const issued: TokenAnswer[] = [];
  const grants = new Map<string, Grant>();
  const faults = createFaultQueue();
  let tooEarly: (now: number) => number = () => 0;
  let failsByChance: () => boolean = () => false;

  async function issue(grant: Grant): Promise<Answer> {
    const { expiresIn = FOUR_HOURS_S, opaqueToken = false, extraClaims = {}, extraFields = {} } = options;
    const authEndpoint = auth.origin + pathPrefix;
    const tokens = await issueTokens(grant, { authEndpoint, now: clock(), expiresIn, opaqueToken, extraClaims });
    issued.push(tokens);
    grants.set(tokens.access_token, grant);
    return { status: 200, body: { ...tokens, ...extraFields }, headers: { 'cache-control': 'no-store' } };
  }

  async function route(request: ReceivedRequest, path: string): Promise<Answer> {
    if (request.host === 'api' && path === ORGANIZATIONS_PATH) {
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const { status, body, headers = {} } = listOrganizations(request, grants.get(token), accounts);
      if (status !== 200 || options.reviseOrganizations === undefined) return { status, body, headers };
      return { status, body: options.reviseOrganizations(body as OrganizationsPage), headers };
    }
    if (request.host === 'auth' && isTokenPath(path)) {
      const missing = options.missing?.[path];
      if (missing !== undefined) return { status: missing };
      const decision = decide(
        path,
        request,
        accounts,
        clock(),
        options.withoutRole ?? 'token for its own organization',
      );
      return 'status' in decision ? decision : issue(decision);
    }
    return { status: 404, body: { error: 'Not Found' } };
  }

  async function respond(request: ReceivedRequest, response: ServerResponse, connection: Connection): Promise<void> {
    response.setHeader('x-request-id', `sandbox-${requests.length}`);
    // Outside the prefix nothing is served, and '' is a path that nothing is at.
    const path = request.path.startsWith(pathPrefix) ? request.path.slice(pathPrefix.length) : '';
    const fault = faults.forRequest(request.host, path);
    if (fault !== undefined) return fault.play(response, connection);
    const waitSeconds = tooEarly(clock());
    if (waitSeconds > 0) return send(response, tooManyRequests(waitSeconds));
    if (failsByChance()) return send(response, { status: 503, body: { error: 'Service Unavailable' } });
    send(response, await route(request, path));
  }

  const startHost = (host: Host): Promise<Listener> =>
    listen({
      tls,
      takeOver: (socket) => {
        const fault = faults.forConnection(host);
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

  const auth = await startHost('auth');
  const api = await startHost('api');
  return {
    authEndpoint: auth.origin + pathPrefix,
    apiEndpoint: api.origin + pathPrefix,
    ports: { auth: auth.port, api: api.port },
    requests,
    connections: {
      get auth() {
        return auth.connections;
      },
      get api() {
        return api.connections;
      },
    },
    issued,
    fail: faults.add,
    throttle: (limits) => {
      tooEarly = createThrottle(limits);
    },
    failRandomly: (chance) => {
      failsByChance = createRandomFailure(chance);
    },
    close: async () => {
      await Promise.all([auth.close(), api.close()]);
    },
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text), ...headers }).end(text);
}

function tooManyRequests(waitSeconds: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': String(waitSeconds) },
    body: { error: 'Too Many Requests', retry_after: waitSeconds },
  };
}
