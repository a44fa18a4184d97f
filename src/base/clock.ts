import type { Instant } from './time.ts';

/** Time, handed in so that a test can move it. */
export interface Clock {
  /** The wall clock. */
  now(): Instant;
  /** A clock that never goes back, in milliseconds since some moment. */
  elapsed(): number;
  /** Calls `call` once, after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => Number(process.hrtime.bigint()) / 1e6,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
