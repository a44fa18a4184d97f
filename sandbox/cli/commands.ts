import {
  type CliConfiguration,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from './configuration.ts';

/** A mistake of the user's. The CLI prints it on standard error and exits 1. */
export class ProgramError extends Error {}

/** Does its work on the configuration at a path, and returns what to print. */
type Action = (path: string, value: string) => unknown;

/**
 * The one command that the action calls, and one that only reads, as in the Appcircle CLI 2.7.3: with the same file and words.
 * Source: appcircleio/appcircle-cli, `handleConfigCommand` in `src/core/command-runner.ts` and `src/config.ts`.
 */
const COMMANDS: Readonly<Record<string, Action>> = {
  'config get': (path, key) => ({ [key]: readVariable(path, key) }),
  // An environment that already exists is overwritten.
  'config add': (path, name) => {
    if (!name) throw new ProgramError("Config command 'add' action requires a value(key)");
    write(path, { current: name });
    const { envs } = readConfiguration(path);
    write(path, { envs: { ...envs, [name]: NEW_ENVIRONMENT } });
    return { current: name };
  },
};

/** Runs a command line and returns what to print. Throws a {@link ProgramError} for one that the CLI doesn't know. */
export function runCommand(
  path: string,
  [group = '', name = '', value = '']: readonly string[],
): unknown {
  const action = COMMANDS[`${group} ${name}`.trim()];
  if (action === undefined)
    throw new ProgramError('Incorrect Usage. Use --help to see available commands and options.');
  return action(path, value);
}

function write(path: string, values: Partial<CliConfiguration>): void {
  writeConfiguration(path, { ...readConfiguration(path), ...values });
}

function readVariable(path: string, key: string): string {
  const { current, envs } = readConfiguration(path);
  return envs[current]?.[key] ?? '';
}
