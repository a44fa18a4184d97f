/**
 * A stand-in for the Appcircle CLI 2.7.3, as far as its configuration goes: same commands, same file, same words.
 * Source: appcircleio/appcircle-cli, `handleConfig…Action` and `handleLogoutCommand` in `src/core/command-runner.ts`,
 * `configWriter` in `src/core/writer.ts`, `handleError` in `src/main.ts`. As with the real one, nothing here needs a
 * network or a terminal.
 */
import { parseArgs } from 'node:util';
import { ProgramError, runCommand } from './commands.ts';
import { configurationPath, readConfiguration, writeConfiguration } from './configuration.ts';
import { strike } from './faults.ts';

/** The subcommands that leave the configuration file alone. */
const READING: ReadonlySet<string> = new Set(['get', 'list', 'trust']);

async function main(): Promise<void> {
  const folder = process.env['APPCIRCLE_STAND_IN'];
  if (folder !== undefined) await strike(folder, process.argv.slice(2));
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { output: { type: 'string', short: 'o', default: 'plain' } },
  });
  const path = configurationPath(process.env, process.platform);
  const configuration = readConfiguration(path);
  const json = values.output === 'json';
  const shown = runCommand(configuration, positionals, { json, path });
  // Each write puts the file's mode back to 0666, so that it matters which commands write.
  if (!READING.has(positionals[1] ?? '')) writeConfiguration(path, configuration);
  for (const thing of shown) print(thing, json);
}

function print(thing: unknown, json: boolean): void {
  if (typeof thing === 'string') console.log(thing);
  else if (json) console.log(JSON.stringify(thing));
  else console.table(thing);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ProgramError ? `✖ ${error.message}` : error);
  process.exitCode = 1;
}
