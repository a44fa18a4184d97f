// Holds dist/, and what a runner downloads, to the sizes in scripts/size-budget.json, and makes sure that undici is not in it.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What stands in undici's source, of each version since 5, and in nobody else's: its error codes, channels and global symbol. */
const MARKS_OF_UNDICI = ['UND_ERR_', 'undici:request:create', 'undici.globalDispatcher'];

const HOW_TO_KEEP_OUT =
  'package.json replaces it under "dependencies" and "overrides", and CONTRIBUTING.md says why. ' +
  'Put that back, then run "npm ci" and "npm run build".';

/** How many bytes a runner downloads for `uses:`, near enough: what is committed, as `git archive HEAD | gzip -9` packs it. */
function tarballBytes(): number {
  const { status, stdout, stderr } = spawnSync('git', ['archive', '--format=tar', 'HEAD'], {
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`git archive failed: ${stderr}`);
  return gzipSync(stdout, { level: 9 }).length;
}

/** Each file may have so many bytes, for a reason. */
const budget: Readonly<Record<string, { bytes: number; reason: string }>> = JSON.parse(
  readFileSync('scripts/size-budget.json', 'utf8'),
);
const problems: string[] = [];
const files = readdirSync('dist').map((name) => `dist/${name}`);

for (const name of new Set([...files, ...Object.keys(budget)])) {
  const bytes = name === 'tarball' ? tarballBytes() : statSync(name).size;
  const { bytes: most = 0, reason = 'It has no budget.' } = budget[name] ?? {};
  console.log(`${name}: ${bytes} of ${most} bytes`);
  if (bytes > most)
    problems.push(
      `${name} is ${bytes - most} bytes larger than its budget in scripts/size-budget.json. ${reason} ` +
        'Make it smaller, or raise the budget and give the reason there.',
    );
}
for (const path of files) {
  const code = readFileSync(path, 'utf8');
  const mark = MARKS_OF_UNDICI.find((text) => code.includes(text));
  if (mark) problems.push(`undici is in ${path}: it holds "${mark}". ${HOW_TO_KEEP_OUT}`);
}
// A package that has a stand-in would get into the next build.
for (const name of readdirSync('scripts/stubs')) {
  const installed = realpathSync(`node_modules/${name}`);
  if (installed !== realpathSync(`scripts/stubs/${name}`))
    problems.push(`node_modules/${name} is not scripts/stubs/${name}. ${HOW_TO_KEEP_OUT}`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
