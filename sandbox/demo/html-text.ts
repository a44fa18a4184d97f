const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  apos: "'",
};

/** Renders a job summary's HTML as text: table rows as two columns, list items numbered, tags removed. */
export function htmlToText(html: string): string {
  let item = 0;
  const lines = html.split('\n').map((line) => {
    const cells = /<th[^>]*>(.*?)<\/th><td[^>]*>(.*?)<\/td>/.exec(line);
    if (cells !== null) return `${text(cells[1] ?? '').padEnd(20)}${text(cells[2] ?? '')}`;
    if (line.startsWith('<ol>')) item = 0;
    if (!line.startsWith('<li>')) return text(line);
    item += 1;
    return `  ${item}. ${text(line)}`;
  });
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function text(html: string): string {
  return html
    .replaceAll('<br>', ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
