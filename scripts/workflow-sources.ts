// Finds the workflows that the repository runs, ships as examples and shows in its documents.
import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface WorkflowSource {
  /** Where a person finds it, such as `README.md:12`. */
  origin: string;
  /** A whole workflow. */
  text: string;
  /** Whether `text` is the file named by `origin`, rather than a block cut out of a document. */
  isFile: boolean;
}

const YAML_BLOCK = /^( *)```ya?ml\b[^\n]*\n(.*?)^ *```$/gims;

// What a reader's own workflow has around the steps that a document shows.
const FRAME = (origin: string) => `name: Steps of ${origin}
on: workflow_dispatch
permissions: {}
concurrency:
  group: steps
  cancel-in-progress: true
jobs:
  job:
    name: Job
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
`;

function parseBlock(block: string, origin: string): unknown {
  try {
    return parse(block);
  } catch (error) {
    throw new Error(`${origin}: this block is not YAML`, { cause: error });
  }
}

function asWorkflow(block: string, origin: string): string {
  const content = parseBlock(block, origin);
  if (Array.isArray(content)) return FRAME(origin) + block.replace(/^(?=.)/gm, '      ');
  if (typeof content === 'object' && content !== null && 'jobs' in content) return block;
  throw new Error(`${origin}: this YAML block is neither a whole workflow nor a list of steps`);
}

/**
 * The blocks of YAML in a Markdown document, each as a whole workflow: lists of steps get a job around them.
 * Throws on a block that is neither, because then nothing would check it.
 */
export function workflowsInMarkdown(markdown: string, path: string): WorkflowSource[] {
  return [...markdown.matchAll(YAML_BLOCK)].map((match) => {
    const [, indentation = '', block = ''] = match;
    const origin = `${path}:${markdown.slice(0, match.index).split('\n').length}`;
    const text = asWorkflow(block.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''), origin);
    return { origin, text, isFile: false };
  });
}

/** Every workflow under .github/workflows and examples/, in README.md and in docs/, of the current folder. */
export function findWorkflows(): WorkflowSource[] {
  const files = globSync(['.github/workflows/*.{yml,yaml}', 'examples/**/*.{yml,yaml}']).sort();
  const documents = globSync(['README.md', 'docs/**/*.md', 'examples/**/*.md']).sort();
  return [
    ...files.map((origin) => ({ origin, text: readFileSync(origin, 'utf8'), isFile: true })),
    ...documents.flatMap((path) => workflowsInMarkdown(readFileSync(path, 'utf8'), path)),
  ];
}
