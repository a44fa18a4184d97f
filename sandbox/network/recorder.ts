import { createServer, type Socket } from 'node:net';
import { closeNow, listenOnLoopback } from './listener.ts';

/** Records every byte it receives. Stands where nothing should ever be sent, such as a redirect's target. */
export interface Recorder {
  readonly url: string;
  /** Connections accepted so far. */
  readonly connections: number;
  /** All that was received, on all connections. */
  readonly received: string;
  close(): Promise<void>;
}

/** Starts a recorder on loopback. It answers every chunk with an empty 200. */
export async function startRecorder(): Promise<Recorder> {
  const open = new Set<Socket>();
  let connections = 0;
  let received = '';
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    get connections() {
      return connections;
    },
    get received() {
      return received;
    },
    close: () => closeNow(server, open),
  };
}
