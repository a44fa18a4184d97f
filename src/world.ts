/** Time and chance, handed in so that a test can choose them. */
export interface World {
  /** The wall clock, in milliseconds since 1970 UTC. */
  now(): number;
  /** A clock that never goes back, in milliseconds since some moment. */
  elapsed(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
}

export const realWorld: World = {
  now: () => Date.now(),
  elapsed: () => Number(process.hrtime.bigint()) / 1e6,
  random: () => Math.random(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
