import type { Clock } from './clock.ts';
import { Failure, type FailureDetails } from './failure.ts';
import { type Message, message } from './message.ts';
import { durationInWords } from './time.ts';

/** What `timeout-seconds` may be at most. */
export const LONGEST_TIMEOUT_SECONDS = 600;

/** The one time limit on requests, waits, look-ups and commands. */
export class Deadline {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #limitMs = Number.POSITIVE_INFINITY;
  #end = Number.POSITIVE_INFINITY;
  #stopTimer = () => {};
  #cancelled: Failure | undefined;
  #passed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(ms: number): void {
    this.#limitMs = ms;
    this.#end = this.#clock.elapsed() + ms;
    // Also keeps the process alive, so that it never ends in silence.
    this.#stopTimer = this.#clock.after(ms, () => {
      this.#passed = true;
      this.#stopWaiting();
    });
  }

  /** Ends every wait, including later ones: the job was cancelled. */
  cancel(failure: Failure): void {
    this.#cancelled ??= failure;
    this.#stopWaiting();
  }

  /** Milliseconds of the whole limit. */
  get limitMs(): number {
    return this.#limitMs;
  }

  /** Milliseconds left; 0 once cancelled. */
  remaining(): number {
    if (this.#cancelled) return 0;
    return Math.max(0, this.#end - this.#clock.elapsed());
  }

  /** Milliseconds of the limit that are used up. */
  spent(): number {
    return this.#limitMs - this.remaining();
  }

  /**
   * Waits for a promise, but not past the deadline. Some things, such as a name look-up, can't be called off.
   * @param doing the rest of a sentence: `waiting for auth.example.com to answer.`
   * @throws Failure (from `late`) when the time is up, or when the job is cancelled
   */
  async limit<T>(
    promise: Promise<T>,
    doing: () => Message,
    late: (reason: Message) => Failure = noAnswer,
  ): Promise<T> {
    // A promise of its own for each wait: one for all would keep the results of all waits in memory.
    const { promise: over, reject } = Promise.withResolvers<never>();
    const stop = () => reject(this.#cancelled ?? late(this.#ranOut(doing())));
    if (this.#cancelled || this.#passed) stop();
    this.#waiting.add(stop);
    try {
      // Past the deadline every other error is a consequence of it.
      return await Promise.race([over, promise]);
    } finally {
      this.#waiting.delete(stop);
    }
  }

  async sleep(ms: number, doing: () => Message): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stopTimer = this.#clock.after(ms, resolve);
    await this.limit(promise, doing).finally(stopTimer);
  }

  clear(): void {
    this.#stopTimer();
  }

  #ranOut(doing: Message): Message {
    return message`The time limit of ${durationInWords(this.#limitMs)} ran out while ${doing}`;
  }

  #stopWaiting(): void {
    for (const stop of this.#waiting) stop();
  }
}

/** A server that was waited for in vain. */
export function noAnswer(reason: Message, details?: FailureDetails): Failure {
  return new Failure(
    'Appcircle did not answer in time',
    reason,
    message`Run the job again. If it happens often, raise timeout-seconds and check that this runner reaches the server through every firewall and proxy in between.`,
    details,
  );
}
