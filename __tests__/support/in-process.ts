import { type Clock, systemClock } from '../../src/base/clock.ts';
import { Deadline } from '../../src/base/deadline.ts';
import { isFailure } from '../../src/base/failure.ts';
import type { Message } from '../../src/base/message.ts';
import { main } from '../../src/main.ts';
import type { Values } from '../../src/runner/files.ts';
import type { Runner } from '../../src/runner/github.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { type Annotation, MemoryLog } from './context.ts';
import { type FailureData, failureData } from './failures.ts';
import { forgetCertificates } from './trusted.ts';

/** A CI system that keeps everything in memory: what tests use where no process is needed. */
export class MemoryRunner implements Runner {
  /** Every secret announced, and how many lines had been logged by then. */
  readonly announced: { secret: string; afterLines: number }[] = [];
  readonly secrets = new Secrets((secret) =>
    this.announced.push({ secret, afterLines: this.log.lines.length }),
  );
  readonly log = new MemoryLog(this.secrets);
  readonly errors: Annotation[] = [];
  readonly program = 'dist/index.js';
  readonly states = new Map<string, string>();
  /** Nothing where nothing was published. */
  outputs: Values | undefined;
  /** What the steps that follow have in their environment on top of this step's. */
  exports: Values = {};
  summary = '';
  readonly #inputs: Readonly<Record<string, string>>;
  readonly #variables: Readonly<Record<string, string>>;

  constructor(
    inputs: Readonly<Record<string, string>> = {},
    variables: Readonly<Record<string, string>> = {},
  ) {
    this.#inputs = inputs;
    this.#variables = variables;
  }

  /** The token that the steps that follow have. */
  get exported(): string | undefined {
    return this.exports['AC_ACCESS_TOKEN'];
  }

  input = (name: string): string => this.#inputs[name] ?? '';

  variable = (name: string): string => this.#variables[name] ?? '';

  /** The environment of this process, for the CLI of the sandbox is found by it. */
  environment = (): Record<string, string> => ({
    ...(process.env as Record<string, string>),
    ...this.#variables,
  });

  publish = (outputs: Values, variables: Values): void => {
    if (Object.keys(outputs).length > 0) this.outputs = outputs;
    this.exports = { ...this.exports, ...variables };
  };

  writeSummary = (html: string): boolean => {
    this.summary += html;
    return true;
  };

  saveState = (state: Values): void => {
    for (const [name, value] of Object.entries(state)) this.states.set(name, value);
  };

  state = (name: string): string => this.states.get(name) ?? '';

  fail = (title: string, reason: Message, advice: Message): void => {
    this.errors.push({ title, text: `${this.secrets.show(reason)} ${this.secrets.show(advice)}` });
  };

  /** Everything that a person could read. */
  get shown(): string {
    return [
      this.log.shown,
      ...this.errors.map(({ title, text }) => `${title}: ${text}`),
      this.summary,
    ].join('\n');
  }
}

/** How a run in this process ended: by itself, or with what stopped it. */
export interface Ended {
  readonly runner: MemoryRunner;
  /** As it would be shown, secrets hidden. */
  readonly failure: FailureData | undefined;
}

export interface RunOptions {
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly runner?: MemoryRunner;
}

/**
 * Runs the main story in this process, with real sockets. An error that is not a Failure is the action's own fault and is thrown on.
 * Certificates that a run came to trust are forgotten after it, so runs that trust some must not overlap.
 */
export async function runInProcess(
  inputs: Readonly<Record<string, string>>,
  options: RunOptions = {},
): Promise<Ended> {
  const { clock = systemClock, random = Math.random, runner = new MemoryRunner(inputs) } = options;
  try {
    await main({ ...runner, clock, random, deadline: new Deadline(clock) });
    return { runner, failure: undefined };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { runner, failure: failureData(error, (message) => runner.secrets.show(message)) };
  } finally {
    forgetCertificates();
  }
}
