import { readFileSync, writeFileSync } from 'node:fs';
import { line, px, type Run, svg, type Theme, themes, widthOf } from '../scripts/svg.ts';
import { inRepository } from './repository.ts';

/** How long runs of a contestant took, in milliseconds: the median, and what the middle half lies between. */
export interface WallTime {
  readonly name: string;
  readonly median: number;
  readonly from: number;
  readonly to: number;
}

/** The table that the bars are drawn of. */
const HEADING = '### Over HTTPS on loopback, with a private authority';

const WIDTH = 760;
const ROW = 30;
const TOP = 46;
const LEFT = 330;
const SIZE = 13;
/** Room for the longest number behind a bar. */
const RIGHT = 70;

/**
 * The wall times in the table of docs/PERFORMANCE.md.
 * @throws Error where it has none
 */
export function wallTimesIn(document: string): WallTime[] {
  const table = document.slice(document.indexOf(HEADING)).split(/\n###? /, 2)[0] ?? '';
  const times = [...table.matchAll(/^\| ([^|]+) \| ([\d.]+) \(([\d.]+) to ([\d.]+)\) \|/gm)].map(
    ([, name = '', median, from, to]) => ({
      name: name.replaceAll('`', ''),
      median: Number(median),
      from: Number(from),
      to: Number(to),
    }),
  );
  if (times.length === 0)
    throw new Error(`docs/PERFORMANCE.md has no wall times below "${HEADING}"`);
  return times;
}

/** The wall times in docs/PERFORMANCE.md as bars, those of the action in another colour. */
export function costPicture(document: string, theme: Theme): string {
  const times = wallTimesIn(document);
  const scale = (WIDTH - LEFT - RIGHT) / Math.max(...times.map(({ to }) => to));
  const bars = times.flatMap(({ name, median, from, to }, index) => {
    const y = TOP + index * ROW;
    const ours = name.startsWith('the action');
    const label: Run = { text: name, style: ours ? 'bold' : 'plain' };
    return [
      line([label], LEFT - 12 - widthOf(label, SIZE), y + 16, SIZE, theme),
      `<rect x="${LEFT}" y="${px(y + 3)}" width="${px(median * scale)}" height="18" rx="2" fill="${ours ? theme.accent : theme.muted}"/>`,
      `<path d="M${px(LEFT + from * scale)} ${px(y + 12)}H${px(LEFT + to * scale)}m0-4v8M${px(LEFT + from * scale)} ${px(y + 8)}v8" stroke="${theme.text}" fill="none"/>`,
      line(
        [{ text: `${median.toFixed(1)} ms`, style: 'plain' }],
        LEFT + to * scale + 8,
        y + 16,
        SIZE,
        theme,
      ),
    ];
  });
  const height = TOP + times.length * ROW + 10;
  return svg([WIDTH, height], 'Wall time of one run over HTTPS', theme, [
    `<rect width="${WIDTH}" height="${px(height)}" rx="6" fill="${theme.page}"/>`,
    line([{ text: 'Wall time of one run over HTTPS', style: 'bold' }], 16, 26, SIZE + 1, theme),
    line(
      [{ text: 'median, with the range of the middle half', style: 'plain' }],
      16 + widthOf({ text: 'Wall time of one run over HTTPS', style: 'bold' }, SIZE + 1) + 10,
      26,
      SIZE,
      theme,
      theme.muted,
    ),
    ...bars,
  ]);
}

/** Draws what docs/PERFORMANCE.md says now to docs/pictures/. */
export function drawCostPictures(): void {
  const document = readFileSync(inRepository('docs', 'PERFORMANCE.md'), 'utf8');
  for (const theme of themes)
    writeFileSync(
      inRepository('docs', 'pictures', `cost-${theme.name}.svg`),
      costPicture(document, theme),
    );
}
