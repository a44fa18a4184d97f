import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { runCommand } from '../../sandbox/cli/commands.ts';
import { CONFIGURATION } from './plan.ts';
import { hostileText } from './texts.ts';
import { FIRST_PID } from './virtual.ts';
import type { World } from './world.ts';

/** A process of the CLI, as far as @actions/exec and the action look at it. */
class VirtualProcess extends EventEmitter {
  readonly pid: number;
  readonly args: string[];
  /** When it does its work. */
  readonly due: number;
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  exitCode: number | null = null;
  /** Whether it, or what it started, still runs. */
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

/** The Appcircle CLI: the sandbox's commands, in virtual processes. */
export class VirtualCli {
  readonly processes: VirtualProcess[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  spawn(args: string[], options: { detached?: boolean }): VirtualProcess {
    const { plan, time, note } = this.#world;
    const { trouble, takesMs } = plan.cli;
    const child = new VirtualProcess(
      FIRST_PID + this.processes.length,
      args,
      time.elapsed + takesMs,
    );
    this.processes.push(child);
    channel('child_process').publish({ process: child });
    child.spawn(options);
    if (trouble) note(`the CLI ${trouble}`);
    time.after(takesMs, () => child.alive && this.#run(child));
    return child;
  }

  /** Lets the processes of a main that was killed do their work. Returns for how long, in milliseconds. */
  liveOn(): number {
    const { time } = this.#world;
    const living = this.processes.filter(({ alive, exitCode }) => alive && exitCode === null);
    let longest = 0;
    for (const child of living) {
      const wait = Math.max(0, child.due - time.elapsed);
      for (const emitter of [child, child.stdout, child.stderr]) emitter.removeAllListeners();
      time.after(wait, () => this.#run(child));
      longest = Math.max(longest, wait);
    }
    return longest;
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
    const { plan, chance } = this.#world;
    const { trouble } = plan.cli;
    if (trouble === 'hangs') return;
    if (trouble === 'pretends') {
      child.end(0);
      return;
    }
    if (trouble === 'fails') {
      child.print(hostileText(chance, this.#world));
      child.end(chance.int(1, 255));
      return;
    }
    try {
      const shown = runCommand(CONFIGURATION, child.args);
      child.print(`${JSON.stringify(shown)}\n`);
      child.end(0, trouble === 'holds output');
    } catch (error) {
      child.print(String(error));
      child.end(1);
    }
  }
}
