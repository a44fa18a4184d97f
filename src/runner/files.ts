import { appendFileSync, statSync, truncateSync } from 'node:fs';
import * as core from '@actions/core';
import { codeOf } from '../base/errors.ts';
import { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';

export type Values = Readonly<Record<string, string>>;

interface RunnerFile {
  readonly path: string;
  /** Before anything was written. */
  readonly size: number;
}

const AS_A_STEP = message`Run this action with "uses:", in a step of its own, on a runner of GitHub, Gitea or Forgejo.`;
const ANOTHER_USER = message`Run this step as a user that may write to the runner's files. In a job with a container that is root, or the runner's own user ID (options: --user).`;
const MORE_SPACE = message`Free some space on the disk of this runner.`;

/** By the code of Node's error. */
const REMEDIES = new Map([
  ['EACCES', ANOTHER_USER],
  ['EPERM', ANOTHER_USER],
  ['EROFS', ANOTHER_USER],
  ['ENOSPC', MORE_SPACE],
  ['EDQUOT', MORE_SPACE],
]);

/**
 * Writes outputs and variables, framed by @actions/core with random delimiters, so that no value can pass for another.
 * @throws Failure where a file is missing or can't be written; what was written is taken back
 */
export function publish(outputs: Values, variables: Values): void {
  const outputEntries = Object.entries(outputs);
  const variableEntries = Object.entries(variables);
  const files: RunnerFile[] = [];
  if (outputEntries.length > 0) files.push(runnerFile('GITHUB_OUTPUT'));
  if (variableEntries.length > 0) files.push(runnerFile('GITHUB_ENV'));
  const environment = { ...process.env };
  try {
    for (const [name, value] of outputEntries) core.setOutput(name, value);
    for (const [name, value] of variableEntries) core.exportVariable(name, value);
  } catch (error) {
    // @actions/core sets a variable in this process before it writes the file, and it would pass for an earlier step's.
    for (const [name] of variableEntries) process.env[name] = environment[name] ?? '';
    for (const file of files) takeBack(file);
    throw notWritten(error);
  }
}

/** Keeps texts for post, beside those kept before. Throws a Failure where the runner has no file for it or it can't be written. */
export function saveState(state: Values): void {
  const file = runnerFile('GITHUB_STATE');
  try {
    for (const [name, value] of Object.entries(state)) core.saveState(name, value);
  } catch (error) {
    takeBack(file);
    throw notWritten(error);
  }
}

/** Adds to the job summary. Returns false where there is none or it can't be written: the step goes on without. */
export function appendToSummary(html: string): boolean {
  try {
    // Not with the summary of @actions/core, which every run would have to load.
    appendFileSync(process.env['GITHUB_STEP_SUMMARY'] ?? '', html);
    return true;
  } catch {
    return false;
  }
}

/** Finds a file. Without one @actions/core would print the token for the runner to read, which newer runners ignore. */
function runnerFile(variable: string): RunnerFile {
  const path = process.env[variable];
  if (!path)
    throw notTaken(message`${variable} is not set: this is not running as a step of a job.`);
  try {
    return { path, size: statSync(path).size };
  } catch (error) {
    throw notTaken(
      message`The file that ${variable} names was not found (${codeOf(error)}).`,
      error,
    );
  }
}

/** Leaves an unchanged file alone: it may be one that can't be truncated either. */
function takeBack({ path, size }: RunnerFile): void {
  if (statSync(path).size > size) truncateSync(path, size);
}

function notWritten(error: unknown): Failure {
  return notTaken(message`A file of the runner could not be written (${codeOf(error)}).`, error);
}

function notTaken(reason: Message, error?: unknown): Failure {
  const remedy = REMEDIES.get(codeOf(error)) ?? AS_A_STEP;
  return new Failure('The runner did not take the token', reason, remedy);
}
