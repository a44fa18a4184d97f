interface Timer {
  readonly at: number;
  readonly call: () => void;
}

/** Time that passes only where nothing is left to do: ten minutes of waiting take a millisecond. */
export class VirtualTime {
  /** Milliseconds since the start. */
  elapsed = 0;
  /** How many timers have rung. */
  steps = 0;
  readonly #timers = new Set<Timer>();

  /** Calls once, after so many milliseconds. Returns what calls it off. */
  after = (ms: number, call: () => void): (() => void) => {
    const timer = { at: this.elapsed + Math.max(0, ms), call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Forgets all timers, as a process does that ends. */
  clear(): void {
    this.#timers.clear();
  }

  /** Rings one timer after the other until `isOver`. Returns false where no timer is left before that. */
  async run(isOver = () => false, afterEach = () => {}): Promise<boolean> {
    for (;;) {
      await settled();
      if (isOver()) return true;
      let next: Timer | undefined;
      for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer;
      if (next === undefined) return false;
      this.#timers.delete(next);
      this.elapsed = Math.max(this.elapsed, next.at);
      this.steps++;
      next.call();
      await settled();
      afterEach();
    }
  }
}

/** Waits until every promise and every `process.nextTick` has had its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
