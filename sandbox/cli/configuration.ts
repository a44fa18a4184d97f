import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What one environment of the CLI holds: API_HOSTNAME, AUTH_HOSTNAME and AC_ACCESS_TOKEN, and whatever else was set. */
export type CliEnvironment = Record<string, string>;

/** The CLI's configuration file. */
export interface CliConfiguration {
  /** The name of the environment that commands are for. */
  current: string;
  envs: Record<string, CliEnvironment>;
}

/** A new environment, and the one that is there from the start, `default`. */
export const NEW_ENVIRONMENT: Readonly<CliEnvironment> = {
  API_HOSTNAME: 'https://api.appcircle.io',
  AUTH_HOSTNAME: 'https://auth.appcircle.io',
  AC_ACCESS_TOKEN: '',
};

/**
 * Where the CLI keeps its configuration. Source: appcircleio/appcircle-cli, `src/config.ts`, and what its dependency
 * `conf` 10 takes from `env-paths` 2 for the package name `@appcircle/cli`.
 */
export function configurationPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  return join(configurationFolder(env, platform), 'config.json');
}

function configurationFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const name = '@appcircle/cli-nodejs';
  if (platform === 'win32')
    return join(env['APPDATA'] ?? join(env['USERPROFILE'] ?? '', 'AppData', 'Roaming'), name, 'Config');
  const home = env['HOME'] ?? '';
  if (platform === 'darwin') return join(home, 'Library', 'Preferences', name);
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), name);
}

/** Reads the configuration; where there is none, makes the first one, as the real CLI does whatever it is asked. */
export function readConfiguration(path: string): CliConfiguration {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as CliConfiguration;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const first: CliConfiguration = { current: 'default', envs: { default: { ...NEW_ENVIRONMENT } } };
    writeConfiguration(path, first);
    return first;
  }
}

/**
 * Writes a new file and puts it in the old one's place, its mode 0666 whatever the umask and the old one's mode were
 * (seen with `conf` 10.2.0, which has `atomically` set the mode after writing).
 */
export function writeConfiguration(path: string, configuration: CliConfiguration): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(configuration, undefined, '\t'));
  chmodSync(temporary, 0o666);
  renameSync(temporary, path);
}
