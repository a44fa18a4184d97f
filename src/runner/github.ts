import * as core from '@actions/core';
import type { Log } from '../base/context.ts';
import type { Message } from '../base/message.ts';
import { Secrets } from '../secrets/secrets.ts';
import { annotateFailure } from './annotations.ts';
import { appendToSummary, publish, saveState } from './files.ts';

/** What the action needs of a CI system. */
export type Runner = ReturnType<typeof githubRunner>;

/** GitHub's runner, and those of Gitea and Forgejo, which speak the same commands and files. */
export function githubRunner() {
  const secrets = new Secrets(core.setSecret);
  const show = (text: Message) => secrets.show(text);
  const log: Log = {
    info: (line) => core.info(show(line)),
    debug: (line) => core.isDebug() && core.debug(show(line())),
    warning: (title, text) => core.warning(show(text), { title: show(title) }),
  };
  return {
    secrets,
    log,
    publish,
    saveState,
    writeSummary: appendToSummary,
    /** The path of dist/index.js, as the runner started it. */
    program: process.argv[1] ?? '',
    /** As it came, not even trimmed; empty if unset. */
    input: (name: string): string => core.getInput(name, { trimWhitespace: false }),
    /** Empty if unset. */
    variable: (name: string): string => process.env[name] ?? '',
    /** Empty if main kept nothing. */
    state: (name: string): string => core.getState(name),
    environment,
    fail: (title: string, reason: Message, advice: Message): void =>
      annotateFailure(title, reason, advice, show),
  };
}

/** This process's environment without the inputs, which hold the key, and the runner's own tokens. */
function environment(): Record<string, string> {
  const variables = Object.entries(process.env as Record<string, string>);
  return Object.fromEntries(variables.filter(([name]) => !/^(INPUT|ACTIONS)_/.test(name)));
}
