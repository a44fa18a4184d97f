import { join } from 'node:path';
import { runStep, type StepOptions, type StepResult } from '../sandbox/runner/step.ts';
import type { CountedServer } from './server.ts';

/** A program to compare with others. Without a script, it is the action. */
export interface Contestant extends Pick<StepOptions, 'script' | 'inputs' | 'env'> {
  readonly name: string;
  /** What runs the script. By default Node. */
  readonly interpreter?: string;
  /** Where it gets its token. */
  readonly server?: CountedServer;
}

/** What one run cost, and what it left behind. */
export interface Run {
  /** From the start of the process to its end, in milliseconds. */
  readonly wall: number;
  /** User and system time, in milliseconds. */
  readonly cpu: number;
  /** The largest resident set, in MB. */
  readonly peak: number;
  readonly connections: number;
  readonly requests: number;
  readonly step: StepResult;
}

/** A contestant and its runs. */
export interface Measured {
  readonly contestant: Contestant;
  readonly runs: readonly Run[];
}

const METER = join(import.meta.dirname, 'meter.py');

/**
 * Runs all contestants in turn, round after round, so that whatever else the machine does slows all of them alike. The first
 * round warms up the disk cache and is not counted.
 * @throws Error if a run fails or ends without a token
 */
export async function runRounds(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Measured[]> {
  const all = contestants.map((contestant) => ({ contestant, runs: [] as Run[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { contestant, runs } of all) {
      const run = await runOnce(contestant);
      if (round > 0) runs.push(run);
    }
  }
  return all;
}

async function runOnce(contestant: Contestant): Promise<Run> {
  const { name, interpreter = process.execPath, server, ...program } = contestant;
  const env = { ...program.env, INTERPRETER: interpreter };
  const step = await runStep({ ...program, env, node: METER });
  const { connections = 0, requests = 0 } = server?.takeCounts() ?? {};
  const hasToken = server === undefined || 'AC_ACCESS_TOKEN' in step.env;
  // A run that fails early is a fast one.
  if (step.exitCode !== 0 || !hasToken)
    throw new Error(`${name} failed:\n${step.stdout}${step.stderr}`);
  const lastLine = step.stdout.trimEnd().split('\n').at(-1) ?? '';
  const [wall = 0, cpu = 0, peak = 0] = lastLine.split(' ').map(Number);
  return { wall: wall * 1000, cpu: cpu * 1000, peak: peak / 1e6, connections, requests, step };
}
