import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inputVariables, readActionMetadata } from '../../sandbox/runner/action-metadata.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { Masks } from '../../sandbox/runner/masks.ts';
import { type Annotation, StepLog } from '../../sandbox/runner/step-log.ts';
import { Chance } from './chance.ts';
import { VirtualCli } from './cli.ts';
import { ROOT, VirtualFiles } from './files.ts';
import { within } from './machine.ts';
import { Network } from './network.ts';
import { CONFIGURATION, drawPlan } from './plan.ts';
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

/** Everything there is to know of one run of main and post. */
export type Story = Awaited<ReturnType<typeof runStory>>;

/** Runs main, then post, in the world that a seed decides. */
export async function runStory(seed: number) {
  const chance = new Chance(seed);
  const plan = drawPlan(chance);
  const time = new VirtualTime();
  const began = time.elapsed;
  const elapsed = () => Math.round(time.elapsed - began);
  const files = new VirtualFiles();
  for (const [path, text] of plan.texts) files.texts.set(path, text);
  for (const [path, trouble] of plan.troubles) files.troubles.set(path, trouble);
  files.room = plan.room;
  const [main, post] = [new Output(plan.env), new Output(plan.env)];
  /** What happened, and when. */
  const met: string[] = [];
  const note = (what: string) => met.push(`${elapsed()} ms: ${what}`);
  /** How far the wall clock has jumped. */
  let jumped = 0;
  const now = () => Math.floor(plan.now + time.elapsed - began + jumped);
  const servers = new WorldServers(time, plan, chance, note, now, () => main.lines.length);
  const network = new Network(time, servers);
  servers.network = network;
  const cli = new VirtualCli(time, files, plan, chance, note);
  const machine = { time, files, network, cli, now, random: chance.next };

  /** When, in milliseconds since the start; undefined for what did not happen. */
  let ended: number | undefined;
  let cancelled: number | undefined;
  let killed = false;
  let exitCode = 1;
  const events = new EventEmitter();
  const exit = () => {
    ended ??= elapsed();
    exitCode = Number(process.exitCode);
    events.emit('exit');
  };
  const env = { ...plan.env, ...inputVariables(declared, plan.inputs) };
  await within({ ...machine, env, events, exit, print: main.print }, async () => {
    const happen = () => {
      if (ended !== undefined) return;
      if (time.steps === plan.jumpAt) jumped = plan.jumpMs;
      const isCliAtWork = cli.processes.some(({ alive }) => alive);
      if (time.steps === plan.killAt || (plan.killWithCli && isCliAtWork)) killed = true;
      if (killed || time.steps !== plan.cancelAt) return;
      cancelled = elapsed();
      note('cancelled');
      events.emit('SIGINT', 'SIGINT');
    };
    await start('index');
    await new Promise((resolve) => setImmediate(resolve));
    happen();
    // A process that has nothing left to do ends, too.
    if (!(await time.run(() => ended !== undefined || killed, happen))) events.emit('exit');
  });
  /** All files, when main had ended. */
  const afterMain = new Map(files.texts);
  /** Processes and connections of main's. */
  const leftRunning = cli.processes.filter(({ alive }) => alive).length;
  const connections = network.sockets.length;
  time.clear();
  /** For how many milliseconds a CLI outlived a main that was killed. */
  const livedOn = killed ? cli.liveOn() : 0;

  const state = read(afterMain, 'GITHUB_STATE');
  if (plan.otherJob && state['cli-configuration'] && !killed) logAnotherIn(files);
  if (plan.isLockedAtPost) files.troubles.set(CONFIGURATION, 'read-only');
  /** The CLI's configuration when post started. */
  const beforePost = files.texts.get(CONFIGURATION);
  const states = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const ofPost = {
    env: { ...plan.env, ...Object.fromEntries(states) },
    events: new EventEmitter(),
    exit: () => {},
    print: post.print,
  };
  await within({ ...machine, ...ofPost }, async () => {
    await start('post');
    await time.run(
      () => false,
      () => {},
    );
  });
  return {
    plan,
    files,
    servers,
    network,
    main,
    post,
    met,
    jumped,
    ended,
    cancelled,
    killed,
    exitCode,
    leftRunning,
    connections,
    livedOn,
    afterMain,
    beforePost,
    state,
    outputs: read(afterMain, 'GITHUB_OUTPUT'),
    environment: read(afterMain, 'GITHUB_ENV'),
    annotations: [...main.log.annotations, ...post.log.annotations],
    /** Of main's red line. */
    title: main.log.annotations.find(({ level }) => level === 'error')?.title,
  };
}

/** What a program wrote, as it wrote it and as a person sees it. */
class Output {
  readonly lines: string[] = [];
  readonly log: { readonly annotations: readonly Annotation[]; read(line: string): void };

  constructor(env: Readonly<Record<string, string>>) {
    this.log = new StepLog({ debug: env['RUNNER_DEBUG'] === '1', masks: new Masks() });
  }

  print = (text: string): void => {
    for (const line of text.replace(/\n$/, '').split(/\r\n|\n|\r/)) {
      this.lines.push(line);
      this.log.read(line);
    }
  };
}

/** Logs the CLI in for another job, as its main does. */
function logAnotherIn({ texts }: VirtualFiles): void {
  const values = JSON.parse(texts.get(CONFIGURATION) ?? '{}');
  const envs = { ...values.envs, 'github-actions': { AC_ACCESS_TOKEN: OTHER_JOB } };
  texts.set(CONFIGURATION, JSON.stringify({ ...values, current: 'github-actions', envs }));
}

/** What a file of the runner's came to; nothing where the runner refuses it. */
function read(texts: ReadonlyMap<string, string>, name: string): Record<string, string> {
  try {
    return parseFileCommands(texts.get(`${ROOT}/${name}`) ?? '', name);
  } catch {
    return {};
  }
}
