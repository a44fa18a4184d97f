import * as core from '@actions/core';
import { Failure } from '../failure.ts';
import type { Masks } from '../masks.ts';

/** Where docs/TROUBLESHOOTING.md is, as the runner tells; a path in the action's folder for a local action. */
function troubleshooting(title: string): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = process.env;
  const page = `docs/TROUBLESHOOTING.md#${anchor}`;
  return server && repository && ref ? `${server}/${repository}/blob/${ref}/${page}` : page;
}

/** Shows why a run failed, as its one red line: what broke, what to do, where to read on. Fails the step. */
export function reportFailure(error: unknown, masks: Masks): void {
  const failure = error instanceof Failure ? error : unexpected(error, masks);
  process.exitCode = core.ExitCode.Failure;
  core.error(masks.redact(`${failure.message} ${failure.remedy} More: ${troubleshooting(failure.title)}`), {
    title: failure.title,
  });
}

function unexpected(error: unknown, masks: Masks): Failure {
  return new Failure(
    'Unexpected error in the action',
    `Something happened that the action does not know: ${masks.quote(String(error))}.`,
    "Nothing was exported. Please report it, with this line, in the action's repository.",
  );
}
