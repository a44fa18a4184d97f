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
