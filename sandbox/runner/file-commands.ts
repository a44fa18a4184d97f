import { readFileSync } from 'node:fs';

/** Returns a file's text, or nothing where there is no file. */
export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Reads the text of a file that `GITHUB_ENV`, `GITHUB_OUTPUT` or `GITHUB_STATE` names: `name=value` lines and
 * `name<<delimiter` blocks. Throws where the runner fails the step: a line that is neither, an empty name or delimiter, a
 * block without its end, a variable that must not be set.
 * Source: actions/runner, `src/Runner.Worker/FileCommandManager.cs`.
 */
export function parseFileCommands(text: string, kind: string): Record<string, string> {
  const found: Record<string, string> = {};
  // Only on Windows is CR LF a line's end to the runner.
  const lineEnd = process.platform === 'win32' ? /\r?\n/ : /\n/;
  const lines = text.split(lineEnd);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      set(found, kind, line.slice(0, equals), line.slice(equals + 1));
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2);
      if (heredoc === 0 || delimiter === '') throw new Error(`${kind}: neither name nor delimiter may be empty: '${line}'`);
      const end = lines.indexOf(delimiter, index + 1);
      if (end < 0) throw new Error(`${kind}: the delimiter '${delimiter}' of '${line.slice(0, heredoc)}' was not found.`);
      set(found, kind, line.slice(0, heredoc), lines.slice(index + 1, end).join('\n'));
      index = end;
    } else {
      throw new Error(`${kind}: this line is neither name=value nor name<<delimiter: '${line}'`);
    }
  }
  return found;
}

function set(found: Record<string, string>, kind: string, name: string, value: string): void {
  if (name === '') throw new Error(`${kind}: a name may not be empty.`);
  if (kind === 'GITHUB_ENV' && name.toUpperCase() === 'NODE_OPTIONS') throw new Error(`${kind}: '${name}' must not be set.`);
  found[name] = value;
}
