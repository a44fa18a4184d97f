import type { Context, Log } from '../base/context.ts';
import { messageOf } from '../base/errors.ts';
import { Foreign } from '../base/foreign.ts';
import { message, words } from '../base/message.ts';
import { Configuration, configurationPath } from './configuration.ts';

/** The CLI's configuration file, and the environment to go back to. */
export type Login = { readonly file: string; readonly environment: string };

/** Logs the CLI out and goes back to the previous environment. Warns if it can't. */
export function logOut({ file, environment }: Login, log: Log): void {
  try {
    const current = new Configuration(file).logOut(environment);
    if (current)
      log.info(
        message`Logged the Appcircle CLI out. Its environment is "${new Foreign(current)}" again.`,
      );
  } catch (error) {
    log.warning(
      words`The Appcircle CLI is still logged in`,
      message`Logging out failed: ${messageOf(error)}. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
    );
  }
}

/** Logs out what an earlier step logged in, whose token may be for another organization than the one that was asked for. */
export function logOutEarlier({ variable, log }: Pick<Context, 'variable' | 'log'>): void {
  const { path: file, previous: environment } = new Configuration(configurationPath(variable));
  logOut({ file, environment }, log);
}
