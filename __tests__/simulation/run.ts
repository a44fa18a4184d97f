import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { installMachine } from './machine.ts';

/**
 * `npm run simulate -- --runs 100000`: the story of main and post in so many worlds, from seed 1 or `--from`, with what they reached.
 * `--seed 7` repeats one and prints it. `--json` runs them in this process and prints a Result.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [runs, from] = [Number(values.runs), Number(values.from)];
/** Each run leaves its modules in memory: 5,000 take 400 MB. */
const MOST_IN_A_PROCESS = 5000;

/** What a number of runs came to: how often each thing was reached, and which seeds broke what. */
export interface Result {
  readonly reached: Record<string, number>;
  readonly broken: Record<number, string[]>;
}

if (values.seed) await repeat(Number(values.seed));
else if (values.json) console.log(JSON.stringify(await simulate()));
else report(await simulateInProcesses());

async function repeat(seed: number): Promise<void> {
  const { run, tell } = await loadSimulator();
  const { story, broken } = await run(seed);
  console.log(story ? tell(story, broken) : broken.join('\n'));
}

async function simulate(): Promise<Result> {
  const { run, reached } = await loadSimulator();
  const result: Result = { reached: {}, broken: {} };
  for (let seed = from; seed < from + runs; seed++) {
    const { story, broken } = await run(seed);
    if (broken.length > 0) result.broken[seed] = broken;
    if (!story) continue;
    for (const what of new Set(reached(story)))
      result.reached[what] = (result.reached[what] ?? 0) + 1;
  }
  return result;
}

/** Loads the action and its story, once Node's sockets, files and processes are replaced. */
async function loadSimulator() {
  installMachine();
  const { runStory } = await import('./story.ts');
  const { brokenPromises } = await import('./promise.ts');
  let thrown: string[] = [];
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: Error) => thrown.push(`${event}: ${error?.stack ?? error}`));
  const run = async (seed: number) => {
    thrown = [];
    try {
      const story = await runStory(seed);
      return { story, broken: [...brokenPromises(story), ...thrown] };
    } catch (error) {
      return { broken: [`the simulation failed: ${(error as Error).stack}`, ...thrown] };
    }
  };
  return { run, ...(await import('./tell.ts')) };
}

/** Shares the seeds out to processes, in parts, so that none has to wait for another for long. */
async function simulateInProcesses(): Promise<Result> {
  const total: Result = { reached: {}, broken: {} };
  const processes = availableParallelism();
  const size = Math.min(MOST_IN_A_PROCESS, Math.ceil(runs / processes));
  let next = from;
  const work = async () => {
    while (next < from + runs) {
      const part = ['--from', String(next), '--runs', String(Math.min(size, from + runs - next))];
      next += size;
      const args = [fileURLToPath(import.meta.url), '--json', ...part];
      const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e9 });
      const { reached, broken }: Result = JSON.parse(stdout);
      Object.assign(total.broken, broken);
      for (const [what, times] of Object.entries(reached))
        total.reached[what] = (total.reached[what] ?? 0) + times;
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  return total;
}

function report({ reached, broken }: Result): void {
  for (const [what, times] of Object.entries(reached).sort())
    console.log(`${String(times).padStart(8)}  ${what}`);
  const found = Object.entries(broken);
  for (const [seed, what] of found.slice(0, 30)) console.log(`seed ${seed}: ${what[0]}`);
  console.log(`${runs} runs, ${found.length} broken. --seed <seed> repeats one.`);
  process.exitCode = Math.min(1, found.length);
}
