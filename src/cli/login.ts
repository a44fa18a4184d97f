import type { Endpoints } from '../appcircle/client.ts';
import type { AccessToken } from '../appcircle/token.ts';
import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import type { Runner } from '../runner/github.ts';
import { findCli } from './commands.ts';
import { Configuration, configurationPath, ENVIRONMENT } from './configuration.ts';
import { type Login, logOut } from './logout.ts';

/**
 * Logs the Appcircle CLI in, in an environment of its own.
 * @throws Failure where the CLI is missing, a command fails, or what they set is not there afterwards. The CLI is logged out by then.
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
  const values = {
    AUTH_HOSTNAME: server.authEndpoint,
    API_HOSTNAME: server.apiEndpoint,
    // Newer CLIs post the token to this host, which is Appcircle cloud by default.
    ...(server.selfHosted && { HOOK_HOSTNAME: server.apiEndpoint }),
    AC_ACCESS_TOKEN: value,
  };
  // Before any change, so that post can undo it even if this process is killed.
  runner.saveState({ 'cli-configuration': login.file, 'cli-environment': login.environment });
  try {
    await cli('config', 'add', ENVIRONMENT);
    configuration.keepToOwner();
    for (const [name, text] of Object.entries(values)) {
      // The CLI exits with 0 even if it wrote nothing, another job may log out by now, and the token would replace a developer's.
      if (!configuration.isCurrent()) throw notStored(configuration);
      // A token that begins with "-" is no option.
      await cli('config', 'set', ...(text.startsWith('-') ? ['--'] : []), name, text);
    }
    configuration.keepToOwner();
    if (!configuration.isCurrent(values)) throw notStored(configuration);
  } catch (error) {
    logOut(login, context.log);
    throw error;
  }
  context.log.info(message`Logged the Appcircle CLI in, in its environment "${ENVIRONMENT}". It is logged out when the job ends.`);
  return login;
}

function notStored({ path }: Configuration): Failure {
  return new Failure(
    'The Appcircle CLI did not store the token',
    message`Every command exited with code 0, but the CLI's configuration does not hold what they set (${path}).`,
    message`Check that this runner can write that file, and that "appcircle" is the Appcircle CLI: run "appcircle config list".`,
  );
}
