import { type Answer, Answers, type Asked, tokensIn } from './answers.ts';
import type { Chance } from './chance.ts';
import { Network, type Pace, type Request, type Servers, type VirtualSocket } from './network.ts';
import { CONNECT_ERRORS, type Plan, TLS_ERRORS, UNTRUSTED } from './plan.ts';
import type { World } from './world.ts';

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
  readonly answer?: Answer;
}

/** Tokens as they came in an answer, when, and how many lines had been printed by then. */
interface Arrival {
  readonly tokens: readonly string[];
  readonly at: number;
  readonly line: number;
}

/** What comes in the place of an answer: bytes, and how they come. */
const NO_ANSWERS: Readonly<Record<string, [bytes: string, pace: Pace]>> = {
  silence: ['', 'stall'],
  'hangs up': ['', 'end early'],
  'half a head': ['HTTP/1.1 200 O', 'break'],
  garbage: ['SSH-2.0-OpenSSH_9\r\n', 'at once'],
  'large headers': [`HTTP/1.1 200 OK\r\nset-cookie: ${'x'.repeat(70_000)}\r\n`, 'at once'],
};

/** Both endpoints and the proxy. */
export class WorldServers implements Servers {
  readonly network: Network;
  readonly tries: Try[] = [];
  /** What the proxy was asked to connect to. */
  readonly tunnels: Request[] = [];
  /** Answers to requests for a token. */
  readonly arrivals: Arrival[] = [];
  /** The connection that a request came in on that has no answer yet. */
  #asking: VirtualSocket | undefined;
  readonly #answers: Answers;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #printed: readonly string[];

  /** @param printed the lines of main */
  constructor(world: World, printed: readonly string[]) {
    this.#world = world;
    this.#chance = world.chance;
    this.#printed = printed;
    this.#answers = new Answers(world);
    this.network = new Network(world.time, this);
  }

  onConnect(socket: VirtualSocket): void {
    const { plan, time, note } = this.#world;
    const attempt = socket.tunnel ? this.#latest() : this.#begin();
    const trouble = this.#drawConnectTrouble(socket);
    if (trouble === 'never connects') {
      note(trouble);
      return;
    }
    const isUntrusted = trouble !== undefined && UNTRUSTED.includes(trouble);
    const isTrusted = plan.systemTrusts && this.network.trusted.includes('the system');
    time.after(this.#chance.int(1, 60), () => {
      if (!trouble || (isUntrusted && isTrusted)) return socket.open();
      this.#end({ name: trouble }, attempt);
      socket.fail(trouble, `connect ${trouble} ${socket.host}`);
    });
  }

  onRequest(request: Request): void {
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
    const isRefused = this.#drawTrouble() && this.#chance.in100(30);
    const status = isRefused ? this.#chance.pick([407, 502]) : 200;
    const head = Buffer.from(`HTTP/1.1 ${status} Status\r\n\r\n`);
    this.network.deliver(request.socket, head, 'at once', this.#chance.int(1, 50), () => {
      if (status !== 200) this.#end({ name: `proxy ${status}` }, attempt);
    });
  }

  #respond(socket: VirtualSocket, asked: Asked, attempt: Try): void {
    const chance = this.#chance;
    const isSlow = this.#drawTrouble() && chance.in100(10);
    const latency = isSlow ? chance.int(900, 70_000) : chance.int(1, 400);
    if (this.#drawTrouble() && chance.in100(30)) {
      const [name, [bytes, pace]] = chance.pick(Object.entries(NO_ANSWERS));
      const end = () => this.#end({ name }, attempt);
      this.network.deliver(socket, Buffer.from(bytes), pace, latency, end);
      return;
    }
    const answer = this.#draw(asked);
    const pace = this.#drawPace(answer);
    this.network.deliver(socket, frame(answer, chance), pace, latency, () => {
      if (pace === 'break' || pace === 'end early') return this.#end({ name: pace }, attempt);
      this.#arrive(answer, asked, attempt);
      if (chance.in100(15))
        this.#world.time.after(chance.int(0, 300), () => this.#closeIdle(socket));
    });
  }

  #drawPace({ name }: Answer): Pace {
    if (name === 'too large') return 'at once';
    if (this.#drawTrouble() && this.#chance.in100(20))
      return this.#chance.pick(['drip', 'stall', 'break', 'end early'] as const);
    return this.#chance.pick(['at once', 'pieces'] as const);
  }

  #arrive(answer: Answer, asked: Asked, attempt: Try): void {
    const { secrets, time } = this.#world;
    const tokens = asked.method === 'POST' ? tokensIn(answer) : [];
    secrets.push(...tokens);
    this.arrivals.push({ tokens, at: time.elapsed, line: this.#printed.length });
    this.#end({ name: `${answer.name} to a ${asked.method}`, answer }, attempt);
  }

  /** A server may close a connection just as the next request comes in. */
  #closeIdle(socket: VirtualSocket): void {
    if (socket.destroyed) return;
    socket.send(null);
    if (this.#asking === socket) this.#end({ name: 'closed while idle' }, this.#latest());
  }

  /** Ends the try before as given up, where it has not ended, and starts one. */
  #begin(): Try {
    const before = this.tries.at(-1);
    if (before) this.#end({ name: 'given up' }, before);
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
    attempt.endedAt = this.#world.time.elapsed;
    this.#asking = undefined;
    this.#world.note(outcome.name);
  }

  #drawTrouble(): boolean {
    return this.#chance.in100(this.#world.plan.troublePercent);
  }

  #drawConnectTrouble({ secure }: VirtualSocket): string | undefined {
    const { connectError } = this.#lasting;
    const troubles = secure ? [...CONNECT_ERRORS, ...TLS_ERRORS] : CONNECT_ERRORS;
    if (connectError && troubles.includes(connectError) && this.#chance.in100(90))
      return connectError;
    return this.#drawTrouble() && this.#chance.in100(25) ? this.#chance.pick(troubles) : undefined;
  }

  #draw(asked: Asked): Answer {
    const { badToken, listStatus, newestVersion = 'v3', status } = this.#lasting;
    const isList = asked.method === 'GET';
    const [, version = ''] = /\/auth\/(v\d)\/token$/.exec(asked.url.pathname) ?? [];
    if (version > newestVersion) return this.#answers.refusal(this.#chance.pick([404, 405]));
    const always = isList ? (listStatus ?? status) : status;
    if (always !== undefined && this.#chance.in100(90)) return this.#answers.refusal(always);
    if (badToken && !isList && this.#chance.in100(80))
      return this.#answers.badToken(asked, badToken);
    return this.#drawTrouble() ? this.#answers.bad(asked) : this.#answers.good(asked);
  }

  /** What goes wrong with most requests, as long as it lasts. */
  get #lasting(): Omit<Plan['lasting'], 'endsAfter'> {
    const { plan, time } = this.#world;
    const { endsAfter, ...trouble } = plan.lasting;
    return endsAfter === undefined || time.elapsed < endsAfter ? trouble : {};
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
  const bytes = [head, ...parts].map((part) =>
    typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
  );
  return Buffer.concat(bytes);
}
