import type { Measured, Run } from './measure.ts';
import { median, quantile } from './statistics.ts';

type Quantity = Exclude<keyof Run, 'step'>;

/** What a plain exchange may cost, as a multiple of the floor. */
const GOALS = [
  ['wall', 'wall', 1.2],
  ['CPU', 'cpu', 1.3],
  ['peak', 'peak', 1.15],
] as const;

/** Returns a Markdown table of what each program costs. */
export function costTable(all: readonly Measured[], floor: Measured): string {
  const header = ['', 'wall ms', '× floor', 'CPU ms', 'peak MB', 'requests'];
  const rows = all.map((measured) => [
    measured.contestant.name,
    wallTime(measured),
    ratio(measured, floor, 'wall').toFixed(2),
    medianOf(measured, 'cpu').toFixed(1),
    medianOf(measured, 'peak').toFixed(1),
    String(medianOf(measured, 'requests')),
  ]);
  const rule = ['---', ...header.slice(1).fill('---:')];
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Says how a plain exchange by the action compares with the floor. */
export function goalLine(action: Measured, floor: Measured): string {
  const goals = GOALS.map(([what, quantity, most]) => {
    const times = ratio(action, floor, quantity);
    const verdict = times <= most ? 'met' : '**missed**';
    return `${what} ${times.toFixed(2)} (at most ${most}: ${verdict})`;
  });
  return `Goals for an API key, × floor: ${goals.join(', ')}.`;
}

/** Returns the median, with the range of the middle half. */
function wallTime({ runs }: Measured): string {
  const times = runs.map(({ wall }) => wall);
  const [from, to] = [quantile(times, 0.25), quantile(times, 0.75)];
  return `${median(times).toFixed(1)} (${from.toFixed(1)} to ${to.toFixed(1)})`;
}

function ratio(measured: Measured, floor: Measured, quantity: Quantity): number {
  return medianOf(measured, quantity) / medianOf(floor, quantity);
}

function medianOf({ runs }: Measured, quantity: Quantity): number {
  return median(runs.map((run) => run[quantity]));
}
