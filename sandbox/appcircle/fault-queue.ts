import type { Fault } from '../network/faults.ts';
import type { ReceivedRequest } from './requests.ts';

/** Which connections or requests a fault is for: by default the next one, whatever it is. */
export interface When {
  readonly on?: ReceivedRequest['host'];
  /** The request's path without the endpoints' prefix. */
  readonly path?: string;
  /** How many of them are let through first. */
  readonly skip?: number;
  readonly times?: number | 'always';
}

/** The faults that wait for their connection or request. */
export class FaultQueue {
  readonly #entries: { readonly fault: Fault; readonly when: When; skip: number; left: number }[] =
    [];

  /** Throws when a path is given for a fault that strikes before there is one. */
  add(fault: Fault, when: When = {}): void {
    if (fault.strikes === 'connection' && when.path !== undefined) {
      throw new Error(`"${fault.name}" strikes before a path is known: leave the path out.`);
    }
    const { skip = 0, times = 1 } = when;
    this.#entries.push({
      fault,
      when,
      skip,
      left: times === 'always' ? Number.POSITIVE_INFINITY : times,
    });
  }

  /** Takes the first fault that fits a new connection, or a request. */
  take<Strikes extends Fault['strikes']>(
    strikes: Strikes,
    host: ReceivedRequest['host'],
    path?: string,
  ): Extract<Fault, { strikes: Strikes }> | undefined {
    for (const entry of this.#entries) {
      const { fault, when, skip, left } = entry;
      const { on = host, path: at = path } = when;
      const fits = fault.strikes === strikes && on === host && at === path;
      if (!fits || left === 0) continue;
      if (skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return fault as Extract<Fault, { strikes: Strikes }>;
    }
    return undefined;
  }
}
