import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliFault, type CliSettings, readCalls, readGrandchildren, SETTINGS } from './faults.ts';

export interface InstallOptions {
  readonly faults?: readonly CliFault[];
  /** Milliseconds that each call takes before it does anything, on top of the start of Node. By default 20. */
  readonly startMs?: number;
}

/** An installed stand-in. */
export interface InstalledCli {
  /** To put on the PATH. */
  readonly folder: string;
  /** The arguments of each call so far, oldest first. */
  calls(): string[][];
  /** The process IDs of the grandchildren that calls have left. */
  grandchildren(): number[];
}

/**
 * Puts `appcircle` and `appcircle.cmd` into a folder, which is made where it is not there. They run on this Node. The folder's
 * path may hold blanks, quotes, `$` and letters beyond ASCII.
 */
export function installCli(folder: string, { faults = [], startMs = 20 }: InstallOptions = {}): InstalledCli {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const settings: CliSettings = { startMs, faults };
  writeFileSync(join(folder, SETTINGS), JSON.stringify(settings));
  const posix = join(folder, 'appcircle');
  writeFileSync(
    posix,
    `#!/bin/sh\nAPPCIRCLE_STAND_IN=${shell(folder)} exec ${shell(process.execPath)} ${shell(script)} "$@"\n`,
  );
  chmodSync(posix, 0o755);
  // %~dp0 is the folder of the file itself, so that no path has to be written in a code page.
  writeFileSync(
    join(folder, 'appcircle.cmd'),
    `@echo off\r\nsetlocal\r\nset "APPCIRCLE_STAND_IN=%~dp0"\r\n"${process.execPath}" "${script}" %*\r\n`,
  );
  return { folder, calls: () => readCalls(folder), grandchildren: () => readGrandchildren(folder) };
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
