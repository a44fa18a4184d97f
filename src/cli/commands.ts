import { exec } from '@actions/exec';
import { which } from '@actions/io';
import type { Context } from '../base/context.ts';
import { messageOf } from '../base/errors.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message } from '../base/message.ts';
import { withoutLeftovers } from './processes.ts';

/** Milliseconds to wait for output after a command exited: a child of it may hold the output open. */
const OUTPUT_DELAY_MS = 200;
/** Characters, far more than any command prints. */
const MOST_OUTPUT = 64 * 1024;

/**
 * Finds the Appcircle CLI on the PATH. Each of its commands throws a Failure unless it exits with 0.
 * @param env the environment for its commands
 * @throws Failure where there is none
 */
export async function findCli(
  env: Record<string, string>,
  { deadline }: Context,
): Promise<(...args: string[]) => Promise<void>> {
  if (!(await which('appcircle', false))) {
    throw new Failure(
      'The Appcircle CLI is not installed',
      message`configure-cli is true, but there is no "appcircle" on the PATH.`,
      message`Install it in an earlier step: npm install -g @appcircle/cli.`,
    );
  }
  return async (...args) => {
    const command = message`"${['appcircle', ...args].join(' ')}"`;
    const { promise: flood, reject: stop } = Promise.withResolvers<never>();
    let output = '';
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > MOST_OUTPUT) stop(failed(message`${command} printed more than 64 KiB.`));
    };
    // By name, since a path would be split at its blanks. Silent, since the CLI prints all environments.
    const options = { silent: true, ignoreReturnCode: true, delay: OUTPUT_DELAY_MS, env };
    const run = () =>
      exec('appcircle', args, { ...options, listeners: { stdout: listen, stderr: listen } });
    const exitCode = await withoutLeftovers(() =>
      deadline.limit(
        Promise.race([run(), flood]),
        () => message`waiting for ${command}.`,
        unfinished,
      ),
    ).catch((error: unknown) => {
      throw isFailure(error)
        ? error
        : failed(message`${command} could not be run (${messageOf(error)}).`);
    });
    const ended = exitCode === null ? message`was killed` : message`exited with code ${exitCode}`;
    if (exitCode !== 0)
      throw failed(message`${command} ${ended} and said "${new Foreign(output.trim())}".`);
  };
}

function failed(reason: Message): Failure {
  return new Failure(
    'The Appcircle CLI failed',
    reason,
    message`Run "appcircle config list" by hand on this runner to see whether the CLI works, and update it (npm install -g @appcircle/cli@latest).`,
  );
}

const unfinished = (reason: Message) =>
  new Failure(
    'The Appcircle CLI did not finish',
    reason,
    message`Run "appcircle config list" by hand on this runner to see what the CLI waits for.`,
  );
