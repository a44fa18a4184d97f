import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { Failure } from '../../src/failure.ts';
import { main } from '../../src/main.ts';
import { Masks } from '../../src/masks.ts';
import type { Outputs } from '../../src/outputs.ts';
import { post } from '../../src/post.ts';
import type { Runner } from '../../src/runner/runner.ts';
import { mainRan } from '../../src/state.ts';
import { realWorld, type World } from '../../src/world.ts';

/** A CI system that keeps everything in memory: what tests use where no process is needed. */
export class MemoryRunner implements Runner {
  readonly lines: string[] = [];
  readonly debugLines: string[] = [];
  readonly notices: { title: string; message: string }[] = [];
  readonly warnings: { title: string; message: string }[] = [];
  /** Every secret announced, and how many lines had been logged by then. */
  readonly announced: { secret: string; afterLines: number }[] = [];
  readonly states = new Map<string, string>();
  outputs: Outputs | undefined;
  exported: string | undefined;
  summary = '';
  readonly masks = new Masks((secret) => this.announced.push({ secret, afterLines: this.lines.length }));
  readonly log = {
    info: (line: string) => this.lines.push(line),
    debug: (line: () => string) => this.debugLines.push(line()),
    notice: (title: string, message: string) => this.notices.push({ title, message }),
    warning: (title: string, message: string) => this.warnings.push({ title, message }),
  };
  readonly #inputs: Readonly<Record<string, string>>;
  readonly #variables: Readonly<Record<string, string>>;

  constructor(inputs: Readonly<Record<string, string>> = {}, variables: Readonly<Record<string, string>> = {}) {
    this.#inputs = inputs;
    this.#variables = variables;
  }

  rawInput = (name: string) => this.#inputs[name] ?? '';
  read = (name: string) => this.rawInput(name).trim();
  readFile = (path: string) => readFileSync(path, 'utf8');
  quote = (text: string) => this.masks.quote(text);
  variable = (name: string) => this.#variables[name] ?? '';
  publish = (outputs: Outputs, exportEnv: boolean) => {
    this.outputs = outputs;
    this.exported = exportEnv ? outputs['access-token'] : undefined;
  };
  writeSummary = (html: string) => {
    this.summary += html;
  };
  rememberMain = () => {
    this.states.set(mainRan, 'true');
  };
  saveState = (name: string, value: string) => {
    this.states.set(name, value);
  };
  state = (name: string) => this.states.get(name) ?? '';

  /** Everything that a person could read. */
  get shown(): string {
    const titled = [...this.notices, ...this.warnings].map(({ title, message }) => `${title}: ${message}`);
    return [...this.lines, ...this.debugLines, ...titled, this.summary].join('\n');
  }
}

/** How a run in this process ended: by itself, or with what stopped it. */
export interface Ended {
  readonly runner: MemoryRunner;
  readonly failure: Failure | undefined;
}

const trustedAtFirst = tls.getCACertificates('default');

/**
 * Runs the main story in this process, with real sockets. An error that is not a Failure is the action's own fault and is thrown on.
 * Certificates that a run came to trust are forgotten after it.
 */
export async function runInProcess(
  inputs: Readonly<Record<string, string>>,
  options: { world?: Partial<World>; runner?: MemoryRunner } = {},
): Promise<Ended> {
  const runner = options.runner ?? new MemoryRunner(inputs);
  try {
    await main(runner, { ...realWorld, ...options.world });
    return { runner, failure: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { runner, failure: error };
  } finally {
    tls.setDefaultCACertificates(trustedAtFirst);
  }
}

/** Runs the post story with what main left in the runner's state. */
export async function runPostInProcess(runner: MemoryRunner): Promise<void> {
  await post(runner, realWorld);
}
