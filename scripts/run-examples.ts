// Runs every workflow in examples/ under nektos/act, without containers, against the sandbox: npm run check:examples
//
// The files run as they are, but for Appcircle's hosts, which become the sandbox's, and for waits of minutes, which become shorter.
// `gh`, `npm`, the Appcircle CLI and the build of an app are stand-ins. What act can't do is not tested: the approval of an
// environment's reviewers, and GitHub's permissions. A part of the title as an argument runs the cases that have it, and shows
// their logs.

import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { cases } from './examples/cases.ts';
import { type Case, runCase } from './examples/run.ts';

const PARALLEL = 2;

const all = await cases();
const shown = globSync('examples/*.{yml,yaml}').map((path) => basename(path));
const run = new Set(all.map(({ example }) => example));
const forgotten = shown.filter((example) => !run.has(example));
if (forgotten.length > 0) throw new Error(`No case runs ${forgotten.join(', ')}`);

const title = ({ example, when }: Case): string => `${example}: ${when}`;
const [part] = process.argv.slice(2);
const queue = all.filter((it) => part === undefined || title(it).includes(part));
if (queue.length === 0) throw new Error(`No case has "${part}" in its title`);
const total = queue.length;
let failed = 0;

/** Runs a case again if its log alone is wrong: act 0.2.87 may lose the last lines of a step that fails. */
async function runPatiently(it: Case): ReturnType<typeof runCase> {
  const first = await runCase(it);
  const isLogAlone = first.complaints.every((complaint) => complaint.startsWith('the log says'));
  return first.complaints.length > 0 && isLogAlone ? runCase(it) : first;
}

async function work(): Promise<void> {
  for (let it = queue.shift(); it !== undefined; it = queue.shift()) {
    const start = performance.now();
    const { complaints, log } = await runPatiently(it);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (complaints.length > 0 || part !== undefined) console.log(`\n${log}`);
    console.log(
      `${complaints.length === 0 ? 'ok' : 'NOT OK'}  ${title(it)} (${it.ends}, ${seconds} s)`,
    );
    for (const complaint of complaints) console.log(`        not so: ${complaint}`);
    if (complaints.length > 0) failed += 1;
  }
}

await Promise.all(Array.from({ length: PARALLEL }, work));
console.log(
  `\n${total - failed} of ${total} runs of ${new Set(all.map(({ example }) => example)).size} examples as expected`,
);
if (failed > 0) process.exitCode = 1;
