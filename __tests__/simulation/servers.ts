import { type Answer, Answers, type Asked, RETRIED, tokensIn } from './answers.ts';
import type { Chance } from './chance.ts';
import type { Network, Pace, Request, Servers, VirtualSocket } from './network.ts';
import { type Plan, UNACCEPTABLE, UNREACHABLE, UNTRUSTED } from './plan.ts';
import type { VirtualTime } from './time.ts';

/** One try of the action's to have something of a server. */
export interface Try {
  asked?: Asked;
  outcome?: Outcome;
  /** When it came to that, in milliseconds since the start. */
  endedAt?: number;
}

/** What a try met. */
export interface Outcome {
  readonly name: string;
  /** Whether it may be tried again; undefined where that helps once. */
  readonly mayPass: boolean | undefined;
  readonly answer?: Answer;
}

/** What comes in the place of an answer: bytes, how they come, and whether that may pass. */
const NO_ANSWERS: Readonly<Record<string, [bytes: string, pace: Pace, mayPass: boolean]>> = {
  silence: ['', 'stall', true],
  'hangs up': ['', 'end early', true],
  'half a head': ['HTTP/1.1 200 O', 'break', true],
  garbage: ['SSH-2.0-OpenSSH_9\r\n', 'at once', false],
  'large headers': [`HTTP/1.1 200 OK\r\nset-cookie: ${'x'.repeat(70_000)}\r\n`, 'at once', false],
};

/** Both endpoints and the proxy. */
export class WorldServers implements Servers {
  network: Network | undefined;
  readonly tries: Try[] = [];
  /** What the proxy was asked to connect to. */
  readonly tunnels: Request[] = [];
  /** Answers to requests for a token, and how much had been printed by then. */
  readonly arrivals: { readonly tokens: readonly string[]; readonly line: number }[] = [];
  readonly #startedAt: number;
  /** The connection that a request came in on that has no answer yet. */
  #asking: VirtualSocket | undefined;
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

  /** The answers so far, but for those of proxies. */
  get answers(): Answer[] {
    return this.tries.flatMap(({ outcome }) => outcome?.answer ?? []);
  }

