import {
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../base/errors.ts';
import { type Fields, parseObject } from '../base/json.ts';

/** Far more than any configuration has. */
const LARGEST_FILE = 1024 * 1024;

/** Reads a JSON object; empty where there is no file. Throws an Error where it can't be read. */
export function readJsonFile(path: string): Fields {
  const stat = statIfThere(path);
  if (!stat) return {};
  // A device or a pipe has no end.
  if (!stat.isFile()) throw new Error('this is not a file');
  if (stat.size === 0) throw new Error('the file is empty');
  if (stat.size > LARGEST_FILE) throw new Error('the file is larger than 1 MiB');
  const values = parseObject(readFileSync(path, 'utf8'));
  if (!values) throw new Error('the file is not valid JSON');
  return values;
}

/** Not `existsSync` or `throwIfNoEntry`, for which a file in a folder that may not be entered is not there. */
function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces a file, all or nothing: a full disk must not cost a developer their login. Throws an Error where it can't. */
export function replaceJsonFile(path: string, values: Fields): void {
  const target = realpathSync(path);
  const draft = `${target}.tmp-${process.pid}-${Date.now()}`;
  try {
    writeFileSync(draft, JSON.stringify(values, undefined, '\t'), { mode: 0o600, flag: 'wx' });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes what a process that was killed had begun to write, tokens included: this action, or the CLI (atomically, which `conf` uses). */
export function removeDrafts(path: string): void {
  try {
    const target = realpathSync(path);
    const folder = dirname(target);
    const isDraft = (name: string) => name.startsWith(`${basename(target)}.tmp-`);
    const drafts = readdirSync(folder).filter(isDraft);
    for (const name of drafts) rmSync(join(folder, name), { force: true });
  } catch {
    // Most folders have none, and not every folder lets them be listed.
  }
}
