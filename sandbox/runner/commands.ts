/** A workflow command, un-escaped. */
export interface Command {
  readonly name: string;
  /** Keys in lower case, as the runner compares them. */
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The names that the runner acts on. A line that looks like a command of another name is text. */
const KNOWN = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

const DATA_ESCAPES = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const PROPERTY_ESCAPES = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
const OLD_ESCAPES = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };

/**
 * Reads a line as the runner does: `::name key=value,key=value::data` after white space at most, or the old
 * `##[name key=value;key=value]data` anywhere in the line. Source: actions/runner, `src/Runner.Common/ActionCommand.cs`.
 */
export function parseCommand(line: string): Command | undefined {
  return parseNew(line) ?? parseOld(line);
}

function parseNew(line: string): Command | undefined {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return undefined;
  return command(text.slice(2, end), ',', PROPERTY_ESCAPES, unescaped(text.slice(end + 2), DATA_ESCAPES));
}

function parseOld(line: string): Command | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return command(line.slice(start + 3, end), ';', OLD_ESCAPES, unescaped(line.slice(end + 1), OLD_ESCAPES));
}

function command(head: string, separator: string, escapes: Readonly<Record<string, string>>, data: string): Command | undefined {
  const [name = '', rest = ''] = head.split(/ (.*)/s, 2);
  if (!KNOWN.has(name.toLowerCase())) return undefined;
  const properties: Record<string, string> = {};
  for (const pair of rest.trim().split(separator)) {
    const [key = '', value = ''] = pair.split(/=(.*)/s, 2);
    if (key !== '' && value !== '') properties[key.toLowerCase()] = unescaped(value, escapes);
  }
  return { name: name.toLowerCase(), properties, data };
}

/** Un-escapes one kind after the other, `%25` last, as the runner does. */
function unescaped(text: string, escapes: Readonly<Record<string, string>>): string {
  return Object.entries(escapes).reduce((done, [sequence, character]) => done.replaceAll(sequence, character), text);
}
