import type { Log } from '../base/log.ts';
import type { Message } from '../base/message.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** Values by name, as outputs and variables are. */
export type Values = Readonly<Record<string, string>>;

/** What the action needs of the CI system that runs it. Another system is another implementation of this. */
export interface Runner {
  readonly log: Log;
  readonly secrets: Secrets;
  /** An input as it came, not even trimmed; empty where it is not set. */
  input(name: string): string;
  /** An environment variable; empty where it is not set. */
  variable(name: string): string;
  /** The environment for other programs: this process's own, but for the inputs, which hold the key. */
  environment(): Record<string, string>;
  /** Hands outputs and variables to the steps that follow: all of it or, with a Failure, none. */
  publish(outputs: Values, variables: Values): void;
  /** Adds HTML to the job summary. Returns false where the runner takes none. */
  writeSummary(html: string): boolean;
  /** Keeps texts for the post step. Throws a Failure where the runner can't keep them. */
  saveState(state: Values): void;
  /** What main kept for post; empty where it kept nothing. */
  state(name: string): string;
  /** Shows the one red line of a run that failed. Where it is too long, the reason gives way. */
  fail(title: string, reason: Message, advice: Message): void;
}
