import { hash } from 'node:crypto';
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
import { basename, dirname, isAbsolute, join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import { Failure } from '../base/failure.ts';
import { type Fields, isObject, parseObject, textIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';

/** An environment of the action's own, so that a developer's login on a self-hosted runner survives. */
export const ENVIRONMENT = 'github-actions';
/** Where a CLI without a configuration starts. */
const DEFAULT_ENVIRONMENT = 'default';
/** Far more than any configuration has. */
const LARGEST_FILE = 1024 * 1024;

type Variable = (name: string) => string;

/**
 * The Appcircle CLI's configuration file, written by its dependency `conf`. At its top level stands the way back, as
 * `"github-actions": {"previous": "work"}`: `config add` replaces the environment's own entry, and `conf` keeps keys that it doesn't know.
 */
export class Configuration {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The values; none where there is no file. Throws an Error where it can't be read. */
  read(): Fields {
    if (!existsSync(this.path)) return {};
    const stat = statSync(this.path);
    // A device or a pipe has no end.
    if (!stat.isFile()) throw new Error('this is not a file');
    if (stat.size === 0) throw new Error('the file is empty');
    if (stat.size > LARGEST_FILE) throw new Error('the file is larger than 1 MiB');
    const values = parseObject(readFileSync(this.path, 'utf8'));
    if (!values) throw new Error('the file is not valid JSON');
    return values;
  }

  /** Whether a token is in the action's environment; `undefined` where that can't be read. */
  get holdsToken(): boolean | undefined {
    try {
      return tokenIn(this.read()) !== undefined;
    } catch {
      return undefined;
    }
  }

  /** Notes which environment to go back to, unless an earlier login did. Throws an Error where it can't. */
  noteWayBack(): void {
    this.#change((values) => {
      const previous = textIn(values['current'])?.raw;
      const isNoted = previous === undefined || previous === ENVIRONMENT;
      return isNoted ? undefined : { ...values, [ENVIRONMENT]: { previous } };
    });
  }

  /**
   * Stores values in the action's environment, once the CLI has made it current. Edits the file: `config set` would show the token to every
   * user of the machine in the list of processes, exits with 0 even if it wrote nothing, and on Windows takes 8,191 characters at most.
   * @throws Error where that environment is not current, or the file can't be written
   */
  store(own: Readonly<Record<string, string>>): void {
    const changed = this.#change((values) =>
      values['current'] === ENVIRONMENT ? withOwn(values, own) : undefined,
    );
    // The CLI exits with 0 even if it wrote nothing, and `appcircle` may be another program.
    if (!changed) throw new Error(`"${ENVIRONMENT}" is not the current environment`);
  }

  /**
   * Clears the token, whosever it is, and stays in the action's environment.
   * @returns whether there was one
   * @throws Error where the file can't be read or written
   */
  clearToken(): boolean {
    const changed = this.#change((values) =>
      tokenIn(values) === undefined ? undefined : withOwn(values, { AC_ACCESS_TOKEN: '' }),
    );
    return changed !== undefined;
  }

  /**
   * Clears the token and goes back to the environment that was current. Edits the file: the CLI could hang, fail or be gone by now.
   * @param digest of the token that may be cleared: another one is another job's, which is logged in by now
   * @returns the environment that is current then; `undefined` if there was nothing to undo
   * @throws Error where the file can't be read or written
   */
  goBack(digest: string): string | undefined {
    if (!existsSync(this.path)) return undefined;
    const target = realpathSync(this.path);
    try {
      const values = this.read();
      const token = tokenIn(values);
      if (token !== undefined && digestOf(token) !== digest) return undefined;
      const { [ENVIRONMENT]: wayBack, ...others } = values;
      const isLoggedIn = token !== undefined || values['current'] === ENVIRONMENT;
      if (!isLoggedIn) {
        if (wayBack !== undefined) replace(target, others);
        return undefined;
      }
      const current = previousIn(values);
      const cleared = token === undefined ? others : withOwn(others, { AC_ACCESS_TOKEN: '' });
      replace(target, { ...cleared, current });
      return current;
    } finally {
      removeDrafts(target);
    }
  }

  /** Changes the file, unless there is nothing to change. */
  #change(edit: (values: Fields) => Fields | undefined): Fields | undefined {
    const changed = edit(this.read());
    if (changed) replace(realpathSync(this.path), changed);
    return changed;
  }
}

