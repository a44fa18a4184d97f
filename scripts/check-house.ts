// Holds the arrows of src/ (CONTRIBUTING.md, "The house"): which room may use which, and what only some rooms may touch. Biome finds
// circles.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Each room may use itself and the rooms of the floors below it, which come first. */
const FLOORS = [
  ['base'],
  ['secrets'],
  ['runner', 'http', 'key-expiry.ts'],
  ['appcircle'],
  ['cli', 'settings.ts'],
  ['report'],
  ['cli.ts'],
  ['main.ts'],
  ['process'],
  ['index.ts', 'post.ts'],
];

/** What only some rooms or files may touch. An untagged template in a message would lose the blanks at its ends. */
const RESERVED: readonly (readonly [what: string, pattern: RegExp, places: readonly string[]])[] = [
  ['@actions/core', /from '@actions\/core'/, ['runner']],
  ['@actions/exec and @actions/io', /from '@actions\/(exec|io)'/, ['cli']],
  ['@actions/http-client', /from '@actions\/http-client/, ['http']],
  ['process.env', /process\.env\b|from 'node:process'/, ['runner']],
  // What judges answers, errors and output, and the one function that shows foreign text as words.
  [
    'the raw text of a Foreign',
    /(?<!String|this)\.raw\b/,
    ['appcircle', 'cli', 'http/retry.ts', 'secrets/secrets.ts'],
  ],
  ['an untagged template with a blank at an end', /[?:(,=]\s*`(?: [^`\n]*|[^`\n]* )`/, []],
];

/** What is wrong with a file of src/, given by its path in it. */
export function houseProblems(path: string, code: string): string[] {
  const problems: string[] = [];
  if (floorOf(path) < 0) problems.push(`${path} is in no room.`);
  for (const [, target = ''] of code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    const to = join(dirname(path), target).replaceAll('\\', '/');
    if (roomOf(path) === roomOf(to) || floorOf(path) > floorOf(to)) continue;
    problems.push(`${path} must not use ${to}: "${roomOf(to)}" is not below "${roomOf(path)}".`);
  }
  for (const [what, pattern, places] of RESERVED) {
    const isAllowed = places.includes(roomOf(path)) || places.includes(path);
    if (!isAllowed && pattern.test(code)) problems.push(`${path} must not have ${what}.`);
  }
  return problems;
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';
const floorOf = (path: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));

if (import.meta.main) {
  const paths = globSync('src/**/*.ts');
  const problems = paths.flatMap((path) =>
    houseProblems(relative('src', path).replaceAll('\\', '/'), readFileSync(path, 'utf8')),
  );
  for (const problem of problems) console.error(problem);
  console.log(`${paths.length} files, ${problems.length} problems`);
  if (paths.length === 0 || problems.length > 0) process.exitCode = 1;
}
