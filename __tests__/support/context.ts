import type { Context, Log } from '../../src/base/context.ts';
import { Deadline } from '../../src/base/deadline.ts';
import type { Message } from '../../src/base/message.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { VirtualClock } from './clock.ts';

export interface Annotation {
  readonly title: string;
  readonly text: string;
}

/** A log that keeps what it would show, its secrets hidden. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  readonly debugLines: string[] = [];
  readonly warnings: Annotation[] = [];
  readonly #show: (message: Message) => string;

  constructor(secrets: Secrets) {
    this.#show = (message) => secrets.show(message);
  }

  info = (line: Message): void => {
    this.lines.push(this.#show(line));
  };

  debug = (line: () => Message): void => {
    this.debugLines.push(this.#show(line()));
  };

  warning = (title: Message, text: Message): void => {
    this.warnings.push({ title: this.#show(title), text: this.#show(text) });
  };

  /** Everything that a person could read. */
  get shown(): string {
    const annotations = this.warnings.map(({ title, text }) => `${title}: ${text}`);
    return [...this.lines, ...this.debugLines, ...annotations].join('\n');
  }
}

/** A context whose clock the test moves; all that is said and masked is kept. */
export interface TestContext extends Context {
  readonly clock: VirtualClock;
  readonly log: MemoryLog;
  readonly secrets: Secrets;
  /** What the runner was told to mask, in that order. */
  readonly announced: readonly string[];
}

export interface TestContextOptions {
  readonly clock?: VirtualClock;
  /** Starts the deadline with so many; without it there is no limit. */
  readonly seconds?: number | undefined;
  readonly random?: () => number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Known from the start, and not among what is announced. */
  readonly secrets?: readonly string[];
}

export function testContext({
  clock = new VirtualClock(),
  seconds,
  random = () => 0.5,
  variables = {},
  secrets: known = [],
}: TestContextOptions = {}): TestContext {
  const announced: string[] = [];
  const secrets = new Secrets((secret) => announced.push(secret));
  secrets.add(known);
  announced.length = 0;
  const deadline = new Deadline(clock);
  if (seconds !== undefined) deadline.start(seconds * 1000);
  const variable = (name: string) => variables[name] ?? '';
  return { clock, random, deadline, log: new MemoryLog(secrets), secrets, announced, variable };
}
