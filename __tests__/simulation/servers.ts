import type { FailureTitle } from '../../src/base/failure.ts';
import { type Answer, Answers, type Asked, type Grant, type Outcome, tokensIn } from './answers.ts';
import type { Chance } from './chance.ts';
import type { Network, Pace, Request, Servers, VirtualSocket } from './network.ts';
import type { Organization, Plan } from './plan.ts';
import type { VirtualTime } from './time.ts';

/** One try of the action's to have something of a server. */
interface Attempt {
  readonly start: number;
  /** Whether its connection was made; on one that is there already, whether an answer began. */
  isUp: boolean;
  key: string | undefined;
  outcome: Outcome | undefined;
}

/** Errors that come in the place of a connection: code, what Node says, whether it may pass, and what the run may end with. */
export const TROUBLES: Readonly<
  Record<string, [code: string, transient: boolean, title: FailureTitle, tls?: boolean]>
> = {
  refused: ['ECONNREFUSED', true, 'The connection failed'],
  'timed out': ['ETIMEDOUT', true, 'The connection failed'],
  'no route': ['EHOSTUNREACH', true, 'The connection failed'],
  reset: ['ECONNRESET', true, 'The connection failed'],
  'not found': ['ENOTFOUND', true, 'The host name could not be resolved'],
  'no name server': ['EAI_AGAIN', true, 'The host name could not be resolved'],
  'certificate expired': ['CERT_HAS_EXPIRED', false, 'The certificate has expired', true],
  'certificate too new': ['CERT_NOT_YET_VALID', false, 'The certificate is not valid yet', true],
  'other host': [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    false,
    'The certificate is for another host',
    true,
  ],
  'self-signed': ['DEPTH_ZERO_SELF_SIGNED_CERT', false, 'The certificate is self-signed', true],
  untrusted: [
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    false,
    'The certificate authority is not trusted',
    true,
  ],
  'unnamed fault': ['UNSPECIFIED', false, 'The certificate is not acceptable', true],
  revoked: ['CERT_REVOKED', false, 'The certificate is not acceptable', true],
  'not TLS': ['ERR_SSL_WRONG_VERSION_NUMBER', false, 'The TLS connection failed', true],
};
const UNTRUSTED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];
const UNREACHABLE = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];

const FAILED: Omit<Outcome, 'name'> = { transient: true, titles: ['The connection failed'] };
const NOT_HTTP: Omit<Outcome, 'name'> = { transient: false, titles: ['The answer is not HTTP'] };

/** What comes in the place of an answer. */
const NO_ANSWERS = {
  silence: { bytes: '', pace: 'stall', transient: undefined, titles: undefined },
  reset: { bytes: '', pace: 'break', ...FAILED },
  'hangs up': { bytes: '', pace: 'end early', ...FAILED },
  'half a head': { bytes: 'HTTP/1.1 200 O', pace: 'break', ...FAILED },
  garbage: { bytes: 'SSH-2.0-OpenSSH_9\r\n', pace: 'at once', ...NOT_HTTP },
  'a TLS alert': {
    bytes: '\x15\x03\x01\x00\x02\x02\x28',
    pace: 'at once',
    transient: false,
    titles: ['The TLS connection failed'],
  },
  'large headers': {
    bytes: `HTTP/1.1 200 OK\r\nset-cookie: ${'x'.repeat(70_000)}\r\n`,
    pace: 'at once',
    transient: false,
    titles: ['The answer is too large'],
  },
  'bad length': {
    bytes: 'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n',
    pace: 'at once',
    ...NOT_HTTP,
  },
  switching: {
    bytes: 'HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n',
    pace: 'at once',
    ...NOT_HTTP,
  },
} as const;

