import type { Clock } from './clock.ts';
import { Failure } from './failure.ts';
import { type Message, message } from './message.ts';
import { durationInWords } from './time.ts';

/** What `timeout-seconds` may be at most. */
export const LONGEST_TIMEOUT_SECONDS = 600;

/** The one limit on everything that a run does with others: requests, waits, look-ups, commands. */
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

  /** Lets the time run: from now on for so many milliseconds. */
  start(ms: number): void {
    this.#limitMs = ms;
    this.#end = this.#clock.elapsed() + ms;
    // This timer is what keeps the process alive where nothing else does, so that it never ends in silence.
    this.#stopTimer = this.#clock.after(ms, () => {
      this.#passed = true;
      this.#stopWaiting();
    });
  }

  /** Ends every wait, those to come included: a job was cancelled. */
  cancel(failure: Failure): void {
    this.#cancelled ??= failure;
    this.#stopWaiting();
  }

  /** What is left of the time, in milliseconds; none once cancelled. */
  remaining(): number {
    return this.#cancelled ? 0 : Math.max(0, this.#end - this.#clock.elapsed());
  }

  /**
   * Waits for a promise, but not past the deadline: some things (a name look-up, a proxy that says nothing) can't be called off.
   * @param doing what is being waited for, as the rest of a sentence: `waiting for auth.example.com to answer.`
   * @param late makes the failure of a wait that took too long
   * @throws Failure when the time is up or the job is cancelled
   */
  async limit<T>(promise: Promise<T>, doing: () => Message, late = noAnswer): Promise<T> {
    // One for each wait: of a promise that outlives it, a race would hold on to the other's result.
    const { promise: over, reject } = Promise.withResolvers<never>();
    const stop = () =>
      reject(
        this.#cancelled ?? late(message`The time limit of ${durationInWords(this.#limitMs)} ran out while ${doing()}`),
      );
    if (this.#cancelled || this.#passed) stop();
    this.#waiting.add(stop);
    try {
      // Past the deadline every error is a consequence of it, and so it comes first.
      return await Promise.race([over, promise]);
    } finally {
      this.#waiting.delete(stop);
    }
  }

  /** Waits for so many milliseconds, likewise. */
  async sleep(ms: number, doing: () => Message): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = this.#clock.after(ms, resolve);
    await this.limit(promise, doing).finally(wake);
  }

  /** Ends the watch. */
  clear(): void {
    this.#stopTimer();
  }

  #stopWaiting(): void {
    for (const stop of this.#waiting) stop();
  }
}

function noAnswer(reason: Message): Failure {
  return new Failure(
    'Appcircle did not answer in time',
    reason,
    message`Run the job again. If it happens often, raise timeout-seconds and check that this runner reaches the server through every firewall and proxy in between.`,
  );
}
