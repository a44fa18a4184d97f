import * as core from '@actions/core';
import { type Message, message, type Words } from '../base/message.ts';
import { Secrets } from '../secrets/secrets.ts';
import { appendToSummary, publish, saveState } from './files.ts';
import type { Runner } from './runner.ts';

/** Characters, title included: the runner cuts the rest (actions/runner, ExecutionContext.cs). */
const LONGEST_ANNOTATION = 4096;

/** GitHub's runner, and those of Gitea and Forgejo, which speak the same commands and files. */
export function githubRunner(): Runner {
  const secrets = new Secrets(core.setSecret);
  const show = (text: Message) => secrets.show(text);
  const annotate =
    (command: typeof core.notice) =>
    (title: Words, text: Message): void =>
      command(show(text), { title: show(title) });
  return {
    secrets,
    log: {
      info: (line) => core.info(show(line)),
      debug: (line) => core.isDebug() && core.debug(show(line())),
      notice: annotate(core.notice),
      warning: annotate(core.warning),
    },
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    variable: (name) => process.env[name] ?? '',
    environment: () => {
      const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('INPUT_'));
      return Object.fromEntries(entries) as Record<string, string>;
    },
    publish,
    writeSummary: appendToSummary,
    saveState,
    state: (name) => core.getState(name),
    fail: (title, reason, advice) => {
      const whole = show(message`${reason} ${advice}`);
      const room = LONGEST_ANNOTATION - title.length;
      const tail = `… ${show(advice)}`;
      core.error(whole.length <= room ? whole : show(reason).slice(0, room - tail.length) + tail, { title });
    },
  };
}
