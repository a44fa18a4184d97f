import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Endpoints } from '../appcircle/client.ts';
import type { AccessToken } from '../appcircle/token.ts';
import { TOKEN_VARIABLE } from '../appcircle/token-variable.ts';
import type { Context } from '../base/context.ts';
import { errorText } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import type { Runner } from '../runner/github.ts';
import { findCli, run } from './commands.ts';
import { digestOf, ENVIRONMENT, findConfiguration } from './configuration.ts';

interface Server extends Endpoints {
  readonly selfHosted: boolean;
  readonly caCertificate: string | undefined;
}

/**
 * Checks what a login needs, before a key is spent on it.
 * @throws Failure where the CLI is missing or its configuration is not usable
 */
export async function checkCli({ variable }: Pick<Context, 'variable'>): Promise<void> {
  await findCli();
  findConfiguration(variable);
}

/**
 * Logs the Appcircle CLI in, in an environment of its own.
 * @throws Failure where the CLI fails, or its configuration or the state can't be written. A login may be left, for the entry to undo
 */
export async function logIn(
  token: AccessToken,
  server: Server,
  {
    variable,
    deadline,
    log,
    environment,
    saveState,
  }: Context & Pick<Runner, 'environment' | 'saveState'>,
): Promise<void> {
  const configuration = findConfiguration(variable);
  // Before any change, so that post can undo it even if this process is killed.
  saveState({
    'cli-configuration': configuration.path,
    'cli-token': digestOf(token.value),
    'cli-login': 'begun',
  });
  try {
    configuration.noteWayBack();
    await run(['config', 'add', ENVIRONMENT], environment(), deadline);
    closeFolder(dirname(configuration.path));
    configuration.store(environmentFor(token, server));
  } catch (error) {
    saveState({ 'cli-login': 'failed' });
    if (isFailure(error)) throw error;
    throw notStored(configuration.path, error);
  }
  saveState({ 'cli-login': 'stored' });
  log.info(message`Logged in the Appcircle CLI (environment "${ENVIRONMENT}") until the job ends.`);
  if (server.caCertificate)
    log.info(
      message`ca-certificate does not reach the CLI's own commands. Set NODE_EXTRA_CA_CERTS to the path of that certificate (or NODE_USE_SYSTEM_CA to 1) for the steps that run them.`,
    );
}

function environmentFor(token: AccessToken, server: Server): Record<string, string> {
  const { authEndpoint, apiEndpoint, selfHosted } = server;
  const own = {
    AUTH_HOSTNAME: authEndpoint,
    API_HOSTNAME: apiEndpoint,
    [TOKEN_VARIABLE]: token.value,
  };
  if (!selfHosted) return own;
  // Newer CLIs post the token to this host, which is Appcircle cloud by default.
  return { ...own, HOOK_HOSTNAME: apiEndpoint };
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
    message`The CLI's configuration ${path} could not be changed: ${errorText(error)}.`,
    message`Check that this runner can write to that file's folder, and that "appcircle" is the Appcircle CLI: add a step that runs "appcircle config list" before this one.`,
  );
}
