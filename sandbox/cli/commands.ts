import {
  type CliConfiguration,
  type CliEnvironment,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from './configuration.ts';

/** A mistake of the user's. The CLI prints it on standard error and exits 1. */
export class ProgramError extends Error {}

interface Setting {
  /** Where the configuration is. */
  readonly path: string;
  /** Where warnings go. */
  readonly console: Pick<Console, 'error'>;
}

/** Does its work and returns what to print. */
type Action = (setting: Setting, value: string, more: string) => unknown;

/**
 * The commands that the action calls, as in the Appcircle CLI 2.7.3: with the same file and words, and without a network.
 * Source: appcircleio/appcircle-cli, `handleConfigCommand` in `src/core/command-runner.ts` and `src/config.ts`.
 */
const COMMANDS: Readonly<Record<string, Action>> = {
  'config get': (setting, key) => ({ [key]: readVariable(setting, key) }),
  'config set': (setting, key, value) => {
    writeVariable(setting, key, value);
    return { [key]: readVariable(setting, key) };
  },
  'config current': (setting, name) => {
    if (!name) throw new ProgramError("Config command 'current' action requires a value");
    if (!readConfiguration(setting.path).envs[name])
      throw new ProgramError("Config command 'current' action requires a valid value");
    write(setting, { current: name });
    return { current: name };
  },
  // An environment that already exists is overwritten.
  'config add': (setting, name) => {
    if (!name) throw new ProgramError("Config command 'add' action requires a value(key)");
    write(setting, { current: name });
    writeEnvironment(setting, name, NEW_ENVIRONMENT);
    return { current: name };
  },
  logout: (setting) => {
    if (readVariable(setting, 'AC_ACCESS_TOKEN') === '')
      throw new ProgramError('You are not currently logged in.');
    writeVariable(setting, 'AC_ACCESS_TOKEN', '');
    return 'Successfully logged out from Appcircle.';
  },
};

/** Runs a command line and returns what to print. Throws a {@link ProgramError} for one that the CLI doesn't know. */
export function runCommand(
  setting: Setting,
  [group = '', name = '', value = '', more = '']: readonly string[],
): unknown {
  const action = COMMANDS[`${group} ${name}`.trim()];
  if (action === undefined)
    throw new ProgramError('Incorrect Usage. Use --help to see available commands and options.');
  return action(setting, value, more);
}

function write({ path }: Setting, values: Partial<CliConfiguration>): void {
  writeConfiguration(path, { ...readConfiguration(path), ...values });
}

function writeEnvironment(setting: Setting, name: string, environment: CliEnvironment): void {
  const { envs } = readConfiguration(setting.path);
  write(setting, { envs: { ...envs, [name]: environment } });
}

/** Sets a variable of the current environment. A failure is only printed, so the CLI still exits 0. */
function writeVariable(setting: Setting, key: string, value: string): void {
  const { current, envs } = readConfiguration(setting.path);
  try {
    writeEnvironment(setting, current, { ...envs[current], [key]: value });
  } catch {
    setting.console.error('Could not write variable to the config file.');
  }
}

function readVariable({ path }: Setting, key: string): string {
  const { current, envs } = readConfiguration(path);
  return envs[current]?.[key] ?? '';
}
