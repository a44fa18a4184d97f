import { medianOf, type Quantity, ratioOf, type Verdict } from './goals.ts';
import type { Measured } from './rounds.ts';
import { median, quantile } from './statistics.ts';

/** A Markdown table. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** All that a run costs, a row for each contestant, in itself and as so many times the floor. */
export function costTable(all: readonly Measured[], floor: Measured): string {
  const header = [
    '',
    'wall ms',
    '× floor',
    'CPU ms',
    '× floor',
    'peak MB',
    '× floor',
    ...TRAFFIC_HEADER,
  ];
  const rows = all.map((measured) => {
    const times = (quantity: Quantity) => ratioOf(measured, floor, quantity).toFixed(2);
    return [
      measured.contestant.name,
      wall(measured),
      times('wall'),
      milliseconds(medianOf(measured, 'cpu')),
      times('cpu'),
      megabytes(medianOf(measured, 'peak')),
      times('peak'),
      ...traffic(measured),
    ];
  });
  return table(header, rows);
}

/** What a name look-up costs, a row for each size of the list. */
export function growthTable(all: readonly Measured[]): string {
  const header = ['organizations', 'wall ms', 'CPU ms', 'peak MB', ...TRAFFIC_HEADER];
  const rows = all.map((measured) => [
    measured.contestant.name,
    wall(measured),
    milliseconds(medianOf(measured, 'cpu')),
    megabytes(medianOf(measured, 'peak')),
    ...traffic(measured),
  ]);
  return table(header, rows);
}

/** The goals, and what became of each under each of the named conditions. */
export function goalTable(verdicts: Readonly<Record<string, readonly Verdict[]>>): string {
  const columns = Object.values(verdicts);
  const rows = (columns[0] ?? []).map(({ goal }) => [
    goal,
    ...columns.map((column) => {
      const verdict = column.find((candidate) => candidate.goal === goal);
      return verdict ? `${verdict.measured}: ${verdict.met ? 'met' : '**missed**'}` : '';
    }),
  ]);
  return table(['goal for a plain exchange', ...Object.keys(verdicts)], rows);
}

const TRAFFIC_HEADER = ['connections', 'requests', 'sent', 'received'];

function traffic({ runs }: Measured): string[] {
  const of = (kind: keyof (typeof runs)[number]['traffic']) =>
    median(runs.map((run) => run.traffic[kind]));
  // What the server received is what the contestant sent.
  return [of('connections'), of('requests'), of('bytesReceived'), of('bytesSent')].map((value) =>
    wholeNumber(value),
  );
}

/** The median, and between which values the middle half of the runs lies. */
function wall({ runs }: Measured): string {
  const values = runs.map(({ cost }) => cost.wall);
  return `${milliseconds(median(values))} (${milliseconds(quantile(values, 0.25))} to ${milliseconds(quantile(values, 0.75))})`;
}

function milliseconds(seconds: number): string {
  return (seconds * 1000).toFixed(1);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** `12,345`. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en');
}
