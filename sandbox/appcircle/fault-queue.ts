import type { Fault } from '../network/faults.ts';
import type { ReceivedRequest } from './requests.ts';

/** Which connections or requests a fault is for: by default the next one, whatever it is. */
export interface When {
  readonly on?: ReceivedRequest['host'];
  /** The request's path without the endpoints' prefix. */
  readonly path?: string;
  readonly times?: number | 'always';
}

/** The faults that wait for their connection or request. */
export class FaultQueue {
  readonly #entries: { readonly fault: Fault; readonly when: When; left: number }[] = [];

  /** Throws when a path is given for a fault that strikes before there is one. */
  add(fault: Fault, when: When = {}): void {
    if (fault.strikes === 'connection' && when.path !== undefined) {
      throw new Error(`"${fault.name}" strikes before a path is known: leave the path out.`);
    }
    const { times = 1 } = when;
    this.#entries.push({
      fault,
      when,
      left: times === 'always' ? Number.POSITIVE_INFINITY : times,
    });
  }

  /** Takes the first fault that fits a new connection, or a request. */
  take<Strikes extends Fault['strikes']>(
    strikes: Strikes,
    host: ReceivedRequest['host'],
    path?: string,
  ): Extract<Fault, { strikes: Strikes }> | undefined {
    const entry = this.#entries.find(
      ({ fault, when: { on = host, path: at = path }, left }) =>
        left > 0 && fault.strikes === strikes && on === host && at === path,
    );
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return entry.fault as Extract<Fault, { strikes: Strikes }>;
  }
}
