import type { Fault } from '../../sandbox/network/faults.ts';

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

/** A 200 with JSON text of these bytes, framed by its length, with more headers if given. */
export function json(name: string, body: string | Uint8Array, headers = ''): Fault {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`;
  return raw(name, Buffer.concat([Buffer.from(head), bytes]), { keep: true });
}
