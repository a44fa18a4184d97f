import type { Measured } from './rounds.ts';
import { median } from './statistics.ts';

/** What a measured quantity is called, and how it is taken from a run. */
export type Quantity = 'wall' | 'cpu' | 'peak';

/** A goal for a plain exchange, and how it came out. */
export interface Verdict {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
  /** Whether it counts things: such a goal is met or missed for good, while times depend on the machine's day. */
  readonly counts: boolean;
}

export function medianOf({ runs }: Measured, quantity: Quantity): number {
  return median(runs.map(({ cost }) => cost[quantity]));
}

/** The medians' ratio. */
export function ratioOf(measured: Measured, base: Measured, quantity: Quantity): number {
  return medianOf(measured, quantity) / medianOf(base, quantity);
}

/** Holds a plain exchange by the action against the floor. */
export function judge(action: Measured, floor: Measured): Verdict[] {
  const ratio = (what: string, quantity: Quantity, most: number): Verdict => {
    const value = ratioOf(action, floor, quantity);
    const goal = `${what} at most ${most} times the floor`;
    return { goal, measured: `${value.toFixed(2)} times`, met: value <= most, counts: false };
  };
  const one = (what: string, kind: 'connections' | 'requests'): Verdict => {
    const values = action.runs.map(({ traffic }) => traffic[kind]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const measured = least === most ? `${most} in each run` : `${least} to ${most}`;
    return { goal: `one ${what}`, measured, met: least === 1 && most === 1, counts: true };
  };
  return [
    ratio('wall time', 'wall', 1.2),
    ratio('CPU time', 'cpu', 1.3),
    ratio('peak memory', 'peak', 1.15),
    one('connection', 'connections'),
    one('request', 'requests'),
  ];
}
