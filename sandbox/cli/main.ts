// What the installed `appcircle` runs (install.ts).
import { ProgramError, runCommand } from './commands.ts';
import { configurationPath, readConfiguration } from './configuration.ts';
import { playFault } from './faults.ts';

/** Runs a command line and returns the exit code. */
function run(words: readonly string[]): number {
  const path = configurationPath(process.env, process.platform);
  try {
    // Before the command line, as the real one does.
    readConfiguration(path);
  } catch (error) {
    console.error('Error loading the CLI:', error);
    return 1;
  }
  try {
    console.table(runCommand(path, words));
    return 0;
  } catch (error) {
    console.error(error instanceof ProgramError ? `✖ ${error.message}` : error);
    return 1;
  }
}

const words = process.argv.slice(2);
await playFault(process.env['APPCIRCLE_STAND_IN'], words);
process.exitCode = run(words);
