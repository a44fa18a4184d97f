import { type ChildProcess, spawn } from 'node:child_process';
import { LineReader } from './lines.ts';

/** When to cancel a process. Every condition given must be met. */
export interface Cancellation {
  /** Waits for a line of its output that matches. */
  readonly onLine?: RegExp;
  /** Waits until this returns true, polled every two milliseconds: `() => cli.calls().length === 2`. */
  readonly when?: () => boolean;
  /** Waits so many milliseconds after that, or after the start if nothing else is given. By default 0. */
  readonly afterMs?: number;
}

/** How a cancelled process ended. */
export interface Cancelled {
  /** The signals sent, in order. The last one ended it. */
  readonly signals: readonly NodeJS.Signals[];
  /** Milliseconds from the first signal to the end. */
  readonly tookMs: number;
}

/** How long the runner waits, in milliseconds. */
export interface Patience {
  /** From SIGINT to SIGTERM. */
  readonly sigintMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly sigtermMs: number;
  /** For the output to end once the process has. A child may hold it open. */
  readonly outputMs: number;
}

/** The runner's own times. Source: actions/runner, `src/Runner.Sdk/ProcessInvoker.cs`. */
export const PATIENCE: Patience = { sigintMs: 7500, sigtermMs: 2500, outputMs: 5000 };

export interface ProcessOptions {
  /** The Node executable. */
  readonly node: string;
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes each line of both streams as it comes. */
  readonly onLine: (line: string) => void;
  readonly cancel: Cancellation | undefined;
  readonly patience: Patience;
  /** Milliseconds after which the process is killed. */
  readonly killAfterMs: number;
}

export interface ProcessResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was killed because it took too long. */
  readonly killed: boolean;
  /** Undefined if it ended before it was cancelled. */
  readonly cancelled: Cancelled | undefined;
  readonly durationMs: number;
  /** As the process wrote them. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script on Node and waits for it as the runner does. Rejects if the process can't be started. */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  const { node, script, cwd, env, cancel, patience, killAfterMs } = options;
  const started = performance.now();
  const child = spawn(node, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(child, patience.outputMs);
  const { cancelled, onLine, stop } = prepareCancellation(child, ended, cancel, patience);
  const read = (line: string) => {
    options.onLine(line);
    onLine(line);
  };
  const [stdout, stderr] = [collect(child.stdout, read), collect(child.stderr, read)];
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    child.kill('SIGKILL');
    letGo(child);
  }, killAfterMs);
  try {
    const [exitCode, signal] = await ended;
    const durationMs = performance.now() - started;
    stop();
    return { exitCode, signal, killed, cancelled: await cancelled(), durationMs, stdout: stdout(), stderr: stderr() };
  } finally {
    stop();
    clearTimeout(timer);
  }
}

/** Waits for the process to exit and its output to end, or gives up on the output after `outputMs`. */
function endOf(child: ChildProcess, outputMs: number): Promise<[number | null, NodeJS.Signals | null]> {
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

/** Watches for the moment to cancel. `stop` ends the watch, `cancelled` tells how a cancellation went. */
function prepareCancellation(child: ChildProcess, ended: Promise<unknown>, cancel: Cancellation | undefined, patience: Patience) {
  let cancelled: Promise<Cancelled> | undefined;
  let lineSeen = cancel?.onLine === undefined;
  let afterwards: NodeJS.Timeout | undefined;
  const check = () => {
    if (cancel === undefined || !lineSeen || cancel.when?.() === false) return;
    clearInterval(watch);
    afterwards = setTimeout(() => {
      cancelled = signal(child, ended, patience);
    }, cancel.afterMs ?? 0);
  };
  const watch = cancel && setInterval(check, 2);
  check();
  return {
    onLine: (line: string) => {
      lineSeen ||= cancel?.onLine?.test(line) === true;
    },
    cancelled: () => cancelled,
    stop: () => {
      clearInterval(watch);
      clearTimeout(afterwards);
    },
  };
}

/** Sends one signal after another until the process ends. Its children get none. */
async function signal(child: ChildProcess, ended: Promise<unknown>, patience: Patience): Promise<Cancelled> {
  const started = performance.now();
  const signals: NodeJS.Signals[] = [];
  const waits = { SIGINT: patience.sigintMs, SIGTERM: patience.sigtermMs, SIGKILL: 2 ** 31 - 1 } as const;
  for (const [name, waitMs] of Object.entries(waits) as [NodeJS.Signals, number][]) {
    child.kill(name);
    signals.push(name);
    if (await endsWithin(ended, waitMs)) break;
  }
  return { signals, tookMs: performance.now() - started };
}

async function endsWithin(ended: Promise<unknown>, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, waitMs, false);
  });
  const inTime = await Promise.race([ended.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
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
