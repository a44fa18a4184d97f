// Runs a workflow under nektos/act, without containers.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ACT = resolve('.tools/bin/act');

export interface ActRun {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly log: string;
}

interface ActOptions {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Takes each part of the log as it comes. */
  readonly onOutput?: (part: Buffer, act: ChildProcess) => void;
  /** Milliseconds after which it is killed. By default never. */
  readonly timeout?: number;
}

/** Runs a workflow. Throws if act is missing. */
export async function runAct({ args, onOutput, ...options }: ActOptions): Promise<ActRun> {
  if (!existsSync(ACT)) throw new Error(`${ACT} is missing. Run "bash scripts/install-tools.sh".`);
  const act = spawn(ACT, [...args, '--no-cache-server'], {
    ...options,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: Buffer[] = [];
  for (const stream of [act.stdout, act.stderr]) {
    stream.on('data', (part: Buffer) => {
      parts.push(part);
      onOutput?.(part, act);
    });
  }
  const [exitCode] = await once(act, 'close');
  return { exitCode, log: Buffer.concat(parts).toString() };
}

/** The environment of this process for a job with a home of its own, and without a token that was exported here. */
export function jobEnvironment(home: string): NodeJS.ProcessEnv {
  const { AC_ACCESS_TOKEN: _token, ...rest } = process.env;
  const folders = { XDG_CACHE_HOME: join(home, '.cache'), XDG_CONFIG_HOME: join(home, '.config') };
  return { ...rest, HOME: home, ...folders };
}
