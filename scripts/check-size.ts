// Holds dist/, and what a runner downloads, to the sizes in scripts/size-budget.json, and makes sure that undici is not in it.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { tarballBytes } from './tarball.ts';

interface Entry {
  /** How large it may be. */
  readonly bytes: number;
  readonly reason: string;
}

type Budget = Readonly<Record<string, Entry>>;

/** What stands in undici's source, of each version since 5, and in nobody else's: its error codes, channels and global symbol. */
const MARKS_OF_UNDICI = ['UND_ERR_', 'undici:request:create', 'undici.globalDispatcher'];

const HOW_TO_KEEP_OUT =
  'package.json replaces it under "dependencies" and "overrides", and CONTRIBUTING.md says why. ' +
  'Put that back, then run "npm ci" and "npm run build".';

/** What is wrong with sizes, given in bytes: each must have a budget and keep to it, and each budget must be for something. */
export function sizeProblems(sizes: ReadonlyMap<string, number>, budget: Budget): string[] {
  const tooLarge = [...sizes].flatMap(([name, bytes]) => {
    const entry = budget[name];
    if (!entry)
      return [
        `${name} has no budget. Give it one in scripts/size-budget.json, with a reason, or keep it out of dist/.`,
      ];
    if (bytes <= entry.bytes) return [];
    return [
      `${name} has ${bytes} bytes, ${bytes - entry.bytes} more than its budget of ${entry.bytes}. ${entry.reason} ` +
        'Make it smaller, or raise the budget in scripts/size-budget.json and give the reason there.',
    ];
  });
  const missing = Object.keys(budget).filter((name) => !sizes.has(name));
  return [
    ...tooLarge,
    ...missing.map(
      (name) =>
        `${name} is not there. Run "npm run build", or take it out of scripts/size-budget.json.`,
    ),
  ];
}

/** What tells that undici is in a bundled file. */
export function undiciProblems(name: string, code: string): string[] {
  const mark = MARKS_OF_UNDICI.find((text) => code.includes(text));
  return mark === undefined ? [] : [`undici is in ${name}: it holds "${mark}". ${HOW_TO_KEEP_OUT}`];
}

/** What tells that a package would get into the next build that scripts/stubs/ has a stand-in for. */
function standInProblems(): string[] {
  return readdirSync('scripts/stubs').flatMap((name) => {
    const [installed, standIn] = [
      realpathSync(`node_modules/${name}`),
      realpathSync(`scripts/stubs/${name}`),
    ];
    return installed === standIn
      ? []
      : [`node_modules/${name} is not scripts/stubs/${name} but ${installed}. ${HOW_TO_KEEP_OUT}`];
  });
}

if (import.meta.main) {
  const files = readdirSync('dist').map((name) => `dist/${name}`);
  const sizes = new Map([
    ...files.map((path): [string, number] => [path, statSync(path).size]),
    ['tarball', tarballBytes()],
  ]);
  const budget: Budget = JSON.parse(readFileSync('scripts/size-budget.json', 'utf8'));
  const problems = [
    ...sizeProblems(sizes, budget),
    ...files.flatMap((path) => undiciProblems(path, readFileSync(path, 'utf8'))),
    ...standInProblems(),
  ];
  for (const [name, bytes] of sizes)
    console.log(`${name}: ${bytes} of ${budget[name]?.bytes ?? 'no'} bytes`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
