import type { Endpoints } from '../appcircle/client.ts';
import type { AccessToken } from '../appcircle/token.ts';
import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import type { Runner } from '../runner/runner.ts';
import { findCli } from './commands.ts';
import { Configuration, configurationPath, ENVIRONMENT } from './configuration.ts';
import { type Login, logOut } from './logout.ts';

/**
 * Logs the Appcircle CLI in, in an environment of its own.
 * @param server `selfHosted` where the endpoints are not those of Appcircle cloud
 * @throws Failure where there is no CLI, one of its commands fails, or it does not hold the token afterwards; it is logged out by then
 */
export async function logIn(
  { value }: AccessToken,
  server: Endpoints & { readonly selfHosted: boolean },
  runner: Pick<Runner, 'environment' | 'saveState'>,
  context: Context,
): Promise<Login> {
  const cli = await findCli(runner.environment(), context);
  const configuration = new Configuration(configurationPath(context.variable));
  const login = { file: configuration.path, environment: configuration.previous };
  // Before anything is changed: post must know what to undo even if this process is killed half-way.
  runner.saveState({ 'cli-configuration': login.file, 'cli-environment': login.environment });
  try {
    await cli('config', 'add', ENVIRONMENT);
    // The CLI exits with 0 over what it could not do. In another environment the token would replace a developer's.
    if (!configuration.isLoggedIn()) throw notStored(configuration);
    configuration.keepToOwner();
    await cli('config', 'set', 'AUTH_HOSTNAME', server.authEndpoint);
    await cli('config', 'set', 'API_HOSTNAME', server.apiEndpoint);
    // Newer CLIs post the token there, and their default is Appcircle cloud.
    if (server.selfHosted) await cli('config', 'set', 'HOOK_HOSTNAME', server.apiEndpoint);
    // A token may begin with "-", and is no option even then.
    await cli('config', 'set', ...(value.startsWith('-') ? ['--'] : []), 'AC_ACCESS_TOKEN', value);
    configuration.keepToOwner();
    if (!configuration.isLoggedIn(value)) throw notStored(configuration);
  } catch (error) {
    logOut(login, context.log);
    throw error;
  }
  context.log.info(
    message`Logged the Appcircle CLI in, in its environment "${ENVIRONMENT}". It is logged out when the job ends.`,
  );
  return login;
}

function notStored({ path }: Configuration): Failure {
  return new Failure(
    'The Appcircle CLI did not store the token',
    message`Every command exited with code 0, but the CLI's configuration does not show it (${path}).`,
    message`Check that this runner can write that file, and that "appcircle" is the Appcircle CLI: run "appcircle config list".`,
  );
}
