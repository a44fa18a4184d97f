import { Failure, isFailure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message, words } from '../base/message.ts';
import type { Runner } from '../runner/github.ts';
import { failureSummary } from './summary.ts';

export function reportFailure(error: unknown, runner: Runner): void {
  const failure = isFailure(error) ? error : unexpected(error);
  const advice = message`${failure.remedy} More: ${troubleshooting(failure.title, runner)}`;
  runner.fail(failure.title, failure.reason, advice);
  revokeExport(runner);
  if (runner.input('summary').trim() !== 'never')
    runner.writeSummary(failureSummary(failure, runner.secrets));
}

/** Clears the token of an earlier step, which may be for another organization than the one asked for. */
function revokeExport(runner: Runner): void {
  if (
    !runner.variable('AC_ACCESS_TOKEN') ||
    /^(false|False|FALSE)$/.test(runner.input('export-env').trim())
  )
    return;
  try {
    runner.publish({}, { AC_ACCESS_TOKEN: '' });
    runner.log.info(message`Cleared AC_ACCESS_TOKEN, which an earlier step had exported.`);
  } catch {
    runner.log.warning(
      words`AC_ACCESS_TOKEN is still set`,
      message`An earlier step exported a token, and it could not be cleared. Steps that run in spite of this failure use that token.`,
    );
  }
}

/** A link, or a path in the folder of a local action. */
function troubleshooting(title: string, { variable }: Runner): Message {
  const anchor = title.toLowerCase().replaceAll(' ', '-');
  const server = variable('GITHUB_SERVER_URL');
  const repository = variable('GITHUB_ACTION_REPOSITORY');
  const ref = variable('GITHUB_ACTION_REF');
  const page = `docs/TROUBLESHOOTING.md#${anchor}`;
  return server && repository && ref
    ? message`${server}/${repository}/blob/${ref}/${page}`
    : message`${page}`;
}

export function unexpected(error: unknown): Failure {
  return new Failure(
    'Unexpected error in the action',
    message`The action failed with an unexpected error: ${new Foreign(String(error))}.`,
    message`Nothing was exported. Please report this line in the action's repository.`,
  );
}
