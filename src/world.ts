import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, handed in so that a test can choose them. */
export interface World {
  /** The wall clock, in milliseconds since 1970 UTC. */
  now(): number;
  /** A clock that never goes back, in milliseconds since some moment. */
  elapsed(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const realWorld: World = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
