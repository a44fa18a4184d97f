import { exec } from '@actions/exec';
import { which } from '@actions/io';
import type { Deadline } from '../base/deadline.ts';
import { errorText } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import { withoutLeftovers } from './processes.ts';

/** Milliseconds to wait for output after a command exited: a child of it may hold the output open. */
const OUTPUT_DELAY_MS = 200;
/** Characters, far more than any command prints. */
const MOST_OUTPUT = 64 * 1024;

/** Finds the Appcircle CLI on the PATH. Throws a Failure where there is none. */
export async function findCli(): Promise<void> {
  if (await quietly(() => which('appcircle', false))) return;
  throw new Failure(
    'The Appcircle CLI is not installed',
    message`configure-cli is true, but there is no "appcircle" on the PATH.`,
    message`Run ${'npm install -g @appcircle/cli'} in an earlier step.`,
  );
}

/**
 * Runs a command of the Appcircle CLI.
 * @throws Failure unless it exits with 0 in time
 */
export async function run(
  args: string[],
  env: Record<string, string>,
  deadline: Deadline,
): Promise<void> {
  const command = message`"${['appcircle', ...args].join(' ')}"`;
  const doing = () => message`waiting for ${command}.`;
  const finish = () => deadline.limit(start(args, env, command), doing, unfinished);
  const { exitCode, output } = await withoutLeftovers(finish).catch((error: unknown) => {
    if (isFailure(error)) throw error;
    throw failed(message`${command} could not be run (${errorText(error)}).`);
  });
  if (exitCode === 0) return;
  const ended = exitCode === null ? message`was killed` : message`exited with code ${exitCode}`;
  const said = output.trim().replace(/\.$/, '');
  if (said === '') throw failed(message`${command} ${ended} and printed nothing.`);
  throw failed(message`${command} ${ended} and said "${new Foreign(said)}".`);
}

/** Starts a command and waits for its end. Throws a Failure where it prints too much. */
async function start(args: string[], env: Record<string, string>, command: Message) {
  const { promise: flood, reject } = Promise.withResolvers<never>();
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk.toString();
    if (output.length > MOST_OUTPUT) reject(failed(message`${command} printed more than 64 KiB.`));
  };
  // By name, since a path would be split at its blanks. Silent, since the CLI prints all environments.
  const exited = quietly(() =>
    exec('appcircle', args, {
      silent: true,
      ignoreReturnCode: true,
      delay: OUTPUT_DELAY_MS,
      env,
      listeners: { stdout: listen, stderr: listen },
    }),
  );
  // `null` where a signal ended it, whatever the type of `exec` says.
  const exitCode: number | null = await Promise.race([exited, flood]);
  return { exitCode, output };
}

/** Without what @actions/io prints of entries on the PATH that it can't look into: a closed folder, a file. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => {};
  try {
    return await run();
  } finally {
    console.log = log;
  }
}

function failed(reason: Message): Failure {
  return new Failure(
    'The Appcircle CLI failed',
    reason,
    message`Add a step that runs "appcircle config list" before this one to see whether the CLI works, and update it with ${'npm install -g @appcircle/cli@latest'}.`,
  );
}

function unfinished(reason: Message): Failure {
  return new Failure(
    'The Appcircle CLI did not finish',
    reason,
    message`Add a step that runs "appcircle config list" before this one to see what the CLI waits for.`,
  );
}
