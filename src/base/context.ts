import type { Clock } from './clock.ts';
import type { Deadline } from './deadline.ts';
import type { Log } from './log.ts';

/** What a run works with, made by the entry. */
export interface Context {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly deadline: Deadline;
  readonly log: Log;
  readonly secrets: SecretTaker;
  /** An environment variable; empty if unset. */
  readonly variable: (name: string) => string;
}

export interface SecretTaker {
  /**
   * Masks texts in the job's log and in all that the action says. Ignores blank text.
   * @returns false, with none masked, where they would need more than `most` masks
   */
  add(texts: readonly string[], most?: number): boolean;
}
