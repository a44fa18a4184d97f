import { appendFileSync, statSync, truncateSync } from 'node:fs';
import * as core from '@actions/core';
import { Failure } from '../failure.ts';
import type { Outputs } from '../outputs.ts';
import { mainRan } from '../state.ts';
import { codeOf } from '../thrown.ts';

/** A file that the runner reads once the step has ended. */
interface RunnerFile {
  readonly path: string;
  /** Its size in bytes before this step wrote to it. */
  readonly size: number;
}

/**
 * Writes the outputs and, where it is wanted, `AC_ACCESS_TOKEN`. @actions/core frames each value with a random delimiter, so that none
 * can pass for another.
 * @throws Failure where a file is missing or can't be written; what was written by then is taken back
 */
export function publish(outputs: Outputs, exportEnv: boolean): void {
  const files = [runnerFile('GITHUB_OUTPUT'), ...(exportEnv ? [runnerFile('GITHUB_ENV')] : [])];
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    if (exportEnv) core.exportVariable('AC_ACCESS_TOKEN', outputs['access-token']);
  } catch (error) {
    for (const file of files) takeBack(file);
    throw untaken(`A file of the runner's could not be written (${codeOf(error)}).`);
  }
}

/**
 * Keeps for post that main was started. A runner without a file for it gets the older workflow command, there being no secret in it.
 * @throws Failure where the runner names a file that is missing
 */
export function rememberMain(): void {
  if (process.env['GITHUB_STATE']) saveState(mainRan, 'true');
  else core.saveState(mainRan, 'true');
}

/**
 * Keeps a text for the post step.
 * @throws Failure where the runner has no file for it
 */
export function saveState(name: string, value: string): void {
  runnerFile('GITHUB_STATE');
  core.saveState(name, value);
}

/** Adds HTML to the job summary; false where the runner has no file for it. The step goes on without. */
export function appendToSummary(html: string): boolean {
  try {
    // Written here rather than by the summary of @actions/core, which every run would have to load.
    appendFileSync(process.env['GITHUB_STEP_SUMMARY'] ?? '', html);
    return true;
  } catch {
    return false;
  }
}

/** Without the file @actions/core would print the token for the runner to read, which newer runners ignore. */
function runnerFile(variable: string): RunnerFile {
  const path = process.env[variable];
  if (!path) throw untaken(`The runner does not say where to write (${variable} is not set).`);
  try {
    return { path, size: statSync(path).size };
  } catch {
    throw untaken(`The file that ${variable} names is missing.`);
  }
}

/** A file that nothing was written to stays alone: it may be one that can't be shortened either. */
function takeBack({ path, size }: RunnerFile): void {
  if (statSync(path).size > size) truncateSync(path, size);
}

function untaken(cause: string): Failure {
  return new Failure(
    'The runner did not take the token',
    cause,
    "Run this action in a step of its own on a runner of GitHub's, Gitea's or Forgejo's, and check the disk space of a self-hosted one.",
  );
}
