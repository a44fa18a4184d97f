// Draws text and boxes as SVG, in GitHub's colours, for pictures that README.md shows in light and dark.

/** The colours of GitHub's pages (primer/primitives). */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly page: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly code: string;
  readonly warning: string;
}

export const themes: readonly Theme[] = [
  {
    name: 'light',
    page: '#ffffff',
    border: '#d1d9e0',
    text: '#1f2328',
    muted: '#59636e',
    code: '#eff1f3',
    warning: '#9a6700',
  },
  {
    name: 'dark',
    page: '#0d1117',
    border: '#3d444d',
    text: '#f0f6fc',
    muted: '#9198a1',
    code: '#262c36',
    warning: '#d29922',
  },
];

/** Words that stand together in one line, in one style. */
export interface Run {
  readonly text: string;
  readonly style: 'plain' | 'bold' | 'code' | 'warning-sign';
}

const FAMILIES = {
  plain: "-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif",
  code: "ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace",
};

/** Widths of Helvetica's characters from the blank to `~`, in hundredths of the font size (Adobe's font metrics). */
const WIDTHS = (
  '28 28 36 56 56 89 67 19 33 33 39 58 28 33 28 28 56 56 56 56 56 56 56 56 56 56 28 28 58 58 58 56 ' +
  '102 67 67 72 72 67 61 78 72 28 50 67 56 83 72 78 67 78 72 67 61 72 67 94 67 67 61 28 28 28 47 56 ' +
  '33 56 56 50 56 56 28 56 56 22 22 50 22 83 56 56 56 56 33 50 28 56 50 72 50 50 50 33 26 33 58'
)
  .split(' ')
  .map((width) => Number(width) / 100);

/** Space on both sides of code, in its box. */
const CODE_PADDING = 5;

/** How wide a run is, in pixels, for a font size in pixels. */
export function widthOf({ text, style }: Run, size: number): number {
  if (style === 'warning-sign') return size;
  if (style === 'code') return text.length * codeSize(size) * 0.6 + 2 * CODE_PADDING;
  const width = [...text].reduce(
    (sum, character) => sum + (WIDTHS[character.charCodeAt(0) - 32] ?? 0.6),
    0,
  );
  return width * size * (style === 'bold' ? 1.08 : 1);
}

/** Breaks runs into lines that are no wider than so many pixels, between words and after slashes. Code stays whole. */
export function lines(runs: readonly Run[], size: number, most: number): Run[][] {
  const result: Run[][] = [[]];
  let width = 0;
  for (const { text, style } of runs.flatMap(words)) {
    const wide = widthOf({ text: text.trimEnd(), style }, size);
    if (width > 0 && width + wide > most) {
      result.push([]);
      width = 0;
    }
    const line = result.at(-1) ?? [];
    const last = line.at(-1);
    if (last && last.style === style && style !== 'code')
      line[line.length - 1] = { text: last.text + text, style };
    else line.push({ text, style });
    width += widthOf({ text, style }, size);
  }
  return result;
}

function words({ text, style }: Run): Run[] {
  if (style === 'code' || style === 'warning-sign') return [{ text, style }];
  return (text.match(/\s*[^\s/]*\/+\s*|\s*[^\s/]+\s*|\s+/g) ?? []).map((word) => ({
    text: word.replace(/\s+/g, ' '),
    style,
  }));
}

/**
 * One line of text as SVG. Its width is forced on it: whatever font a reader has, nothing overlaps.
 * @param y the line's base
 */
export function line(
  runs: readonly Run[],
  x: number,
  y: number,
  size: number,
  theme: Theme,
  colour?: string,
): string {
  let at = x;
  return runs
    .map((run) => {
      const width = widthOf(run, size);
      const start = at;
      at += width;
      if (run.style === 'warning-sign') return warningSign(start, y - size * 0.82, size, theme);
      if (run.style === 'code') {
        const box = `<rect x="${px(start)}" y="${px(y - size)}" width="${px(width)}" height="${px(size * 1.4)}" rx="5" fill="${theme.code}"/>`;
        return (
          box + text(run.text, start + CODE_PADDING, y, { ...run, size: codeSize(size), colour })
        );
      }
      const blanks = /^\s*/.exec(run.text)?.[0] ?? '';
      return text(run.text.trim(), start + widthOf({ ...run, text: blanks }, size), y, {
        ...run,
        size,
        colour,
      });
    })
    .join('');
}

interface Look {
  readonly size: number;
  /** The picture's own without it. */
  readonly colour: string | undefined;
  readonly style: Run['style'];
}

const LOOKS = {
  plain: '',
  bold: ' class="b"',
  code: ' class="c"',
  'warning-sign': ' class="b"',
};

function text(words: string, x: number, y: number, { size, colour, style }: Look): string {
  if (words === '') return '';
  const width = textLength(words, size, style);
  const look = LOOKS[style];
  const fill = colour === undefined ? '' : ` fill="${colour}"`;
  return `<text x="${px(x)}" y="${px(y)}"${look}${fill} font-size="${px(size)}" textLength="${px(width)}" lengthAdjust="spacingAndGlyphs">${escapeXml(words)}</text>`;
}

/** The width of words alone: that of code has its box too, and size is that of its letters. */
function textLength(text: string, size: number, style: Run['style']): number {
  if (style !== 'code') return widthOf({ text, style }, size);
  return widthOf({ text, style }, size / 0.85) - 2 * CODE_PADDING;
}

/** A triangle with an exclamation mark, with its upper left corner at x and y. */
export function warningSign(x: number, y: number, size: number, { warning, page }: Theme): string {
  const scale = px(size / 16);
  return (
    `<g transform="translate(${px(x)} ${px(y)}) scale(${scale})"><path d="M8 1.5 15 14H1z" fill="${warning}" stroke="${warning}" stroke-width="1.6" stroke-linejoin="round"/>` +
    `<path d="M8 5.6v4.2" stroke="${page}" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="12.2" r="1" fill="${page}"/></g>`
  );
}

/** A box with round corners or, with a radius of 0, without. */
export function box(
  [x, y, width, height]: readonly [number, number, number, number],
  { page, border }: Theme,
  radius = 6,
): string {
  const round = radius === 0 ? '' : ` rx="${radius}"`;
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"${round} fill="${page}" stroke="${border}"/>`;
}

/** A whole picture. */
export function svg(
  size: readonly [width: number, height: number],
  label: string,
  { text }: Theme,
  content: readonly string[],
): string {
  const [width, height] = size.map(px);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="${text}" role="img" aria-label="${escapeXml(label)}" font-family="${FAMILIES.plain}">`,
    `<style>.b{font-weight:600}.c{font-family:${FAMILIES.code}}</style>`,
    ...content.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}

/** A number of pixels, short. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function codeSize(size: number): number {
  return size * 0.85;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