/** Both endpoints and the proxy, and the rules that requests keep. */
export class WorldServers implements Servers {
  network: Network | undefined;
  readonly attempts: Attempt[] = [];
  readonly broken: string[] = [];
  /** Tokens that came, and how much had been printed by then. */
  readonly arrivals: {
    readonly tokens: readonly string[];
    readonly line: number;
  }[] = [];
  readonly grants: Grant[] = [];
  /** Organizations that came, by their GUIDs. */
  readonly organizations = new Map<string, Organization>();
  /** The page to ask for next. */
  #page = 1;
  /** Whether a page brought nothing new, and whether the list came without parameters. */
  #pagesRead = false;
  #wholeRead = false;
  /** The most that a server said there are. */
  #total = 0;
  /** The last number that the action drew, and in how many tries in a row something transient went wrong. */
  lastRandom = 0;
  #failures = 0;
  #endedAt = 0;
  #waitMs = 0;
  /** Whether a host name was not found during this request. */
  #notFound = false;
  readonly #startedAt: number;
  /** The connection that a request came in on that has no answer yet. */
  #asking: VirtualSocket | undefined;
  readonly #missing = new Set<string>();
  readonly #answers: Answers;
  readonly #time: VirtualTime;
  readonly #plan: Plan;
  readonly #chance: Chance;
  readonly #met: (what: string) => void;
  readonly #lines: () => number;

  constructor(
    time: VirtualTime,
    plan: Plan,
    chance: Chance,
    met: (what: string) => void,
    now: () => number,
    lines: () => number,
  ) {
    this.#time = time;
    this.#startedAt = time.elapsed;
    this.#plan = plan;
    this.#chance = chance;
    this.#met = met;
    this.#lines = lines;
    this.#answers = new Answers(chance, plan, now);
  }

  connected(socket: VirtualSocket): void {
    const { host, port, secure, tunnel } = socket;
    const { proxy } = this.#plan;
    const toProxy = !tunnel && host === proxy?.host && port === proxy.port;
    const endpoint = this.#endpoints().find(
      (url) => bare(url.hostname) === host && portOf(url) === port,
    );
    if (
      this.#plan.failsAtOnce ||
      (this.#plan.proxyInvalid && !isLoopback(host === '::1' ? '[::1]' : host))
    )
      this.#breach(`connected to ${host} in spite of its settings`);
    if (toProxy && secure !== proxy.secure)
      this.#breach(`spoke ${secure ? 'TLS' : 'plain'} with the proxy`);
    if (!toProxy && !endpoint) this.#breach(`connected to ${host}:${port}`);
    if (endpoint && !toProxy) {
      if (secure !== (endpoint.protocol === 'https:'))
        this.#breach(`connected to ${host} ${secure ? 'with' : 'without'} TLS`);
      if (this.#goesThroughProxy(endpoint) && !tunnel)
        this.#breach(`went round the proxy to ${host}`);
      if (!this.#goesThroughProxy(endpoint) && tunnel)
        this.#breach(`went through the proxy to ${host}`);
    }
    if (toProxy && !this.#endpoints().some((url) => this.#goesThroughProxy(url)))
      this.#breach('connected to the proxy for nobody');
    if (!tunnel) this.#begin();
    const attempt = this.attempts.at(-1) as Attempt;
    const isOnTheWay = toProxy && this.#endpoints().some(({ protocol }) => protocol === 'https:');
    const open = () => {
      if (!isOnTheWay && !socket.destroyed) attempt.isUp = true;
      socket.open();
    };
    const latency = this.#chance.int(1, 60);
    const name = this.#drawConnectTrouble(secure);
    if (name) this.#met(`${toProxy ? 'proxy ' : ''}${name}`);
    const trouble = TROUBLES[name ?? ''];
    if (!trouble) {
      if (name !== 'never connects') this.#time.after(latency, open);
      return;
    }
    const [code, transient, title] = trouble;
    if (
      UNTRUSTED.includes(code) &&
      this.#plan.systemTrusts &&
      this.network?.trusted.includes('the system')
    ) {
      this.#time.after(latency, open);
      return;
    }
    this.#time.after(latency, () => {
      const isFinal = code === 'ENOTFOUND' && this.#notFound;
      const outcome = {
        name: name ?? '',
        transient: UNTRUSTED.includes(code) ? undefined : transient && !isFinal,
        titles: this.#titlesOf(code, title, wayOf(socket, toProxy)),
      };
      this.#end(outcome, attempt);
      this.#notFound ||= code === 'ENOTFOUND';
      socket.fail(code, `connect ${code} ${host}`);
    });
  }

  #drawPace({ name }: Answer): Pace {
    const chance = this.#chance;
    if (name === 'too large') return 'at once';
    if (this.#meets() && chance.in100(20))
      return chance.pick(['pieces', 'drip', 'stall', 'break', 'end early'] as const);
    return chance.pick(['at once', 'pieces'] as const);
  }

  requested(request: Request): void {
    const { socket, method, path } = request;
    if (method === 'CONNECT') {
      this.#tunnel(request);
      return;
    }
    if (this.attempts.at(-1)?.outcome) this.#begin(true);
    const asked = this.#check(request);
    const attempt = this.attempts.at(-1);
    const before = this.attempts.findLast(({ key }) => key !== undefined);
    const key = `${path} ${request.body}`;
    if (
      before?.key === key &&
      before !== attempt &&
      before.outcome?.transient === false &&
      asked?.kind === 'token'
    ) {
      if (before.outcome.titles?.length !== 0)
        this.#breach(`asked again for ${path} after ${before.outcome.name}`);
    }
    if (attempt) attempt.key = key;
    this.#asking = socket;
    if (!asked) {
      socket.fail('ECONNRESET');
      return;
    }
    this.#respond(socket, asked);
  }

  /** What is sent through CONNECT is for the endpoints alone, and nothing goes with it that is not the proxy's. */
  #tunnel({ socket, path, headers }: Request): void {
    if (headers['proxy-authorization'] !== this.#plan.proxy?.login)
      this.#breach(`logged in to the proxy with ${headers['proxy-authorization']}`);
    if (!headers['user-agent']) this.#breach('told the proxy no User-Agent');
    const known = this.#endpoints().some(
      (url) => url.protocol === 'https:' && path === `${url.hostname}:${portOf(url)}`,
    );
    if (!known) this.#breach(`asked the proxy for ${path}`);
    const sent = JSON.stringify(headers);
    if (this.#plan.key.length >= 8 && sent.includes(this.#plan.key))
      this.#breach('sent the key to the proxy');
    const latency = this.#chance.int(1, 50);
    const status =
      this.#meets() && this.#chance.in100(30)
        ? this.#chance.pick([407, 407, 403, 404, 502, 503, 302, 400])
        : 200;
    if (status === 200) {
      const head = this.#chance.pick([
        'HTTP/1.1 200 Connection established\r\n\r\n',
        'HTTP/1.0 200 OK\r\nVia: x\r\n\r\n',
      ]);
      this.network?.deliver(
        socket,
        Buffer.from(head),
        this.#chance.pick(['at once', 'pieces']),
        latency,
        () => {},
      );
      return;
    }
    this.#met(`proxy ${status}`);
    const outcome: Outcome = {
      name: `proxy ${status}`,
      transient: status >= 500,
      titles: ['The proxy refused the connection'],
    };
    const head = Buffer.from(`HTTP/1.1 ${status} No\r\n\r\n`);
    this.network?.deliver(socket, head, 'at once', latency, () => this.#end(outcome));
  }

