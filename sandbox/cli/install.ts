import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliFault, type CliSettings, readCalls, SETTINGS } from './faults.ts';

export interface InstallOptions {
  readonly faults?: readonly CliFault[];
  /** Milliseconds that each call waits once Node has started. By default 20. */
  readonly startMs?: number;
}

/** An installed stand-in. */
export interface InstalledCli {
  /** To put on the PATH. */
  readonly folder: string;
  /** The arguments of each call so far, oldest first. */
  calls(): string[][];
}

/**
 * Puts `appcircle` and `appcircle.cmd`, which run on this Node, into a folder and creates it if needed. Its path may contain
 * blanks, quotes, `$` and non-ASCII letters.
 */
export function installCli(
  folder: string,
  { faults = [], startMs = 20 }: InstallOptions = {},
): InstalledCli {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  // Otherwise each call takes the types away again, which costs three times what the call does.
  const cache = fileURLToPath(
    new URL('../../node_modules/.cache/appcircle-stand-in', import.meta.url),
  );
  mkdirSync(folder, { recursive: true });
  const settings: CliSettings = { startMs, faults };
  writeFileSync(join(folder, SETTINGS), JSON.stringify(settings));
  const posix = join(folder, 'appcircle');
  const variables = `NODE_COMPILE_CACHE=${shell(cache)} APPCIRCLE_STAND_IN=${shell(folder)}`;
  writeFileSync(
    posix,
    `#!/bin/sh\n${variables} exec ${shell(process.execPath)} ${shell(script)} "$@"\n`,
  );
  chmodSync(posix, 0o755);
  // %~dp0 is the file's own folder, so its path needs no code page.
  writeFileSync(
    join(folder, 'appcircle.cmd'),
    `@echo off\r\nsetlocal\r\nset "NODE_COMPILE_CACHE=${cache}"\r\nset "APPCIRCLE_STAND_IN=%~dp0"\r\n"${process.execPath}" "${script}" %*\r\n`,
  );
  return { folder, calls: () => readCalls(folder) };
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
