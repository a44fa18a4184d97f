import { mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ActionMetadata, inputVariables, readActionMetadata } from './action-metadata.ts';
import { parseFileCommands, readIfThere } from './file-commands.ts';
import { type ProcessOptions, type ProcessResult, runProcess } from './process.ts';
import { type Annotation, StepLog } from './step-log.ts';
import { createWorkspace, type Orphan, TRACKING_VARIABLE, type Workspace } from './workspace.ts';

export interface StepOptions extends ProcessOptions {
  /** The folder with action.yml. By default this repository. */
  readonly action?: string;
  readonly phase?: 'main' | 'post';
  /** The script to run. By default the one that action.yml names for the phase. */
  readonly script?: string | undefined;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What an earlier phase saved: `state` of its result. */
  readonly state?: Readonly<Record<string, string>>;
  /** Variables to add to the runner's own. Undefined removes one, such as GITHUB_STEP_SUMMARY. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether the workflow runs with ACTIONS_STEP_DEBUG. */
  readonly debug?: boolean;
}

export interface StepResult extends ProcessResult {
  /** GitHub's log of it: commands processed, secrets masked. */
  readonly log: string;
  readonly annotations: readonly Annotation[];
  /** Everything masked so far in the job, whole and line by line. */
  readonly masks: readonly string[];
  /** Masks a text as the log of a later step would be. */
  readonly mask: (text: string) => string;
  /** What later steps find in their environment and in `steps.<id>.outputs`, and its own post as state. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** The job summary as GitHub shows it, masked. */
  readonly summary: string;
  /** The files as the process wrote them. */
  readonly files: Readonly<Record<FileVariable, string>>;
  /** Processes of the job that outlived this one. Linux only. */
  readonly leftBehind: readonly Orphan[];
}

const FILE_VARIABLES = [
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const;
type FileVariable = (typeof FILE_VARIABLES)[number];

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Variables of this machine that a process needs. The rest of the developer's environment stays out. */
const NEEDED = ['PATH', 'SystemRoot', 'windir', 'COMSPEC', 'PATHEXT'];

/**
 * Runs one phase of an action as GitHub's runner does: as a process in a clean environment, whose commands and files are read
 * by the runner's rules. Kills what it leaves behind. Rejects if the process can't be started, an input is not in action.yml or
 * the runner would refuse a file. A step that fails is a result, not a rejection.
 */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  const workspace = createWorkspace();
  try {
    return await runPhase(options, workspace);
  } finally {
    workspace.close();
  }
}

/** Runs one phase of a step in the workspace of its job and exports its variables to later phases. */
export async function runPhase(options: StepOptions, workspace: Workspace): Promise<StepResult> {
  const { action = REPOSITORY, phase = 'main', debug = false } = options;
  const metadata = readActionMetadata(action);
  const script = options.script ?? metadata[phase];
  if (script === undefined) throw new Error(`${action} has no script for the phase ${phase}.`);

  const paths = createFiles(workspace.temp);
  const log = new StepLog({ debug, masks: workspace.masks });
  const env = environment(options, metadata.inputs, paths, workspace);
  const program = {
    script: resolve(action, script),
    cwd: workspace.work,
    env,
    onLine: (line: string) => log.read(line),
  };
  const ended = await runProcess(program, options);
  const leftBehind = await workspace.orphans();
  // Files are read whatever became of the process. Source: actions/runner, `src/Runner.Worker/ActionRunner.cs`.
  const files = mapFiles((variable) => readIfThere(paths[variable]));
  const exported = parseFileCommands(files.GITHUB_ENV, 'GITHUB_ENV');
  Object.assign(workspace.exported, exported);
  const summary = log.summary(files.GITHUB_STEP_SUMMARY);
  if (ended.cancelled !== undefined) log.cancel();
  return {
    ...ended,
    leftBehind,
    log: log.text,
    annotations: log.annotations,
    masks: workspace.masks.values,
    mask: (text) => workspace.masks.apply(text),
    env: exported,
    outputs: { ...log.outputs, ...parseFileCommands(files.GITHUB_OUTPUT, 'GITHUB_OUTPUT') },
    state: { ...log.state, ...parseFileCommands(files.GITHUB_STATE, 'GITHUB_STATE') },
    summary,
    files,
  };
}

function createFiles(temp: string): Record<FileVariable, string> {
  const folder = mkdtempSync(join(temp, '_runner_file_commands-'));
  return mapFiles((variable) => {
    const path = join(folder, variable.toLowerCase());
    writeFileSync(path, '');
    return path;
  });
}

function mapFiles(get: (variable: FileVariable) => string): Record<FileVariable, string> {
  return Object.fromEntries(FILE_VARIABLES.map((name) => [name, get(name)])) as Record<
    FileVariable,
    string
  >;
}

/** Merges variables. Inputs and state win over what a workflow sets, the runner's variables over what steps export. */
function environment(
  options: StepOptions,
  declared: ActionMetadata['inputs'],
  files: Record<FileVariable, string>,
  { home, temp, work, trackingId, exported }: Workspace,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(NEEDED.map((name) => [name, process.env[name]])),
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
    CI: 'true',
    ...exported,
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: temp,
    RUNNER_DEBUG: options.debug ? '1' : undefined,
    [TRACKING_VARIABLE]: trackingId,
    ...files,
    ...options.env,
    ...inputVariables(declared, options.inputs ?? {}),
    ...Object.fromEntries(
      Object.entries(options.state ?? {}).map(([name, value]) => [`STATE_${name}`, value]),
    ),
  };
}
