import type { Log } from '../base/context.ts';
import type { Message } from '../base/message.ts';
import type { Secrets } from '../secrets/secrets.ts';

export type Values = Readonly<Record<string, string>>;

/** What the action needs of a CI system. */
export interface Runner {
  readonly log: Log;
  readonly secrets: Secrets;
  /** As it came, not even trimmed; empty if unset. */
  input(name: string): string;
  /** Empty if unset. */
  variable(name: string): string;
  /** This process's environment without the inputs, which hold the key. */
  environment(): Record<string, string>;
  /** Hands outputs and variables to later steps: all or, with a Failure, none. */
  publish(outputs: Values, variables: Values): void;
  /** Returns false where the runner takes none. */
  writeSummary(html: string): boolean;
  /** Keeps texts for post. Throws a Failure where it can't. */
  saveState(state: Values): void;
  /** Empty if main kept nothing. */
  state(name: string): string;
  /** Shows the one red line. If it is too long, the reason is cut. */
  fail(title: string, reason: Message, advice: Message): void;
}