  /** Whether a request is one that the action may send, to whom and how it may; undefined where it is none. */
  #check({ socket, method, path, headers, body }: Request): Asked | undefined {
    const { auth, api, credential, key, proxy } = this.#plan;
    const plainProxy = socket.host === proxy?.host && !socket.tunnel;
    const url = new URL(
      plainProxy ? path : `http${socket.secure ? 's' : ''}://${headers['host']}${path}`,
    );
    if (plainProxy && headers['proxy-authorization'] !== proxy.login)
      this.#breach(`logged in to the proxy with ${headers['proxy-authorization']}`);
    if (headers['accept-encoding'] !== 'identity') this.#breach('asked for an encoding');
    if (!headers['user-agent']) this.#breach('sent no User-Agent');
    const endpoint = method === 'POST' ? auth : api;
    const base = endpoint.pathname.replace(/\/$/, '');
    if (url.host !== endpoint.host || !url.pathname.startsWith(base))
      return this.#breach(`${method} ${url} went to the wrong server`);
    const place = url.pathname.slice(base.length);
    const proxied = plainProxy || socket.tunnel !== undefined;
    const asked = { proxied, place, isOlder: false, isLast: true };
    if (method === 'GET' && place === '/identity/v1/organizations') {
      const token = this.grants.at(-1)?.token;
      if (headers['authorization'] !== `Bearer ${token}`)
        this.#breach('looked up a name without the token for it');
      const page = this.#pagesRead ? undefined : this.#page;
      const isExpected =
        page === undefined
          ? url.search === '' && this.#mayReadWhole()
          : url.search === `?page=${page}&perPage=100`;
      if (!isExpected) this.#breach(`asked for ${path} in the place of page ${page}`);
      return { kind: 'list', organizationId: undefined, page, ...asked };
    }
    const form = new URLSearchParams(body);
    const paths: Readonly<Record<string, readonly [field: string, newer: string | undefined]>> =
      credential === 'api-key'
        ? { '/auth/v1/api-key/token': ['secret', undefined] }
        : {
            '/auth/v3/token': ['personalAccessKey', undefined],
            '/auth/v2/token': ['pat', '/auth/v3/token'],
            '/auth/v1/token': ['pat', '/auth/v2/token'],
          };
    const known = method === 'POST' ? paths[place] : undefined;
    if (!known) return this.#breach(`${method} ${place} is no request of the action's`);
    if (known[1] && !this.#missing.has(known[1]))
      this.#breach(`asked ${place} without ${known[1]} missing`);
    if (form.get(known[0]) !== key.trim()) this.#breach('sent another key');
    const organizationId = form.get('organizationId') ?? form.get('subOrganization') ?? undefined;
    if (place === '/auth/v2/token' && form.get('subOrganizationId') !== (organizationId ?? null))
      this.#breach('named the organization in one way alone');
    if (organizationId && this.#plan.organization?.name && !this.listRead)
      this.#breach('did not read the list to its end');
    const isOlder = known[1] !== undefined;
    const isLast = place === '/auth/v2/token' ? organizationId !== undefined : !/v3/.test(place);
    return { ...asked, kind: 'token', organizationId, page: undefined, isOlder, isLast };
  }

  #respond(socket: VirtualSocket, asked: Asked): void {
    const chance = this.#chance;
    const network = this.network as Network;
    // A later one is not ended by what was meant for this one.
    const attempt = this.attempts.at(-1);
    const end = (outcome: Outcome) => this.#end(outcome, attempt);
    const latency =
      this.#meets() && chance.in100(10) ? chance.int(900, 70_000) : chance.int(1, 400);
    const hear = () => {
      if (attempt && !socket.destroyed) attempt.isUp = true;
    };
    if (this.#meets() && chance.in100(35)) {
      const name = chance.weighted({
        silence: 2,
        reset: 3,
        garbage: 2,
        'hangs up': 2,
        'half a head': 2,
        switching: 1,
        'bad length': 1,
        'a TLS alert': 1,
        'large headers': 1,
      });
      this.#met(name);
      const { bytes = '', pace, transient, titles } = NO_ANSWERS[name];
      if (bytes) this.#time.after(latency, hear);
      network.deliver(socket, Buffer.from(bytes, 'latin1'), pace, latency, () =>
        end({ name, transient, titles }),
      );
      return;
    }
    const answer = this.#draw(asked);
    this.#met(`${answer.name} of a ${asked.kind}`);
    const pace = this.#drawPace(answer);
    if (pace !== 'at once' && pace !== 'pieces') this.#met(`an answer with a ${pace}`);
    const { bytes, untilClose } = frame(answer, chance, pace);
    this.#time.after(latency, hear);
    network.deliver(socket, bytes, pace, latency, () => {
      if (pace === 'break' || pace === 'end early') return end({ name: pace, ...FAILED });
      this.#arrive(answer, asked, socket);
      if (untilClose) socket.send(null);
    });
  }

