import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { runCommand } from '../../sandbox/cli/commands.ts';
import type { Chance } from './chance.ts';
import { ROOT, type VirtualFiles } from './files.ts';
import { CONFIGURATION, type Plan } from './plan.ts';
import { hostileText } from './texts.ts';
import type { VirtualTime } from './time.ts';

/** A process of the CLI, as far as @actions/exec and the action look at it. */
class VirtualProcess extends EventEmitter {
  readonly pid: number;
  readonly args: string[];
  /** When it does its work. */
  readonly due: number;
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  exitCode: number | null = null;
  /** It, or what it started, is still there. */
  alive = false;
  leader = false;

  constructor(pid: number, args: string[], due: number) {
    super();
    this.pid = pid;
    this.args = args;
    this.due = due;
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
  readonly processes: VirtualProcess[] = [];
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
    if (plan.cliInstalled) files.texts.set(`${ROOT}/bin/appcircle`, '#!');
  }

  spawn(args: string[], options: { detached?: boolean }): VirtualProcess {
    const { cliTrouble: trouble, cliTakesMs } = this.#plan;
    const takes = trouble === 'is slow' ? 20_000 : cliTakesMs;
    const pid = 1e9 + this.processes.length;
    const child = new VirtualProcess(pid, args, this.#time.elapsed + takes);
    this.processes.push(child);
    channel('child_process').publish({ process: child });
    child.spawn(options);
    if (trouble) this.#met(`the CLI ${trouble}`);
    this.#time.after(takes, () => child.alive && this.#run(child));
    return child;
  }

  /** Lets the processes of a main that was killed do their work. Returns for how long, in milliseconds. */
  liveOn(): number {
    const living = this.processes.filter(({ alive, exitCode }) => alive && exitCode === null);
    const takes = living.map(({ due }) => Math.max(0, due - this.#time.elapsed));
    for (const [at, child] of living.entries()) {
      for (const emitter of [child, child.stdout, child.stderr]) emitter.removeAllListeners();
      this.#time.after(takes[at] ?? 0, () => this.#run(child));
    }
    return Math.max(0, ...takes);
  }

  /** Ends a group of processes, as the kernel does. */
  kill(pid: number): true {
    const child = this.processes.find((each) => each.pid === -pid && each.leader && each.alive);
    if (!child) throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
    child.alive = false;
    process.nextTick(() => child.end(null));
    return true;
  }

  #run(child: VirtualProcess): void {
    const trouble = this.#plan.cliTrouble;
    if (trouble === 'hangs') return;
    if (trouble === 'pretends') {
      child.end(0);
      return;
    }
    if (trouble === 'fails') {
      child.print(hostileText(this.#chance, this.#plan));
      child.end(this.#chance.int(1, 255));
      return;
    }
    try {
      const shown = runCommand({ path: CONFIGURATION, console }, child.args);
      child.print(`${JSON.stringify(shown)}\n`);
      child.end(0, trouble === 'holds output');
    } catch (error) {
      child.print(String(error));
      child.end(1);
    }
  }
}
