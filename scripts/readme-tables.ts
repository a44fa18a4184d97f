// Writes the tables of inputs and outputs in README.md from action.yml; with --check, only tells whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What of action.yml the tables show. */
interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}

interface Described {
  readonly description: string;
  readonly default?: unknown;
}

const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

function table(heading: string, things: Action['inputs']): string {
  const rows = Object.entries(things).map(([name, thing]) => [`\`${name}\``, describe(thing)]);
  return [[heading, 'Description'], ['---', '---'], ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');
}

/** The default stands in the description: a phone has no room for a third column, nor for a whole URL. */
function describe({ description, default: value = '' }: Described): string {
  const text = String(value);
  if (text === '') return description;
  const shown = text.startsWith('https://') ? `[${new URL(text).host}](${text})` : `\`${text}\``;
  return `${description.trim()}<br>Default: ${shown}`;
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
export function withTables(readme: string, { inputs, outputs }: Action): string {
  const withInputs = replaceBetweenMarkers(readme, 'inputs', table('Input', inputs));
  return replaceBetweenMarkers(withInputs, 'outputs', table('Output', outputs));
}

if (import.meta.main) {
  const readme = readFileSync('README.md', 'utf8');
  const updated = withTables(readme, parse(readFileSync('action.yml', 'utf8')));
  if (!process.argv.includes('--check')) {
    writeFileSync('README.md', updated);
  } else if (updated !== readme) {
    console.error('The tables in README.md are not what action.yml says. Run "npm run readme".');
    process.exitCode = 1;
  }
}
