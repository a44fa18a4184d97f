import type { InputSource } from '../inputs.ts';
import type { Log } from '../log.ts';
import type { Masks } from '../masks.ts';
import type { Outputs } from '../outputs.ts';

/** What the action needs of the CI system that runs it. Another system is another implementation of this. */
export interface Runner extends InputSource {
  readonly log: Log;
  readonly masks: Masks;
  /** An input as it came, not even trimmed. */
  rawInput(name: string): string;
  /** An environment variable; empty where it is not set. */
  variable(name: string): string;
  /**
   * Hands outputs, and the token as `AC_ACCESS_TOKEN`, to the steps that follow: all of it or, with a Failure, none.
   */
  publish(outputs: Outputs, exportEnv: boolean): void;
  /** Adds HTML to the job summary; where the runner has none, says so in the log. */
  writeSummary(html: string): void;
  /** Lets post know that main was started: the same file is run for both. */
  rememberMain(): void;
  /**
   * Keeps a text for the post step; empty forgets it.
   * @throws Failure where the runner can't keep it
   */
  saveState(name: string, value: string): void;
  /** What main kept; empty where it kept nothing. */
  state(name: string): string;
}
