import childProcess from 'node:child_process';
import type { EventEmitter } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import timers from 'node:timers';
import tls from 'node:tls';
import type { VirtualCli } from './cli.ts';
import type { VirtualFiles } from './files.ts';
import type { Network, SocketOptions } from './network.ts';
import type { VirtualTime } from './time.ts';
import { FIRST_PID, ROOT } from './virtual.ts';

/** What a story gets in the place of this machine. */
export interface Machine {
  readonly env: Record<string, string>;
  /** What the process is told: signals, and that it ends. */
  readonly events: EventEmitter;
  readonly time: VirtualTime;
  readonly files: VirtualFiles;
  readonly network: Network;
  readonly cli: VirtualCli;
  /** The wall clock. */
  now(): number;
  random(): number;
  print(text: string): void;
  exit(): void;
}

let machine: Machine | undefined;

function current(): Machine {
  if (!machine) throw new Error('The action reached for the machine before the first story.');
  return machine;
}

/** Runs something in a virtual machine. One at a time: what Node has for files and sockets is there once for a process. */
export async function within<T>(virtual: Machine, run: () => Promise<T>): Promise<T> {
  machine = virtual;
  const { env, argv, on, exit, hrtime, exitCode } = process;
  const real = [
    [process, { env, argv, on, exit, hrtime, exitCode }],
    [process.stdout, { write: process.stdout.write }],
    [console, { log: console.log }],
    [Date, { now: Date.now }],
    [Math, { random: Math.random }],
  ] as const;
  Object.assign(process, {
    env: virtual.env,
    argv: [process.execPath, '/w/_actions/o/r/v1/dist/index.js'],
    on: (event: string, listener: () => void) => virtual.events.on(event, listener),
    exit: () => virtual.exit(),
    // A process does not start when its clock does.
    hrtime: { bigint: () => BigInt(Math.round((1000 + virtual.time.elapsed) * 1e6)) },
    exitCode: undefined,
  });
  process.stdout.write = (text: string | Uint8Array, done?: unknown) => {
    if (text.length > 0) virtual.print(String(text));
    if (typeof done === 'function') done();
    return true;
  };
  Date.now = () => virtual.now();
  Math.random = () => virtual.random();
  try {
    return await run();
  } finally {
    for (const [object, values] of real) Object.assign(object, values);
  }
}

/**
 * Puts virtual ones in the place of Node's sockets, files and processes, below everything that the action and its libraries do with them:
 * HTTP agents, the parser, proxies, `@actions/*` and all of src/ run as they are. To be called before any of those is loaded.
 */
export function installMachine(): void {
  const connect = (options: SocketOptions) => current().network.connect(options, false);
  Object.assign(net, { connect, createConnection: connect });
  Object.assign(tls, {
    connect: (options: SocketOptions) => current().network.connect(options, true),
    getCACertificates: (kind: string) =>
      kind === 'system' ? ['the system'] : [...current().network.trusted],
    setDefaultCACertificates: (certificates: string[]) => {
      current().network.trusted = certificates;
    },
  });
  Object.assign(childProcess, {
    spawn: (_file: string, args: string[], options: object) => current().cli.spawn(args, options),
  });
  const kill = process.kill;
  process.kill = (pid, signal) =>
    Math.abs(pid) < FIRST_PID ? kill(pid, signal) : current().cli.kill(pid);
  // @actions/exec uses that of the module.
  const setTimeout = (call: (state: unknown) => void, ms: number, state: unknown) =>
    current().time.after(ms, () => call(state));
  Object.assign(timers, { setTimeout });
  Object.assign(globalThis, { setTimeout, clearTimeout: (stop?: () => void) => stop?.() });
  Object.assign(os, { homedir: () => `${ROOT}/home` });
  Object.assign(fs, {
    readFileSync: onVirtual(fs.readFileSync, (files, path, encoding) => {
      const text = files.read(path);
      return encoding ? text : Buffer.from(text);
    }),
    writeFileSync: onVirtual(fs.writeFileSync, (files, path, text) =>
      files.write(path, String(text)),
    ),
    appendFileSync: onVirtual(fs.appendFileSync, (files, path, text) =>
      files.append(path, String(text)),
    ),
    existsSync: onVirtual(fs.existsSync, (files, path) => files.texts.has(path)),
    statSync: onVirtual(fs.statSync as FileFunction, (files, path) => files.stat(path)),
    readdirSync: onVirtual(fs.readdirSync as FileFunction, (files, path) =>
      files.list(path).map((name) => ({ name, isFile: () => true })),
    ),
    truncateSync: onVirtual(fs.truncateSync, (files, path, size) =>
      files.truncate(path, Number(size)),
    ),
    chmodSync: onVirtual(fs.chmodSync, () => undefined),
    mkdirSync: onVirtual(fs.mkdirSync as FileFunction, () => undefined),
    realpathSync: onVirtual(fs.realpathSync, (files, path) => files.stat(path) && path),
    renameSync: onVirtual(fs.renameSync, (files, path, to) => files.rename(path, String(to))),
    rmSync: onVirtual(fs.rmSync, (files, path) => files.texts.delete(path)),
  });
  Object.assign(fs.promises, {
    stat: onVirtual(fs.promises.stat as FileFunction, async (files, path) => ({
      ...files.stat(path),
      mode: 0o777,
    })),
  });
  syncBuiltinESMExports();
}

type FileFunction = (path: fs.PathLike, ...rest: never[]) => unknown;

/** Serves paths below ROOT from memory, and '' too: the path of a file whose variable, such as GITHUB_OUTPUT, is not set. */
function onVirtual(
  real: FileFunction,
  virtual: (files: VirtualFiles, path: string, more: unknown) => unknown,
) {
  return (path: fs.PathLike, ...rest: never[]) => {
    const name = String(path).replaceAll('\\', '/');
    return machine !== undefined && (name.startsWith(ROOT) || name === '')
      ? virtual(machine.files, name, rest[0])
      : real(path, ...rest);
  };
}
