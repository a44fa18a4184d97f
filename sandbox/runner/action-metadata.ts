import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What the runner reads from an action's action.yml. */
export interface ActionMetadata {
  /** Each input with its default; empty where it has none. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The scripts, relative to the action's folder. */
  readonly main: string;
  readonly post?: string;
}

interface ActionYaml {
  readonly inputs?: Record<string, { default?: unknown } | null>;
  readonly runs: Pick<ActionMetadata, 'main' | 'post'>;
}

/** By the text of the file. To parse it takes milliseconds, and each phase of each step asks. */
const parsed = new Map<string, ActionMetadata>();

/** Reads `action.yml` in a folder. Throws if there is none or it is not YAML. */
export function readActionMetadata(folder: string): ActionMetadata {
  const text = readFileSync(join(folder, 'action.yml'), 'utf8');
  const metadata = parsed.get(text) ?? parseActionMetadata(text);
  parsed.set(text, metadata);
  return metadata;
}

function parseActionMetadata(text: string): ActionMetadata {
  const { inputs = {}, runs } = parse(text) as ActionYaml;
  const defaults = Object.entries(inputs).map(([name, input]) => [
    name,
    String(input?.default ?? ''),
  ]);
  return { ...runs, inputs: Object.fromEntries(defaults) };
}

/**
 * Makes the `INPUT_*` variables of a step: every input of the action, with its default if not given.
 * Throws for an unknown input. The runner only warns, but a test with a typo must not pass.
 */
export function inputVariables(
  declared: ActionMetadata['inputs'],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`action.yml has no such input: ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries({ ...declared, ...given }).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  );
}
