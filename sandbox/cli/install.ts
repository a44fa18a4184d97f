import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliFault, FAULTS, readCalls } from './faults.ts';

export interface InstallOptions {
  readonly faults?: readonly CliFault[];
}

/** An installed stand-in. */
export interface InstalledCli {
  /** To put on the PATH. */
  readonly folder: string;
  /** The arguments of each call so far, oldest first. */
  calls(): string[][];
}

/** Puts `appcircle` and `appcircle.cmd` into a folder, which is made where it is not there. They run on this Node. */
export function installCli(folder: string, { faults = [] }: InstallOptions = {}): InstalledCli {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FAULTS), JSON.stringify(faults));
  const posix = join(folder, 'appcircle');
  writeFileSync(
    posix,
    `#!/bin/sh\nAPPCIRCLE_STAND_IN=${shell(folder)} exec ${shell(process.execPath)} ${shell(script)} "$@"\n`,
  );
  chmodSync(posix, 0o755);
  writeFileSync(
    join(folder, 'appcircle.cmd'),
    `@echo off\r\nsetlocal\r\nset "APPCIRCLE_STAND_IN=${folder}"\r\n"${process.execPath}" "${script}" %*\r\n`,
  );
  return { folder, calls: () => readCalls(folder) };
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
