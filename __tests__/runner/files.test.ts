import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { appendToSummary, publish, saveState } from '../../src/runner/files.ts';
import { failureOf } from '../support/failures.ts';
import { Step } from '../support/step.ts';

const OUTPUTS = {
  'access-token': 'abc.def.ghi',
  'token-expires-at': '2026-11-20T19:04:05Z',
  'organization-id': 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  'credential-type': 'api-key',
  'key-expires-on': '',
  'key-days-left': '',
  'key-expiry-status': 'unknown',
};

const AS_A_STEP =
  'Run this action with "uses:", in a step of its own, on a runner of GitHub, Gitea or Forgejo.';
const ANOTHER_USER =
  "Run this step as a user that may write to the runner's files. In a job with a container that is root, or the runner's own user ID (options: --user).";
const MORE_SPACE = 'Free some space on the disk of this runner.';

const VARIABLES = { AC_ACCESS_TOKEN: 'abc.def.ghi' };

let step: Step;

function start(env: Record<string, string | undefined> = {}): void {
  step = new Step(env);
}

afterEach(() => step.end());

test('outputs and variable are written as the runner reads them, and nothing is printed', () => {
  start();
  publish(OUTPUTS, VARIABLES);
  expect(parseFileCommands(step.file('GITHUB_OUTPUT'), 'GITHUB_OUTPUT')).toEqual(OUTPUTS);
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual(VARIABLES);
  expect(step.stdout).toBe('');
});

test('what other steps wrote stays', () => {
  start();
  appendFileSync(step.path('GITHUB_ENV'), 'BEFORE=1\n');
  publish(OUTPUTS, VARIABLES);
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual({
    BEFORE: '1',
    AC_ACCESS_TOKEN: 'abc.def.ghi',
  });
});

test('without the variable the file for variables is not needed', () => {
  start({ GITHUB_ENV: undefined });
  publish(OUTPUTS, {});
  expect(parseFileCommands(step.file('GITHUB_OUTPUT'), 'GITHUB_OUTPUT')).toEqual(OUTPUTS);
  expect(step.stdout).toBe('');
});

test.each(['GITHUB_OUTPUT', 'GITHUB_ENV'] as const)('without %s nothing is written', (variable) => {
  for (const value of [undefined, '']) {
    start({ [variable]: value });
    expect(failureOf(() => publish(OUTPUTS, VARIABLES))).toEqual({
      title: 'The runner did not take the token',
      reason: `${variable} is not set: this is not running as a step of a job.`,
      remedy: AS_A_STEP,
    });
    expect([step.file('GITHUB_OUTPUT'), step.file('GITHUB_ENV'), step.stdout]).toEqual([
      '',
      '',
      '',
    ]);
    step.end();
  }
  start();
});

test.each(['GITHUB_OUTPUT', 'GITHUB_ENV'] as const)(
  'where the file of %s is gone, nothing is written',
  (variable) => {
    start();
    rmSync(step.path(variable));
    const other = variable === 'GITHUB_ENV' ? 'GITHUB_OUTPUT' : 'GITHUB_ENV';
    expect(failureOf(() => publish(OUTPUTS, VARIABLES))).toEqual({
      title: 'The runner did not take the token',
      reason: `The file that ${variable} names was not found (ENOENT).`,
      remedy: AS_A_STEP,
    });
    expect([step.file(other), step.stdout]).toEqual(['', '']);
  },
);

test("what was written is taken back where the rest can't be written, what stood there before is not", () => {
  start();
  writeFileSync(step.path('GITHUB_OUTPUT'), 'before=1\n');
  // A folder in a file's place is found, and can't be written to, whoever the user is.
  const folder = join(step.folder, 'folder');
  mkdirSync(folder);
  process.env['GITHUB_ENV'] = folder;
  expect(failureOf(() => publish(OUTPUTS, VARIABLES))).toEqual({
    title: 'The runner did not take the token',
    reason: 'A file of the runner could not be written (EISDIR).',
    remedy: AS_A_STEP,
  });
  expect(step.file('GITHUB_OUTPUT')).toBe('before=1\n');
});

test.each([undefined, 'earlier'])(
  "a token that could not be exported does not pass for an earlier step's (%s)",
  (earlier) => {
    start({ AC_ACCESS_TOKEN: earlier });
    const folder = join(step.folder, 'folder');
    mkdirSync(folder);
    process.env['GITHUB_ENV'] = folder;
    failureOf(() => publish(OUTPUTS, VARIABLES));
    expect(process.env['AC_ACCESS_TOKEN']).toBe(earlier ?? '');
  },
);

test('without the variable, too', () => {
  start({ GITHUB_ENV: undefined });
  const folder = join(step.folder, 'folder');
  mkdirSync(folder);
  process.env['GITHUB_OUTPUT'] = folder;
  expect(failureOf(() => publish(OUTPUTS, {})).reason).toBe(
    'A file of the runner could not be written (EISDIR).',
  );
});

test.each(['outputs', 'variables'])(
  'one of the %s that is refused takes back what was written ahead of it',
  (which) => {
    start();
    writeFileSync(step.path('GITHUB_ENV'), 'BEFORE=1\n');
    // @actions/core refuses a value with its random delimiter in it. This one stands in for one that guessed it.
    const guessed = () => {
      throw Object.assign(new Error('delimiter'), { code: 'EGUESSED' });
    };
    const hostile = { last: { toJSON: guessed } as unknown as string };
    const outputs = { ...OUTPUTS, ...(which === 'outputs' && hostile) };
    const variables = { ...VARIABLES, ...(which === 'variables' && hostile) };
    expect(failureOf(() => publish(outputs, variables)).reason).toBe(
      'A file of the runner could not be written (EGUESSED).',
    );
    expect([step.file('GITHUB_OUTPUT'), step.file('GITHUB_ENV')]).toEqual(['', 'BEFORE=1\n']);
  },
);

