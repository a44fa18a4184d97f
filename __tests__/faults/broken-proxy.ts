import { createServer, type Socket } from 'node:net';
import { closeNow, listenOnLoopback } from '../../sandbox/network/listener.ts';
import type { Proxy as RunningProxy } from '../../sandbox/network/proxy.ts';

/** What no proxy made with a library does: answers to CONNECT that are sent by hand. */
export type BrokenProxy =
  | 'drips its answer'
  | 'floods its answer'
  | 'resets the connection'
  | 'answers with a hostile line'
  | 'lets a login page answer'
  | 'asks for NTLM'
  | 'answers 200 and a page';

const ESTABLISHED = 'HTTP/1.1 200 Connection established by a proxy that takes its time\r\n\r\n';
const DRIP_MS = 10;

const BEHAVIOUR: Readonly<Record<BrokenProxy, (socket: Socket) => void>> = {
  'drips its answer': (socket) => {
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(ESTABLISHED.charAt(sent));
      sent += 1;
      if (sent === ESTABLISHED.length) clearInterval(timer);
    }, DRIP_MS);
    socket.on('close', () => clearInterval(timer));
  },
  'floods its answer': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const pour = () => {
      while (socket.write(`X-Flood: ${'f'.repeat(8000)}\r\n`));
    };
    socket.on('drain', pour);
    pour();
  },
  'resets the connection': (socket) => socket.resetAndDestroy(),
  'answers with a hostile line': (socket) =>
    socket.end('HTTP/1.1 403 ::error::%0A##[error]gotcha\u001b[31m\r\nContent-Length: 0\r\n\r\n'),
  'lets a login page answer': (socket) =>
    socket.end(
      'HTTP/1.1 302 Found\r\nLocation: http://login.proxy.test/\r\nContent-Length: 0\r\n\r\n',
    ),
  'asks for NTLM': (socket) =>
    socket.end(
      'HTTP/1.1 407 Login\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n',
    ),
  'answers 200 and a page': (socket) =>
    socket.end(
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Please sign in</h1></html>',
    ),
};

export function isBrokenProxy(behaviour: unknown): behaviour is BrokenProxy {
  return typeof behaviour === 'string' && Object.hasOwn(BEHAVIOUR, behaviour);
}

/** Starts a proxy on loopback that does nothing but this, once it has read something. */
export async function startBrokenProxy(
  behaviour: BrokenProxy,
): Promise<Pick<RunningProxy, 'url' | 'close'>> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', () => BEHAVIOUR[behaviour](socket));
  });
  const port = await listenOnLoopback(server);
  return { url: `http://127.0.0.1:${port}`, close: () => closeNow(server, open) };
}
