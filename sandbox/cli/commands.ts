import type { Server } from './api.ts';
import { type BuildOptions, listCommits, startBuild } from './builds.ts';
import {
  type CliConfiguration,
  type CliEnvironment,
  NEW_ENVIRONMENT,
  readConfiguration,
  writeConfiguration,
} from './configuration.ts';
import { ProgramError, UsageError } from './errors.ts';
import { type UploadOptions, uploadToStore, uploadToTestingDistribution } from './uploads.ts';

interface Setting {
  /** Where the configuration is. */
  readonly path: string;
  /** Whether to print JSON. */
  readonly json: boolean;
  /** Whether the configuration can't be written, as on a full disk. */
  readonly readOnly: boolean;
  readonly options: UploadOptions & BuildOptions;
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
    get: (setting, [key = '']) => [{ [key]: readVariable(setting, key) }],
    set: (setting, [key = '', value = '']) => {
      writeVariable(setting, key, value);
      return [{ [key]: readVariable(setting, key) }];
    },
    current: (setting, [name]) => {
      if (!name) throw new ProgramError("Config command 'current' action requires a value");
      if (!readConfiguration(setting.path).envs[name]) {
        throw new ProgramError("Config command 'current' action requires a valid value");
      }
      write(setting, { current: name });
      return [{ current: name }];
    },
    // An environment that already exists is overwritten.
    add: (setting, [name]) => {
      if (!name) throw new ProgramError("Config command 'add' action requires a value(key)");
      write(setting, { current: name });
      writeEnvironment(setting, name, NEW_ENVIRONMENT);
      return [{ current: name }];
    },
  },
  logout: {
    '': (setting) => {
      if (readVariable(setting, 'AC_ACCESS_TOKEN') === '')
        throw new ProgramError('You are not currently logged in.');
      writeVariable(setting, 'AC_ACCESS_TOKEN', '');
      return ['Successfully logged out from Appcircle.'];
    },
  },
  build: {
    start: async (setting) => [await startBuild(setting.options, serverOf(setting))],
    profile: async (setting, words) => {
      if (words.join(' ') !== 'branch commits') throw new UsageError();
      return [await listCommits(setting.options, serverOf(setting))];
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

/** Words that need a second one. Alone, the real one asks for it. */
export const GROUPS: readonly string[] = Object.keys(COMMANDS).filter((word) => word !== 'logout');

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

function write({ path, readOnly }: Setting, values: Partial<CliConfiguration>): void {
  if (readOnly) throw new Error('ENOSPC: no space left on device, write');
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

function serverOf(setting: Setting): Server {
  return {
    api: readVariable(setting, 'API_HOSTNAME').replace(/\/$/, ''),
    token: readVariable(setting, 'AC_ACCESS_TOKEN'),
  };
}

/** Uploads, and prints the task to standard error, as the real one's spinner does, except as JSON. */
async function showUpload(
  setting: Setting,
  upload: typeof uploadToTestingDistribution,
): Promise<unknown[]> {
  const task = await upload(setting.options, serverOf(setting), setting.console);
  if (setting.json) return [task];
  setting.console.error(`✔ App uploaded successfully.\n\nTaskId: ${task.taskId}`);
  return [];
}
