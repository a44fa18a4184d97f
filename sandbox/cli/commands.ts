import { type CliConfiguration, NEW_ENVIRONMENT } from './configuration.ts';

/** What the real CLI throws for a mistake of its user's: a line on standard error and exit code 1. */
export class ProgramError extends Error {}

/** What the output is made for: with `json` the real CLI hides nothing in `config list`. */
export interface Output {
  readonly json: boolean;
  readonly path: string;
}

/** Changes the configuration and returns what is to be printed, one thing after the other. */
type Action = (configuration: CliConfiguration, words: readonly string[], output: Output) => unknown[];

const ACTIONS: Readonly<Record<string, Action>> = {
  list: (configuration, _words, { json, path }) =>
    json ? [configuration] : [{ current: configuration.current, path }, withTokensCut(configuration)],

  get: (configuration, [key = '']) => [{ [key]: variables(configuration)[key] ?? '' }],

  set: (configuration, [key = '', value]) => {
    if (value === undefined) console.error('Could not write variable to the config file.');
    else variables(configuration)[key] = value;
    return [{ [key]: variables(configuration)[key] ?? '' }];
  },

  current: (configuration, [name]) => {
    if (name === undefined) throw new ProgramError("Config command 'current' action requires a value");
    if (!(name in configuration.envs)) {
      throw new ProgramError("Config command 'current' action requires a valid value");
    }
    configuration.current = name;
    return [{ current: name }];
  },

  // An environment of that name that is there already is put back to what a new one is.
  add: (configuration, [name]) => {
    if (name === undefined) throw new ProgramError("Config command 'add' action requires a value(key)");
    configuration.envs[name] = { ...NEW_ENVIRONMENT };
    configuration.current = name;
    return [{ current: name }, withTokensCut(configuration)];
  },

  // The real one has a shell script fetch the certificate of API_HOSTNAME and install it with sudo.
  trust: () => [],
};

/** Carries out a command line without its options: `config <action> …` or `logout`. Throws a {@link ProgramError}. */
export function runCommand(configuration: CliConfiguration, words: readonly string[], output: Output): unknown[] {
  const [group = '', action = '', ...rest] = words;
  if (group === 'logout') return logOut(configuration);
  const run = group === 'config' ? ACTIONS[action] : undefined;
  if (run === undefined) throw new ProgramError(`Unknown subcommand "${action}" for "${group}".`);
  return run(configuration, rest, output);
}

function logOut(configuration: CliConfiguration): unknown[] {
  const environment = variables(configuration);
  if ((environment['AC_ACCESS_TOKEN'] ?? '') === '') throw new ProgramError('You are not currently logged in');
  environment['AC_ACCESS_TOKEN'] = '';
  return ['Successfully logged out from Appcircle.'];
}

/** The variables of the current environment. */
function variables({ current, envs }: CliConfiguration): Record<string, string> {
  envs[current] ??= { ...NEW_ENVIRONMENT };
  return envs[current];
}

/** The real CLI shows the first ten characters of each token. */
function withTokensCut({ envs }: CliConfiguration): object {
  return Object.fromEntries(
    Object.entries(envs).map(([name, environment]) => [
      name,
      { ...environment, AC_ACCESS_TOKEN: `${(environment['AC_ACCESS_TOKEN'] ?? '').slice(0, 10)}...` },
    ]),
  );
}