/**
 * Finds the CLI's configuration, which need not be there yet.
 * @throws Failure where it is at no absolute path or can't be read
 */
export function findConfiguration(variable: Variable): Configuration {
  const configuration = new Configuration(configurationPath(variable));
  try {
    configuration.read();
  } catch (error) {
    throw notUsable(
      message`The Appcircle CLI can't read its configuration ${configuration.path}: ${messageOf(error)}.`,
      message`Repair that file, or remove it: the CLI makes a new one, without the logins that were in it.`,
    );
  }
  return configuration;
}

/**
 * Where the CLI keeps its configuration (appcircle-cli, src/config.ts; env-paths 2 with the suffix "nodejs").
 * @throws Failure where that is no absolute path: the token would land in the working directory
 */
export function configurationPath(variable: Variable): string {
  const { own, home, inHome, file } = placeOn(process.platform);
  const isOwn = variable(own) !== '';
  const folder = isOwn ? variable(own) : join(homeFolder(), ...inHome);
  if (isAbsolute(folder)) return join(folder, '@appcircle', 'cli-nodejs', file);
  throw notUsable(
    message`The Appcircle CLI needs a folder for its configuration, but ${isOwn ? own : home} is not set to an absolute path.`,
    message`Set ${isOwn ? own : home} to an absolute path, for this step and those that use the CLI.`,
  );
}

/** The variable that names the folder, or else the one that names the home, and what comes after each. */
function placeOn(platform: NodeJS.Platform) {
  switch (platform) {
    case 'win32':
      return {
        own: 'APPDATA',
        home: 'USERPROFILE',
        inHome: ['AppData', 'Roaming'],
        file: join('Config', 'config.json'),
      };
    case 'darwin':
      return { own: '', home: 'HOME', inHome: ['Library', 'Preferences'], file: 'config.json' };
    default:
      return { own: 'XDG_CONFIG_HOME', home: 'HOME', inHome: ['.config'], file: 'config.json' };
  }
}

/** Empty where the user has none. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

function notUsable(reason: Message, remedy: Message): Failure {
  return new Failure('The configuration of the Appcircle CLI is not usable', reason, remedy);
}

/** The SHA-256 of a token. */
export function digestOf(token: string): string {
  return hash('sha256', token);
}

function tokenIn(values: Fields): string | undefined {
  return textIn(ownIn(values)?.['AC_ACCESS_TOKEN'])?.raw;
}

/** The action's own environment, if there is one. */
function ownIn({ envs }: Fields): Fields | undefined {
  const own = isObject(envs) ? envs[ENVIRONMENT] : undefined;
  return isObject(own) ? own : undefined;
}

function withOwn(values: Fields, own: Fields): Fields {
  const envs = { ...Object(values['envs']), [ENVIRONMENT]: { ...ownIn(values), ...own } };
  return { ...values, envs };
}

function previousIn(values: Fields): string {
  const { previous } = Object(values[ENVIRONMENT]);
  return typeof previous === 'string' && exists(previous, values) ? previous : DEFAULT_ENVIRONMENT;
}

/** A name with dots in it is nested: that is how `conf` reads dots. */
function exists(name: string, { envs }: Fields): boolean {
  let found: unknown = envs;
  for (const part of name.split('.'))
    found = isObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  return isObject(found) || (isObject(envs) && Object.hasOwn(envs, name));
}

/** Replaces a file, all or nothing: a full disk must not cost a developer their login. Throws an Error where it can't. */
function replace(target: string, values: Fields): void {
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
