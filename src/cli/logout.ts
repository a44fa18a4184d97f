import type { Context, Log } from '../base/context.ts';
import { errorText } from '../base/errors.ts';
import { Foreign } from '../base/foreign.ts';
import { message, words } from '../base/message.ts';
import { Configuration } from './configuration.ts';
import { configurationPath } from './configuration-path.ts';

/** What main keeps of a login in its state. */
export interface Login {
  /** The path of the CLI's configuration. */
  readonly file: string;
  /** The SHA-256 of the token. */
  readonly digest: string;
  readonly isStored: boolean;
}

/** Logs the CLI out at the end of the job, and goes back to the environment that was current. Warns where a token is left. */
export function logOut({ file, digest, isStored }: Login, log: Log): void {
  const configuration = new Configuration(file);
  try {
    const current = configuration.goBack(digest);
    if (current !== undefined)
      log.info(
        message`Logged the Appcircle CLI out. Its environment is "${new Foreign(current)}" again.`,
      );
  } catch (error) {
    // Where the file can't be read, main's state says whether a token is in it.
    if (configuration.holdsToken ?? isStored) warn(file, error, log);
  }
}

/**
 * Logs the CLI out once a step has failed: the token of an earlier step may be for another organization than the one that was asked for.
 * Its environment stays current until post, so that later steps don't work with the developer's own login.
 */
export function logOutEarlier({ variable, log }: Pick<Context, 'variable' | 'log'>): void {
  let configuration: Configuration | undefined;
  try {
    configuration = new Configuration(configurationPath(variable));
    if (configuration.clearToken()) log.info(message`Logged the Appcircle CLI out.`);
  } catch (error) {
    if (configuration?.holdsToken) warn(configuration.path, error, log);
  }
}

function warn(file: string, error: unknown, log: Log): void {
  log.warning(
    words`The Appcircle CLI is still logged in`,
    message`Logging out failed: ${errorText(error)}. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
  );
}
