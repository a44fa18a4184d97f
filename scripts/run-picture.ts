// Draws what one sees of a run of the action on GitHub: the annotation at the top of the run's page, and the job summary.
import { box, line, lines, type Run, svg, type Theme, warningSign, widthOf } from './svg.ts';

/** What a run left on its page. */
export interface RunPage {
  readonly annotation: { readonly title: string; readonly message: string };
  /** HTML, as the action writes it. */
  readonly summary: string;
}

/** Narrow, so that a phone shows the text at most of its size. */
const WIDTH = 420;
const MARGIN = 14;
const CELL_PADDING = 10;
const SIZE = 13;
const LINE = 20;

/** A part of the summary: what its HTML has, and the kind of element that it stands in. */
interface Block {
  readonly kind: 'heading' | 'row' | 'paragraph' | 'item';
  /** A row has two, all others one. */
  readonly cells: readonly (readonly Run[])[];
}

export function runPicture({ annotation, summary }: RunPage, theme: Theme): string {
  const annotations = drawAnnotation(annotation, theme, 0.5);
  const job = drawSummary(summary, theme, annotations.bottom + 14);
  return svg(
    [WIDTH, job.bottom + 0.5],
    `${annotation.title}: the warning and the job summary`,
    theme,
    [...annotations.content, ...job.content],
  );
}

interface Drawn {
  readonly content: readonly string[];
  readonly bottom: number;
}

function drawAnnotation(
  { title, message }: RunPage['annotation'],
  theme: Theme,
  top: number,
): Drawn {
  const indent = MARGIN + 26;
  const told = lines([{ text: message, style: 'plain' }], SIZE, WIDTH - indent - MARGIN);
  const bottom = top + 70 + told.length * LINE;
  return {
    bottom,
    content: [
      box([0.5, top, WIDTH - 1, bottom - top], theme),
      line([bold('Annotations')], MARGIN, top + 26, SIZE + 1, theme),
      line(
        [plain('1 warning')],
        MARGIN + widthOf(bold('Annotations'), SIZE + 1) + 10,
        top + 26,
        SIZE,
        theme,
        theme.muted,
      ),
      warningSign(MARGIN, top + 43, 16, theme),
      line([bold(title)], indent, top + 56, SIZE, theme),
      ...told.map((part, index) =>
        line(part, indent, top + 56 + (index + 1) * LINE, SIZE, theme, theme.muted),
      ),
    ],
  };
}

function drawSummary(html: string, theme: Theme, top: number): Drawn {
  const content: string[] = [];
  const blocks = blocksOf(html);
  const rows = blocks.filter(({ kind }) => kind === 'row');
  const columns = [0, 1].map(
    (column) => Math.max(...rows.map(({ cells }) => wide(cells[column] ?? []))) + 2 * CELL_PADDING,
  );
  const [first = 0, second = 0] = columns;
  let y = top + 46;
  let item = 0;
  for (const { kind, cells } of blocks) {
    const [cell = [], value = []] = cells;
    if (kind === 'heading') {
      content.push(line(cell, MARGIN, y + 14, SIZE + 3, theme));
      y += 30;
    } else if (kind === 'row') {
      content.push(
        box([MARGIN, y, first, 28], theme, 0),
        box([MARGIN + first, y, second, 28], theme, 0),
      );
      content.push(
        line(cell, MARGIN + CELL_PADDING, y + 19, SIZE, theme),
        line(value, MARGIN + first + CELL_PADDING, y + 19, SIZE, theme),
      );
      y += 28;
    } else if (kind === 'paragraph') {
      const broken = lines(cell, SIZE, WIDTH - 2 * MARGIN);
      content.push(
        ...broken.map((part, index) => line(part, MARGIN, y + 26 + index * LINE, SIZE, theme)),
      );
      y += broken.length * LINE + 16;
    } else {
      item += 1;
      const broken = lines(cell, SIZE, WIDTH - 2 * MARGIN - 24);
      content.push(line([plain(`${item}.`)], MARGIN + 6, y + 14, SIZE, theme));
      content.push(
        ...broken.map((part, index) => line(part, MARGIN + 24, y + 14 + index * LINE, SIZE, theme)),
      );
      y += broken.length * LINE + 3;
    }
  }
  const bottom = y + 12;
  return {
    bottom,
    content: [
      box([0.5, top, WIDTH - 1, bottom - top], theme),
      line([bold('profiles summary')], MARGIN, top + 26, SIZE + 1, theme),
      ...content,
    ],
  };
}

function wide(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + widthOf(run, SIZE), 0);
}

/**
 * The blocks of a summary.
 * @throws Error where it has an element that this does not know, since the picture would leave it out in silence
 */
export function blocksOf(html: string): Block[] {
  return html.split('\n').flatMap((text): Block[] => {
    const row = /^<tr><th align="left">(.*)<\/th><td>(.*)<\/td><\/tr>$/.exec(text);
    if (row)
      return [
        { kind: 'row', cells: [runsOf(row[1] ?? '', 'bold'), runsOf(row[2] ?? '', 'plain')] },
      ];
    const [, tag = '', content = ''] = /^<(h3|p|li)>(.*)<\/\1>$/.exec(text) ?? [];
    if (tag === 'h3') return [{ kind: 'heading', cells: [runsOf(content, 'bold')] }];
    if (tag === 'p') return [{ kind: 'paragraph', cells: [runsOf(content, 'plain')] }];
    if (tag === 'li') return [{ kind: 'item', cells: [runsOf(content, 'plain')] }];
    if (/^(<\/?(table|ol)>)?$/.test(text)) return [];
    throw new Error(`The picture has no way to show this line of the job summary: ${text}`);
  });
}

function runsOf(html: string, style: 'plain' | 'bold'): Run[] {
  return html
    .split(/(<code>.*?<\/code>|⚠️)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '⚠️') return { text: part, style: 'warning-sign' };
      const [, code] = /^<code>(.*)<\/code>$/.exec(part) ?? [];
      const inner = code ?? part;
      if (/<|\p{Extended_Pictographic}/u.test(inner))
        throw new Error(`The picture can't show ${inner}`);
      const text = unescapeHtml(inner);
      return { text, style: code === undefined ? style : 'code' };
    });
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function plain(text: string): Run {
  return { text, style: 'plain' };
}

function bold(text: string): Run {
  return { text, style: 'bold' };
}
