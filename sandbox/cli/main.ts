/**
 * A stand-in for the `config` and `logout` commands of the Appcircle CLI 2.7.3: same file, same words.
 * Source: appcircleio/appcircle-cli, `src/main.ts`, `src/program.ts` and `configWriter` in `src/core/writer.ts`. As with the
 * real one, nothing here needs a network or a terminal.
 */
import { parseArgs } from 'node:util';
import { ProgramError, runCommand, UsageError } from './commands.ts';
import { configurationPath, readConfiguration } from './configuration.ts';
import { type CliFault, playFault } from './faults.ts';

const VERSION = 'v2.7.3';

const OPTIONS = {
  output: { type: 'string', short: 'o', default: 'plain' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

function main({ cannotWrite: readOnly = false }: CliFault): void {
  const path = configurationPath(process.env, process.platform);
  let json = false;
  try {
    loadConfiguration(path);
    const { values, positionals } = readCommandLine();
    json = values.output === 'json';
    if (values.version) console.log(VERSION);
    else if (values.help) console.log(`Appcircle CLI\n\nVersion: ${VERSION}\n`);
    else for (const thing of runCommand({ path, json, readOnly }, positionals)) print(thing, json);
  } catch (error) {
    complain(error, json);
    process.exitCode = 1;
  }
}

/** Reads the configuration before the command line, as the real one does. */
function loadConfiguration(path: string): void {
  try {
    readConfiguration(path);
  } catch (error) {
    console.error('Error loading the CLI:', error);
    process.exit(1);
  }
}

function readCommandLine() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch {
    throw new UsageError();
  }
}

function print(thing: unknown, json: boolean): void {
  if (typeof thing === 'string') console.log(thing);
  else if (json) console.log(JSON.stringify(thing));
  else console.table(thing);
}

function complain(error: unknown, json: boolean): void {
  if (error instanceof UsageError) console.error(error.message);
  // An Error's own fields are not enumerable, so that JSON shows `{}`.
  else if (json) console.error(JSON.stringify(error));
  else console.error(error instanceof ProgramError ? `✖ ${error.message}` : error);
}

main(await playFault(process.env['APPCIRCLE_STAND_IN'], process.argv.slice(2)));
