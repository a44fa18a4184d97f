import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

const OPTIONS = {
  output: { type: 'string', short: 'o', default: 'plain' },
  app: { type: 'string' },
  distProfileId: { type: 'string' },
  entProfileId: { type: 'string' },
  message: { type: 'string' },
  profileId: { type: 'string' },
  branch: { type: 'string' },
  commitId: { type: 'string' },
  workflowId: { type: 'string' },
  configurationId: { type: 'string' },
  'no-wait': { type: 'boolean' },
} as const;

const isText = (name: string): boolean =>
  Object.entries(OPTIONS).some(([option, { type }]) => option === name && type === 'string');

/** What minimist makes of a command line: flags, each with its values in order (`true` without one), and the other words. */
interface Arguments {
  readonly flags: ReadonlyMap<string, readonly (string | true)[]>;
  readonly words: readonly string[];
}

const NO_VALUE = /^--?[^-]/;

/**
 * Reads a command line as minimist 1.2 does without options, but for `--no-` and numbers. A text that begins with `-` is letters, each a
 * flag of its own, whatever option stands before it: `--message "-fix it"` sets `f` and `i`.
 */
export function readFlags(line: readonly string[]): Arguments {
  const [args, rest] = cutAt(line, '--');
  const flags = new Map<string, (string | true)[]>();
  const set = (name: string, value: string | true) =>
    flags.set(name, [...(flags.get(name) ?? []), value]);
  const words: string[] = [];
  const open = [...args];
  for (let arg = open.shift(); arg !== undefined; arg = open.shift()) {
    const [, name, sign, value = ''] = /^--([^=]+)(=?)(.*)$/s.exec(arg) ?? [];
    const last = name ?? (/^-[^-]/.test(arg) ? setLetters(arg.slice(1), set) : undefined);
    if (name !== undefined && sign) set(name, value);
    else if (last !== undefined) set(last, isValue(open[0]) ? (open.shift() ?? true) : true);
    else if (!/^-[^-]/.test(arg)) words.push(arg);
  }
  return { flags, words: [...words, ...rest] };
}

/** Sets letters until one has a value. Returns the last letter where it still may get one, the next word. */
function setLetters(
  text: string,
  set: (name: string, value: string | true) => void,
): string | undefined {
  const letters = text.slice(0, -1);
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters.charAt(index);
    const value = text.slice(index + 1);
    const hasValue =
      /^\W/.test(letters.slice(index + 1)) ||
      (/[A-Za-z]/.test(letter) && /^(=|-?\d+$)/.test(value));
    set(letter, hasValue ? value : true);
    if (hasValue) return undefined;
  }
  return text.endsWith('-') ? undefined : text.slice(-1);
}

function isValue(word: string | undefined): boolean {
  return word !== undefined && !NO_VALUE.test(word);
}

function cutAt(line: readonly string[], separator: string): [readonly string[], readonly string[]] {
  const index = line.indexOf(separator);
  return index < 0 ? [line, []] : [line.slice(0, index), line.slice(index + 1)];
}

/** Reads options and words as commander 11 does, which takes the word after an option for its value, whatever it is. Throws a {@link UsageError}. */
export function readCommandLine(line: readonly string[]) {
  const args: string[] = [];
  const open = [...line];
  for (let arg = open.shift(); arg !== undefined; arg = open.shift()) {
    const takesNext = arg === '-o' || (arg.startsWith('--') && isText(arg.slice(2)));
    const option = arg === '-o' ? '--output' : arg;
    args.push(takesNext && open.length > 0 ? `${option}=${open.shift()}` : arg);
  }
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch {
    throw new UsageError();
  }
}
