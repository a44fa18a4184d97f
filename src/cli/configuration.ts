import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Fields, isObject, parseObject, textIn } from '../base/json.ts';

/** An environment of the action's own, so that a developer's login on a self-hosted runner survives. */
export const ENVIRONMENT = 'github-actions';
/** Where a CLI without a configuration starts. */
const DEFAULT_ENVIRONMENT = 'default';
/** Far more than any configuration has. */
const LARGEST_FILE = 1024 * 1024;

/** The Appcircle CLI's configuration file, written by its dependency `conf`. */
export class Configuration {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The environment to go back to in the end. The action's own is usually an earlier step's, which knows what was current before. */
  get previous(): string {
    return textIn(this.values?.['current'])?.raw ?? DEFAULT_ENVIRONMENT;
  }

  /**
   * Clears the token of the action's environment and goes back to another. Edits the file: the CLI could hang, fail or be gone by now.
   * @returns the environment that is current then; `undefined` if there was nothing to undo
   * @throws Error where the file can't be read or written, or is broken and may hold a token
   */
  logOut(previous: string): string | undefined {
    if (!existsSync(this.path)) return undefined;
    const target = realpathSync(this.path);
    try {
      return this.#clear(target, previous);
    } finally {
      removeDrafts(target);
    }
  }

  #clear(target: string, previous: string): string | undefined {
    const text = this.#read();
    const values = parseObject(text);
    if (!values && /"AC_ACCESS_TOKEN"\s*:\s*"[^"]/.test(text))
      throw new Error('the file is not valid JSON');
    const ours = values && environmentIn(values);
    if (!values || (!ours?.['AC_ACCESS_TOKEN'] && values['current'] !== ENVIRONMENT))
      return undefined;
    const current = exists(previous, values) ? previous : DEFAULT_ENVIRONMENT;
    if (!ours?.['AC_ACCESS_TOKEN'] && current === ENVIRONMENT) return undefined;
    const envs = ours
      ? { ...Object(values['envs']), [ENVIRONMENT]: { ...ours, AC_ACCESS_TOKEN: '' } }
      : values['envs'];
    replace(target, { ...values, current, envs });
    return current;
  }

  /** Reads a file alone: a device or a pipe has no end. */
  #read(): string {
    const stat = statSync(this.path);
    return stat.isFile() && stat.size <= LARGEST_FILE ? readFileSync(this.path, 'utf8') : '';
  }

  /** `undefined` where there is none, or none that can be read. */
  get values(): Fields | undefined {
    try {
      return parseObject(this.#read());
    } catch {
      return undefined;
    }
  }
}

/** Where the CLI keeps its configuration (appcircle-cli, src/config.ts; env-paths with the suffix "nodejs"). */
export function configurationPath(variable: (name: string) => string): string {
  const folder = join('@appcircle', 'cli-nodejs');
  switch (process.platform) {
    case 'win32':
      return join(
        variable('APPDATA') || join(homedir(), 'AppData', 'Roaming'),
        folder,
        'Config',
        'config.json',
      );
    case 'darwin':
      return join(homedir(), 'Library', 'Preferences', folder, 'config.json');
    default:
      return join(variable('XDG_CONFIG_HOME') || join(homedir(), '.config'), folder, 'config.json');
  }
}

/** The action's own environment, if there is one. */
export function environmentIn({ envs }: Fields): Fields | undefined {
  const ours = isObject(envs) ? envs[ENVIRONMENT] : undefined;
  return isObject(ours) ? ours : undefined;
}

/** A name with dots in it is nested: that is how `conf` reads dots. */
function exists(name: string, { envs }: Fields): boolean {
  let found: unknown = envs;
  for (const part of name.split('.'))
    found = isObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  return isObject(found) || (isObject(envs) && Object.hasOwn(envs, name));
}

/** Replaces a file, all or nothing: a full disk must not cost a developer their login. Throws an Error where it can't. */
export function replace(target: string, values: Fields): void {
  const draft = `${target}.tmp-${process.pid}-${Date.now()}`;
  try {
    writeFileSync(draft, JSON.stringify(values, undefined, '\t'), { mode: 0o600, flag: 'wx' });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes what a process that was killed had begun to write, tokens included: this action, or the CLI (atomically, which `conf` uses). */
function removeDrafts(target: string): void {
  try {
    const names = readdirSync(dirname(target)).filter((name) =>
      name.startsWith(`${basename(target)}.tmp-`),
    );
    for (const name of names) rmSync(join(dirname(target), name), { force: true });
  } catch {
    // Most folders have none, and not every folder lets them be listed.
  }
}
