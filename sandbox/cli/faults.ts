import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one call of the stand-in does before, or instead of, what it was called for. */
export interface CliFault {
  /** Which call it strikes, counted from 1. */
  readonly onCall: number;
  /** Printed first; followed by `exitCode`, the call does nothing else. */
  readonly stdout?: string;
  readonly stderr?: string;
  /** Bytes of filler to print on standard output. */
  readonly flood?: number;
  /** Ends the call with this code. */
  readonly exitCode?: number;
  /** Does nothing for two minutes. */
  readonly hang?: boolean;
}

/** The files in the folder that the stand-in was installed to. */
export const CALLS = 'calls.jsonl';
export const FAULTS = 'faults.json';

/** Longer than anybody waits, short enough that a forgotten process ends by itself. */
const HANG_MS = 120_000;

/** Notes the call, and plays the fault that is there for it. */
export async function strike(folder: string, words: readonly string[]): Promise<void> {
  appendFileSync(join(folder, CALLS), `${JSON.stringify(words)}\n`);
  const fault = readFaults(folder).find(({ onCall }) => onCall === readCalls(folder).length);
  if (fault === undefined) return;
  process.stdout.write(fault.stdout ?? '');
  process.stderr.write(fault.stderr ?? '');
  for (let left = fault.flood ?? 0; left > 0; left -= 1024) process.stdout.write(`${'f'.repeat(1023)}\n`);
  if (fault.hang === true) await sleep(HANG_MS);
  if (fault.exitCode !== undefined) process.exit(fault.exitCode);
}

/** The arguments of each call so far, oldest first. */
export function readCalls(folder: string): string[][] {
  const path = join(folder, CALLS);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as string[]);
}

function readFaults(folder: string): CliFault[] {
  return JSON.parse(readFileSync(join(folder, FAULTS), 'utf8')) as CliFault[];
}
