import { TOKEN_VARIABLE } from '../appcircle/token-variable.ts';
import { Failure, isFailure } from '../base/failure.ts';
import { Foreign } from '../base/foreign.ts';
import { type Message, message, words } from '../base/message.ts';
import type { Runner } from '../runner/github.ts';
import { isFalse, visible } from '../settings.ts';
import { failureSummary } from './summary.ts';

export function reportFailure(error: unknown, runner: Runner): void {
  const failure = isFailure(error) ? error : unexpected(error);
  const page = troubleshooting(failure.title, runner);
  const advice = message`${failure.remedy} More: ${page}`;
  runner.fail(failure.title, failure.reason, advice);
  clearExportedToken(runner);
  if (visible(runner.input('summary')) !== 'never')
    runner.writeSummary(failureSummary(failure, page, runner.secrets));
}

/** Clears a token of the job or of an earlier step: it may be for another organization than the one asked for. */
function clearExportedToken(runner: Runner): void {
  if (runner.variable(TOKEN_VARIABLE) === '') return;
  if (isFalse(runner.input('export-env'))) return;
  try {
    runner.publish({}, { [TOKEN_VARIABLE]: '' });
    runner.log.info(message`Cleared AC_ACCESS_TOKEN, which was set before this step.`);
  } catch {
    runner.log.warning(
      words`AC_ACCESS_TOKEN is still set`,
      message`It was set before this step and could not be cleared. Steps that run in spite of this failure use that token.`,
    );
  }
}

/** A link to this action's own page, or a path in the folder of a local action. */
function troubleshooting(title: string, { program, variable }: Runner): Message {
  const anchor = title.toLowerCase().replaceAll(' ', '-');
  const page = `docs/TROUBLESHOOTING.md#${anchor}`;
  const server = variable('GITHUB_SERVER_URL');
  const { repository, ref } = sourceOf(program) ?? {
    repository: variable('GITHUB_ACTION_REPOSITORY'),
    ref: variable('GITHUB_ACTION_REF'),
  };
  if (!server || !repository || !ref) return message`${page}`;
  return message`${server}/${encoded(repository)}/blob/${encoded(ref)}/${page}`;
}

/**
 * Reads repository and ref from the folder that the runner downloads an action to (actions/runner, ActionManager.cs). Within a composite
 * action, the runner's variables name the composite.
 */
function sourceOf(program: string): { repository: string; ref: string } | undefined {
  const path = program.replaceAll('\\', '/');
  const match = /.*\/_actions\/([^/]+\/[^/]+)\/(.+)\/dist\//.exec(path);
  if (!match) return undefined;
  const [, repository = '', ref = ''] = match;
  return { repository, ref };
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

export function unexpected(error: unknown): Failure {
  return new Failure(
    'Unexpected error in the action',
    message`The action failed with an unexpected error: ${new Foreign(String(error))}.`,
    message`Nothing was exported. Please report this line in the action's repository.`,
  );
}
