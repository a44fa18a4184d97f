import { expect, test } from '@jest/globals';
import { houseProblems } from '../../scripts/check-house.ts';

test('a room may use the rooms below it', () => {
  expect(houseProblems('http/b.ts', "import { a } from '../base/a.ts';")).toEqual([]);
});

test.each([
  ['a room above', 'base/a.ts', "import type { B } from '../http/b.ts';", 'must not use http/b.ts'],
  ['a room beside', 'http/a.ts', "import '../runner/b.ts';", '"runner" is not below "http"'],
  ['a program, on demand', 'cli/a.ts', "await import('../main.ts')", 'must not use main.ts'],
  ['no room', 'utils/a.ts', '', 'is in no room'],
  ['the environment', 'http/a.ts', 'process.env.HTTPS_PROXY', 'must not have process.env'],
  ['@actions/core', 'report/a.ts', "from '@actions/core';", 'must not have @actions/core'],
  ['foreign text that is read raw', 'report/a.ts', 'claim.raw', 'the raw text of a Foreign'],
  ['a value without its blank', 'base/a.ts', 'c ? ` for b` : 1', 'untagged template with a blank'],
])('it finds %s', (_what, path, code, problem) => {
  expect(houseProblems(path, code)).toEqual([expect.stringContaining(problem)]);
});
