import type { Clock } from './clock.ts';
import type { Deadline } from './deadline.ts';
import type { Message, Words } from './message.ts';

/** What a run works with, whichever CI system it runs in. */
export interface Context {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly deadline: Deadline;
  readonly log: Log;
  readonly secrets: {
    /** Masks texts in the job's log and in all that the action says. Ignores blank text. */
    add(texts: readonly string[]): void;
  };
  /** An environment variable; empty if unset. */
  readonly variable: (name: string) => string;
}

/** What the action says. One call is one line or one annotation. */
export interface Log {
  info(line: Message): void;
  /** Shown with `ACTIONS_STEP_DEBUG` alone, and only then put together. Never a body or a form. */
  debug(line: () => Message): void;
  warning(title: Words, text: Message): void;
}
