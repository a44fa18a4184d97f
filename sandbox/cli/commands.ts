import {
  type CliConfiguration,
  type CliEnvironment,
  getAt,
  NEW_ENVIRONMENT,
  readConfiguration,
  setAt,
  writeConfiguration,
} from './configuration.ts';
import { ProgramError, UsageError } from './errors.ts';
import { type UploadOptions, uploadToStore, uploadToTestingDistribution } from './uploads.ts';

interface Setting {
  /** Where the configuration is. */
  readonly path: string;
  /** Whether to print JSON. With it the real CLI hides nothing in `config list`. */
  readonly json: boolean;
  /** Whether the configuration can't be written, as on a full disk. */
  readonly readOnly: boolean;
  readonly options: UploadOptions;
  /** Where warnings go. */
  readonly console: Pick<Console, 'error'>;
}

/** Does its work and returns what to print, in order. */
type Action = (setting: Setting, words: readonly string[]) => unknown[] | Promise<unknown[]>;

/**
 * The commands by their first two words, and those of one word under the empty second one.
 * Source: appcircleio/appcircle-cli, `handleConfigCommand` in `src/core/command-runner.ts` and `src/config.ts`.
 */
const COMMANDS: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  config: {
    list: ({ path, json }) => {
      const configuration = readConfiguration(path);
      return json
        ? [configuration]
        : [{ current: configuration.current, path }, withTokensCut(configuration)];
    },
    get: (setting, [key = '']) => [{ [key]: readVariable(setting, key) }],
    set: (setting, [key = '', value]) => {
      writeVariable(setting, key, value);
      return [{ [key]: readVariable(setting, key) }];
    },
    current: (setting, [name]) => {
      if (!name) throw new ProgramError("Config command 'current' action requires a value");
      if (!readConfiguration(setting.path).envs[name]) {
        throw new ProgramError("Config command 'current' action requires a valid value");
      }
      write(setting, 'current', name);
      return [{ current: name }];
    },
    // A dot in the name nests. An environment that already exists is overwritten.
    add: (setting, [name]) => {
      if (!name) throw new ProgramError("Config command 'add' action requires a value(key)");
      write(setting, 'current', name);
      write(setting, `envs.${name}`, NEW_ENVIRONMENT);
      return shownAfter(setting);
    },
    reset: (setting) => {
      write(setting, 'envs', { default: NEW_ENVIRONMENT });
      write(setting, 'current', 'default');
      return shownAfter(setting);
    },
    // The real one has a shell script fetch the certificate of API_HOSTNAME and install it with sudo.
    trust: () => [],
  },
  logout: {
    '': (setting) => {
      if (readVariable(setting, 'AC_ACCESS_TOKEN') === '')
        throw new ProgramError('You are not currently logged in.');
      writeVariable(setting, 'AC_ACCESS_TOKEN', '');
      return ['Successfully logged out from Appcircle.'];
    },
  },
  'testing-distribution': {
    upload: (setting) => showUpload(setting, uploadToTestingDistribution),
  },
  'enterprise-app-store': {
    version: (setting, [name]) => {
      if (name !== 'upload-for-profile') throw new UsageError();
      return showUpload(setting, uploadToStore);
    },
  },
};

/** Runs a command line without its options. Throws a {@link ProgramError} or {@link UsageError}. */
export async function runCommand(
  setting: Setting,
  [group = '', name = '', ...rest]: readonly string[],
): Promise<unknown[]> {
  const commands = COMMANDS[group];
  if (commands === undefined) throw new UsageError();
  const action = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (action === undefined)
    throw new UsageError(`Unknown subcommand "${name}" for "${group}".`, group);
  return action(setting, rest);
}

function write({ path, readOnly }: Setting, where: string, value: unknown): void {
  if (readOnly) throw new Error('ENOSPC: no space left on device, write');
  const configuration = readConfiguration(path);
  setAt(configuration, where, value);
  writeConfiguration(path, configuration);
}

/** Sets a variable of the current environment. A failure is only printed, so the CLI still exits 0. */
function writeVariable(setting: Setting, key: string, value: string | undefined): void {
  const { current } = readConfiguration(setting.path);
  try {
    if (value === undefined) throw new TypeError('Use `delete()` to clear values');
    write(setting, `envs.${current}.${key}`, value);
  } catch {
    setting.console.error('Could not write variable to the config file.');
  }
}

function readVariable({ path }: Setting, key: string): unknown {
  const configuration = readConfiguration(path);
  return getAt(configuration, `envs.${configuration.current}.${key}`) || '';
}

/** Uploads, and prints the task to standard error, as the real one's spinner does, except as JSON. */
async function showUpload(
  setting: Setting,
  upload: typeof uploadToTestingDistribution,
): Promise<unknown[]> {
  const api = String(readVariable(setting, 'API_HOSTNAME')).replace(/\/$/, '');
  const task = await upload(
    setting.options,
    { api, token: String(readVariable(setting, 'AC_ACCESS_TOKEN')) },
    setting.console,
  );
  if (setting.json) return [task];
  setting.console.error(`✔ App uploaded successfully.\n\nTaskId: ${task.taskId}`);
  return [];
}

function shownAfter({ path }: Setting): unknown[] {
  const configuration = readConfiguration(path);
  return [{ current: configuration.current }, withTokensCut(configuration)];
}

/** Shows the first ten characters of each token, as the real one does. */
function withTokensCut({ envs }: CliConfiguration): object {
  const cut = (environment: CliEnvironment) => ({
    ...environment,
    AC_ACCESS_TOKEN: `${(environment['AC_ACCESS_TOKEN'] ?? '').slice(0, 10)}...`,
  });
  return Object.fromEntries(
    Object.entries(envs).map(([name, environment]) => [name, cut(environment)]),
  );
}
