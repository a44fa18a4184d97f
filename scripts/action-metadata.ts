// What action.yml and package.json say of the action, for the scripts that check texts against them.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ActionMetadata {
  /** Where the action lives on GitHub, `owner/repository`. */
  slug: string;
  /** In the order of action.yml. */
  inputs: Map<string, { description: string; default: string }>;
  outputs: Map<string, { description: string }>;
}

/** Reads both files from the current folder, which npm sets to the repository's root. */
export function readActionMetadata(): ActionMetadata {
  const action = parse(readFileSync('action.yml', 'utf8'));
  const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    slug: new URL(repository.url).pathname.slice(1).replace(/\.git$/, ''),
    inputs: new Map(
      Object.entries<{ description: string; default?: unknown }>(action.inputs).map(
        ([name, input]) => [
          name,
          { description: input.description, default: String(input.default ?? '') },
        ],
      ),
    ),
    outputs: new Map(Object.entries<{ description: string }>(action.outputs)),
  };
}
