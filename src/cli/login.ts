import type { Endpoints } from '../appcircle/client.ts';
import type { AccessToken } from '../appcircle/token.ts';
import type { Context } from '../base/context.ts';
import { messageOf } from '../base/errors.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import type { Runner } from '../runner/github.ts';
import { findCli } from './commands.ts';
import { Configuration, configurationPath, ENVIRONMENT } from './configuration.ts';
import { type Login, logOut } from './logout.ts';

/**
 * Logs the Appcircle CLI in, in an environment of its own.
 * @throws Failure where the CLI is missing or fails, or its configuration or the state can't be written. The CLI is logged out by then.
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
  // Before any change, so that post can undo it even if this process is killed.
  runner.saveState({ 'cli-configuration': login.file, 'cli-environment': login.environment });
  try {
    await cli('config', 'add', ENVIRONMENT);
    store(configuration, {
      AUTH_HOSTNAME: server.authEndpoint,
      API_HOSTNAME: server.apiEndpoint,
      // Newer CLIs post the token to this host, which is Appcircle cloud by default.
      ...(server.selfHosted && { HOOK_HOSTNAME: server.apiEndpoint }),
      AC_ACCESS_TOKEN: value,
    });
  } catch (error) {
    logOut(login, context.log);
    throw error;
  }
  context.log.info(message`Logged the Appcircle CLI in, in its environment "${ENVIRONMENT}". It is logged out when the job ends.`);
  return login;
}

function store(configuration: Configuration, values: Readonly<Record<string, string>>): void {
  try {
    configuration.logIn(values);
  } catch (error) {
    throw new Failure(
      'The Appcircle CLI did not store the token',
      message`The CLI's configuration could not be changed: ${messageOf(error)}.`,
      message`Check that this runner can write to that file's folder, and that "appcircle" is the Appcircle CLI: run "appcircle config list".`,
    );
  }
}
