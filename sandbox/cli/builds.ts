/**
 * The commands that find a commit and start a build, as the real CLI 2.7.3 runs them with `-o json`. Source: appcircleio/appcircle-cli,
 * `handleBuildCommand` in `src/core/command-runner.ts` and `startBuild` in `src/services/index.ts`; compared with the real one,
 * run against this sandbox.
 */
import { call, type Server } from './api.ts';
import { ProgramError } from './errors.ts';

/** The options of these commands, as given on the command line. */
export interface BuildOptions {
  readonly profileId?: string | undefined;
  readonly branch?: string | undefined;
  readonly commitId?: string | undefined;
  readonly workflowId?: string | undefined;
  readonly configurationId?: string | undefined;
  readonly 'no-wait'?: boolean | undefined;
}

type Command = (options: BuildOptions, server: Server) => Promise<unknown>;

/** Runs `build profile branch commits`. Throws what the real CLI exits 1 for. */
export const listCommits: Command = async ({ profileId, branch }, server) => {
  if (profileId === undefined || branch === undefined) throw new ProgramError();
  const profile = await call<{ branches?: { id: string; name: string }[] }>(
    server,
    'GET',
    `build/v1/profiles/${profileId}`,
  );
  const found = profile.branches?.find(({ name }) => name === branch);
  if (found === undefined)
    throw new ProgramError(`Branch "${branch}" not found for build profile.`);
  return call(server, 'GET', `build/v2/commits?branchId=${found.id}`);
};

/** Runs `build start`. Throws what the real CLI exits 1 for. */
export const startBuild: Command = async (options, server) => {
  const { profileId, commitId, workflowId = '', configurationId = '' } = options;
  if (!options['no-wait'] || commitId === undefined)
    throw new Error('Not in a sandbox: a build without --no-wait or --commitId.');
  if (profileId === undefined) throw new ProgramError();
  const query = new URLSearchParams({ action: 'build', workflowId, configurationId });
  const { taskId, queueItemId } = await call<{ taskId?: string; queueItemId?: string }>(
    server,
    'POST',
    `build/v2/commits/${commitId}?${query}`,
    '{}',
  );
  return { taskId, queueItemId };
};
