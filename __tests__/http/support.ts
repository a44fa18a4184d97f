import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Fault } from '../../sandbox/network/faults.ts';
import { closeNow, listenOnLoopback } from '../../sandbox/network/listener.ts';
import type { Context } from '../../src/base/context.ts';
import { Connection } from '../../src/http/connection.ts';
import { rawText } from '../support/failures.ts';

/** Things that a test opened, the last of them first when they are closed. */
export class Opened {
  readonly #things: { close(): unknown }[] = [];

  add<T extends { close(): unknown }>(thing: T): T {
    this.#things.push(thing);
    return thing;
  }

  async close(): Promise<void> {
    for (const thing of this.#things.splice(0).reverse()) await thing.close();
  }
}

/** A connection that masks what looks like a token of these tests. */
export function connectTo(origin: string, context: Context): Connection {
  return new Connection(origin, context, ({ body, headers }) => {
    const text = `${JSON.stringify(headers)} ${body.raw}`;
    context.secrets.add(text.match(/token-\w+/g) ?? []);
  });
}

/** Waits until a connection says that it is doing something; the sockets are real. */
export async function isDoing(connection: Connection, doing: string): Promise<void> {
  while (!rawText(connection.doing()).includes(doing)) await setImmediate();
}

/** Sends this text, or these bytes, in place of an answer, as it is; and closes unless the connection is to be kept. */
export function raw(name: string, bytes: string | Uint8Array, { keep = false } = {}): Fault {
  return {
    name,
    strikes: 'request',
    play: ({ socket }) => {
      if (keep) socket?.write(bytes);
      else socket?.end(bytes);
    },
  };
}

/** A 200 with this JSON text, framed by its length, with more headers if given. */
export function json(name: string, body: string, headers = ''): Fault {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${headers}`;
  const text = `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  return raw(name, text, { keep: true });
}

/** What a server of a test does with a connection once it has read something. */
type Play = (socket: Socket, read: Buffer) => void;

/** Starts a server on loopback that knows nothing of HTTP or TLS, and gives its port. */
export async function listen(play: Play, opened: Opened): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', (read) => play(socket, read));
  });
  opened.add({ close: () => closeNow(server, open) });
  return listenOnLoopback(server);
}
