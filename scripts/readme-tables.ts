// Writes the tables of inputs and outputs in README.md from action.yml; with --check, only tells whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { type ActionMetadata, readActionMetadata } from './action-metadata.ts';

const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

const table = (header: string[], rows: string[][]): string =>
  [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');

/** The default stands in the description: a phone has no room for a third column, nor for a whole URL. */
function describeInput(input: { description: string; default: string }): string {
  if (input.default === '') return input.description;
  const value = input.default.startsWith('https://')
    ? `[${new URL(input.default).host}](${input.default})`
    : `\`${input.default}\``;
  return `${input.description.trim()}<br>Default: ${value}`;
}

function replaceBetweenMarkers(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no "${start}" with "${end}" after it`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

/**
 * The README with its tables of inputs and outputs as action.yml describes them.
 * Throws when a table's markers, `<!-- inputs:start -->` and the like, are missing.
 */
export function withTables(readme: string, { inputs, outputs }: ActionMetadata): string {
  const inputRows = [...inputs].map(([name, input]) => [`\`${name}\``, describeInput(input)]);
  const outputRows = [...outputs].map(([name, output]) => [`\`${name}\``, output.description]);
  const withInputs = replaceBetweenMarkers(
    readme,
    'inputs',
    table(['Input', 'Description'], inputRows),
  );
  return replaceBetweenMarkers(withInputs, 'outputs', table(['Output', 'Description'], outputRows));
}

if (import.meta.main) {
  const readme = readFileSync('README.md', 'utf8');
  const updated = withTables(readme, readActionMetadata());
  if (!process.argv.includes('--check')) {
    writeFileSync('README.md', updated);
  } else if (updated !== readme) {
    console.error('The tables in README.md are not what action.yml says. Run "npm run readme".');
    process.exitCode = 1;
  }
}
