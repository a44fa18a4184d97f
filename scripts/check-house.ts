// Holds the arrows of src/ (CONTRIBUTING.md, "The house"): which room may use which, no circles, and what only some rooms may touch.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Each room may use itself and the rooms of the floors below it, which come first. */
const FLOORS = [
  ['base'],
  ['secrets'],
  ['runner', 'http'],
  ['appcircle'],
  ['cli', 'key-expiry.ts', 'settings.ts'],
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

type Sources = ReadonlyMap<string, string>;
type Imports = ReadonlyMap<string, readonly string[]>;

/** What is wrong with files of src/, given by their paths in it. */
export function houseProblems(sources: Sources): string[] {
  if (sources.size === 0) return ['There is no file in src/.'];
  const imports: Imports = new Map(
    [...sources].map(([path, code]) => [path, importsOf(path, code)]),
  );
  return [...sources].flatMap(([path, code]) => [
    ...placeProblems(path, imports),
    ...reservedProblems(path, code),
  ]);
}

function* placeProblems(path: string, imports: Imports): Generator<string> {
  if (floorOf(path) < 0) yield `${path} is in no room.`;
  for (const to of imports.get(path) ?? []) {
    if (roomOf(path) === roomOf(to)) continue;
    if (floorOf(path) > floorOf(to)) continue;
    yield `${path} must not use ${to}: "${roomOf(to)}" is not below "${roomOf(path)}".`;
  }
  if (reaches(path, path, imports)) yield `${path} is in a circle of imports.`;
}

function* reservedProblems(path: string, code: string): Generator<string> {
  for (const [what, pattern, places] of RESERVED) {
    if (places.includes(roomOf(path)) || places.includes(path)) continue;
    if (pattern.test(code)) yield `${path} must not have ${what}.`;
  }
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';
const floorOf = (path: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));

function importsOf(path: string, code: string): string[] {
  return [...code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target = '']) =>
    join(dirname(path), target),
  );
}

function reaches(from: string, to: string, imports: Imports): boolean {
  const seen = new Set<string>();
  const open = [...(imports.get(from) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === to) return true;
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(imports.get(path) ?? []));
  }
  return false;
}

if (import.meta.main) {
  const paths = globSync('src/**/*.ts');
  const problems = houseProblems(
    new Map(paths.map((path) => [relative('src', path), readFileSync(path, 'utf8')])),
  );
  for (const problem of problems) console.error(problem);
  console.log(`${paths.length} files, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
}
