import { expect, test } from '@jest/globals';
import { houseProblems } from '../../scripts/check-house.ts';

const problemsOf = (sources: Record<string, string>) =>
  houseProblems(new Map(Object.entries(sources)));

test('a room may use the rooms below it', () => {
  expect(problemsOf({ 'base/a.ts': '', 'http/b.ts': "import { a } from '../base/a.ts';" })).toEqual(
    [],
  );
});

test.each([
  [
    'a room above',
    { 'base/a.ts': "import type { B } from '../http/b.ts';", 'http/b.ts': '' },
    /base\/a.ts must not use http\/b.ts/,
  ],
  [
    'a room beside',
    { 'http/a.ts': "import { b } from '../runner/b.ts';", 'runner/b.ts': '' },
    /"runner" is not below "http"/,
  ],
  [
    'a program, on demand',
    { 'cli/a.ts': "await import('../main.ts')", 'main.ts': '' },
    /cli\/a.ts must not use main.ts/,
  ],
  ['no room', { 'utils/a.ts': '' }, /utils\/a.ts is in no room/],
  [
    'a circle',
    { 'base/a.ts': "import './b.ts';", 'base/b.ts': "import { a } from './a.ts';" },
    /base\/b.ts is in a circle/,
  ],
  ['the environment', { 'http/a.ts': 'process.env.HTTPS_PROXY' }, /must not have process.env/],
  [
    '@actions/core',
    { 'report/a.ts': "import * as core from '@actions/core';" },
    /must not have @actions\/core/,
  ],
  [
    'foreign text that is read raw',
    { 'report/a.ts': 'show(claim.raw)' },
    /report\/a.ts must not have the raw text of a Foreign/,
  ],
  [
    'a value without its blank',
    { 'base/a.ts': 'const b = c ? ` for b` : 1' },
    /an untagged template with a blank/,
  ],
])('it finds %s', (_what, sources, problem) => {
  expect(problemsOf(sources as unknown as Record<string, string>).join('\n')).toMatch(problem);
});
