import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { appendToSummary, publish, saveState } from '../../src/runner/files.ts';
import { anyCharacter } from '../support/any-character.ts';
import { failureOf } from '../support/failures.ts';
import { Step } from '../support/step.ts';

const OUTPUTS = { 'access-token': 'abc.def.ghi', 'key-expires-on': '' };
const VARIABLES = { AC_ACCESS_TOKEN: 'abc.def.ghi' };
const STATE = { 'cli-configuration': '/home/a b/config.json', 'cli-login': 'stored' };

const AS_A_STEP =
  'Run this action with "uses:", in a step of its own, on a runner of GitHub, Gitea or Forgejo.';
const ANOTHER_USER =
  "Run this step as a user that may write to the runner's files. In a job with a container that is root, or the runner's own user ID (options: --user).";
const MORE_SPACE = 'Free some space on the disk of this runner.';

let step: Step;

beforeEach(() => {
  step = new Step({ AC_ACCESS_TOKEN: undefined });
});

afterEach(() => step.end());

type File = 'GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_STATE';
const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'] as const;

/** What the runner reads in a file. */
function readBy(file: File): Record<string, string> {
  return parseFileCommands(step.file(file), file);
}

/** Writes to a file, and to those that are written along with it. */
function writeTo(file: File): void {
  if (file === 'GITHUB_STATE') saveState(STATE);
  else publish(OUTPUTS, VARIABLES);
}

/** A value that @actions/core refuses, as it does one that has its random delimiter in it. */
function refused(code: string): string {
  const toJSON = () => {
    throw Object.assign(new Error('refused'), { code });
  };
  return { toJSON } as unknown as string;
}

test('outputs, variables and state are written as the runner reads them, behind what is there', () => {
  for (const file of FILES) appendFileSync(step.path(file), 'BEFORE=1\n');
  publish(OUTPUTS, VARIABLES);
  saveState(STATE);
  expect(FILES.map(readBy)).toEqual([
    { BEFORE: '1', ...OUTPUTS },
    { BEFORE: '1', ...VARIABLES },
    { BEFORE: '1', ...STATE },
  ]);
  expect(step.stdout).toBe('');
});

test('what is not written needs no file', () => {
  delete process.env['GITHUB_ENV'];
  publish(OUTPUTS, {});
  expect(readBy('GITHUB_OUTPUT')).toEqual(OUTPUTS);
  process.env['GITHUB_ENV'] = step.path('GITHUB_ENV');
  delete process.env['GITHUB_OUTPUT'];
  publish({}, VARIABLES);
  expect(readBy('GITHUB_ENV')).toEqual(VARIABLES);
});

test('nothing that is published can set another variable or output', () => {
  const attempts = [
    '\n',
    '\r\n',
    'PATH=/tmp',
    '<<',
    'EOF',
    'ghadelimiter_',
    '=',
    '::set-env name=A::b',
  ];
  const part = fc.oneof(
    fc.constantFrom(...attempts),
    fc.string({ unit: anyCharacter, maxLength: 6 }),
  );
  const value = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(value, value, (output, variable) => {
      for (const file of FILES) writeFileSync(step.path(file), '');
      publish({ output }, { VARIABLE: variable });
      expect(readBy('GITHUB_OUTPUT')).toEqual({ output });
      expect(readBy('GITHUB_ENV')).toEqual({ VARIABLE: variable });
    }),
    { numRuns: 300 },
  );
});

test.each<[string, string, (file: File) => void]>([
  [
    'is not set',
    '%s is not set: this is not running as a step of a job.',
    (file) => delete process.env[file],
  ],
  [
    'is empty',
    '%s is not set: this is not running as a step of a job.',
    (file) => {
      process.env[file] = '';
    },
  ],
  [
    'names no file',
    'The file that %s names was not found (ENOENT).',
    (file) => rmSync(step.path(file)),
  ],
  [
    // It is found, and can't be written to, whoever the user is.
    'names a folder',
    'A file of the runner could not be written (EISDIR).',
    (file) => {
      rmSync(step.path(file));
      mkdirSync(step.path(file));
    },
  ],
])('where a variable of the runner %s, nothing is written or printed', (_what, reason, spoil) => {
  for (const file of FILES) {
    spoil(file);
    expect(failureOf(() => writeTo(file))).toEqual({
      title: 'The runner did not take the token',
      reason: reason.replace('%s', file),
      remedy: AS_A_STEP,
    });
    const others = FILES.filter((other) => other !== file);
    expect([step.stdout, ...others.map((other) => step.file(other))]).toEqual(['', '', '']);
    step.end();
    step = new Step();
  }
});

test('what was written ahead of a value that is refused is taken back, and nothing else', () => {
  for (const file of FILES) writeFileSync(step.path(file), 'BEFORE=1\n');
  const last = refused('EGUESSED');
  for (const write of [
    () => publish({ ...OUTPUTS, last }, VARIABLES),
    () => publish(OUTPUTS, { ...VARIABLES, last }),
    () => saveState({ ...STATE, last }),
  ])
    expect(failureOf(write).reason).toBe('A file of the runner could not be written (EGUESSED).');
  expect(FILES.map((file) => step.file(file))).toEqual(FILES.map(() => 'BEFORE=1\n'));
});

test.each([undefined, 'earlier'])(
  "a token that could not be exported does not pass for an earlier step's (%s)",
  (earlier) => {
    if (earlier) process.env['AC_ACCESS_TOKEN'] = earlier;
    failureOf(() => publish(OUTPUTS, { ...VARIABLES, last: refused('EGUESSED') }));
    expect(process.env['AC_ACCESS_TOKEN']).toBe(earlier ?? '');
  },
);

test.each([
  ['EACCES', ANOTHER_USER],
  ['EPERM', ANOTHER_USER],
  ['EROFS', ANOTHER_USER],
  ['ENOSPC', MORE_SPACE],
  ['EDQUOT', MORE_SPACE],
  ['EIO', AS_A_STEP],
])('what to do goes by why a file can not be written: %s', (code, remedy) => {
  expect(failureOf(() => publish({ a: refused(code) }, {}))).toMatchObject({ remedy });
});

test('the summary is added to what is there, and left out without a file', () => {
  writeFileSync(step.path('GITHUB_STEP_SUMMARY'), '# Before\n');
  expect(appendToSummary('<p>Now</p>\n')).toBe(true);
  expect(step.file('GITHUB_STEP_SUMMARY')).toBe('# Before\n<p>Now</p>\n');
  for (const path of [undefined, '', '/no/such/folder/summary']) {
    if (path === undefined) delete process.env['GITHUB_STEP_SUMMARY'];
    else process.env['GITHUB_STEP_SUMMARY'] = path;
    expect(appendToSummary('<p>Now</p>\n')).toBe(false);
  }
});
