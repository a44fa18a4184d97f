import {
  type CliConfiguration,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from './configuration.ts';

/** A mistake of the user's. The CLI prints it on standard error and exits 1. */
export class ProgramError extends Error {}

interface Setting {
  /** Where the configuration is. */
  readonly path: string;
  /** Where warnings go. These commands have none. */
  readonly console: Pick<Console, 'error'>;
}

/** Does its work and returns what to print. */
type Action = (setting: Setting, value: string) => unknown;

/**
 * The one command that the action calls, and one that only reads, as in the Appcircle CLI 2.7.3: with the same file and words.
 * Source: appcircleio/appcircle-cli, `handleConfigCommand` in `src/core/command-runner.ts` and `src/config.ts`.
 */
const COMMANDS: Readonly<Record<string, Action>> = {
  'config get': (setting, key) => ({ [key]: readVariable(setting, key) }),
  // An environment that already exists is overwritten.
  'config add': (setting, name) => {
    if (!name) throw new ProgramError("Config command 'add' action requires a value(key)");
    write(setting, { current: name });
    const { envs } = readConfiguration(setting.path);
    write(setting, { envs: { ...envs, [name]: NEW_ENVIRONMENT } });
    return { current: name };
  },
};

/** Runs a command line and returns what to print. Throws a {@link ProgramError} for one that the CLI doesn't know. */
export function runCommand(
  setting: Setting,
  [group = '', name = '', value = '']: readonly string[],
): unknown {
  const action = COMMANDS[`${group} ${name}`.trim()];
  if (action === undefined)
    throw new ProgramError('Incorrect Usage. Use --help to see available commands and options.');
  return action(setting, value);
}

function write({ path }: Setting, values: Partial<CliConfiguration>): void {
  writeConfiguration(path, { ...readConfiguration(path), ...values });
}

function readVariable({ path }: Setting, key: string): string {
  const { current, envs } = readConfiguration(path);
  return envs[current]?.[key] ?? '';
}
