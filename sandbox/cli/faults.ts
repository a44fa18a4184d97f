import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What calls of the stand-in do before, or instead of, their work. The parts play in this order. */
export interface CliFault {
  /** Strikes only this call, counted from 1. */
  readonly onCall?: number;
  /** Strikes only calls that begin with these words: `config add`. */
  readonly on?: string;
  /** Ignores SIGTERM and SIGINT. */
  readonly ignoresSignals?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Leaves a process behind that holds stdout and stderr open. */
  readonly grandchild?: boolean;
  /** Prints so many bytes of filler on standard output. */
  readonly flood?: number | 'endless';
  /** Does nothing for two minutes. */
  readonly hangs?: boolean;
  /** Dies by this signal. */
  readonly dies?: NodeJS.Signals;
  /** Exits with this code without doing its work. With 0 it pretends. */
  readonly exitCode?: number;
  /** Does its work, but can't write its configuration. */
  readonly cannotWrite?: boolean;
}

/** Settings of an installed stand-in. */
export interface CliSettings {
  /** Milliseconds that each call waits first. */
  readonly startMs: number;
  readonly faults: readonly CliFault[];
}

/** The files in that folder. */
const CALLS = 'calls.jsonl';
export const SETTINGS = 'settings.json';
const GRANDCHILDREN = 'grandchildren.txt';

/** Longer than any test waits, short enough that a forgotten process ends by itself. */
const HANG_MS = 120_000;

/** Records the call, plays the first fault that fits it, and returns that fault. */
export async function playFault(
  folder: string | undefined,
  words: readonly string[],
): Promise<CliFault> {
  if (folder === undefined) return {};
  appendFileSync(join(folder, CALLS), `${JSON.stringify(words)}\n`);
  const number = readCalls(folder).length;
  const { startMs, faults } = JSON.parse(
    readFileSync(join(folder, SETTINGS), 'utf8'),
  ) as CliSettings;
  const call = `${words.join(' ')} `;
  const fault =
    faults.find(
      ({ onCall = number, on }) =>
        onCall === number && (on === undefined || call.startsWith(`${on} `)),
    ) ?? {};
  if (fault.ignoresSignals)
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
  await sleep(startMs);
  process.stdout.write(fault.stdout ?? '');
  process.stderr.write(fault.stderr ?? '');
  if (fault.grandchild) leaveGrandchild(folder);
  if (fault.flood !== undefined)
    await pour(fault.flood === 'endless' ? Number.POSITIVE_INFINITY : fault.flood);
  if (fault.dies) process.kill(process.pid, fault.dies);
  if (fault.dies || fault.hangs) await sleep(HANG_MS);
  if (fault.exitCode !== undefined) process.exit(fault.exitCode);
  return fault;
}

function leaveGrandchild(folder: string): void {
  const script = `setTimeout(() => {}, ${HANG_MS})`;
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  appendFileSync(join(folder, GRANDCHILDREN), `${child.pid}\n`);
  child.unref();
}

async function pour(bytes: number): Promise<void> {
  const end = Date.now() + HANG_MS;
  for (let left = bytes; left > 0 && Date.now() < end; left -= 1024) {
    // Gives signal handlers a turn.
    if (!process.stdout.write(`${'f'.repeat(1023)}\n`)) await sleep(0);
  }
}

/** Reads the arguments of each call so far, oldest first. */
export function readCalls(folder: string): string[][] {
  return readLines(join(folder, CALLS)).map((line) => JSON.parse(line) as string[]);
}

/** Reads the process IDs of the grandchildren that calls left behind. */
export function readGrandchildren(folder: string): number[] {
  return readLines(join(folder, GRANDCHILDREN)).map(Number);
}

/** Leaves out a last line that is still being written. */
function readLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}
