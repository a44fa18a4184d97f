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
  const lines = text.split(process.platform === 'win32' ? /\r?\n/ : /\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const [, name = '', sign, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (sign === undefined)
      throw new Error(`${kind}: this line is neither name=value nor name<<delimiter: '${line}'`);
    if (name === '' || (sign === '<<' && rest === ''))
      throw new Error(`${kind}: neither name nor delimiter may be empty: '${line}'`);
    if (kind === 'GITHUB_ENV' && name.toUpperCase() === 'NODE_OPTIONS')
      throw new Error(`${kind}: '${name}' must not be set.`);
    found[name] = rest;
    if (sign === '=') continue;
    const end = lines.indexOf(rest, index + 1);
    if (end < 0) throw new Error(`${kind}: the delimiter '${rest}' of '${name}' was not found.`);
    found[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return found;
}
