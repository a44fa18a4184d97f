import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inputVariables, readActionMetadata } from '../../sandbox/runner/action-metadata.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { Masks } from '../../sandbox/runner/masks.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';
import { Chance } from './chance.ts';
import { VirtualCli } from './cli.ts';
import { VirtualFiles } from './files.ts';
import { ROOT, within } from './machine.ts';
import { Network } from './network.ts';
import { CONFIGURATION, drawPlan, type Plan } from './plan.ts';
import { WorldServers } from './servers.ts';
import { VirtualTime } from './time.ts';

// What a run loads on demand is there before any story, so that loading takes no time in one.
await import('../../src/cli.ts');
const { inputs: declared } = readActionMetadata(fileURLToPath(new URL('../..', import.meta.url)));

/** Starts a program of the action's: each address is one more module that runs. */
let programs = 0;
const start = (program: 'index' | 'post') =>
  import(new URL(`../../src/${program}.ts?${++programs}`, import.meta.url).href);

/** The token of a job that logs the CLI in on the same machine, meanwhile. */
const OTHER_JOB = 'of another job';

/** What a program wrote, as it wrote it and as a person sees it. */
export interface Output {
  readonly lines: string[];
  readonly log: StepLog;
}

/** Everything there is to know of one run of main and post. */
export interface Story {
  readonly seed: number;
  readonly plan: Plan;
  readonly files: VirtualFiles;
  readonly servers: WorldServers;
  readonly cli: VirtualCli;
  readonly main: Output;
  readonly post: Output;
  readonly masks: Masks;
  /** What happened, and when. */
  readonly met: string[];
  /** When, in milliseconds since the start; undefined for what did not happen. */
  readonly ended: number | undefined;
  readonly cancelled: number | undefined;
  readonly killed: boolean;
  readonly exitCode: number;
  /** What the runner's files and the CLI's configuration held when main had ended. */
  readonly afterMain: ReadonlyMap<string, string>;
  /** The CLI's configuration when post started. */
  readonly beforePost: string | undefined;
  /** For how many milliseconds a CLI outlived a main that was killed. */
  readonly livedOn: number;
  /** Processes that main left behind. */
  readonly leftRunning: number;
  /** How far the wall clock had jumped in the end, in milliseconds. */
  readonly jumped: number;
}

/** Runs main, then post, in the world that a seed decides. */
export async function runStory(seed: number): Promise<Story> {
  const chance = new Chance(seed);
  const plan = drawPlan(chance);
  const time = new VirtualTime();
  const began = time.elapsed;
  const files = filesOf(plan);
  const masks = new Masks();
  if (plan.earlierToken) masks.add(plan.earlierToken);
  const debug = plan.env['RUNNER_DEBUG'] === '1';
  const output = (): Output => ({ lines: [], log: new StepLog({ debug, masks }) });
  const outputs = { main: output(), post: output() };
  const met: string[] = [];
  const note = (what: string) => met.push(`${Math.round(time.elapsed - began)} ms: ${what}`);
  let jumped = 0;
  const now = () => Math.floor(plan.now + time.elapsed - began + jumped);
  const servers = new WorldServers(time, plan, chance, note, now, () => outputs.main.lines.length);
  const network = new Network(time, servers);
  servers.network = network;
  const cli = new VirtualCli(time, files, plan, chance, note);
  const random = () => (servers.lastRandom = chance.next());
  const machine = { time, files, network, cli, now, random, program: plan.program };

  let ended: number | undefined;
  let cancelled: number | undefined;
  let killed = false;
  let exitCode = 1;
  const events = new EventEmitter();
  const exit = () => {
    ended ??= time.elapsed - began;
    exitCode = Number(process.exitCode);
    if (cancelled === undefined && ended < plan.timeoutMs - 1) servers.giveUp();
    events.emit('exit');
  };
  const env = { ...plan.env, ...inputVariables(declared, plan.inputs) };
  await within({ ...machine, env, events, exit, print: printer(outputs.main) }, async () => {
    const happen = () => {
      if (ended !== undefined) return;
      if (time.steps === plan.jumpAt) jumped = plan.jumpMs;
      const isCliAtWork = cli.processes.some(({ alive }) => alive);
      if (time.steps === plan.killAt || (plan.killWithCli && isCliAtWork)) killed = true;
      if (killed || time.steps !== plan.cancelAt) return;
      cancelled = time.elapsed - began;
      note('cancelled');
      events.emit('SIGINT', 'SIGINT');
    };
    await start('index');
    await new Promise((resolve) => setImmediate(resolve));
    happen();
    // A process that has nothing left to do ends, too.
    if (!(await time.run(() => ended !== undefined || killed, happen))) events.emit('exit');
  });
  const afterMain = new Map(files.texts);
  const leftRunning = cli.processes.filter(({ alive }) => alive).length;
  time.clear();
  const livedOn = killed ? cli.liveOn() : 0;

  const state = read(files, 'GITHUB_STATE');
  if (plan.otherJob && state['cli-configuration'] && !killed) logAnotherIn(files);
  if (plan.configurationTroubleAtPost)
    files.troubles.set(CONFIGURATION, plan.configurationTroubleAtPost);
  const beforePost = files.texts.get(CONFIGURATION);
  const stateVariables = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const post = {
    env: { ...plan.env, ...Object.fromEntries(stateVariables) },
    events: new EventEmitter(),
    exit: () => {},
    print: printer(outputs.post),
  };
  await within({ ...machine, ...post }, async () => {
    for (let times = chance.pick([1, 1, 2]); times > 0; times--) {
      await start('post');
      await time.run(
        () => false,
        () => {},
      );
    }
  });
  const world = { seed, plan, files, servers, cli, ...outputs, masks, met, jumped };
  const ends = { ended, cancelled, killed, exitCode, leftRunning, livedOn };
  return { ...world, ...ends, afterMain, beforePost };
}

/** Logs the CLI in for another job, as its main does. */
function logAnotherIn({ texts }: VirtualFiles): void {
  const values = JSON.parse(texts.get(CONFIGURATION) ?? '{}');
  const { current = 'default', envs } = values;
  const own = { ...envs?.['github-actions'], AC_ACCESS_TOKEN: OTHER_JOB };
  texts.set(
    CONFIGURATION,
    JSON.stringify({
      ...(current !== 'github-actions' && { 'github-actions': { previous: current } }),
      ...values,
      current: 'github-actions',
      envs: { ...envs, 'github-actions': own },
    }),
  );
}

/** What a file of the runner's came to; nothing where the runner refuses it. */
export function read(
  { texts }: { texts: ReadonlyMap<string, string> },
  name: string,
): Record<string, string> {
  try {
    return parseFileCommands(texts.get(`${ROOT}/${name}`) ?? '', name);
  } catch {
    return {};
  }
}

function filesOf(plan: Plan): VirtualFiles {
  const files = new VirtualFiles();
  files.room = plan.room;
  for (const { path, text, trouble } of plan.files) {
    if (text !== undefined) files.texts.set(path, text);
    if (trouble) files.troubles.set(path, trouble);
  }
  return files;
}

function printer({ lines, log }: Output): (text: string) => void {
  return (text) => {
    for (const line of text.replace(/\n$/, '').split(/\r\n|\n|\r/)) {
      lines.push(line);
      log.read(line);
    }
  };
}
