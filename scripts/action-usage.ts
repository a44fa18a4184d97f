// Checks that workflows use the action as action.yml defines it.
import { parse } from 'yaml';

const SLUG = 'appcircleio/access-token-action';

/** What of action.yml this looks at. */
interface Action {
  readonly inputs: object;
  readonly outputs: object;
}

interface Step {
  id?: string;
  uses?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  jobs: Record<string, { steps?: Step[] }>;
}

const STEP_OUTPUT = /\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g;

/**
 * What is wrong with a workflow's use of the action: inputs that it does not have, and outputs read from its steps that
 * it does not set. Steps that use `./` are the action too.
 */
export function misuses(workflowText: string, action: Action): string[] {
  const { jobs }: Workflow = parse(workflowText);
  return Object.values(jobs).flatMap((job) => {
    const steps = (job.steps ?? []).filter(
      ({ uses }) => uses === './' || uses?.startsWith(`${SLUG}@`),
    );
    const inputs = steps.flatMap((step) => Object.keys(step.with ?? {}));
    const ids = new Set(steps.map((step) => step.id));
    const reads = [...JSON.stringify(job).matchAll(STEP_OUTPUT)].filter(([, id]) => ids.has(id));
    const outputs = reads.map(([, , output = '']) => output);
    return [
      ...inputs
        .filter((name) => !(name in action.inputs))
        .map((name) => `the action has no input "${name}"`),
      ...outputs
        .filter((name) => !(name in action.outputs))
        .map((name) => `the action has no output "${name}"`),
    ];
  });
}