  #arrive(answer: Answer, asked: Asked, socket: VirtualSocket): void {
    if (socket.destroyed && answer.titles?.[0] !== 'The answer is too large') return;
    if (answer.grant) this.#missing.clear();
    if (asked.kind === 'token' && answer.titles?.length === 0 && !answer.grant)
      this.#missing.add(asked.place);
    const tokens = asked.kind === 'token' ? tokensIn(answer) : [];
    this.#plan.secrets.push(...tokens);
    this.arrivals.push({ tokens, line: this.#lines() });
    if (asked.kind === 'list' && answer.listed) this.#list(asked, answer);
    if (answer.grant) this.grants.push(answer.grant);
    const isFirst421 = answer.status === 421 && this.attempts.at(-2)?.outcome?.name !== 'HTTP 421';
    this.#end(isFirst421 ? { ...answer, transient: undefined, titles: [] } : answer);
    if (this.#chance.in100(15))
      this.#time.after(this.#chance.int(0, 300), () => this.#closeIdle(socket));
  }

  /** A server may close a connection just as the next request comes in. */
  #closeIdle(socket: VirtualSocket): void {
    if (socket.destroyed) return;
    socket.send(null);
    if (this.#asking === socket)
      this.#end({ name: 'closed while idle', transient: true, titles: ['The connection failed'] });
  }

  /** Whether the list was read to its end: to a page that brings nothing new. If none brought any, without parameters too. */
  get listRead(): boolean {
    return this.#pagesRead && (this.organizations.size > 0 || this.#wholeRead);
  }

  /** The organizations of the name that was asked for. */
  get found(): Organization[] {
    return named([...this.organizations.values()], this.#plan.organization?.name ?? '');
  }

  #mayReadWhole(): boolean {
    const { size } = this.organizations;
    return !this.#wholeRead && this.found.length === 0 && (size === 0 || size < this.#total);
  }

  #list({ page }: Asked, { listed = [], total = 0 }: Answer): void {
    const before = this.organizations.size;
    for (const organization of listed) this.organizations.set(organization.id, organization);
    this.#total = Math.max(this.#total, total);
    this.#page += 1;
    if (page === undefined) this.#wholeRead = true;
    else this.#pagesRead = this.organizations.size === before;
  }

  #begin(isReused = false): void {
    const before = this.attempts.at(-1);
    const now = this.#time.elapsed;
    this.giveUp();
    const { name = '', transient, titles } = before?.outcome ?? {};
    if (transient === false && titles && titles.length > 0)
      this.#breach(`tried again after ${name}`);
    if (name === 'HTTP 421' && titles?.length === 0 && isReused)
      this.#breach('asked again on a connection that is for another host');
    const wait = this.wait;
    if (transient && !wait) this.#breach(`tried again after ${name}, without time for it`);
    const waited = now - this.#endedAt;
    if (transient && wait && (waited < wait.least - 1 || waited > wait.most + 1))
      this.#breach(`waited ${waited} ms, not ${wait.least} to ${wait.most}, after ${name}`);
    this.attempts.push({ start: now, isUp: false, key: undefined, outcome: undefined });
  }

