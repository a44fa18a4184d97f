import type { ServerResponse } from 'node:http';
import type { Fault } from '../network/faults.ts';
import { type Connection, type Listener, listen, type ServerCertificate } from '../network/listener.ts';
import { type Accounts, DEFAULT_ACCOUNTS } from './accounts.ts';
import { type Build, type BuildStage, createBuilds, DEFAULT_COURSE } from './builds.ts';
import { type Answer, decide, isTokenPath, type TokenPath, type WithoutRole } from './exchange.ts';
import { createFaultQueue, type When } from './fault-queue.ts';
import { answerMcp, MCP_PATH } from './mcp.ts';
import { type ListOptions, listOrganizations, ORGANIZATIONS_PATH, type OrganizationsPage } from './organizations.ts';
import { createRandomFailure, createThrottle, type RandomFailureOptions, type ThrottleOptions } from './overload.ts';
import { DEFAULT_PROJECTS, type Projects } from './projects.ts';
import { type ReceivedRequest, receive } from './requests.ts';
import { type Grant, issueTokens, type TokenAnswer } from './tokens.ts';
import { createUploads, type UploadStage, type Version } from './uploads.ts';

export type Host = ReceivedRequest['host'];

export interface AppcircleOptions {
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
  /** Shifts the Date header by so many milliseconds, or leaves it out. By default it tells the clock's time. */
  readonly dateHeader?: 'none' | number;
  /** Lifetime of a token in seconds. By default four hours. */
  readonly expiresIn?: number;
  /** Issues this text, or random text for true, instead of a JWT. */
  readonly opaqueToken?: string | boolean;
  /** Fields to set in each token answer. Undefined removes one. */
  readonly extraFields?: Readonly<Record<string, unknown>>;
  /** Claims to set in each access token. Undefined removes one. */
  readonly extraClaims?: Readonly<Record<string, unknown>>;
  /** How it lists organizations. */
  readonly list?: ListOptions;
  /** Changes a page of organizations before it is sent, for servers that count badly. */
  readonly reviseOrganizations?: (page: OrganizationsPage) => unknown;
  /** What there is to build and to distribute. */
  readonly projects?: Projects;
  /** The course of every build. By default one that succeeds within a few seconds. */
  readonly buildCourse?: readonly BuildStage[];
  /** Where uploads are turned down. By default nowhere. */
  readonly refuseUploads?: UploadStage;
  /** How the storage wants an upload. By default with PUT. */
  readonly uploadMethod?: 'PUT' | 'POST';
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
  /** Each build started, oldest first. */
  readonly builds: readonly Build[];
  /** Each app that was uploaded whole, oldest first. */
  readonly versions: readonly Version[];
  /**
   * Queues a fault. The first that fits a connection or request strikes it.
   * Throws for a path on a fault that strikes before a path is known.
   */
  fail(fault: Fault, when?: When): void;
  /** From now on answers 429, with Retry-After and Appcircle's body, to requests beyond the limit. */
  throttle(options: ThrottleOptions): void;
  /** From now on answers 503 to a share of the requests. The seed decides which. */
  failRandomly(options: RandomFailureOptions): void;
  /** Stops at once and drops open connections. */
  close(): Promise<void>;
}

const FOUR_HOURS_S = 14_400;
const SERVICES = /^\/(build|distribution|mcp|store|task)(\/|$)/;
const NOT_FOUND: Answer = { status: 404, body: { error: 'Not Found' } };
const UNAUTHORIZED: Answer = { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };

/** Starts an Appcircle on loopback: an auth host and an API host, each on a free port of its own. */
export async function startAppcircle(options: AppcircleOptions = {}): Promise<Appcircle> {
  const { accounts = DEFAULT_ACCOUNTS, clock = Date.now, pathPrefix = '', tls } = options;
  const requests: ReceivedRequest[] = [];
  const issued: TokenAnswer[] = [];
  const grants = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();
  const faults = createFaultQueue();
  let tooEarly: (now: number) => number = () => 0;
  let failsByChance: () => boolean = () => false;
  const { projects = DEFAULT_PROJECTS, buildCourse = DEFAULT_COURSE } = options;
  const builds = createBuilds({ projects, course: buildCourse, clock });
  const uploads = createUploads({
    projects,
    httpMethod: options.uploadMethod ?? 'PUT',
    refuse: options.refuseUploads,
    endpoint: () => api.origin + pathPrefix,
    clock,
  });

  async function issue(grant: Grant): Promise<Answer> {
    const { expiresIn = FOUR_HOURS_S, opaqueToken = false, extraClaims = {}, extraFields = {} } = options;
    const authEndpoint = auth.origin + pathPrefix;
    const tokens = await issueTokens(grant, { authEndpoint, now: clock(), expiresIn, opaqueToken, extraClaims });
    issued.push(tokens);
    grants.set(tokens.access_token, { grant, expiresAt: clock() + expiresIn * 1000 });
    return { status: 200, body: { ...tokens, ...extraFields }, headers: { 'cache-control': 'no-store' } };
  }

  /** Returns what a request's token was issued for, or undefined if it has none that is valid. */
  function grantOf({ headers }: ReceivedRequest): Grant | undefined {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const known = grants.get(token);
    return known !== undefined && clock() < known.expiresAt ? known.grant : undefined;
  }

  function routeApi(request: ReceivedRequest, path: string): Answer {
    const stored = uploads.store(request, path);
    if (stored !== undefined) return stored;
    const grant = grantOf(request);
    if (path === ORGANIZATIONS_PATH) {
      const listed = listOrganizations(request, grant, accounts, options.list ?? {});
      if (listed.status !== 200 || options.reviseOrganizations === undefined) return listed;
      return { ...listed, body: options.reviseOrganizations(listed.body as OrganizationsPage) };
    }
    if (grant === undefined && SERVICES.test(path)) return UNAUTHORIZED;
    if (grant === undefined) return NOT_FOUND;
    if (path === MCP_PATH) return answerMcp(request);
    return builds.answer(request, path, grant) ?? uploads.answer(request, path, grant) ?? NOT_FOUND;
  }

  async function route(request: ReceivedRequest, path: string): Promise<Answer> {
    if (request.host === 'api') return routeApi(request, path);
    if (isTokenPath(path)) {
      const missing = options.missing?.[path];
      if (missing !== undefined) return { status: missing };
      const { withoutRole = 'token for its own organization' } = options;
      const decision = decide(path, request, { accounts, now: clock(), withoutRole });
      return 'status' in decision ? decision : issue(decision);
    }
    return NOT_FOUND;
  }

  async function respond(request: ReceivedRequest, response: ServerResponse, connection: Connection): Promise<void> {
    response.setHeader('x-request-id', `sandbox-${requests.length}`);
    response.sendDate = false;
    const { dateHeader = 0 } = options;
    if (dateHeader !== 'none') response.setHeader('date', new Date(clock() + dateHeader).toUTCString());
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
    builds: builds.started,
    versions: uploads.versions,
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
