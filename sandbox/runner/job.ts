import { readActionMetadata } from './action-metadata.ts';
import type { Orphan } from './orphans.ts';
import { REPOSITORY, runPhase, type StepOptions, type StepResult } from './step.ts';
import { createWorkspace } from './workspace.ts';

/** A step of a job: the action with these inputs. */
export interface JobStep extends Omit<StepOptions, 'phase' | 'script' | 'state' | 'debug'> {
  /** Scripts to run in place of those that action.yml names. */
  readonly main?: string;
  readonly post?: string;
  /** Whether the job goes on, and succeeds, when this step fails. */
  readonly continueOnError?: boolean;
  /** Whether it runs after a failed step and in a cancelled job too, as with `if: always()`. */
  readonly always?: boolean;
  /** Called when main has ended, before the job goes on: to look at, or to change, what main left. */
  readonly afterMain?: (main: StepResult) => void | Promise<void>;
}

export interface JobOptions extends Pick<StepOptions, 'env' | 'debug' | 'node' | 'patience'> {
  readonly steps: readonly JobStep[];
}

export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface JobStepResult {
  /** Undefined for a step that was skipped. */
  readonly main: StepResult | undefined;
  /** Undefined where main never started or the action has no post. */
  readonly post: StepResult | undefined;
  /** How main ended. */
  readonly outcome: Outcome;
  /** The same after continue-on-error was applied. */
  readonly conclusion: Outcome;
}

export interface JobResult {
  /** In the order of the workflow. */
  readonly steps: readonly JobStepResult[];
  readonly conclusion: Outcome;
  /** The log of all phases in the order in which they ran, masked. */
  readonly log: string;
  /** What the steps exported, the last value of each. */
  readonly env: Readonly<Record<string, string>>;
  readonly masks: readonly string[];
  /** Processes that still ran when the last post had ended. They are killed then. Linux only. */
  readonly leftBehind: readonly Orphan[];
}

/**
 * Runs a job as GitHub's runner does: each step's main in turn, then each post in reverse order. Post is registered before
 * main's process starts, so it runs whatever became of main, with the state that this main saved or none.
 * Rejects where {@link runStep} would. Source: actions/runner, `ActionRunner.cs` and `StepsRunner.cs` in `src/Runner.Worker`.
 */
export async function runJob({ steps, env, ...options }: JobOptions): Promise<JobResult> {
  const workspace = createWorkspace();
  const results = steps.map(() => ({ ...SKIPPED }));
  const posts: (() => Promise<void>)[] = [];
  let log = '';
  let conclusion: Outcome = 'success';

  async function run(step: JobStep, phase: Pick<StepOptions, 'phase' | 'script' | 'state' | 'cancel'>) {
    const { main: _main, post: _post, ...own } = step;
    const result = await runPhase({ ...options, ...own, env: { ...env, ...step.env }, ...phase }, workspace);
    log += result.log;
    const outcome = outcomeOf(result);
    const final = outcome === 'failure' && step.continueOnError ? 'success' : outcome;
    if (final !== 'success' && conclusion !== 'cancelled') conclusion = final;
    return { result, outcome, conclusion: final };
  }

  async function runMain(step: JobStep, index: number): Promise<void> {
    if (readActionMetadata(step.action ?? REPOSITORY).post !== undefined) {
      posts.unshift(async () => {
        const state = results[index]?.main?.state ?? {};
        const phase = { phase: 'post', script: step.post, state, cancel: undefined } as const;
        results[index] = { ...SKIPPED, ...results[index], post: (await run(step, phase)).result };
      });
    }
    const { result, ...ended } = await run(step, { phase: 'main', script: step.main, cancel: step.cancel });
    results[index] = { ...SKIPPED, ...ended, main: result };
    await step.afterMain?.(result);
  }

  try {
    for (const [index, step] of steps.entries()) {
      if (conclusion === 'success' || step.always) await runMain(step, index);
    }
    for (const post of posts) await post();
    const leftBehind = await workspace.orphans();
    return { steps: results, conclusion, log, env: workspace.exported, masks: workspace.masks.values, leftBehind };
  } finally {
    workspace.close();
  }
}

const SKIPPED: JobStepResult = { main: undefined, post: undefined, outcome: 'skipped', conclusion: 'skipped' };

function outcomeOf({ cancelled, exitCode }: StepResult): Outcome {
  if (cancelled !== undefined) return 'cancelled';
  return exitCode === 0 ? 'success' : 'failure';
}