  /** The wait for another try after the last one, in milliseconds; undefined where there is no time for one. */
  get wait(): { readonly least: number; readonly most: number } | undefined {
    const left = this.#plan.timeoutMs - (this.#endedAt - this.#startedAt);
    const latest = Math.floor(left - 500);
    const asked = this.#waitMs;
    const named = asked >= 500;
    if (asked >= (named ? left : latest)) return undefined;
    if (this.attempts.at(-1)?.outcome?.atOnce) return { least: 0, most: 0 };
    const backoff = this.lastRandom * Math.min(15_000, 500 * 2 ** (this.#failures - 1));
    if (!named) {
      const drawn = Math.max(asked, Math.min(asked + backoff, latest));
      return { least: drawn, most: drawn };
    }
    return { least: asked, most: Math.max(asked, Math.min(asked + 1000, latest)) };
  }

  /** Ends the last try, if nothing else did. The action does that itself to a connection that is not up in time, and to no other. */
  giveUp(): void {
    const { start = 0, isUp, outcome } = this.attempts.at(-1) ?? {};
    if (start === 0 || outcome) return;
    const waited = this.#time.elapsed - start;
    if (isUp || Math.abs(waited - this.#patienceMs) > 1)
      this.#breach(`gave a connection up after ${waited} ms`);
    this.#met('given up');
    this.#end({
      name: 'given up',
      transient: true,
      titles: ['Appcircle did not answer in time'],
      atOnce: true,
    });
  }

  get #patienceMs(): number {
    return Math.max(5000, this.#plan.timeoutMs / 3);
  }

  #end(outcome: Outcome, attempt = this.attempts.at(-1)): void {
    if (!attempt || attempt.outcome) return;
    attempt.outcome = outcome;
    if (!attempt.isUp && this.#time.elapsed > attempt.start + this.#patienceMs + 1)
      this.#breach(`waited for a connection too long, for ${outcome.name}`);
    this.#asking = undefined;
    this.#endedAt = this.#time.elapsed;
    this.#waitMs = outcome.wait?.() ?? 0;
    // The system's certificate store, or another connection, is tried within one and the same try.
    if (outcome.transient !== undefined)
      this.#failures = outcome.transient ? this.#failures + 1 : 0;
    if (outcome.transient === false) this.#notFound = false;
  }

  #meets(): boolean {
    return this.#chance.in100(this.#plan.trouble);
  }

  #drawConnectTrouble(secure: boolean): string | undefined {
    const { connection } = this.#theme;
    const drawn =
      this.#meets() && this.#chance.in100(25)
        ? this.#chance.pick([...Object.keys(TROUBLES), 'never connects'])
        : undefined;
    const name = connection && this.#chance.in100(90) ? connection : drawn;
    return name !== undefined && TROUBLES[name]?.[3] && !secure ? drawn && 'refused' : name;
  }

