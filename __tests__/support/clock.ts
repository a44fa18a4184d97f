import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/base/clock.ts';

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** A clock that a test moves. What waits for time to pass waits for {@link advance} or {@link runUntil}, and takes no real time. */
export class VirtualClock implements Clock {
  #wall: number;
  #elapsed = 0;
  readonly #timers = new Set<Timer>();

  /** @param wall what it shows at first, in milliseconds since 1970 UTC */
  constructor(wall = Date.UTC(2026, 10, 20, 12)) {
    this.#wall = wall;
  }

  now = (): number => this.#wall;

  elapsed = (): number => this.#elapsed;

  after = (ms: number, call: () => void): (() => void) => {
    const timer = { due: this.#elapsed + Math.max(0, ms), call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Timers that are neither due nor called off. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass in which nothing gets its turn, as when a computation takes long: timers that are due stay so. */
  pass(ms: number): void {
    this.#elapsed += ms;
    this.#wall += ms;
  }

  /** Sets the wall clock, as an NTP daemon does. Timers don't care. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  /** Lets time pass. Timers that fall due go off in order, each at its time, and what waited for one goes on before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await setImmediate();
    let next = this.#next();
    while (next && next.due <= end) {
      await this.#run(next);
      next = this.#next();
    }
    this.pass(Math.max(0, end - this.#elapsed));
    await setImmediate();
  }

  /** Lets time pass from timer to timer until a promise is settled, and gives what it gives. */
  async runUntil<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    await setImmediate();
    while (!isSettled) {
      const next = this.#next();
      if (!next) throw new Error('It waits for something that no timer brings.');
      await this.#run(next);
    }
    return promise;
  }

  /** The timer that goes off first; the older of two that are due together, since a set keeps its order. */
  #next(): Timer | undefined {
    return [...this.#timers].toSorted((a, b) => a.due - b.due)[0];
  }

  async #run(timer: Timer): Promise<void> {
    this.pass(Math.max(0, timer.due - this.#elapsed));
    this.#timers.delete(timer);
    timer.call();
    await setImmediate();
  }
}
