/**
 * A stand-in for some commands of the Appcircle CLI 2.7.3: `config` and `logout` with the same file and words, and the
 * uploads with the same requests and exit codes.
 * Source: appcircleio/appcircle-cli, `src/main.ts`, `src/program.ts` and `configWriter` in `src/core/writer.ts`. As with the
 * real one, only the uploads need a network, and nothing needs a terminal.
 */
import { parseArgs } from 'node:util';
import { runCommand } from './commands.ts';
import { configurationPath, readConfiguration } from './configuration.ts';
import { ProgramError, UsageError } from './errors.ts';
import type { CliFault } from './faults.ts';

const OPTIONS = {
  output: { type: 'string', short: 'o', default: 'plain' },
  app: { type: 'string' },
  distProfileId: { type: 'string' },
  entProfileId: { type: 'string' },
  message: { type: 'string' },
} as const;

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
  let json = false;
  try {
    const { values: options, positionals } = readCommandLine(words);
    json = options.output === 'json';
    const things = await runCommand({ path, json, readOnly, options, console }, positionals);
    for (const thing of things) show(thing, json);
    return 0;
  } catch (error) {
    console.error(complaint(error, json));
    return 1;
  }
}

function readCommandLine(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS });
  } catch {
    throw new UsageError();
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
