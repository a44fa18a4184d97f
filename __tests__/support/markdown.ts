/** A heading with what stands below it, up to the next heading. */
export interface Section {
  readonly level: number;
  readonly heading: string;
  /** What GitHub calls the heading in a link, if it is the first of its name. */
  readonly anchor: string;
  readonly text: string;
}

/** The sections of a Markdown document, in its order. A `#` inside a block of code makes none. */
export function sectionsOf(markdown: string): Section[] {
  const sections: { level: number; heading: string; anchor: string; text: string }[] = [];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    const [, marks = '', heading = ''] = /^(#{1,6}) (.+)$/.exec(line) ?? [];
    if (inCode || marks === '') {
      const last = sections.at(-1);
      if (last) last.text += `${line}\n`;
      continue;
    }
    sections.push({ level: marks.length, heading, anchor: slugOf(heading), text: '' });
  }
  return sections;
}

/** The lines of the log that a section quotes. */
export function quotedLinesOf({ text }: Section): string[] {
  return [...text.matchAll(/^> (.+)$/gm)].map(([, line = '']) => line);
}

/** The lines of all blocks of code. */
export function codeLinesOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```\w*\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block.trimEnd().split('\n'),
  );
}

/** The targets of a document's links to other places in the repository, `docs/TESTED.md#runners` or `#inputs`. */
export function localLinksOf(markdown: string): string[] {
  const prose = markdown.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target));
}

/** As GitHub makes an anchor of a heading (its library html-pipeline): small letters, no punctuation, hyphens for spaces. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
