import { readFileSync, writeFileSync } from 'node:fs';
import { inRepository } from './repository.ts';

const PATH = inRepository('docs', 'PERFORMANCE.md');

/**
 * Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->` in docs/PERFORMANCE.md.
 * @throws Error where the markers are missing
 */
export function writeSection(name: string, content: string): void {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const text = readFileSync(PATH, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`docs/PERFORMANCE.md has no "${start}" with "${end}" after it`);
  writeFileSync(PATH, `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`);
}