  connected(socket: VirtualSocket): void {
    const attempt = socket.tunnel ? this.#latest() : this.#begin();
    const trouble = this.#drawConnectTrouble(socket);
    if (trouble) this.#met(trouble);
    if (trouble === 'never connects') return;
    const isUntrusted = trouble !== undefined && UNTRUSTED.includes(trouble);
    const isTrusted = this.#plan.systemTrusts && this.network?.trusted.includes('the system');
    this.#time.after(this.#chance.int(1, 60), () => {
      if (!trouble || (isUntrusted && isTrusted)) return socket.open();
      const isOnce = isUntrusted || trouble === 'ENOTFOUND';
      const mayPass = isOnce ? undefined : UNREACHABLE.includes(trouble);
      this.#end({ name: trouble, mayPass }, attempt);
      socket.fail(trouble, `connect ${trouble} ${socket.host}`);
    });
  }

  requested(request: Request): void {
    const { socket, method, path, headers, body } = request;
    if (method === 'CONNECT') {
      this.#tunnel(request);
      return;
    }
    const isProxied = path.startsWith('http');
    const url = new URL(
      isProxied ? path : `http${socket.secure ? 's' : ''}://${headers['host']}${path}`,
    );
    const form = new URLSearchParams(body);
    const attempt = this.#latest().outcome ? this.#begin() : this.#latest();
    const direct = socket.tunnel ? 'tunnel' : 'direct';
    attempt.asked = {
      ...{ method, url, headers, body },
      route: isProxied ? 'proxy' : direct,
      organizationId: form.get('organizationId') ?? form.get('subOrganization') ?? undefined,
      isOlder: /\/auth\/v[12]\/token$/.test(url.pathname),
    };
    this.#asking = socket;
    this.#respond(socket, attempt.asked, attempt);
  }

  #tunnel(request: Request): void {
    this.tunnels.push(request);
    const attempt = this.#latest();
    const isRefused = this.#meets() && this.#chance.in100(30);
    const status = isRefused ? this.#chance.pick([407, 502]) : 200;
    const head = Buffer.from(`HTTP/1.1 ${status} Status\r\n\r\n`);
    this.network?.deliver(request.socket, head, 'at once', this.#chance.int(1, 50), () => {
      if (status !== 200) this.#end({ name: `proxy ${status}`, mayPass: status === 502 }, attempt);
    });
  }

  #respond(socket: VirtualSocket, asked: Asked, attempt: Try): void {
    const chance = this.#chance;
    const network = this.network as Network;
    const isSlow = this.#meets() && chance.in100(10);
    const latency = isSlow ? chance.int(900, 70_000) : chance.int(1, 400);
    if (this.#meets() && chance.in100(30)) {
      const name = chance.pick(Object.keys(NO_ANSWERS));
      const [bytes, pace, mayPass] = NO_ANSWERS[name] ?? ['', 'stall', true];
      const end = () => this.#end({ name, mayPass }, attempt);
      network.deliver(socket, Buffer.from(bytes), pace, latency, end);
      return;
    }
    const answer = this.#draw(asked);
    const pace = this.#drawPace(answer);
    network.deliver(socket, frame(answer, chance), pace, latency, () => {
      if (pace === 'break' || pace === 'end early')
        return this.#end({ name: pace, mayPass: true }, attempt);
      this.#arrive(answer, asked, attempt);
      if (chance.in100(15)) this.#time.after(chance.int(0, 300), () => this.#closeIdle(socket));
    });
  }

  #drawPace({ name }: Answer): Pace {
    if (name === 'too large') return 'at once';
    if (this.#meets() && this.#chance.in100(20))
      return this.#chance.pick(['drip', 'stall', 'break', 'end early'] as const);
    return this.#chance.pick(['at once', 'pieces'] as const);
  }

  #arrive(answer: Answer, asked: Asked, attempt: Try): void {
    const { name, status } = answer;
    const tokens = asked.method === 'POST' ? tokensIn(answer) : [];
    this.#plan.secrets.push(...tokens);
    this.arrivals.push({ tokens, line: this.#lines() });
    // Another connection is tried within one and the same try.
    const mayPass = status === 421 ? undefined : RETRIED.includes(status);
    this.#end({ name: `${name} to a ${asked.method}`, mayPass, answer }, attempt);
  }

  /** A server may close a connection just as the next request comes in. */
  #closeIdle(socket: VirtualSocket): void {
    if (socket.destroyed) return;
    socket.send(null);
    if (this.#asking === socket)
      this.#end({ name: 'closed while idle', mayPass: true }, this.#latest());
  }

  /** What is not over by then, the action has given up. */
  #begin(): Try {
    const before = this.tries.at(-1);
    if (before) this.#end({ name: 'given up', mayPass: true }, before);
    const attempt: Try = {};
    this.tries.push(attempt);
    return attempt;
  }

  #latest(): Try {
    return this.tries.at(-1) ?? this.#begin();
  }

  #end(outcome: Outcome, attempt: Try): void {
    if (attempt.outcome) return;
    attempt.outcome = outcome;
    attempt.endedAt = this.#time.elapsed - this.#startedAt;
    this.#asking = undefined;
    this.#met(outcome.name);
  }

  #meets(): boolean {
    return this.#chance.in100(this.#plan.trouble);
  }

  #drawConnectTrouble({ secure }: VirtualSocket): string | undefined {
    const { connection } = this.#theme;
    const troubles = secure ? [...UNREACHABLE, ...UNACCEPTABLE] : UNREACHABLE;
    if (connection && troubles.includes(connection) && this.#chance.in100(90)) return connection;
    return this.#meets() && this.#chance.in100(25) ? this.#chance.pick(troubles) : undefined;
  }

  #draw(asked: Asked): Answer {
    const { token, list, server = 'v3', status } = this.#theme;
    const isList = asked.method === 'GET';
    const [, version = ''] = /\/auth\/(v\d)\/token$/.exec(asked.url.pathname) ?? [];
    if (version > server) return this.#answers.refusal(this.#chance.pick([404, 405]));
    const always = isList ? (list ?? status) : status;
    if (always !== undefined && this.#chance.in100(90)) return this.#answers.refusal(always);
    if (token && !isList && this.#chance.in100(80)) return this.#answers.badToken(asked, token);
    return this.#meets() ? this.#answers.bad(asked) : this.#answers.good(asked);
  }

  /** What is wrong all the time, as long as it lasts. */
  get #theme(): Omit<Plan['theme'], 'endsAfter'> {
    const { theme } = this.#plan;
    return this.#time.elapsed - this.#startedAt < theme.endsAfter ? theme : {};
  }
}

/** The bytes of an answer, in one of the ways to say where it ends. */
function frame({ status, headers, body }: Answer, chance: Chance): Buffer {
  const isChunked = chance.in100(30);
  const ending = isChunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} Status\r\n${lines.join('')}${ending}\r\n\r\n`;
  const chunk = body.length > 0 ? [`${body.length.toString(16)}\r\n`, body, '\r\n'] : [];
  const parts = isChunked ? [...chunk, '0\r\n\r\n'] : [body];
  return Buffer.concat([head, ...parts].map((part) => Buffer.from(part as string, 'latin1')));
}