  #draw(asked: Asked): Answer {
    const { token, list, server = 'v3', status: always } = this.#theme;
    const status = asked.kind === 'list' ? (list ?? always) : always;
    const [, version = ''] = /^\/auth\/(v\d)\/token/.exec(asked.place) ?? [];
    if (version > server) return this.#answers.bad(asked, this.#chance.pick([404, 405]));
    if (status !== undefined && this.#chance.in100(90)) return this.#answers.bad(asked, status);
    if (token !== undefined && asked.kind === 'token' && this.#chance.in100(80))
      return this.#answers.badToken(asked, token);
    return this.#meets()
      ? this.#answers.bad(asked, this.#answers.drawStatus())
      : this.#answers.good(asked);
  }

  /** What an error on the way to, through or round the proxy may be called. */
  #titlesOf(code: string, title: FailureTitle, way: 'to' | 'through' | 'round'): FailureTitle[] {
    if (way !== 'round' && UNREACHABLE.includes(code)) return ['The proxy could not be reached'];
    const tunnelled =
      way === 'to' && this.#endpoints().some(({ protocol }) => protocol === 'https:');
    return tunnelled ? ['The proxy refused the connection'] : [title];
  }

  /** What is wrong all the time, as long as it lasts. */
  get #theme(): Plan['theme'] {
    const { theme } = this.#plan;
    const { endsAfter = Number.POSITIVE_INFINITY } = theme;
    return this.#time.elapsed - this.#startedAt < endsAfter ? theme : {};
  }

  #endpoints(): URL[] {
    return [this.#plan.auth, this.#plan.api];
  }

  #goesThroughProxy({ hostname }: URL): boolean {
    return this.#plan.proxy !== undefined && !isLoopback(hostname) && !this.#plan.noProxy(hostname);
  }

  #breach(what: string): undefined {
    this.broken.push(what);
  }
}

/** The bytes of an answer, in one of the ways to say where it ends. */
function frame(
  { status, headers, body }: Answer,
  chance: Chance,
  pace: Pace,
): { bytes: Buffer; untilClose: boolean } {
  const how = drawFraming(status, chance, pace);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (how === 'length') lines.push(`content-length: ${body.length}\r\n`);
  if (how === 'chunked') lines.push('transfer-encoding: chunked\r\n');
  if (how === 'close') lines.push('connection: close\r\n');
  const early = chance.in100(4) ? `HTTP/1.1 ${chance.pick([100, 102, 103])} Wait\r\n\r\n` : '';
  const head = Buffer.from(`${early}HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`, 'latin1');
  return { bytes: Buffer.concat([head, ...framed(body, how)]), untilClose: how === 'close' };
}

type Framing = 'bodiless' | 'length' | 'chunked' | 'close';

function drawFraming(status: number, chance: Chance, pace: Pace): Framing {
  if (status === 204 || status === 304) return 'bodiless';
  if (pace === 'at once') return chance.pick(['length', 'length', 'chunked', 'close'] as const);
  return chance.pick(['length', 'chunked'] as const);
}

function framed(body: Buffer, how: Framing): Buffer[] {
  if (how === 'bodiless') return [];
  if (how !== 'chunked') return [body];
  const end = Buffer.from('0\r\n\r\n');
  if (body.length === 0) return [end];
  return [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n'), end];
}

function wayOf({ tunnel }: VirtualSocket, toProxy: boolean): 'through' | 'to' | 'round' {
  if (tunnel) return 'through';
  return toProxy ? 'to' : 'round';
}

/** As RFC 6761 and RFC 1122 have it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

/** The organizations of that name: capitals and all else count, but for how it is composed and spaced. */
export function named(directory: readonly Organization[], name: string): Organization[] {
  const plain = (text: string) => text.normalize('NFC').split(/\s+/).filter(Boolean).join(' ');
  return directory.filter((organization) => plain(organization.name) === plain(name));
}
