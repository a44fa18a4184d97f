import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import type { Outputs } from '../../src/outputs.ts';
import { appendToSummary, publish, rememberMain, saveState } from '../../src/runner/files.ts';
import { failureOf } from '../support/failures.ts';
import { Step } from '../support/step.ts';

const OUTPUTS: Outputs = {
  'access-token': 'abc.def.ghi',
  'token-expires-at': '2026-11-20T19:04:05Z',
  'organization-id': 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  'credential-type': 'api-key',
  'key-expires-on': '',
  'key-days-left': '',
  'key-expiry-status': 'unknown',
};

const REMEDY =
  "Run this action in a step of its own on a runner of GitHub's, Gitea's or Forgejo's, and check the disk space of a self-hosted one.";

let step: Step;

function start(env: Record<string, string | undefined> = {}): void {
  step = new Step(env);
}

afterEach(() => step.end());

test('outputs and variable are written as the runner reads them, and nothing is printed', () => {
  start();
  publish(OUTPUTS, true);
  expect(parseFileCommands(step.file('GITHUB_OUTPUT'), 'GITHUB_OUTPUT')).toEqual(OUTPUTS);
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual({ AC_ACCESS_TOKEN: 'abc.def.ghi' });
  expect(step.stdout).toBe('');
});

test('what other steps wrote stays', () => {
  start();
  appendFileSync(step.path('GITHUB_ENV'), 'BEFORE=1\n');
  publish(OUTPUTS, true);
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual({
    BEFORE: '1',
    AC_ACCESS_TOKEN: 'abc.def.ghi',
  });
});

test('without the variable the file for variables is not needed', () => {
  start({ GITHUB_ENV: undefined });
  publish(OUTPUTS, false);
  expect(parseFileCommands(step.file('GITHUB_OUTPUT'), 'GITHUB_OUTPUT')).toEqual(OUTPUTS);
  expect(step.stdout).toBe('');
});

test.each(['GITHUB_OUTPUT', 'GITHUB_ENV'] as const)('without %s nothing is written', (variable) => {
  for (const value of [undefined, '']) {
    start({ [variable]: value });
    expect(failureOf(() => publish(OUTPUTS, true))).toEqual({
      title: 'The runner did not take the token',
      cause: `The runner does not say where to write (${variable} is not set).`,
      remedy: REMEDY,
    });
    expect([step.file('GITHUB_OUTPUT'), step.file('GITHUB_ENV'), step.stdout]).toEqual(['', '', '']);
    step.end();
  }
  start();
});

test.each(['GITHUB_OUTPUT', 'GITHUB_ENV'] as const)('where the file of %s is gone, nothing is written', (variable) => {
  start();
  rmSync(step.path(variable));
  const other = variable === 'GITHUB_ENV' ? 'GITHUB_OUTPUT' : 'GITHUB_ENV';
  expect(failureOf(() => publish(OUTPUTS, true))).toEqual({
    title: 'The runner did not take the token',
    cause: `The file that ${variable} names is missing.`,
    remedy: REMEDY,
  });
  expect([step.file(other), step.stdout]).toEqual(['', '']);
});

test('what was written is taken back where the rest can not be, what stood there before is not', () => {
  start();
  writeFileSync(step.path('GITHUB_OUTPUT'), 'before=1\n');
  // A folder in a file's place is found, and can't be written to, whoever the user is.
  const folder = join(step.folder, 'folder');
  mkdirSync(folder);
  process.env['GITHUB_ENV'] = folder;
  expect(failureOf(() => publish(OUTPUTS, true))).toEqual({
    title: 'The runner did not take the token',
    cause: "A file of the runner's could not be written (EISDIR).",
    remedy: REMEDY,
  });
  expect(step.file('GITHUB_OUTPUT')).toBe('before=1\n');
});

test('without the variable, too', () => {
  start({ GITHUB_ENV: undefined });
  const folder = join(step.folder, 'folder');
  mkdirSync(folder);
  process.env['GITHUB_OUTPUT'] = folder;
  expect(failureOf(() => publish(OUTPUTS, false)).cause).toBe("A file of the runner's could not be written (EISDIR).");
});

test('a value that tries to end its own block is refused, and what was written is taken back', () => {
  start();
  // @actions/core refuses a value with its random delimiter in it; a getter that throws stands in for one that guessed it.
  const hostile = Object.defineProperty({ ...OUTPUTS }, 'key-expiry-status', {
    enumerable: true,
    get: () => {
      throw Object.assign(new Error('delimiter'), { code: 'EGUESSED' });
    },
  });
  expect(failureOf(() => publish(hostile, true)).cause).toBe("A file of the runner's could not be written (EGUESSED).");
  expect([step.file('GITHUB_OUTPUT'), step.file('GITHUB_ENV')]).toEqual(['', '']);
});

test('state is kept for post', () => {
  start();
  saveState('cli-previous-environment', 'default');
  expect(parseFileCommands(step.file('GITHUB_STATE'), 'GITHUB_STATE')).toEqual({
    'cli-previous-environment': 'default',
  });
  expect(step.stdout).toBe('');
});

test('state needs its file', () => {
  start({ GITHUB_STATE: undefined });
  expect(failureOf(() => saveState('a', 'b'))).toEqual({
    title: 'The runner did not take the token',
    cause: 'The runner does not say where to write (GITHUB_STATE is not set).',
    remedy: REMEDY,
  });
  expect(step.stdout).toBe('');
});

test('that main ran is kept in the file, or in the older way where there is none', () => {
  start();
  rememberMain();
  expect(parseFileCommands(step.file('GITHUB_STATE'), 'GITHUB_STATE')).toEqual({ 'main-ran': 'true' });
  expect(step.stdout).toBe('');
  step.end();
  start({ GITHUB_STATE: undefined });
  rememberMain();
  expect(step.stdout.trim()).toBe('::save-state name=main-ran::true');
});

test('that main ran can not be kept in a file that is gone', () => {
  start();
  rmSync(step.path('GITHUB_STATE'));
  expect(failureOf(rememberMain).cause).toBe('The file that GITHUB_STATE names is missing.');
});

test('the summary is added to what is there', () => {
  start();
  writeFileSync(step.path('GITHUB_STEP_SUMMARY'), '# Before\n');
  expect(appendToSummary('<p>Now</p>\n')).toBe(true);
  expect(step.file('GITHUB_STEP_SUMMARY')).toBe('# Before\n<p>Now</p>\n');
});

test.each([undefined, '', '/no/such/folder/summary'])('a summary without a file (%j) is left out', (value) => {
  start({ GITHUB_STEP_SUMMARY: value });
  expect(appendToSummary('<p>Now</p>\n')).toBe(false);
});
