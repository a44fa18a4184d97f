import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { Masks } from '../masks.ts';
import { appendToSummary, publish, rememberMain, saveState } from './files.ts';
import type { Runner } from './runner.ts';

/** GitHub's runner, and those of Gitea and Forgejo, which speak the same commands and files. */
export function githubRunner(): Runner {
  const masks = new Masks(core.setSecret);
  // What stands in a log line has been quoted where it came from; this is the last line of defence.
  const safe = (text: string) => masks.hide(text);
  const log = {
    info: (line: string) => core.info(safe(line)),
    debug: (line: () => string) => core.isDebug() && core.debug(safe(line())),
    notice: (title: string, message: string) => core.notice(safe(message), { title }),
    warning: (title: string, message: string) => core.warning(safe(message), { title }),
  };
  return {
    log,
    masks,
    rawInput: (name) => core.getInput(name, { trimWhitespace: false }),
    read: (name) => core.getInput(name),
    readFile: (path) => readFileSync(path, 'utf8'),
    quote: (text) => masks.quote(text),
    variable: (name) => process.env[name] ?? '',
    publish: (outputs, exportEnv) => {
      publish(outputs, exportEnv);
      log.info(
        exportEnv
          ? 'Exported the token to the steps that follow as AC_ACCESS_TOKEN, and as the output access-token.'
          : 'Handed the token on as the output access-token alone, since export-env is false.',
      );
    },
    writeSummary: (html) => {
      if (!appendToSummary(html)) log.info('The job summary was left out, since this runner has no file for it.');
    },
    rememberMain,
    saveState,
    state: (name) => core.getState(name),
  };
}
