import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { message, words } from '../base/message.ts';
import { Configuration, ENVIRONMENT } from './configuration.ts';

/** What it takes to log the CLI out: its configuration file, and the environment to go back to. */
export interface Login {
  readonly file: string;
  readonly environment: string;
}

/** Logs the CLI out and goes back to the environment that was current before. What can't be undone is a warning. */
export function logOut({ file, environment }: Login, log: Log): void {
  try {
    const current = new Configuration(file).logOut(environment);
    if (current) log.info(message`Logged the Appcircle CLI out. Its environment is "${current}" again.`);
  } catch (error) {
    log.warning(
      words`The Appcircle CLI is still logged in`,
      message`It could not be logged out: ${messageOf(error)} On a self-hosted runner, run "appcircle config current ${ENVIRONMENT}" and "appcircle logout". The token expires by itself.`,
    );
  }
}
