import { playFault } from './faults.ts';
import { runCommandLine } from './program.ts';

// What the installed `appcircle` runs (install.ts).
const words = process.argv.slice(2);
const fault = await playFault(process.env['APPCIRCLE_STAND_IN'], words);
process.exitCode = await runCommandLine(words, fault);
