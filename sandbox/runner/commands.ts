/** A workflow command, un-escaped. */
export interface Command {
  readonly name: string;
  /** Keys in lower case, as the runner compares them. */
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The names that the runner acts on. A line that looks like a command of another name is text. */
const KNOWN =
  /^(add-(mask|matcher|path)|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-(env|output)|stop-commands|warning)$/i;

/** Un-escaped one kind after the other, `%25` last. */
type Escapes = Readonly<Record<string, string>>;
const DATA_ESCAPES: Escapes = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const PROPERTY_ESCAPES: Escapes = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
const OLD_ESCAPES: Escapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };

/** `::name key=value,key=value::data` after white space at most, or the old `##[name key=value;key=value]data` anywhere in a line. */
const FORMS = [
  {
    pattern: /^\s*::(.*?)::(.*)/s,
    separator: ',',
    escapesIn: { properties: PROPERTY_ESCAPES, data: DATA_ESCAPES },
  },
  {
    pattern: /##\[(.*?)\](.*)/s,
    separator: ';',
    escapesIn: { properties: OLD_ESCAPES, data: OLD_ESCAPES },
  },
];

/** Reads a line as the runner does. Source: actions/runner, `src/Runner.Common/ActionCommand.cs`. */
export function parseCommand(line: string): Command | undefined {
  for (const { pattern, separator, escapesIn } of FORMS) {
    const [, head = '', data = ''] = pattern.exec(line) ?? [];
    const [name, rest] = cut(head, ' ');
    if (!KNOWN.test(name)) continue;
    const properties: Record<string, string> = {};
    for (const pair of rest.trim().split(separator)) {
      const [key, value] = cut(pair, '=');
      if (key !== '' && value !== '')
        properties[key.toLowerCase()] = unescaped(value, escapesIn.properties);
    }
    return { name: name.toLowerCase(), properties, data: unescaped(data, escapesIn.data) };
  }
  return undefined;
}

/** Cuts text in two at the first separator. */
function cut(text: string, separator: string): [string, string] {
  const [first = '', ...rest] = text.split(separator);
  return [first, rest.join(separator)];
}

function unescaped(text: string, escapes: Escapes): string {
  return Object.entries(escapes).reduce(
    (done, [sequence, character]) => done.replaceAll(sequence, character),
    text,
  );
}
