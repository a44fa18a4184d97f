/** Lets a number of requests pass in each window of time. */
export interface ThrottleOptions {
  readonly requests: number;
  readonly windowMs: number;
}

/** Fails a share of the requests. */
export interface RandomFailureOptions {
  /** From 0 to 1. */
  readonly probability: number;
  /** The same seed gives the same order of failures. */
  readonly seed: number;
}

const NO_LIMIT: ThrottleOptions = { requests: Number.POSITIVE_INFINITY, windowMs: 0 };
const NO_FAILURE: RandomFailureOptions = { probability: 0, seed: 0 };

/** Returns a function that counts a request and says how many seconds too early it came: 0 lets it pass. */
export function createThrottle({
  requests,
  windowMs,
}: ThrottleOptions = NO_LIMIT): (now: number) => number {
  let windowEnd = Number.NEGATIVE_INFINITY;
  let left = 0;
  return (now) => {
    if (now >= windowEnd) {
      windowEnd = now + windowMs;
      left = requests;
    }
    left -= 1;
    return left >= 0 ? 0 : Math.max(1, Math.ceil((windowEnd - now) / 1000));
  };
}

/** Returns a function that decides for each request whether it fails, in an order that the seed alone determines (mulberry32). */
export function createRandomFailure({
  probability,
  seed,
}: RandomFailureOptions = NO_FAILURE): () => boolean {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 < probability;
  };
}