test('a variable alone needs no file for outputs', () => {
  start({ GITHUB_OUTPUT: undefined });
  publish({}, { AC_ACCESS_TOKEN: '' });
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual({ AC_ACCESS_TOKEN: '' });
});

test('state is kept for post', () => {
  start();
  const state = { 'cli-configuration': '/home/a b/config.json', 'cli-environment': 'default' };
  saveState(state);
  expect(parseFileCommands(step.file('GITHUB_STATE'), 'GITHUB_STATE')).toEqual(state);
  expect(step.stdout).toBe('');
});

test.each([undefined, ''])('state needs its file (%j)', (value) => {
  start({ GITHUB_STATE: value });
  expect(failureOf(() => saveState({ a: 'b' }))).toEqual({
    title: 'The runner did not take the token',
    reason: 'GITHUB_STATE is not set: this is not running as a step of a job.',
    remedy: AS_A_STEP,
  });
  expect(step.stdout).toBe('');
});

test("state that can't be written is told as what the runner did not take", () => {
  start();
  const folder = join(step.folder, 'folder');
  mkdirSync(folder);
  process.env['GITHUB_STATE'] = folder;
  expect(failureOf(() => saveState({ a: 'b' }))).toEqual({
    title: 'The runner did not take the token',
    reason: 'A file of the runner could not be written (EISDIR).',
    remedy: AS_A_STEP,
  });
  expect(step.stdout).toBe('');
});

test('state that was kept before stays, where more of it can not be written', () => {
  start();
  saveState({ before: '1' });
  const refuse = () => {
    throw Object.assign(new Error('refused'), { code: 'ENOSPC' });
  };
  const refused = { next: '2', last: { toJSON: refuse } as unknown as string };
  expect(failureOf(() => saveState(refused)).remedy).toBe(MORE_SPACE);
  expect(parseFileCommands(step.file('GITHUB_STATE'), 'GITHUB_STATE')).toEqual({ before: '1' });
});

/** A device that is always full, where there is one. */
const FULL_DISK = '/dev/full';
const onFullDisk = existsSync(FULL_DISK) ? test : test.skip;

onFullDisk('a full disk is told for state, outputs and variables alike', () => {
  start({ GITHUB_STATE: FULL_DISK });
  expect(failureOf(() => saveState({ a: 'b' })).reason).toContain('(ENOSPC)');
  for (const variable of ['GITHUB_OUTPUT', 'GITHUB_ENV'] as const) {
    step.end();
    start({ [variable]: FULL_DISK });
    expect(failureOf(() => publish(OUTPUTS, VARIABLES))).toEqual({
      title: 'The runner did not take the token',
      reason: 'A file of the runner could not be written (ENOSPC).',
      remedy: MORE_SPACE,
    });
    expect([step.file('GITHUB_OUTPUT'), step.file('GITHUB_ENV')]).toEqual(['', '']);
  }
});

test.each([
  ['EACCES', ANOTHER_USER],
  ['EPERM', ANOTHER_USER],
  ['EROFS', ANOTHER_USER],
  ['ENOSPC', MORE_SPACE],
  ['EDQUOT', MORE_SPACE],
  ['EIO', AS_A_STEP],
])('what to do goes by why a file can not be written: %s', (code, remedy) => {
  start();
  const refuse = () => {
    throw Object.assign(new Error('refused'), { code });
  };
  const refused = { a: { toJSON: refuse } as unknown as string };
  for (const write of [
    () => publish(refused, {}),
    () => publish({}, refused),
    () => saveState(refused),
  ])
    expect(failureOf(write)).toMatchObject({ reason: expect.stringContaining(code), remedy });
});

/** A file that not even root may write to, where there is one. */
const READ_ONLY = '/sys/kernel/vmcoreinfo';
const onReadOnly = existsSync(READ_ONLY) ? test : test.skip;

onReadOnly('a file of another user is told as that', () => {
  start({ GITHUB_ENV: READ_ONLY });
  expect(failureOf(() => publish(OUTPUTS, VARIABLES))).toEqual({
    title: 'The runner did not take the token',
    reason: 'A file of the runner could not be written (EACCES).',
    remedy: ANOTHER_USER,
  });
  expect(step.file('GITHUB_OUTPUT')).toBe('');
});

test("state can't be kept in a file that is gone", () => {
  start();
  rmSync(step.path('GITHUB_STATE'));
  expect(failureOf(() => saveState({ a: 'b' })).reason).toBe(
    'The file that GITHUB_STATE names was not found (ENOENT).',
  );
});

test('the summary is added to what is there', () => {
  start();
  writeFileSync(step.path('GITHUB_STEP_SUMMARY'), '# Before\n');
  expect(appendToSummary('<p>Now</p>\n')).toBe(true);
  expect(step.file('GITHUB_STEP_SUMMARY')).toBe('# Before\n<p>Now</p>\n');
});

test.each([undefined, '', '/no/such/folder/summary'])(
  'a summary without a file (%j) is left out',
  (value) => {
    start({ GITHUB_STEP_SUMMARY: value });
    expect(appendToSummary('<p>Now</p>\n')).toBe(false);
  },
);
