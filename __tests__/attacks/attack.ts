import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Appcircle } from '../../sandbox/appcircle/server.ts';
import type { CliConfiguration } from '../../sandbox/cli/configuration.ts';
import { type JobResult, type JobStep, runJob } from '../../sandbox/runner/job.ts';
import type { Cancellation } from '../../sandbox/runner/process.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import { createWorld, OWN, type World, type WorldOptions } from './world.ts';

export interface Attack extends WorldOptions, Pick<JobStep, 'inputs' | 'env'> {
  /** Queues faults, once the Appcircle runs. */
  readonly prepare?: (appcircle: Appcircle) => void;
  /** When to cancel the job. */
  readonly cancel?: (world: World) => Cancellation;
}

/** What an attack left behind. */
export interface Aftermath {
  readonly main: StepResult;
  readonly post: StepResult;
  readonly job: JobResult;
  readonly appcircle: Pick<Appcircle, 'requests' | 'issued'>;
  /** The commands that the CLI was given. */
  readonly calls: readonly string[][];
  /** The configuration of the CLI at the end of the job, and the text of each file in its folder. */
  readonly configuration: CliConfiguration;
  readonly filesOfTheCli: readonly string[];
}

/** Runs the action as a job of one step in a world that is set up for it. */
export async function attack(options: Attack): Promise<Aftermath> {
  const world = await createWorld(options);
  const { appcircle } = world;
  try {
    options.prepare?.(appcircle);
    const step = {
      inputs: { ...world.inputs, ...options.inputs },
      env: { ...world.env, ...options.env },
      cancel: options.cancel?.(world),
    };
    const job = await runJob({ steps: [step] });
    const { main, post } = job.steps[0] ?? {};
    if (!main || !post) throw new Error('The job did not run all of its phases.');
    return {
      main,
      post,
      job,
      appcircle: { requests: appcircle.requests, issued: appcircle.issued },
      calls: world.calls(),
      configuration: options.cli ? world.configuration() : OWN,
      filesOfTheCli: options.cli ? textsIn(dirname(world.configurationFile)) : [],
    };
  } finally {
    await world.close();
  }
}

function textsIn(folder: string): string[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The red lines of a step, but for the runner's own. */
export function errorsOf({ annotations }: StepResult) {
  return annotations.filter(({ level, title }) => level === 'error' && title !== '');
}

/** What is wrong with the end of a job that was cancelled. It may have come too late, or before main could say a word. */
export function whatIsWrongWithTheEnd({ main, post, job }: Aftermath): string[] {
  const wrong: string[] = [];
  const end = `ended with ${main.exitCode ?? main.signal}`;
  // With no more patience than for SIGINT, main was gone within 7.5 seconds.
  const { signals } = main.cancelled ?? { signals: ['SIGINT'] };
  if (signals.join() !== 'SIGINT') wrong.push(`took ${signals}`);
  const titles = errorsOf(main).map(({ title }) => title);
  const expected = main.exitCode === 1 ? 'The run was cancelled' : '';
  if (titles.join() !== expected) wrong.push(`${end} and "${titles}"`);
  const exported = Object.keys({ ...main.env, ...main.outputs }).length > 0;
  if (exported !== (main.exitCode === 0)) wrong.push(`${end}, exported: ${exported}`);
  if (main.stderr + post.stderr !== '' || post.exitCode !== 0)
    wrong.push(`post ended with ${post.exitCode}, ${main.stderr} ${post.stderr}`);
  return [...wrong, ...stillRunning(job)];
}

/** What differs from before the job for a developer whose configuration was {@link OWN}. */
export function whatIsLeftOfTheLogin(aftermath: Aftermath): string[] {
  const { job, post, configuration, filesOfTheCli, appcircle } = aftermath;
  const wrong: string[] = [];
  if (post.exitCode !== 0 || post.stderr !== '')
    wrong.push(`post ended with ${post.exitCode}, ${post.stderr}`);
  for (const { title } of post.annotations) if (title !== '') wrong.push(`post says "${title}"`);
  const { current, envs, ...more } = configuration;
  if (Object.keys(more).length > 0) wrong.push(`"${Object.keys(more)}" is left in the file`);
  if (current !== OWN.current) wrong.push(`"${current}" is current`);
  if (JSON.stringify(envs['staging']) !== JSON.stringify(OWN.envs['staging']))
    wrong.push('another environment changed');
  const files = filesOfTheCli.join();
  if (appcircle.issued.some(({ access_token }) => files.includes(access_token)))
    wrong.push('the token is left');
  return [...wrong, ...stillRunning(job)];
}

function stillRunning({ leftBehind }: JobResult): string[] {
  return leftBehind.map(({ command }) => `still runs: ${command}`);
}
