import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputVariables, readActionMetadata } from './action-metadata.ts';
import { parseFileCommands, readIfThere } from './file-commands.ts';
import { LineReader } from './lines.ts';
import { type Annotation, StepLog } from './step-log.ts';

export interface StepOptions {
  /** The folder with action.yml. By default this repository. */
  readonly action?: string;
  readonly phase?: 'main' | 'post';
  /** The script to run. By default what action.yml names for the phase. */
  readonly script?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What an earlier phase saved: `state` of its result. */
  readonly state?: Readonly<Record<string, string>>;
  /** Variables to set on top of the runner's own; one that is undefined is taken away, such as GITHUB_STEP_SUMMARY. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether the workflow runs with ACTIONS_STEP_DEBUG. */
  readonly debug?: boolean;
  /** Milliseconds after which the process is killed. By default 30 seconds. */
  readonly killAfterMs?: number;
}

export interface StepResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it did not end in time and was killed. */
  readonly killed: boolean;
  readonly durationMs: number;
  /** As the process wrote them. */
  readonly stdout: string;
  readonly stderr: string;
  /** As a person sees it in GitHub's log: commands acted on, secrets masked. */
  readonly log: string;
  readonly annotations: readonly Annotation[];
  /** Everything that the step asked to mask, whole and line by line. */
  readonly masks: readonly string[];
  /** Masks a text as a later step's log would be. */
  readonly mask: (text: string) => string;
  /** What the steps after it find in their environment, in `steps.<id>.outputs`, and its own post phase as state. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** The job summary as GitHub shows it, masked. */
  readonly summary: string;
  /** The files as the process wrote them. */
  readonly files: Readonly<Record<FileVariable, string>>;
}

const FILE_VARIABLES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
type FileVariable = (typeof FILE_VARIABLES)[number];

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const KILL_AFTER_MS = 30_000;

/** What a process needs of this machine; all else of the developer's environment stays out. */
const NEEDED = ['PATH', 'SystemRoot', 'windir', 'COMSPEC', 'PATHEXT'];

/**
 * Runs one phase of an action as GitHub's runner does: a process of its own on this Node, in a clean environment, its
 * commands and files read back by the runner's rules. Rejects when the process can't be started, when an input is not in
 * action.yml and when it wrote a file that the runner would refuse; a step that fails is a result, not a rejection.
 */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  const { action = REPOSITORY, phase = 'main', debug = false } = options;
  const metadata = readActionMetadata(action);
  const script = options.script ?? metadata[phase];
  if (script === undefined) throw new Error(`${action} has no script for the phase ${phase}.`);

  const folder = mkdtempSync(join(tmpdir(), 'appcircle-step-'));
  try {
    const paths = createFiles(folder);
    const env = environment({ options, folder, paths, inputs: inputVariables(metadata.inputs, options.inputs ?? {}) });
    const log = new StepLog({ debug });
    const ended = await run(
      resolve(action, script),
      env,
      join(folder, 'work'),
      log,
      options.killAfterMs ?? KILL_AFTER_MS,
    );
    const files = readFiles(paths);
    return {
      ...ended,
      log: log.text,
      annotations: log.annotations,
      masks: log.masks,
      mask: (text) => log.mask(text),
      env: parseFileCommands(files.GITHUB_ENV, 'GITHUB_ENV'),
      outputs: { ...log.outputs, ...parseFileCommands(files.GITHUB_OUTPUT, 'GITHUB_OUTPUT') },
      state: { ...log.state, ...parseFileCommands(files.GITHUB_STATE, 'GITHUB_STATE') },
      summary: log.mask(files.GITHUB_STEP_SUMMARY),
      files,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function createFiles(folder: string): Record<FileVariable, string> {
  for (const name of ['home', 'temp', 'work']) mkdirSync(join(folder, name));
  const path = (variable: FileVariable) => join(folder, 'temp', variable.toLowerCase());
  for (const variable of FILE_VARIABLES) writeFileSync(path(variable), '');
  return {
    GITHUB_ENV: path('GITHUB_ENV'),
    GITHUB_OUTPUT: path('GITHUB_OUTPUT'),
    GITHUB_STATE: path('GITHUB_STATE'),
    GITHUB_STEP_SUMMARY: path('GITHUB_STEP_SUMMARY'),
  };
}

function readFiles(paths: Record<FileVariable, string>): Record<FileVariable, string> {
  return {
    GITHUB_ENV: readIfThere(paths.GITHUB_ENV),
    GITHUB_OUTPUT: readIfThere(paths.GITHUB_OUTPUT),
    GITHUB_STATE: readIfThere(paths.GITHUB_STATE),
    GITHUB_STEP_SUMMARY: readIfThere(paths.GITHUB_STEP_SUMMARY),
  };
}

interface Setting {
  readonly options: StepOptions;
  readonly folder: string;
  readonly paths: Record<FileVariable, string>;
  readonly inputs: Record<string, string>;
}

function environment({ options, folder, paths, inputs }: Setting): Record<string, string> {
  const home = join(folder, 'home');
  const temp = join(folder, 'temp');
  const needed = NEEDED.map((name): [string, string | undefined] => [name, process.env[name]]);
  const state = Object.entries(options.state ?? {}).map(([name, value]) => [`STATE_${name}`, value]);
  const variables: Record<string, string | undefined> = {
    ...Object.fromEntries(needed),
    // A home of its own: a step that writes there must not touch the developer's.
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: join(folder, 'work'),
    RUNNER_TEMP: temp,
    ...(options.debug === true ? { RUNNER_DEBUG: '1' } : {}),
    ...paths,
    ...inputs,
    ...Object.fromEntries(state),
    ...options.env,
  };
  const set = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(set);
}

type Ended = Pick<StepResult, 'exitCode' | 'signal' | 'killed' | 'durationMs' | 'stdout' | 'stderr'>;

async function run(
  script: string,
  env: Record<string, string>,
  cwd: string,
  log: StepLog,
  killAfterMs: number,
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    kill(child);
  }, killAfterMs);
  try {
    const stdout = collect(child.stdout, log);
    const stderr = collect(child.stderr, log);
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, byWhat) => resolve([code, byWhat]));
    });
    return { exitCode, signal, killed, durationMs: performance.now() - started, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the process; what it started may still hold its output open, so that is let go of too. */
function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** Feeds a stream to the log line by line, as it comes, and returns what gives the whole of it. */
function collect(stream: NodeJS.ReadableStream, log: StepLog): () => string {
  const chunks: Buffer[] = [];
  const lines = new LineReader((line) => log.read(line));
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    lines.write(chunk);
  });
  stream.on('close', () => lines.end());
  return () => Buffer.concat(chunks).toString('utf8');
}
