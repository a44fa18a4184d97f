import { chmodSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Endpoints } from '../appcircle/client.ts';
import type { AccessToken } from '../appcircle/token.ts';
import type { Context } from '../base/context.ts';
import { messageOf } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import type { Runner } from '../runner/github.ts';
import { findCli } from './commands.ts';
import {
  Configuration,
  configurationPath,
  ENVIRONMENT,
  environmentIn,
  replace,
} from './configuration.ts';
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
    throw isFailure(error) ? error : notStored(configuration.path, error);
  }
  context.log.info(
    message`Logged the Appcircle CLI in, in its environment "${ENVIRONMENT}". It is logged out when the job ends.`,
  );
  return login;
}

/**
 * Stores values in the action's environment, once the CLI has made it current. Edits the file: `config set` would show the token to every
 * user of the machine in the list of processes, exits with 0 even if it wrote nothing, and on Windows takes 8,191 characters at most.
 * @throws Error where that environment is not current, or the file can't be written
 */
export function store(
  { path, values: all }: Configuration,
  values: Readonly<Record<string, string>>,
): void {
  // The CLI exits with 0 even if it wrote nothing, and `appcircle` may be another program.
  if (all?.['current'] !== ENVIRONMENT)
    throw new Error(`"${ENVIRONMENT}" is not the current environment`);
  closeFolder(dirname(path));
  const envs = { ...Object(all['envs']), [ENVIRONMENT]: { ...environmentIn(all), ...values } };
  replace(realpathSync(path), { ...all, envs });
}

/** Keeps others of the machine out, where the file system has modes: the CLI rewrites its file with mode 0666. */
function closeFolder(folder: string): void {
  try {
    chmodSync(folder, 0o700);
  } catch {
    // The file itself becomes private.
  }
}

function notStored(path: string, error: unknown): Failure {
  return new Failure(
    'The Appcircle CLI did not store the token',
    message`The CLI's configuration ${path} could not be changed: ${messageOf(error)}.`,
    message`Check that this runner can write to that file's folder, and that "appcircle" is the Appcircle CLI: run "appcircle config list".`,
  );
}
