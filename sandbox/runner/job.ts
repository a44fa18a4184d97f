import { readActionMetadata } from './action-metadata.ts';
import { REPOSITORY, runPhase, type StepOptions, type StepResult } from './step.ts';
import { createWorkspace, type Orphan } from './workspace.ts';

/** A step of a job, which uses an action. */
export interface JobStep extends Omit<StepOptions, 'phase' | 'script' | 'state' | 'debug'> {
  /** Scripts to run instead of those that action.yml names. Without a post where it is false. */
  readonly main?: string;
  readonly post?: string | false;
  /** Whether the job continues, and succeeds, if this step fails. */
  readonly continueOnError?: boolean;
  /** Called once main has ended, before the job continues, to look at or change what main left. */
  readonly afterMain?: (main: StepResult) => void | Promise<void>;
}

interface JobOptions extends Pick<StepOptions, 'env' | 'debug' | 'node' | 'patience'> {
  readonly steps: readonly JobStep[];
}

type Outcome = 'success' | 'failure' | 'cancelled';

interface JobStepResult {
  /** Undefined for a step that was skipped. */
  main?: StepResult;
  /** Undefined if main never started or the action has no post. */
  post?: StepResult;
  /** How main ended. */
  outcome: Outcome | 'skipped';
}

export interface JobResult {
  /** In the order of the workflow. */
  readonly steps: readonly JobStepResult[];
  readonly conclusion: Outcome;
  /** The logs of all phases, in the order in which they ran. */
  readonly log: string;
  /** What the steps exported, the last value of each. */
  readonly env: Readonly<Record<string, string>>;
  /** Processes that outlived the last post. They are killed then. Linux only. */
  readonly leftBehind: readonly Orphan[];
}

/**
 * Runs a job as GitHub's runner does: each step's main in turn, then each post in reverse order. Post is registered before
 * main's process starts, so it runs whatever became of main, with the state that its own main saved or none.
 * Rejects if {@link runStep} would. Source: actions/runner, `ActionRunner.cs` and `StepsRunner.cs` in `src/Runner.Worker`.
 */
export async function runJob({ steps, env, ...options }: JobOptions): Promise<JobResult> {
  const workspace = createWorkspace();
  const results: JobStepResult[] = [];
  const posts: (() => Promise<void>)[] = [];
  let log = '';
  let conclusion: Outcome = 'success';

  async function run(
    step: JobStep,
    phase: Pick<StepOptions, 'phase' | 'script' | 'state' | 'cancel'>,
  ) {
    const { main: _main, post: _post, ...own } = step;
    const result = await runPhase(
      { ...options, ...own, env: { ...env, ...step.env }, ...phase },
      workspace,
    );
    log += result.log;
    const outcome = outcomeOf(result);
    const mayFail = outcome === 'failure' && step.continueOnError === true;
    if (outcome !== 'success' && !mayFail && conclusion !== 'cancelled') conclusion = outcome;
    return { result, outcome };
  }

  async function runMain(step: JobStep, found: JobStepResult): Promise<void> {
    const { post } = step;
    if (post !== false && readActionMetadata(step.action ?? REPOSITORY).post !== undefined) {
      posts.unshift(async () => {
        const phase = {
          phase: 'post',
          script: post,
          state: found.main?.state ?? {},
          cancel: undefined,
        } as const;
        found.post = (await run(step, phase)).result;
      });
    }
    const phase = { phase: 'main', script: step.main, cancel: step.cancel } as const;
    const { result, outcome } = await run(step, phase);
    Object.assign(found, { main: result, outcome });
    await step.afterMain?.(result);
  }

  try {
    for (const step of steps) {
      const found: JobStepResult = { outcome: 'skipped' };
      results.push(found);
      if (conclusion === 'success') await runMain(step, found);
    }
    for (const post of posts) await post();
    const leftBehind = await workspace.orphans();
    return {
      steps: results,
      conclusion,
      log,
      env: workspace.exported,
      leftBehind,
    };
  } finally {
    workspace.close();
  }
}

function outcomeOf({ cancelled, exitCode }: StepResult): Outcome {
  if (cancelled !== undefined) return 'cancelled';
  return exitCode === 0 ? 'success' : 'failure';
}
