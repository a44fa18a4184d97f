import { listen } from './listener.ts';

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
  let received = '';
  const listener = await listen({
    takeOver: (socket) => {
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      });
      return true;
    },
  });
  return {
    url: `${listener.origin}/`,
    get connections() {
      return listener.connections;
    },
    get received() {
      return received;
    },
    close: listener.close,
  };
}
