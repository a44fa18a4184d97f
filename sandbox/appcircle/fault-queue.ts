import type { ConnectionFault, Fault, RequestFault } from '../network/faults.ts';
import type { ReceivedRequest } from './requests.ts';

/** Which connections or requests a fault is for: by default the next one, whatever it is. */
export interface When {
  readonly on?: ReceivedRequest['host'];
  /** The request's path without the endpoints' prefix. */
  readonly path?: string;
  readonly times?: number | 'always';
}

interface Entry<F extends Fault> {
  readonly fault: F;
  readonly when: When;
  left: number;
}

/** The faults that wait for their connection or request. */
export interface FaultQueue {
  /** Throws when a path is given for a fault that strikes before there is one. */
  add(fault: Fault, when?: When): void;
  /** Takes the first fault that fits a new connection. */
  forConnection(host: ReceivedRequest['host']): ConnectionFault | undefined;
  /** Takes the first fault that fits a request. */
  forRequest(host: ReceivedRequest['host'], path: string): RequestFault | undefined;
}

export function createFaultQueue(): FaultQueue {
  const connections: Entry<ConnectionFault>[] = [];
  const requests: Entry<RequestFault>[] = [];
  return {
    add(fault, when = {}) {
      const { times = 1 } = when;
      const left = times === 'always' ? Number.POSITIVE_INFINITY : times;
      if (fault.strikes === 'request') {
        requests.push({ fault, when, left });
      } else if (when.path === undefined) {
        connections.push({ fault, when, left });
      } else {
        throw new Error(`"${fault.name}" strikes before a path is known: leave the path out.`);
      }
    },
    forConnection: (host) => take(connections, host, undefined),
    forRequest: (host, path) => take(requests, host, path),
  };
}

function take<F extends Fault>(queue: Entry<F>[], host: string, path: string | undefined): F | undefined {
  const entry = queue.find(
    ({ when, left }) => left > 0 && (when.on === undefined || when.on === host) && (when.path === undefined || when.path === path),
  );
  if (entry === undefined) return undefined;
  entry.left -= 1;
  return entry.fault;
}
