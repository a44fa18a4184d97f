import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Fields, isObject, parseObject } from '../base/json.ts';

/** The CLI's environment that is the action's own, so that a developer's login on a self-hosted runner survives. */
export const ENVIRONMENT = 'github-actions';

/** The environment that a CLI without a configuration is in. */
const DEFAULT_ENVIRONMENT = 'default';

/** The Appcircle CLI's configuration file, as the packages `conf` and `env-paths` keep it: the environments and which is current. */
export class Configuration {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The environment to go back to once the action is done. */
  get previous(): string {
    const current = parseObject(this.#text())?.['current'];
    return typeof current === 'string' && current !== '' && current !== ENVIRONMENT ? current : DEFAULT_ENVIRONMENT;
  }

  /** Whether the action's environment is current and, where a token is given, holds that. */
  isLoggedIn(token?: string): boolean {
    const values = parseObject(this.#text());
    const current = values?.['current'] === ENVIRONMENT;
    return current && (token === undefined || environmentIn(values)?.['AC_ACCESS_TOKEN'] === token);
  }

  /**
   * Clears the token of the action's environment and makes another one current. Done in the file, not with the CLI, so that it takes no
   * process that could hang, fail or be missing by now.
   * @returns the environment that is current then; `undefined` where there was nothing to undo
   * @throws Error where the file can't be written, or can't be read and may hold a token
   */
  logOut(previous: string): string | undefined {
    const text = this.#text();
    const values = parseObject(text);
    if (!values && /"AC_ACCESS_TOKEN"\s*:\s*"[^"]/.test(text)) throw new Error(`${this.path} is not valid JSON.`);
    const ours = values && environmentIn(values);
    if (!values || (!ours?.['AC_ACCESS_TOKEN'] && values['current'] !== ENVIRONMENT)) return undefined;
    const current = exists(previous, values) ? previous : DEFAULT_ENVIRONMENT;
    const envs = ours ? { ...Object(values['envs']), [ENVIRONMENT]: { ...ours, AC_ACCESS_TOKEN: '' } } : values['envs'];
    this.#write({ ...values, current, envs });
    return current;
  }

  /** Lets nobody but the job's user read the file. The CLI writes it anew each time, for all to read; that the folder is closed lasts. */
  keepToOwner(): void {
    try {
      chmodSync(dirname(this.path), 0o700);
      chmodSync(this.path, 0o600);
    } catch {
      // Whether the file is there and holds the token is checked later.
    }
  }

  #text(): string {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return '';
    }
  }

  /** All of it or nothing: on a full disk the developer's environments must not be lost. */
  #write(values: Fields): void {
    const target = realpathSync(this.path);
    const draft = `${target}.${process.pid}`;
    try {
      writeFileSync(draft, JSON.stringify(values, undefined, '\t'), { mode: 0o600 });
      renameSync(draft, target);
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** Where the CLI keeps its configuration on this machine (appcircle-cli, src/config.ts; env-paths with the suffix "nodejs"). */
export function configurationPath(variable: (name: string) => string): string {
  const folder = join('@appcircle', 'cli-nodejs');
  switch (process.platform) {
    case 'win32':
      return join(variable('APPDATA') || join(homedir(), 'AppData', 'Roaming'), folder, 'Config', 'config.json');
    case 'darwin':
      return join(homedir(), 'Library', 'Preferences', folder, 'config.json');
    default:
      return join(variable('XDG_CONFIG_HOME') || join(homedir(), '.config'), folder, 'config.json');
  }
}

function environmentIn({ envs }: Fields): Fields | undefined {
  const ours = isObject(envs) ? envs[ENVIRONMENT] : undefined;
  return isObject(ours) ? ours : undefined;
}

/** Whether there is an environment of that name. One with dots in it is nested, for that is how `conf` reads a dot. */
function exists(name: string, { envs }: Fields): boolean {
  let found: unknown = envs;
  for (const part of name.split('.')) found = isObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  return isObject(found) || (isObject(envs) && Object.hasOwn(envs, name));
}
