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
  readonly #debug: boolean;
  readonly #masks: Masks;
  readonly #lines: string[] = [];
  readonly #annotations: Annotation[] = [];
  #resumeToken: string | undefined;

  /** State and outputs that came as commands, the way of runners that give no file for them. */
  readonly state: Record<string, string> = {};
  readonly outputs: Record<string, string> = {};

  /** With `debug`, debug lines are in the log too, as with ACTIONS_STEP_DEBUG. `masks` are those of the job so far. */
  constructor({ debug = false, masks = new Masks() } = {}) {
    this.#debug = debug;
    this.#masks = masks;
  }

  /** The log as GitHub shows it, masked. */
  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  get annotations(): readonly Annotation[] {
    return this.#annotations;
  }

  /** Returns what GitHub shows of a summary: all of it, masked, or nothing if it is too large. */
  summary(text: string): string {
    const size = Math.floor(Buffer.byteLength(text) / 1024);
    if (Buffer.byteLength(text) <= MOST_SUMMARY_BYTES) return this.#masks.apply(text);
    this.#annotate('error', '', `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k.`);
    return '';
  }

  /** Logs that the step was cancelled. */
  cancel(): void {
    this.#annotate('error', '', 'The operation was canceled.');
  }

  read(line: string): void {
    if (this.#resumeToken !== undefined) {
      if (line.trim() === `::${this.#resumeToken}::`) this.#resumeToken = undefined;
      this.#print(line);
      return;
    }
    const command = parseCommand(line);
    if (command === undefined) this.#print(line);
    else this.#obey(command, line);
  }

  #obey({ name, properties, data }: Command, line: string): void {
    switch (name) {
      case 'add-mask':
        this.#addMask(data);
        break;
      case 'error':
      case 'warning':
      case 'notice':
        this.#annotate(name, properties['title'] ?? '', data);
        break;
      case 'debug':
        if (this.#debug) this.#print(`##[debug]${data}`);
        break;
      case 'group':
        this.#print(`▾ ${data}`);
        break;
      case 'stop-commands':
        this.#resumeToken = data;
        this.#print(line);
        break;
      case 'save-state':
        this.state[properties['name'] ?? ''] = data;
        break;
      case 'set-output':
        this.outputs[properties['name'] ?? ''] = data;
        break;
      case 'set-env':
      case 'add-path':
        // Disabled since 2020: whatever could print could set variables.
        this.#annotate('error', '', `Unable to process command '${line}' successfully.`);
        this.#annotate('error', '', `The \`${name}\` command is disabled.`);
        break;
      default: // echo, endgroup and the matchers show nothing.
    }
  }

  #addMask(value: string): void {
    if (value.trim() !== '') this.#masks.add(value);
    else this.#annotate('warning', '', "Can't add secret mask for empty string in ##[add-mask] command.");
  }

  #annotate(level: Annotation['level'], title: string, message: string): void {
    const shown = this.#masks.apply(message).slice(0, MOST_MESSAGE_CHARACTERS);
    const before = this.#annotations.filter((annotation) => annotation.level === level).length;
    if (shown.trim() !== '' && before < MOST_ANNOTATIONS) this.#annotations.push({ level, title, message: shown });
    this.#print(`${LABELS[level]}: ${shown}`);
  }

  #print(line: string): void {
    this.#lines.push(this.#masks.apply(line));
  }
}
