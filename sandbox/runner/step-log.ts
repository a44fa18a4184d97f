import { type Command, parseCommand } from './commands.ts';
import { Masks } from './masks.ts';

/** What stands at the top of a run's page, and in the log as one line. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/**
 * What the runner keeps of annotations: ten of each level per step. It masks and cuts messages, but not titles.
 * Source: actions/runner, `AddIssue` in `src/Runner.Worker/ExecutionContext.cs`.
 */
const MOST_ANNOTATIONS = 10;
const MOST_MESSAGE_CHARACTERS = 4096;

/** Source: actions/runner, `CreateStepSummaryCommand` in `src/Runner.Worker/FileCommandManager.cs`. */
const MOST_SUMMARY_BYTES = 1024 * 1024;

/** The word that GitHub's log puts ahead of each level. */
export const LABELS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const;

/**
 * Reads a step's output line by line as the runner does: processes commands, masks secrets from the line of their
 * `add-mask` on, and keeps the log that a person sees.
 */
export class StepLog {
  readonly annotations: Annotation[] = [];
  /** State and outputs that came as commands, the way of runners that give no file for them. */
  readonly state: Record<string, string> = {};
  readonly outputs: Record<string, string> = {};
  readonly #debug: boolean;
  readonly #masks: Masks;
  readonly #lines: string[] = [];
  #resumeToken: string | undefined;

  /** What the commands do. The others, which are echo, endgroup and the matchers, show nothing. */
  readonly #handlers: Readonly<Record<string, (command: Command, line: string) => void>> = {
    'add-mask': ({ data }) => this.#addMask(data),
    error: ({ data, properties }) => this.#annotate('error', data, properties['title']),
    warning: ({ data, properties }) => this.#annotate('warning', data, properties['title']),
    notice: ({ data, properties }) => this.#annotate('notice', data, properties['title']),
    debug: ({ data }) => this.#debug && this.#print(`##[debug]${data}`),
    group: ({ data }) => this.#print(`▾ ${data}`),
    'stop-commands': ({ data }, line) => {
      this.#resumeToken = data;
      this.#print(line);
    },
    'save-state': ({ data, properties }) => {
      this.state[properties['name'] ?? ''] = data;
    },
    'set-output': ({ data, properties }) => {
      this.outputs[properties['name'] ?? ''] = data;
    },
    'set-env': ({ name }, line) => this.#refuse(name, line),
    'add-path': ({ name }, line) => this.#refuse(name, line),
  };

  /** With `debug`, debug lines are in the log too, as with ACTIONS_STEP_DEBUG. `masks` are those of the job so far. */
  constructor({ debug = false, masks = new Masks() } = {}) {
    this.#debug = debug;
    this.#masks = masks;
  }

  /** The log as GitHub shows it, masked. */
  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  /** Returns what GitHub shows of a summary: all of it, masked, or nothing if it is too large. */
  summary(text: string): string {
    const bytes = Buffer.byteLength(text);
    if (bytes <= MOST_SUMMARY_BYTES) return this.#masks.apply(text);
    const size = Math.floor(bytes / 1024);
    this.#annotate(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k.`,
    );
    return '';
  }

  /** Logs that the step was cancelled. */
  cancel(): void {
    this.#annotate('error', 'The operation was canceled.');
  }

  read(line: string): void {
    const command = this.#resumeToken === undefined ? parseCommand(line) : undefined;
    if (line.trim() === `::${this.#resumeToken}::`) this.#resumeToken = undefined;
    if (command === undefined) this.#print(line);
    else this.#handlers[command.name]?.(command, line);
  }

  #addMask(value: string): void {
    if (value.trim() !== '') this.#masks.add(value);
    else
      this.#annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
  }

  /** Disabled since 2020: whatever could print could set variables. */
  #refuse(name: string, line: string): void {
    this.#annotate('error', `Unable to process command '${line}' successfully.`);
    this.#annotate('error', `The \`${name}\` command is disabled.`);
  }

  #annotate(level: Annotation['level'], message: string, title = ''): void {
    const shown = this.#masks.apply(message).slice(0, MOST_MESSAGE_CHARACTERS);
    const before = this.annotations.filter((annotation) => annotation.level === level).length;
    if (shown.trim() !== '' && before < MOST_ANNOTATIONS)
      this.annotations.push({ level, title, message: shown });
    this.#print(`${LABELS[level]}: ${shown}`);
  }

  #print(line: string): void {
    this.#lines.push(this.#masks.apply(line));
  }
}
