import { Failure } from '../failure.ts';
import { durationInWords } from '../time.ts';
import type { World } from '../world.ts';

/** The one limit on everything that a run does with others: requests, waits, look-ups, commands. */
export class Deadline {
  /** What is being done, as a story to be told if the time runs out: `waiting for auth.example.com to answer`. */
  doing = 'starting';
  /** What went wrong before, if something did. */
  lastTrouble: string | undefined;
  readonly #world: World;
  readonly #end: number;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Set<(failure: Failure) => void>();
  #passed: Failure | undefined;

  constructor(ms: number, world: World) {
    this.#world = world;
    this.#end = world.elapsed() + ms;
    // This timer is what keeps the process alive where nothing else does, so that it never ends in silence.
    this.#timer = setTimeout(() => {
      this.#passed = this.#failure(ms);
      for (const end of this.#waiting) end(this.#passed);
    }, ms);
  }

  /** What is left of the time, in milliseconds. */
  remaining(): number {
    return Math.max(0, this.#end - this.#world.elapsed());
  }

  /**
   * The promise, unless the time is up before it is settled: some things (a name look-up, a proxy that says nothing) can't be
   * called off.
   * @throws Failure when the time is up
   */
  async limit<T>(promise: Promise<T>): Promise<T> {
    // One for each wait: of a promise that outlives it, a race would hold on to the other's result.
    const { promise: over, reject } = Promise.withResolvers<never>();
    if (this.#passed) reject(this.#passed);
    this.#waiting.add(reject);
    try {
      // Past the deadline every error is a consequence of it, and so it comes first.
      return await Promise.race([over, promise]);
    } finally {
      this.#waiting.delete(reject);
    }
  }

  /** Ends the watch. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  #failure(ms: number): Failure {
    const trouble = this.lastTrouble ? ` Before that: ${this.lastTrouble}` : '';
    return new Failure(
      'Appcircle did not answer in time',
      `The time limit of ${durationInWords(ms)} ran out while ${this.doing}.${trouble}`,
      'Run the job again; if it happens often, raise timeout-seconds, and check that the server can be reached from this runner, through a firewall or a proxy too.',
    );
  }
}
