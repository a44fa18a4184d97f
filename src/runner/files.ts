import { appendFileSync, statSync, truncateSync } from 'node:fs';
import * as core from '@actions/core';
import { codeOf } from '../base/errors.ts';
import { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';

export type Values = Readonly<Record<string, string>>;

/**
 * Writes outputs and variables, framed by @actions/core with random delimiters, so that no value can pass for another.
 * @throws Failure where a file is missing or can't be written; what was written is taken back
 */
export function publish(outputs: Values, variables: Values): void {
  const [set, exported] = [Object.entries(outputs), Object.entries(variables)];
  const files = [
    ...(set.length > 0 ? [runnerFile('GITHUB_OUTPUT')] : []),
    ...(exported.length > 0 ? [runnerFile('GITHUB_ENV')] : []),
  ];
  const before = { ...process.env };
  try {
    for (const [name, value] of set) core.setOutput(name, value);
    for (const [name, value] of exported) core.exportVariable(name, value);
  } catch (error) {
    for (const file of files) takeBack(file);
    // @actions/core sets a variable in this process before it writes the file, and it would pass for an earlier step's.
    for (const [name] of exported) process.env[name] = before[name] ?? '';
    throw untaken(message`A file of the runner could not be written (${codeOf(error)}).`);
  }
}

/** Keeps texts for post. Throws a Failure where the runner has no file for it or it can't be written. */
export function saveState(state: Values): void {
  runnerFile('GITHUB_STATE');
  try {
    for (const [name, value] of Object.entries(state)) core.saveState(name, value);
  } catch (error) {
    throw untaken(
      message`The runner's file for the state of the step could not be written (${codeOf(error)}).`,
    );
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

/** A file and its size by now. Without one @actions/core would print the token for the runner to read, which newer runners ignore. */
function runnerFile(variable: string) {
  const path = process.env[variable];
  if (!path)
    throw untaken(message`The runner does not say where to write (${variable} is not set).`);
  try {
    return { path, size: statSync(path).size };
  } catch {
    throw untaken(message`The file that ${variable} names is missing.`);
  }
}

/** Leaves an unchanged file alone: it may be one that can't be truncated either. */
function takeBack({ path, size }: ReturnType<typeof runnerFile>): void {
  if (statSync(path).size > size) truncateSync(path, size);
}

function untaken(reason: Message): Failure {
  return new Failure(
    'The runner did not take the token',
    reason,
    message`Run this action in a step of its own on a runner of GitHub, Gitea or Forgejo, and check the disk space of a self-hosted one.`,
  );
}
