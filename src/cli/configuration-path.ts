import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';

/**
 * Where the CLI keeps its configuration (appcircle-cli, src/config.ts; env-paths 2 with the suffix "nodejs").
 * @throws Failure where that is no absolute path: the token would land in the working directory
 */
export function configurationPath(variable: Context['variable']): string {
  const { folder, setBy } = configurationFolder(variable);
  if (!isAbsolute(folder)) {
    throw notUsable(
      message`The Appcircle CLI needs a folder for its configuration, but ${setBy} is not set to an absolute path.`,
      message`Set ${setBy} to an absolute path, for this step and those that use the CLI.`,
    );
  }
  const own = join(folder, '@appcircle', 'cli-nodejs');
  if (process.platform === 'win32') return join(own, 'Config', 'config.json');
  return join(own, 'config.json');
}

/** The folder in which programs keep their configuration, and the variable that sets it. */
function configurationFolder(variable: Context['variable']): { folder: string; setBy: string } {
  const home = homeFolder();
  if (process.platform === 'darwin')
    return { folder: join(home, 'Library', 'Preferences'), setBy: 'HOME' };
  if (process.platform === 'win32') {
    const appData = variable('APPDATA');
    if (appData) return { folder: appData, setBy: 'APPDATA' };
    return { folder: join(home, 'AppData', 'Roaming'), setBy: 'USERPROFILE' };
  }
  const xdg = variable('XDG_CONFIG_HOME');
  if (xdg) return { folder: xdg, setBy: 'XDG_CONFIG_HOME' };
  return { folder: join(home, '.config'), setBy: 'HOME' };
}

/** Empty, and so no absolute path, where the user has none. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

export function notUsable(reason: Message, remedy: Message): Failure {
  return new Failure('The configuration of the Appcircle CLI is not usable', reason, remedy);
}
