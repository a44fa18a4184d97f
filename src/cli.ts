import { chmodSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AccessToken } from './appcircle/token.ts';
import { Failure } from './failure.ts';
import { Deadline } from './http/deadline.ts';
import type { Settings } from './inputs.ts';
import type { Runner } from './runner/runner.ts';
import { cliPreviousEnvironment } from './state.ts';
import { messageOf } from './thrown.ts';
import type { World } from './world.ts';

/** The CLI's environment that is the action's own, so that a developer's configuration on a self-hosted runner survives. */
const ENVIRONMENT = 'github-actions';

/** The environment that a CLI without a configuration is in. */
const DEFAULT_ENVIRONMENT = 'default';

/** Milliseconds for logging out at the end of the job. */
const LOGOUT_LIMIT_MS = 30_000;

type Cli = (...args: string[]) => Promise<void>;

/**
 * Logs the Appcircle CLI in, then publishes. Where either fails the CLI is logged out again, so that a failed step leaves nothing.
 * @throws Failure where there is no CLI, or one of its commands fails
 */
export async function withCliLoggedIn(
  token: AccessToken,
  settings: Settings,
  runner: Runner,
  deadline: Deadline,
  world: World,
  publish: () => void,
): Promise<void> {
  const cli = await findCli(runner, deadline);
  const { current } = readConfiguration();
  const previous = current === ENVIRONMENT ? DEFAULT_ENVIRONMENT : current;
  // Kept before anything is changed: post must know what to undo even if this process is killed half-way.
  runner.saveState(cliPreviousEnvironment, previous);
  try {
    await cli('config', 'add', ENVIRONMENT);
    keepToOwner();
    await cli('config', 'set', 'AUTH_HOSTNAME', settings.authEndpoint);
    await cli('config', 'set', 'API_HOSTNAME', settings.apiEndpoint);
    // A token may begin with "-", and is no option even then.
    await cli('config', 'set', ...(token.value.startsWith('-') ? ['--'] : []), 'AC_ACCESS_TOKEN', token.value);
    keepToOwner();
    runner.log.info(
      `Logged the Appcircle CLI in, in its environment "${ENVIRONMENT}"; it is logged out when the job ends.`,
    );
    publish();
  } catch (error) {
    // Once the time is up this is left to post, which has a limit of its own.
    const left = deadline.remaining();
    if (left > 0 && (await logOut(previous, runner, world, left))) runner.saveState(cliPreviousEnvironment, '');
    throw error;
  }
}

/**
 * Logs the CLI out and goes back to the environment that was current before. What can't be undone is a warning.
 * @param limitMs milliseconds for all of it
 * @returns whether all was undone
 */
export async function logOut(
  previous: string,
  runner: Runner,
  world: World,
  limitMs = LOGOUT_LIMIT_MS,
): Promise<boolean> {
  const before = readConfiguration();
  // Nothing was changed before the failure, or a step has undone it by itself.
  if (before.hasToken === false && before.current === previous) return true;
  const deadline = new Deadline(limitMs, world);
  try {
    const cli = await findCli(runner, deadline);
    // In this order: in any other environment "logout" would clear a token that is not the action's.
    await cli('config', 'current', ENVIRONMENT);
    try {
      // The CLI fails where there is no token left to clear, which is so when a step has logged out by itself.
      if (readConfiguration().hasToken !== false) await cli('logout');
    } finally {
      await cli('config', 'current', previous);
      keepToOwner();
    }
    if (readConfiguration().hasToken) throw new Error('its configuration still holds a token.');
    runner.log.info(`Logged the Appcircle CLI out; its environment is "${runner.quote(previous)}" again.`);
    return true;
  } catch (error) {
    const reason = runner.quote(messageOf(error));
    runner.log.warning(
      'The Appcircle CLI is still logged in',
      `It could not be logged out: ${reason} On a self-hosted runner, run "appcircle config current ${ENVIRONMENT}" and "appcircle logout"; the token expires by itself.`,
    );
    return false;
  } finally {
    deadline.clear();
  }
}

async function findCli({ masks }: Runner, deadline: Deadline): Promise<Cli> {
  const { getExecOutput, which } = await import('./exec.ts');
  const path = await which('appcircle', false);
  if (!path) {
    throw new Failure(
      'The Appcircle CLI is not installed',
      'configure-cli is true, and there is no "appcircle" on the PATH.',
      'Install it in a step before this one: npm install -g @appcircle/cli.',
    );
  }
  // The CLI needs no inputs of this step, which hold the key.
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('INPUT_') ? [] : [[name, value]],
    ),
  );
  return async (...args) => {
    const command = `appcircle ${args
      .filter((arg) => arg !== '--')
      .slice(0, 3)
      .join(' ')}`;
    deadline.doing = `waiting for "${command}"`;
    // Silent: the CLI prints what it is given. No shell is between, save cmd.exe for appcircle.cmd, which @actions/exec quotes for.
    const { exitCode, stdout, stderr } = await deadline.limit(
      getExecOutput(path, args, { silent: true, ignoreReturnCode: true, env }),
    );
    if (exitCode === 0) return;
    throw new Failure(
      'The Appcircle CLI failed',
      `"${command}" ended with exit code ${exitCode} and said "${masks.quote(stderr.trim() || stdout)}".`,
      'Run the same command by hand on this runner; an older version of the CLI may lack it (npm install -g @appcircle/cli@latest).',
    );
  };
}

/**
 * Lets nobody but the job's user read the CLI's configuration. The CLI writes the file anew each time, for all to read; that the folder
 * is closed lasts.
 */
function keepToOwner(): void {
  const path = configurationFile();
  try {
    chmodSync(dirname(path), 0o700);
    chmodSync(path, 0o600);
  } catch {
    // Not where it is expected: the CLI of this runner keeps it somewhere else.
  }
}

/** The CLI's environment that is current, and whether the action's own one holds a token, if its configuration can be found. */
function readConfiguration(): { current: string; hasToken: boolean | undefined } {
  try {
    const { current, envs } = JSON.parse(readFileSync(configurationFile(), 'utf8'));
    return {
      current: typeof current === 'string' && current !== '' ? current : DEFAULT_ENVIRONMENT,
      hasToken: Boolean(envs?.[ENVIRONMENT]?.AC_ACCESS_TOKEN),
    };
  } catch {
    return { current: DEFAULT_ENVIRONMENT, hasToken: undefined };
  }
}

/** Where the CLI (through the packages `conf` and `env-paths`) keeps its configuration. */
function configurationFile(): string {
  const { XDG_CONFIG_HOME, APPDATA } = process.env;
  const folder = join('@appcircle', 'cli-nodejs');
  switch (process.platform) {
    case 'win32':
      return join(APPDATA || join(homedir(), 'AppData', 'Roaming'), folder, 'Config', 'config.json');
    case 'darwin':
      return join(homedir(), 'Library', 'Preferences', folder, 'config.json');
    default:
      return join(XDG_CONFIG_HOME || join(homedir(), '.config'), folder, 'config.json');
  }
}
