import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineReader } from './lines.ts';

/** When to cancel a process. Every condition given must be met. */
export interface Cancellation {
  /** Waits for output that matches. */
  readonly onLine?: RegExp;
  /** Waits until this returns true, polled every two milliseconds: `() => cli.calls().length === 2`. */
  readonly when?: () => boolean;
  /** Waits so many milliseconds after that, or after the start if nothing else is given. By default 0. */
  readonly afterMs?: number;
}

interface Cancelled {
  /** The signals sent, in order. The last one ended it. */
  readonly signals: readonly NodeJS.Signals[];
}

/** How long the runner waits, in milliseconds. */
interface Patience {
  /** From SIGINT to SIGTERM. */
  readonly sigintMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly sigtermMs: number;
  /** For the output to end once the process has. A child may hold it open. */
  readonly outputMs: number;
}

export interface ProcessOptions {
  /** The Node executable. By default the one that runs this. */
  readonly node?: string;
  /** When to cancel it. */
  readonly cancel?: Cancellation | undefined;
  /** Overrides the runner's waits, for faster tests. */
  readonly patience?: Partial<Patience>;
}

interface Program {
  readonly script: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes each line of both streams as it comes. */
  readonly onLine: (line: string) => void;
}

export interface ProcessResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was killed because it took half a minute. */
  readonly killed: boolean;
  /** Undefined if it ended before it was cancelled. */
  readonly cancelled: Cancelled | undefined;
  readonly durationMs: number;
  /** As the process wrote them. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The runner's own times. Source: actions/runner, `src/Runner.Sdk/ProcessInvoker.cs`. */
const PATIENCE: Patience = { sigintMs: 7500, sigtermMs: 2500, outputMs: 5000 };
const KILL_AFTER_MS = 30_000;
const POLL_MS = 2;

/** Waits until the process is over, but no longer than so many milliseconds, and tells whether it is. */
type IsOverAfter = (ms: number) => Promise<boolean>;

/** Runs a script on Node and waits for it as the runner does. Rejects if the process can't be started. */
export async function runProcess(
  { script, cwd, env, onLine }: Program,
  options: ProcessOptions,
): Promise<ProcessResult> {
  const { node = process.execPath, cancel } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const started = performance.now();
  const child = spawn(node, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [collect(child.stdout, onLine), collect(child.stderr, onLine)];
  const over = new AbortController();
  const isOverAfter: IsOverAfter = (ms) =>
    sleep(ms, false, { signal: over.signal }).catch(() => true);

  async function cancelIt({
    onLine: line,
    when,
    afterMs = 0,
  }: Cancellation): Promise<Cancelled | undefined> {
    const isTime = () => line?.test(stdout() + stderr()) !== false && when?.() !== false;
    while (!isTime()) if (await isOverAfter(POLL_MS)) return undefined;
    return (await isOverAfter(afterMs)) ? undefined : sendSignals(child, patience, isOverAfter);
  }

  const cancelled = cancel && cancelIt(cancel);
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    child.kill('SIGKILL');
    letGo(child);
  }, KILL_AFTER_MS);
  try {
    const [exitCode, signal] = await endOf(child, patience.outputMs);
    const durationMs = performance.now() - started;
    over.abort();
    return {
      exitCode,
      signal,
      killed,
      cancelled: await cancelled,
      durationMs,
      stdout: stdout(),
      stderr: stderr(),
    };
  } finally {
    over.abort();
    clearTimeout(timer);
  }
}

/** Waits for the process to exit and its output to end, or gives up on the output after `outputMs`. */
function endOf(
  child: ChildProcess,
  outputMs: number,
): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    child.on('error', reject);
    child.on('exit', () => {
      timer = setTimeout(() => letGo(child), outputMs);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve([code, signal]);
    });
  });
}

function letGo({ stdout, stderr }: ChildProcess): void {
  stdout?.destroy();
  stderr?.destroy();
}

/** Sends one signal after another until the process is over. Its children get none. */
async function sendSignals(
  child: ChildProcess,
  { sigintMs, sigtermMs }: Patience,
  isOverAfter: IsOverAfter,
): Promise<Cancelled> {
  const signals: NodeJS.Signals[] = [];
  const waits = { SIGINT: sigintMs, SIGTERM: sigtermMs, SIGKILL: 2 ** 31 - 1 };
  for (const [name, waitMs] of Object.entries(waits) as [NodeJS.Signals, number][]) {
    child.kill(name);
    signals.push(name);
    if (await isOverAfter(waitMs)) break;
  }
  return { signals };
}

/** Feeds a stream to `onLine` line by line and returns a function that gives all of it. */
function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => string {
  const chunks: Buffer[] = [];
  const lines = new LineReader(onLine);
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    lines.write(chunk);
  });
  stream.on('close', () => lines.end());
  return () => Buffer.concat(chunks).toString('utf8');
}
