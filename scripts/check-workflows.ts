// Lints every workflow of the repository, those shown in its documents too, and checks how they use the action.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { misuses } from './action-usage.ts';
import { findWorkflows, type WorkflowSource } from './workflow-sources.ts';

function tool(name: string): string {
  const path = join('.tools', 'bin', name);
  if (!existsSync(path))
    throw new Error(`${path} is missing. Run "bash scripts/install-tools.sh".`);
  return path;
}

function lint(name: string, args: string[]): boolean {
  return spawnSync(tool(name), args, { stdio: 'inherit' }).status === 0;
}

const actionlint = (paths: string[]): boolean =>
  lint('actionlint', ['-shellcheck', tool('shellcheck'), ...paths]);

const zizmor = (persona: 'pedantic' | 'regular', paths: string[]): boolean =>
  lint('zizmor', [
    '--offline',
    '--no-progress',
    '--quiet',
    '--config=.github/zizmor.yml',
    `--persona=${persona}`,
    ...paths,
  ]);

/** Writes a block cut out of a document to a file for the linters, which shows in its name where it came from. */
function writeBlock({ origin, text }: WorkflowSource, folder: string): string {
  const path = join(folder, `${origin.replaceAll(/[\\/:]/g, '-')}.yml`);
  writeFileSync(path, text);
  return path;
}

const action = parse(readFileSync('action.yml', 'utf8'));
const workflows = findWorkflows();
const misused = workflows.flatMap(({ origin, text }) =>
  misuses(text, action).map((misuse) => `${origin}: ${misuse}`),
);
for (const message of misused) console.error(message);

const temporary = mkdtempSync(join(tmpdir(), 'workflows-'));
try {
  const folder = join(temporary, '.github', 'workflows');
  mkdirSync(folder, { recursive: true });
  const files = workflows.filter(({ isFile }) => isFile).map(({ origin }) => origin);
  const blocks = workflows
    .filter(({ isFile }) => !isFile)
    .map((source) => writeBlock(source, folder));
  const clean = [
    actionlint([...files, ...blocks]),
    zizmor('pedantic', ['action.yml', '.github/dependabot.yml', ...files]),
    // What only the pedantic persona asks for, such as a name for every job, would bury what a document shows.
    blocks.length === 0 || zizmor('regular', blocks),
  ];
  if (misused.length > 0 || clean.includes(false)) process.exitCode = 1;
  else
    console.log(
      `${files.length} workflows and ${blocks.length} blocks in documents: nothing found`,
    );
} finally {
  rmSync(temporary, { recursive: true });
}
