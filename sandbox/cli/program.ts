/**
 * A stand-in for some commands of the Appcircle CLI 2.7.3: `config` and `logout` with the same file and words,
 * uploads and the start of a build with the same requests and exit codes.
 * Source: appcircleio/appcircle-cli, `src/main.ts`, `src/program.ts` and `configWriter` in `src/core/writer.ts`. As with the
 * real one, only uploads and builds need a network, and nothing needs a terminal.
 */
import { readCommandLine, readFlags } from './arguments.ts';
import { GROUPS, runCommand } from './commands.ts';
import { configurationPath, readConfiguration } from './configuration.ts';
import { ProgramError, UsageError } from './errors.ts';
import type { CliFault } from './faults.ts';

/** Runs a command line and returns the exit code. */
export async function runCommandLine(
  words: readonly string[],
  { cannotWrite: readOnly = false }: CliFault,
): Promise<number> {
  const path = configurationPath(process.env, process.platform);
  try {
    // Before the command line, as the real one does.
    readConfiguration(path);
  } catch (error) {
    console.error('Error loading the CLI:', error);
    return 1;
  }
  const { flags, words: named } = readFlags(words);
  const [output, ...more] = flags.get('output') ?? flags.get('o') ?? [];
  const json = output === 'json' && more.length === 0;
  const isGroup = named.length === 1 && GROUPS.includes(named[0] ?? '');
  if (words.length === 0 || isGroup || flags.has('i') || flags.has('interactive')) {
    // It asks what to do. At the end of input it ends, with 0.
    console.log('? What do you want to do? …');
    return 0;
  }
  try {
    const { values: options, positionals } = readCommandLine(words);
    const things = await runCommand({ path, json, readOnly, options, console }, positionals);
    for (const thing of things) show(thing, json);
    return 0;
  } catch (error) {
    console.error(complaint(error, json));
    return 1;
  }
}

function show(thing: unknown, json: boolean): void {
  if (typeof thing === 'string') console.log(thing);
  else if (json) console.log(JSON.stringify(thing));
  else console.table(thing);
}

function complaint(error: unknown, json: boolean): unknown {
  if (error instanceof UsageError) return error.message;
  // An Error's own fields are not enumerable, so that JSON shows `{}`, but for a request that failed.
  if (json) return JSON.stringify(error);
  return error instanceof ProgramError ? `✖ ${error.message}` : error;
}
