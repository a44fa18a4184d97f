import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { runCommand } from '../../sandbox/cli/commands.ts';
import type { Chance } from './chance.ts';
import type { VirtualFiles } from './files.ts';
import { type CliTrouble, CONFIGURATION, type Plan } from './plan.ts';
import { hostileText } from './texts.ts';
import type { VirtualTime } from './time.ts';

/** A process of the CLI, as far as @actions/exec and the action look at it. */
class VirtualProcess extends EventEmitter {
  readonly pid: number;
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  exitCode: number | null = null;
  /** It, or what it started, is still there. */
  alive = false;
  /** When it does its work. */
  due = 0;
  leader = false;

  constructor(pid: number) {
    super();
    this.pid = pid;
  }

  spawn(options: { detached?: boolean }): number {
    this.alive = true;
    this.leader = options.detached === true;
    return 0;
  }

  print(text: string): void {
    this.stdout.emit('data', Buffer.from(text));
  }

  end(code: number | null, stays = false): void {
    if (this.exitCode !== null) return;
    this.exitCode = code ?? -1;
    this.alive = stays;
    this.emit('exit', code);
    if (!stays) this.emit('close', code);
  }
}

/** The Appcircle CLI: the sandbox's commands, in processes of this process's imagination. */
export class VirtualCli {
  readonly calls: string[][] = [];
  readonly processes: VirtualProcess[] = [];
  readonly envs: Record<string, string>[] = [];
  /** Whether it ever did its work. */
  worked = false;
  readonly #time: VirtualTime;
  readonly #plan: Plan;
  readonly #chance: Chance;
  readonly #met: (what: string) => void;

  constructor(
    time: VirtualTime,
    files: VirtualFiles,
    plan: Plan,
    chance: Chance,
    met: (what: string) => void,
  ) {
    this.#time = time;
    this.#plan = plan;
    this.#chance = chance;
    this.#met = met;
    if (plan.cliInstalled) files.texts.set('/sim/bin/appcircle', '#!');
  }

  spawn(
    _file: string,
    args: string[],
    options: { env?: Record<string, string>; detached?: boolean },
  ): VirtualProcess {
    const child = new VirtualProcess(1e9 + this.calls.push(args));
    this.envs.push(options.env ?? {});
    this.processes.push(child);
    channel('child_process').publish({ process: child });
    const { kind: trouble, afterMs } = this.#plan.cliTrouble ?? {};
    if (trouble) this.#met(`the CLI ${trouble}`);
    if (trouble === 'will not start') {
      process.nextTick(() =>
        child.emit('error', Object.assign(new Error('spawn EACCES'), { code: 'EACCES' })),
      );
      return child;
    }
    child.spawn(options);
    const takes = afterMs ?? this.#chance.int(50, 800);
    child.due = this.#time.elapsed + takes;
    this.#time.after(takes, () => child.alive && this.#run(child, args, trouble));
    return child;
  }

  /** Lets the processes of a main that was killed do their work, as far as they would. Returns for how long, in milliseconds. */
  liveOn(): number {
    const living = this.processes.filter(({ alive, exitCode }) => alive && exitCode === null);
    const takes = living.map((child) => Math.max(0, child.due - this.#time.elapsed));
    for (const [at, child] of living.entries()) {
      for (const emitter of [child, child.stdout, child.stderr]) emitter.removeAllListeners();
      const { kind } = this.#plan.cliTrouble ?? {};
      if (kind !== 'floods')
        this.#time.after(takes[at] ?? 0, () => this.#run(child, this.calls.at(-1) ?? [], kind));
    }
    return Math.max(0, ...takes);
  }

  /** Ends a group of processes, as the kernel does. */
  kill(pid: number): true {
    const child = this.processes.find(
      (candidate) => candidate.pid === -pid && candidate.leader && candidate.alive,
    );
    if (!child) throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
    child.alive = false;
    process.nextTick(() => child.end(null));
    return true;
  }

  async #run(
    child: VirtualProcess,
    args: string[],
    trouble: CliTrouble['kind'] | undefined,
  ): Promise<void> {
    if (trouble === 'hangs') return;
    if (trouble === 'pretends') return child.end(0);
    if (trouble === 'dies') return child.end(null);
    if (trouble === 'floods') return this.#flood(child);
    if (trouble === 'fails') {
      child.print(this.#chance.in100(40) ? args.join(' ') : hostileText(this.#chance, this.#plan));
      return child.end(this.#chance.int(1, 255));
    }
    try {
      const shown = runCommand({ path: CONFIGURATION, readOnly: false, console }, args);
      child.print(`${JSON.stringify(shown)}\n`);
      this.worked = true;
      child.end(0, trouble === 'holds output');
    } catch (error) {
      child.stderr.emit('data', Buffer.from(String(error)));
      child.end(1);
    }
  }

  #flood(child: VirtualProcess): void {
    if (!child.alive) return;
    child.print('y\n'.repeat(1500));
    this.#time.after(5, () => this.#flood(child));
  }
}
