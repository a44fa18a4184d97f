import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What calls of the stand-in do before, or instead of, their work. The parts play in this order. */
export interface CliFault {
  /** Strikes only calls that begin with these words: `config add`. */
  readonly on?: string;
  /** Strikes only the first so many of those calls. */
  readonly first?: number;
  /** Ignores SIGTERM and SIGINT. */
  readonly ignoresSignals?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Leaves a process behind that holds stdout and stderr open. */
  readonly grandchild?: boolean;
  /** Prints filler on standard output without end. */
  readonly floods?: boolean;
  /** Does nothing for two minutes. */
  readonly hangs?: boolean;
  /** Dies by this signal. */
  readonly dies?: NodeJS.Signals;
  /** Exits with this code without doing its work. With 0 it pretends. */
  readonly exitCode?: number;
}

/** Settings of an installed stand-in. */
export interface CliSettings {
  /** Milliseconds that each call waits first. */
  readonly startMs: number;
  readonly faults: readonly CliFault[];
}

/** Files in the folder of an installed stand-in. */
const CALLS = 'calls.jsonl';
export const SETTINGS = 'settings.json';

/** Longer than any test waits, short enough that a forgotten process ends by itself. */
const HANG_MS = 120_000;

/** Records the call, and plays the first fault that fits it. */
export async function playFault(
  folder: string | undefined,
  words: readonly string[],
): Promise<void> {
  if (folder === undefined) return;
  appendFileSync(join(folder, CALLS), `${JSON.stringify(words)}\n`);
  const { startMs, faults } = JSON.parse(
    readFileSync(join(folder, SETTINGS), 'utf8'),
  ) as CliSettings;
  const calls = readCalls(folder).map((call) => `${call.join(' ')} `);
  const fits = ({ on }: CliFault, call: string) => on === undefined || call.startsWith(`${on} `);
  const strikes = (fault: CliFault) =>
    fits(fault, `${words.join(' ')} `) &&
    calls.filter((call) => fits(fault, call)).length <= (fault.first ?? calls.length);
  const fault = faults.find(strikes) ?? {};
  if (fault.ignoresSignals)
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
  await sleep(startMs);
  process.stdout.write(fault.stdout ?? '');
  process.stderr.write(fault.stderr ?? '');
  if (fault.grandchild) leaveGrandchild();
  if (fault.floods) await pour();
  if (fault.dies) process.kill(process.pid, fault.dies);
  if (fault.dies || fault.hangs) await sleep(HANG_MS);
  if (fault.exitCode !== undefined) process.exit(fault.exitCode);
}

function leaveGrandchild(): void {
  const script = `setTimeout(() => {}, ${HANG_MS})`;
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.unref();
}

async function pour(): Promise<void> {
  const end = Date.now() + HANG_MS;
  while (Date.now() < end) {
    // Gives signal handlers a turn.
    if (!process.stdout.write(`${'f'.repeat(1023)}\n`)) await sleep(0);
  }
}

/** Reads the arguments of each call so far, oldest first. Leaves out a last line that is still being written. */
export function readCalls(folder: string): string[][] {
  const path = join(folder, CALLS);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as string[]);
}
