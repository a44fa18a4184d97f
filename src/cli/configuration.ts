import { hash } from 'node:crypto';
import { TOKEN_VARIABLE } from '../appcircle/token-variable.ts';
import type { Context } from '../base/context.ts';
import { errorText } from '../base/errors.ts';
import { type Fields, isObject, textIn } from '../base/json.ts';
import { message } from '../base/message.ts';
import { readJsonFile, removeDrafts, replaceJsonFile } from './configuration-file.ts';
import { configurationPath, notUsable } from './configuration-path.ts';

/** An environment of the action's own, so that a developer's login on a self-hosted runner survives. */
export const ENVIRONMENT = 'github-actions';
/** Where a CLI without a configuration starts. */
const DEFAULT_ENVIRONMENT = 'default';

/**
 * Finds the CLI's configuration, which need not be there yet.
 * @throws Failure where it is at no absolute path or can't be read
 */
export function findConfiguration(variable: Context['variable']): Configuration {
  const configuration = new Configuration(configurationPath(variable));
  try {
    configuration.read();
  } catch (error) {
    throw notUsable(
      message`The Appcircle CLI can't read its configuration ${configuration.path}: ${errorText(error)}.`,
      message`Repair that file, or remove it: the CLI makes a new one, without the logins that were in it.`,
    );
  }
  return configuration;
}

/**
 * The Appcircle CLI's configuration file, written by its dependency `conf`. At its top level stands the way back, as
 * `"github-actions": {"previous": "work"}`: `config add` replaces the environment's own entry, and `conf` keeps keys that it doesn't know.
 * What reads or writes the file throws an Error where it can't.
 */
export class Configuration {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The values; none where there is no file. */
  read(): Fields {
    return readJsonFile(this.path);
  }

  /** Whether a token is in the action's environment; `undefined` where that can't be read. */
  get holdsToken(): boolean | undefined {
    try {
      return tokenIn(this.read()) !== undefined;
    } catch {
      return undefined;
    }
  }

  /** Notes which environment to go back to, unless an earlier login did. */
  noteWayBack(): void {
    const values = this.read();
    const previous = textIn(values['current'])?.raw;
    if (previous === undefined || previous === ENVIRONMENT) return;
    replaceJsonFile(this.path, { ...values, [ENVIRONMENT]: { previous } });
  }

  /**
   * Stores values in the action's environment, once the CLI has made it current. Edits the file: `config set` would show the token to every
   * user of the machine in the list of processes, and on Windows takes 8,191 characters at most.
   */
  store(own: Fields): void {
    const values = this.read();
    // The CLI exits with 0 even if it wrote nothing, and `appcircle` may be another program.
    if (values['current'] !== ENVIRONMENT)
      throw new Error(`"${ENVIRONMENT}" is not the current environment`);
    replaceJsonFile(this.path, withOwn(values, own));
  }

  /**
   * Clears the token, whosever it is, and stays in the action's environment.
   * @returns whether there was one
   */
  clearToken(): boolean {
    const values = this.read();
    if (tokenIn(values) === undefined) return false;
    replaceJsonFile(this.path, withoutToken(values));
    return true;
  }

  /**
   * Clears the token and goes back to the environment that was current. Edits the file: the CLI could hang, fail or be gone by now.
   * @param digest of the token that may be cleared: another one is another job's, which is logged in by now
   * @returns the environment that is current then; `undefined` if there was nothing to undo
   */
  goBack(digest: string): string | undefined {
    removeDrafts(this.path);
    const values = this.read();
    const token = tokenIn(values);
    if (token !== undefined && digestOf(token) !== digest) return undefined;
    const { [ENVIRONMENT]: wayBack, ...others } = values;
    // Another environment without a token: the login came to nothing, and may have left its note.
    if (token === undefined && values['current'] !== ENVIRONMENT) {
      if (wayBack !== undefined) replaceJsonFile(this.path, others);
      return undefined;
    }
    const current = previousIn(values);
    replaceJsonFile(this.path, { ...withoutToken(others), current });
    return current;
  }
}

/** The SHA-256 of a token. */
export function digestOf(token: string): string {
  return hash('sha256', token);
}

function tokenIn(values: Fields): string | undefined {
  return textIn(ownIn(values)?.[TOKEN_VARIABLE])?.raw;
}

function withoutToken(values: Fields): Fields {
  if (tokenIn(values) === undefined) return values;
  return withOwn(values, { [TOKEN_VARIABLE]: '' });
}

/** The action's own environment, if there is one. */
function ownIn({ envs }: Fields): Fields | undefined {
  if (!isObject(envs)) return undefined;
  const own = envs[ENVIRONMENT];
  return isObject(own) ? own : undefined;
}

function withOwn(values: Fields, own: Fields): Fields {
  const envs = { ...Object(values['envs']), [ENVIRONMENT]: { ...ownIn(values), ...own } };
  return { ...values, envs };
}

function previousIn(values: Fields): string {
  const { previous } = Object(values[ENVIRONMENT]);
  const isKnown = typeof previous === 'string' && exists(previous, values);
  if (isKnown && previous !== ENVIRONMENT) return previous;
  return DEFAULT_ENVIRONMENT;
}

/** A name with dots in it may be nested: that is how `conf` reads dots. */
function exists(name: string, { envs }: Fields): boolean {
  if (isObject(envs) && Object.hasOwn(envs, name)) return true;
  let found: unknown = envs;
  for (const part of name.split('.')) {
    if (!isObject(found) || !Object.hasOwn(found, part)) return false;
    found = found[part];
  }
  return isObject(found);
}
