import { styleText } from 'node:util';
import { stringify } from 'yaml';
import type { StepResult } from '../runner/step.ts';
import { LABELS } from '../runner/step-log.ts';
import { htmlToText } from './html-text.ts';
import { type Scenario, SOURCES } from './scenarios.ts';

type Style = Parameters<typeof styleText>[0];

const LINE_STYLES: Readonly<Record<string, Style>> = {
  'Error:': 'red',
  'Warning:': 'yellow',
  'Notice:': 'blue',
};

/** Prints the step as it stands in a workflow. */
export function showStep(number: number, { title, inputs }: Scenario): void {
  console.log(styled('bold', `\n${number}. ${title}\n`));
  const shown = Object.entries(inputs).map(([name, value]) => [
    name,
    name in SOURCES ? `\${{ ${SOURCES[name]} }}` : value,
  ]);
  const uses = 'appcircleio/access-token-action@v1';
  const step = [{ uses, id: 'appcircle', with: Object.fromEntries(shown) }];
  console.log(`${indented(stringify(step, { lineWidth: 0 }))}\n`);
}

/** Prints what a person finds in the job's log and on the run's page, and what the step after finds in its environment. */
export function showResult(result: StepResult): void {
  section('Its log', result.log.trimEnd().split('\n').map(coloured));
  const titles = result.annotations.map(({ level, title }) =>
    coloured(`${LABELS[level]}: ${title}`),
  );
  if (titles.length > 0) section("At the top of the run's page", titles);
  const variables = Object.entries(result.env).map(([name, value]) => `${name}=${value}`);
  const outputs = Object.entries(result.outputs).map(
    ([name, value]) => `steps.appcircle.outputs.${name}=${value}`,
  );
  const seen = result.mask([...variables, ...outputs].join('\n'));
  section(
    'What the next step sees',
    seen === '' ? ['nothing: the job stops here'] : seen.split('\n'),
  );
  if (result.summary.trim() !== '')
    section('The job summary', htmlToText(result.summary).split('\n'));
}

/** Prints whether the step ended as it should have. */
export function showVerdict(isRight: boolean, { exitCode, durationMs }: StepResult): void {
  const ended = `Ended with exit code ${exitCode} after ${Math.round(durationMs)} ms`;
  console.log(isRight ? `${ended}, as it should.` : styled('red', `${ended}, which is wrong.`));
}

/** Colours the text where standard output is a terminal and NO_COLOR is not set. */
function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

function section(title: string, lines: readonly string[]): void {
  console.log(`${styled('underline', title)}\n${indented(lines.join('\n'))}\n`);
}

function coloured(line: string): string {
  const style = LINE_STYLES[line.split(' ', 1).join()];
  return style === undefined ? line : styled(style, line);
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
