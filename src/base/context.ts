import type { Clock } from './clock.ts';
import type { Deadline } from './deadline.ts';
import type { Log } from './log.ts';

/** What a run works with. The entry makes it, and everyone hands it on. */
export interface Context {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly deadline: Deadline;
  readonly log: Log;
  readonly secrets: SecretTaker;
  /** An environment variable; empty where it is not set. */
  readonly variable: (name: string) => string;
}

/** Takes what must not be seen from then on. */
export interface SecretTaker {
  /**
   * Masks each text, in the log of the job and in all that this action says. Blank text is left out.
   * @param most masks that these may need, none being set where they need more
   * @returns whether they were masked
   */
  add(texts: readonly string[], most?: number): boolean;
}
