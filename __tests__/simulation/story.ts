import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inputVariables, readActionMetadata } from '../../sandbox/runner/action-metadata.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { Masks } from '../../sandbox/runner/masks.ts';
import { type Annotation, StepLog } from '../../sandbox/runner/step-log.ts';
import { VirtualCli } from './cli.ts';
import type { VirtualFiles } from './files.ts';
import { type Machine, within } from './machine.ts';
import { CONFIGURATION } from './plan.ts';
import { WorldServers } from './servers.ts';
import { settled } from './time.ts';
import { ROOT } from './virtual.ts';
import { World } from './world.ts';

// A real import() takes real time, and virtual timers would ring first.
await import('../../src/cli.ts');
const { inputs: declared } = readActionMetadata(fileURLToPath(new URL('../..', import.meta.url)));

/** Starts a program of the action's. The number makes Node load the module again. */
let programs = 0;
const start = (program: 'index' | 'post') =>
  import(new URL(`../../src/${program}.ts?${++programs}`, import.meta.url).href);

/** The token of a job that logs the CLI in on the same machine, meanwhile. */
const OTHER_JOB = 'of another job';

/** Everything there is to know of one run of main and post. */
export type Story = Awaited<ReturnType<typeof runStory>>;

/** Runs main, then post, in the world that a seed decides. */
export async function runStory(seed: number) {
  const world = new World(seed);
  const { plan, files, time, now, chance } = world;
  const [main, post] = [new Output(plan.variables), new Output(plan.variables)];
  const servers = new WorldServers(world, main.lines);
  const { network } = servers;
  const cli = new VirtualCli(world);
  const machine = { time, files, network, cli, now, random: chance.next };

  const end = await runMain(world, machine, main.print);
  /** All files, when main had ended. */
  const afterMain = new Map(files.texts);
  /** Processes and connections of main's. */
  const leftRunning = cli.processes.filter(({ alive }) => alive).length;
  const connections = network.sockets.length;
  time.clear();
  /** For how many milliseconds a CLI outlived a main that was killed. */
  const livedOn = end.killed ? cli.liveOn() : 0;

  const state = readFileCommands(afterMain, 'GITHUB_STATE');
  if (plan.otherJob && state['cli-configuration'] && !end.killed) logInAnotherJob(files);
  if (plan.isLockedAtPost) files.troubles.set(CONFIGURATION, 'read-only');
  /** The CLI's configuration when post started. */
  const beforePost = files.texts.get(CONFIGURATION);
  const postExitCode = await runPost(world, state, machine, post.print);
  return {
    world,
    plan,
    files,
    servers,
    network,
    main,
    post,
    ...end,
    afterMain,
    leftRunning,
    connections,
    livedOn,
    state,
    beforePost,
    postExitCode,
    outputs: readFileCommands(afterMain, 'GITHUB_OUTPUT'),
    environment: readFileCommands(afterMain, 'GITHUB_ENV'),
    annotations: [...main.log.annotations, ...post.log.annotations],
    /** Of main's red line. */
    title: main.log.annotations.find(({ level }) => level === 'error')?.title,
  };
}

/** What main and post share of a machine. */
type Shared = Omit<Machine, 'env' | 'events' | 'exit' | 'print'>;

/** How main ended. Times are in milliseconds since the start, and undefined for what did not happen. */
interface End {
  ended: number | undefined;
  cancelled: number | undefined;
  killed: boolean;
  exitCode: number;
}

async function runMain(world: World, shared: Shared, print: Machine['print']): Promise<End> {
  const { plan, time } = world;
  const events = new EventEmitter();
  const end: End = { ended: undefined, cancelled: undefined, killed: false, exitCode: 1 };
  const exit = () => {
    end.ended ??= Math.round(time.elapsed);
    end.exitCode = Number(process.exitCode ?? 0);
    events.emit('exit');
  };
  const env = { ...plan.variables, ...inputVariables(declared, plan.inputs) };
  await within({ ...shared, print, env, events, exit }, async () => {
    const afterEach = () => interrupt(end, world, shared.cli, events);
    await start('index');
    await settled();
    afterEach();
    const isOver = () => end.ended !== undefined || end.killed;
    // A process that has nothing left to do ends, too.
    if (!(await time.run(isOver, afterEach))) events.emit('exit');
  });
  return end;
}

/** Lets the clock jump, kills main or cancels the job, where the plan wants that now. */
function interrupt(end: End, world: World, cli: VirtualCli, events: EventEmitter): void {
  if (end.ended !== undefined) return;
  const { plan, time } = world;
  const isCliAtWork = cli.processes.some(({ alive }) => alive);
  if (time.steps === plan.jumpAt) world.jumpedMs = plan.jumpMs;
  if (time.steps === plan.killAt || (plan.killWithCli && isCliAtWork)) end.killed = true;
  if (end.killed || time.steps !== plan.cancelAt) return;
  end.cancelled = Math.round(time.elapsed);
  world.note('cancelled');
  events.emit('SIGINT', 'SIGINT');
}

async function runPost(
  { plan, time }: World,
  state: Readonly<Record<string, string>>,
  shared: Shared,
  print: Machine['print'],
): Promise<number> {
  const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const env = { ...plan.variables, ...Object.fromEntries(saved) };
  const nobody = { events: new EventEmitter(), exit: () => {} };
  return within({ ...shared, print, env, ...nobody }, async () => {
    await start('post');
    await time.run();
    return Number(process.exitCode ?? 0);
  });
}

/** What a program wrote, as it wrote it and as a person sees it. */
class Output {
  readonly lines: string[] = [];
  readonly log: { readonly annotations: readonly Annotation[]; read(line: string): void };

  constructor(variables: Readonly<Record<string, string>>) {
    this.log = new StepLog({ debug: variables['RUNNER_DEBUG'] === '1', masks: new Masks() });
  }

  print = (text: string): void => {
    for (const line of text.replace(/\n$/, '').split(/\r\n|\n|\r/)) {
      this.lines.push(line);
      this.log.read(line);
    }
  };
}

/** Logs the CLI in for another job, as its main does. */
function logInAnotherJob({ texts }: VirtualFiles): void {
  const values = JSON.parse(texts.get(CONFIGURATION) ?? '{}');
  const envs = { ...values.envs, 'github-actions': { AC_ACCESS_TOKEN: OTHER_JOB } };
  texts.set(CONFIGURATION, JSON.stringify({ ...values, current: 'github-actions', envs }));
}

/** What a file of the runner's came to; nothing where the runner refuses it. */
function readFileCommands(
  texts: ReadonlyMap<string, string>,
  name: string,
): Record<string, string> {
  try {
    return parseFileCommands(texts.get(`${ROOT}/${name}`) ?? '', name);
  } catch {
    return {};
  }
}
