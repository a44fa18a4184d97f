import { fileURLToPath } from 'node:url';
import { inputVariables, readActionMetadata } from '../../sandbox/runner/action-metadata.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { Masks } from '../../sandbox/runner/masks.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';
import { Deadline } from '../../src/base/deadline.ts';
import { Failure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { logOut } from '../../src/cli/logout.ts';
import { main } from '../../src/main.ts';
import { reportFailure } from '../../src/report/failure.ts';
import { githubRunner } from '../../src/runner/github.ts';
import { Chance } from './chance.ts';
import { VirtualCli } from './cli.ts';
import { VirtualFiles } from './files.ts';
import { type Machine, ROOT, within } from './machine.ts';
import { Network } from './network.ts';
import { CONFIGURATION, drawPlan, type Plan } from './plan.ts';
import { WorldServers } from './servers.ts';
import { VirtualTime } from './time.ts';

// What a run with `configure-cli` loads on demand is there before any story, so that loading takes no time in one.
await import('../../src/cli.ts');
const { inputs: declared } = readActionMetadata(fileURLToPath(new URL('../..', import.meta.url)));

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
  readonly error: unknown;
  /** What the runner's files and the CLI's configuration held when main had ended. */
  readonly afterMain: ReadonlyMap<string, string>;
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
  const start = time.elapsed;
  const files = filesOf(plan);
  const masks = new Masks();
  if (plan.earlierToken) masks.add(plan.earlierToken);
  const debug = plan.env['RUNNER_DEBUG'] === '1';
  const output = (): Output => ({ lines: [], log: new StepLog({ debug, masks }) });
  const outputs = { main: output(), post: output() };
  const met: string[] = [];
  const note = (what: string) => met.push(`${Math.round(time.elapsed - start)} ms: ${what}`);
  let jumped = 0;
  const now = () => Math.floor(plan.now + time.elapsed - start + jumped);
  const servers = new WorldServers(time, plan, chance, note, now, () => outputs.main.lines.length);
  const network = new Network(time, servers);
  servers.network = network;
  const cli = new VirtualCli(time, files, plan, chance, note);
  const env = { ...plan.env, ...inputVariables(declared, plan.inputs) };
  const machine: Machine = { env, time, files, network, cli, print: printer(outputs.main) };
  const random = () => (servers.lastRandom = chance.next());

  let ended: number | undefined;
  let cancelled: number | undefined;
  let killed = false;
  let exitCode = 1;
  let error: unknown;
  await within(machine, async () => {
    const runner = githubRunner();
    const clock = { now, elapsed: () => time.elapsed, after: time.after };
    const deadline = new Deadline(clock);
    // As src/index.ts does it.
    const end = (thrown?: unknown) => {
      ended = time.elapsed - start;
      error = thrown;
      if (thrown === undefined) exitCode = 0;
      else reportFailure(thrown, runner);
    };
    main({ ...runner, clock, random, deadline })
      .then(() => end(), end)
      .catch((thrown) => (error = thrown));
    const happen = () => {
      if (ended !== undefined) return;
      if (time.steps === plan.jumpAt) jumped = plan.jumpMs;
      if (time.steps === plan.killAt) killed = true;
      if (time.steps !== plan.cancelAt) return;
      cancelled = time.elapsed - start;
      note('cancelled');
      deadline.cancel(
        new Failure(
          'The run was cancelled',
          message`The job was cancelled.`,
          message`Run it again.`,
        ),
      );
    };
    await new Promise((resolve) => setImmediate(resolve));
    happen();
    await time.run(() => ended !== undefined || killed, happen);
  });
  const afterMain = new Map(files.texts);
  const leftRunning = cli.processes.filter(({ alive }) => alive).length;
  for (const child of cli.processes) child.alive = false;

  if (plan.configurationTroubleAtPost)
    files.troubles.set(CONFIGURATION, plan.configurationTroubleAtPost);
  const state = read(files, 'GITHUB_STATE');
  const stateVariables = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const postEnv = { ...plan.env, ...Object.fromEntries(stateVariables) };
  await within({ ...machine, env: postEnv, print: printer(outputs.post) }, async () => {
    for (let times = chance.pick([1, 1, 2]); times > 0; times--) {
      // As src/post.ts does it.
      const runner = githubRunner();
      const file = runner.state('cli-configuration');
      const isStored = runner.state('cli-login') === 'stored';
      if (file) logOut({ file, digest: runner.state('cli-token'), isStored }, runner.log);
    }
  });
  const world = { seed, plan, files, servers, cli, ...outputs, masks, met };
  return { ...world, ended, cancelled, killed, exitCode, error, afterMain, leftRunning, jumped };
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
