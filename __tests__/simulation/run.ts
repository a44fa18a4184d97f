import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { installMachine } from './machine.ts';

/**
 * `npm run simulate -- --runs 100000`: the story of main and post in so many worlds, from seed 1 or `--from`, with what they reached.
 * `--seed 7` repeats one and prints it. `--coverage` lists the branches of src/ that no run took. `--json` is for other programs.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', multiple: true, default: [] },
    jobs: { type: 'string', default: String(availableParallelism()) },
    coverage: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [runs, from, jobs] = [
  Number(values.runs),
  Number(values.from),
  values.coverage ? 1 : Number(values.jobs),
];

/** What a number of runs came to: how often each thing was reached, and which seeds broke what. */
export interface Result {
  readonly reached: Record<string, number>;
  readonly broken: Record<number, string[]>;
}

const seeds =
  values.seed.length > 0
    ? values.seed.map(Number)
    : Array.from({ length: runs }, (_, at) => from + at);
if (values.seed.length === 1 && !values.json) await repeat(Number(values.seed[0]));
else
  await report(
    jobs === 1 || values.seed.length > 0 ? await simulate(seeds) : await simulateInParallel(),
  );

async function repeat(seed: number): Promise<void> {
  const { run, tell } = await simulator();
  const { story, broken } = await run(seed);
  console.log(story ? tell(story, broken) : broken.join('\n'));
  process.exitCode = broken.length > 0 ? 1 : 0;
}

async function simulate(these: readonly number[]): Promise<Result> {
  const untaken = values.coverage
    ? await (await import('./coverage.ts')).recordCoverage()
    : undefined;
  const { run, reached } = await simulator();
  const result: Result = { reached: {}, broken: {} };
  for (const seed of these) {
    const { story, broken } = await run(seed);
    if (broken.length > 0) result.broken[seed] = broken;
    if (story)
      for (const what of new Set(reached(story)))
        result.reached[what] = (result.reached[what] ?? 0) + 1;
  }
  for (const branch of (await untaken?.()) ?? []) console.log(`never taken: ${branch}`);
  return result;
}

/** The simulator, loaded once what it replaces of Node is replaced. */
async function simulator() {
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
      return {
        story: undefined,
        broken: [`the simulation failed: ${(error as Error).stack}`, ...thrown],
      };
    }
  };
  return { run, ...(await import('./tell.ts')) };
}

/** Shares the seeds out to processes, in parts, so that none has to wait for another for long. */
async function simulateInParallel(): Promise<Result> {
  const total: Result = { reached: {}, broken: {} };
  // Each run leaves its entries in memory: 5,000 take 400 MB.
  const size = Math.min(5000, Math.ceil(runs / jobs));
  let next = from;
  const work = async () => {
    while (next < from + runs) {
      const args = [
        '--json',
        '--jobs',
        '1',
        '--from',
        String(next),
        '--runs',
        String(Math.min(size, from + runs - next)),
      ];
      next += size;
      const script = fileURLToPath(import.meta.url);
      // The exit code tells of broken runs, and so does the result.
      const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], {
        maxBuffer: 1e9,
      }).catch((error) => error);
      const part = JSON.parse(stdout) as Result;
      Object.assign(total.broken, part.broken);
      for (const [what, times] of Object.entries(part.reached))
        total.reached[what] = (total.reached[what] ?? 0) + times;
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return total;
}

function report(result: Result): void {
  const { reached, broken } = result;
  const found = Object.entries(broken);
  process.exitCode = found.length > 0 ? 1 : 0;
  if (values.json) {
    console.log(JSON.stringify(result));
    return;
  }
  for (const [what, times] of Object.entries(reached).sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${String(times).padStart(8)}  ${what}`);
  for (const [seed, what] of found.slice(0, 30))
    console.log(`seed ${seed}: ${what[0]?.slice(0, 400)}`);
  console.log(
    `${seeds.length} runs, ${found.length} broken.${found.length > 0 ? ' To repeat one: npm run simulate -- --seed <seed>' : ''}`,
  );
}
