import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** One environment of the CLI: API_HOSTNAME, AUTH_HOSTNAME, AC_ACCESS_TOKEN and whatever else was set. */
export type CliEnvironment = Record<string, string>;

/** The CLI's configuration file. */
export interface CliConfiguration {
  /** The name of the environment that commands are for. */
  current: string;
  envs: Record<string, CliEnvironment>;
}

/** A new environment, like the `default` that exists from the start. */
export const NEW_ENVIRONMENT: Readonly<CliEnvironment> = {
  API_HOSTNAME: 'https://api.appcircle.io',
  AUTH_HOSTNAME: 'https://auth.appcircle.io',
  AC_ACCESS_TOKEN: '',
};

/**
 * Returns where the CLI keeps its configuration. Source: appcircleio/appcircle-cli, `src/config.ts`, and what its dependency
 * `conf` 10 takes from `env-paths` 2 for the package name `@appcircle/cli`.
 */
export function configurationPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = '@appcircle/cli-nodejs';
  const home = env['HOME'] ?? '';
  switch (platform) {
    case 'win32':
      return join(
        env['APPDATA'] ?? join(env['USERPROFILE'] ?? '', 'AppData', 'Roaming'),
        own,
        'Config',
        'config.json',
      );
    case 'darwin':
      return join(home, 'Library', 'Preferences', own, 'config.json');
    default:
      return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), own, 'config.json');
  }
}

/**
 * Reads the configuration. Creates it, or completes it, on disk first, as the CLI does on every start.
 * Throws if the file can't be read or written or is not JSON.
 */
export function readConfiguration(path: string): CliConfiguration {
  const found = readJson(path);
  const complete = { current: 'default', envs: { default: { ...NEW_ENVIRONMENT } }, ...found };
  if (!('current' in found && 'envs' in found)) writeConfiguration(path, complete);
  return complete;
}

function readJson(path: string): object {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Replaces the file. Its mode becomes 0666, whatever the umask and the old mode were. Throws if it can't be written.
 * Source: `conf` 10.2, which has `atomically` 1.7 set the mode after writing.
 */
export function writeConfiguration(path: string, configuration: CliConfiguration): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = existsSync(path) ? realpathSync(path) : path;
  const temporary = `${target}.tmp-${process.pid}`;
  try {
    writeFileSync(temporary, JSON.stringify(configuration, undefined, '\t'));
    chmodSync(temporary, 0o666);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}
