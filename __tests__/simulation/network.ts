import { Duplex } from 'node:stream';
import type { VirtualTime } from './time.ts';

export interface SocketOptions {
  readonly host?: string;
  readonly port?: number | string;
  /** The tunnel to go through. */
  readonly socket?: VirtualSocket;
}

/** One end of a connection whose other end is a world's. */
export class VirtualSocket extends Duplex {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly tunnel: VirtualSocket | undefined;
  connecting = true;
  received = Buffer.alloc(0);
  onReceived: (socket: VirtualSocket) => void = () => {};
  #held: (() => void) | undefined;

  constructor({ host = 'localhost', port = 0, socket }: SocketOptions, secure: boolean) {
    super({ allowHalfOpen: false });
    this.host = host;
    this.port = Number(port);
    this.secure = secure;
    this.tunnel = socket;
  }

  /** Connects, and takes what was written before. */
  open(): void {
    if (this.destroyed) return;
    this.connecting = false;
    this.emit('connect');
    this.emit('secureConnect');
    this.#held?.();
  }

  /** Breaks with one of Node's errors. */
  fail(code: string, text = code): void {
    this.destroy(Object.assign(new Error(text), { code }));
  }

  /** Sends to the action. */
  send(bytes: Buffer | null): void {
    if (!this.destroyed && !this.readableEnded) this.push(bytes);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const take = () => {
      this.received = Buffer.concat([this.received, chunk]);
      done();
      this.onReceived(this);
    };
    if (this.connecting) this.#held = take;
    else take();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.tunnel?.destroy();
    done(error);
  }

  // What else Node's agents want of a socket.
  setTimeout = (): this => this;
  setKeepAlive = (): this => this;
  setNoDelay = (): this => this;
  ref = (): this => this;
  unref = (): this => this;
}

/** A request as it came. */
export interface Request {
  readonly socket: VirtualSocket;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How bytes come: at once, in pieces, too slowly, not all of them. */
export type Pace = 'at once' | 'pieces' | 'drip' | 'stall' | 'break' | 'end early';

/** Who is at the other end: lets connections be made, and answers. */
export interface Servers {
  onConnect(socket: VirtualSocket): void;
  onRequest(request: Request): void;
}

/** Sockets that reach nobody but the world's servers. */
export class Network {
  readonly sockets: VirtualSocket[] = [];
  readonly #time: VirtualTime;
  /** The certificates that Node trusts. */
  trusted: readonly string[] = ['node'];
  readonly #servers: Servers;

  constructor(time: VirtualTime, servers: Servers) {
    this.#time = time;
    this.#servers = servers;
  }

  connect(options: SocketOptions, secure: boolean): VirtualSocket {
    const socket = new VirtualSocket(options, secure);
    this.sockets.push(socket);
    socket.onReceived = (at) => this.#read(at);
    this.#servers.onConnect(socket);
    return socket;
  }

  /** Sends a response, and says when its last byte went or the connection broke. */
  deliver(
    socket: VirtualSocket,
    bytes: Buffer,
    pace: Pace,
    latency: number,
    done: () => void,
  ): void {
    const isWhole = pace === 'at once' || pace === 'pieces' || pace === 'drip';
    const until = isWhole ? bytes.length : Math.floor(bytes.length * 0.7);
    const step = Math.ceil(until / piecesAt(pace)) || 1;
    const breakOff = () => {
      done();
      if (pace === 'break') socket.fail('ECONNRESET', 'read ECONNRESET');
      else socket.send(null);
    };
    let at = 0;
    const next = () => {
      if (socket.destroyed) return;
      socket.send(bytes.subarray(at, Math.min(at + step, until)));
      at += step;
      if (at < until) this.#time.after(pace === 'drip' ? 7000 : latency / 3, next);
      else if (isWhole) done();
      else if (pace !== 'stall') this.#time.after(latency, breakOff);
    };
    this.#time.after(latency, next);
  }

  /** Reads one request after the other from what a socket received. */
  #read(socket: VirtualSocket): void {
    const end = socket.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const [first = '', ...lines] = socket.received.toString('latin1', 0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [name = '', ...value] = line.split(': ');
        return [name.toLowerCase(), value.join(': ')];
      }),
    );
    const size = Number(headers['content-length'] ?? 0);
    if (socket.received.length < end + 4 + size) return;
    const body = socket.received.toString('utf8', end + 4, end + 4 + size);
    socket.received = socket.received.subarray(end + 4 + size);
    const [method = '', path = ''] = first.split(' ');
    this.#servers.onRequest({ socket, method, path, headers, body });
  }
}

function piecesAt(pace: Pace): number {
  if (pace === 'at once') return 1;
  return pace === 'drip' ? 100 : 3;
}
