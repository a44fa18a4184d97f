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
import { type CliFault, playFault } from './faults.ts';

const VERSION = 'v2.7.3';

const OPTIONS = {
  output: { type: 'string', short: 'o', default: 'plain' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
  app: { type: 'string' },
  distProfileId: { type: 'string' },
  entProfileId: { type: 'string' },
  message: { type: 'string' },
} as const;

async function main({ cannotWrite: readOnly = false }: CliFault): Promise<void> {
  const path = configurationPath(process.env, process.platform);
  let json = false;
  try {
    // Before the command line, as the real one does.
    loadConfiguration(path);
    const { values, positionals } = readCommandLine();
    json = values.output === 'json';
    if (values.version) console.log(VERSION);
    else if (values.help) console.log(`Appcircle CLI\n\nVersion: ${VERSION}\n`);
    else for (const thing of await runCommand({ path, json, readOnly, options: values }, positionals)) print(thing, json);
  } catch (error) {
    complain(error, json);
    process.exitCode = 1;
  }
}

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
  // An Error's own fields are not enumerable, so that JSON shows `{}`, but for a request that failed.
  else if (json) console.error(JSON.stringify(error));
  else console.error(error instanceof ProgramError ? `✖ ${error.message}` : error);
}

await main(await playFault(process.env['APPCIRCLE_STAND_IN'], process.argv.slice(2)));
