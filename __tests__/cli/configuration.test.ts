import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Configuration, digestOf, findConfiguration } from '../../src/cli/configuration.ts';
import { configurationPath } from '../../src/cli/configuration-path.ts';
import { failureOf } from '../support/failures.ts';

const PLATFORM = process.platform;
const onUnix = PLATFORM === 'win32' ? test.skip : test;
const TOKEN = 'eyJ.access-token.1234567';
const STAGING = { API_HOSTNAME: 'https://api.staging', AC_ACCESS_TOKEN: 'theirs' };
const DIGEST = digestOf(TOKEN);
const OURS = { API_HOSTNAME: 'https://api.acme.example', AC_ACCESS_TOKEN: TOKEN };
const CLEARED = { ...OURS, AC_ACCESS_TOKEN: '' };

let folder: string;
let file: string;
let configuration: Configuration;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'appcircle-configuration-'));
  file = join(folder, 'config.json');
  configuration = new Configuration(file);
});

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: PLATFORM });
  rmSync(folder, { recursive: true, force: true });
});

function write(value: unknown): void {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
}

function read(): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('the environment that was current before', () => {
  test('is noted at the top level, beside all else', () => {
    const value = { current: 'staging', envs: { staging: STAGING }, more: 1 };
    write({ ...value, 'github-actions': { previous: 'of a job that was killed' } });
    configuration.noteWayBack();
    expect(read()).toEqual({ ...value, 'github-actions': { previous: 'staging' } });
  });

  test.each([
    [
      'an earlier login noted it',
      { current: 'github-actions', 'github-actions': { previous: 'x' } },
    ],
    ['none is current', { envs: {} }],
    ['a number is current', { current: 5, envs: {} }],
  ])('is not noted where %s', (_what, value) => {
    write(value);
    configuration.noteWayBack();
    expect(read()).toEqual(value);
  });
});

describe('a configuration that can not be read', () => {
  function expectError(why: string): void {
    expect(() => configuration.noteWayBack()).toThrow(why);
    expect(() => configuration.store(OURS)).toThrow(why);
    expect(() => configuration.clearToken()).toThrow(why);
    expect(() => configuration.goBack(DIGEST)).toThrow(why);
    expect(configuration.holdsToken).toBeUndefined();
  }

  test.each([
    ['the file is empty', ''],
    ['the file is not valid JSON', '{'],
    ['the file is not valid JSON', '[]'],
    ['the file is larger than 1 MiB', `{"more":"${'x'.repeat(1024 * 1024)}"}`],
  ])('has a reason, and stays as it is: %s', (why, text) => {
    write(text);
    expectError(why);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  onUnix('is a pipe', () => {
    execFileSync('mkfifo', [file]);
    expectError('this is not a file');
  });

  // Windows says of a file in the place of a folder that there is none.
  onUnix('can not be reached, which is not one that is not there', () => {
    write('a file in the place of a folder');
    configuration = new Configuration(join(file, 'config.json'));
    expectError('ENOTDIR');
  });

  test('is named by its path, with what to do', () => {
    Object.defineProperty(process, 'platform', { value: 'linux' });
    const variable = () => folder;
    file = configurationPath(variable);
    mkdirSync(dirname(file), { recursive: true });
    write('');
    expect(failureOf(() => findConfiguration(variable))).toEqual({
      title: 'The configuration of the Appcircle CLI is not usable',
      reason: `The Appcircle CLI can't read its configuration ${file}: the file is empty.`,
      remedy:
        'Repair that file, or remove it: the CLI makes a new one, without the logins that were in it.',
    });
  });
});

test('where there is no file there is nothing to do, and nowhere to log in', () => {
  configuration.noteWayBack();
  expect([configuration.clearToken(), configuration.goBack(DIGEST)]).toEqual([false, undefined]);
  expect(() => configuration.store(OURS)).toThrow(
    '"github-actions" is not the current environment',
  );
  expect(readdirSync(folder)).toEqual([]);
});

describe('logging in', () => {
  const current = 'github-actions';

  test.each([
    [
      'its environment is there',
      { staging: STAGING, 'github-actions': { A: 'kept', AC_ACCESS_TOKEN: '' } },
      { staging: STAGING, 'github-actions': { A: 'kept', ...OURS } },
    ],
    ['its environment is text', { 'github-actions': 'none' }, { 'github-actions': OURS }],
    ['there are no environments', undefined, { 'github-actions': OURS }],
  ])('stores the values, and leaves all else as it is, where %s', (_what, envs, stored) => {
    write({ current, envs, more: 1 });
    configuration.store(OURS);
    expect(read()).toEqual({ current, envs: stored, more: 1 });
  });

  test.each([
    ['another environment is current', { current: 'staging', envs: { 'github-actions': OURS } }],
    ['none is', { envs: {} }],
  ])('changes nothing where %s', (_what, value) => {
    write(value);
    expect(() => configuration.store(OURS)).toThrow(
      '"github-actions" is not the current environment',
    );
    expect(read()).toEqual(value);
  });
});

describe('clearing the token of an earlier step', () => {
  test('stays in it, and keeps the note of the environment that was current before, for post', () => {
    const value = { current: 'github-actions', 'github-actions': { previous: 'staging' } };
    write({ ...value, envs: { staging: STAGING, 'github-actions': OURS } });
    expect(configuration.holdsToken).toBe(true);
    expect(configuration.clearToken()).toBe(true);
    expect(read()).toEqual({ ...value, envs: { staging: STAGING, 'github-actions': CLEARED } });
    expect(configuration.holdsToken).toBe(false);
  });

  test.each([
    ['the token is empty', { envs: { 'github-actions': CLEARED } }],
    ['the environment is text', { envs: { 'github-actions': 'none' } }],
    ['there are no environments', {}],
  ])('is nothing to do where %s', (_what, value) => {
    write(value);
    expect(configuration.clearToken()).toBe(false);
    expect(read()).toEqual(value);
  });
});

describe('going back', () => {
  /** A configuration in which the action's environment is current, with the note of the one before. */
  const loggedIn = (envs: unknown, previous: unknown = 'staging') => ({
    current: 'github-actions',
    envs,
    'github-actions': { previous },
  });

  test.each([
    ['clears the token', 'github-actions', OURS],
    ['clears the token where another environment is current by now', 'other', OURS],
    ["takes an empty token for nobody's", 'github-actions', CLEARED],
  ])('%s, removes the note, and leaves all else as it is', (_what, current, own) => {
    const more = { AC_ACCESS_TOKEN: 'kept' };
    write({ ...loggedIn({ staging: STAGING, 'github-actions': own }), current, more });
    expect(configuration.goBack(DIGEST)).toBe('staging');
    const envs = { staging: STAGING, 'github-actions': CLEARED };
    expect(read()).toEqual({ current: 'staging', envs, more });
    expect(configuration.goBack(DIGEST)).toBeUndefined();
  });

  test("leaves another job's login alone, with its note", () => {
    const others = { ...OURS, AC_ACCESS_TOKEN: 'eyJ.of-another-job.1' };
    const value = loggedIn({ staging: STAGING, 'github-actions': others });
    write(value);
    expect(configuration.goBack(DIGEST)).toBeUndefined();
    expect(read()).toEqual(value);
  });

  test.each([{}, { 'github-actions': { previous: 'staging' } }])(
    'changes nothing of another login but the note, without a word: %j',
    (note) => {
      const value = { current: 'staging', envs: { staging: STAGING, 'github-actions': {} } };
      write({ ...value, ...note });
      expect(configuration.goBack(DIGEST)).toBeUndefined();
      expect(read()).toEqual(value);
    },
  );

  test.each([
    ['a', { a: {} }, 'a'],
    ['a.b', { a: { b: {} } }, 'a.b'],
    ['a.b', { 'a.b': {} }, 'a.b'],
    ['a.b', { a: {} }, 'default'],
    ['a.b', { a: 'text' }, 'default'],
    ['__proto__', {}, 'default'],
    ['constructor', {}, 'default'],
    ['gone', { 'github-actions': 'none' }, 'default'],
    ['github-actions', { 'github-actions': {} }, 'default'],
    [5, { 5: {} }, 'default'],
    ['a', undefined, 'default'],
  ])('from a note of %j, with the environments %j, to %s', (previous, envs, current) => {
    write(loggedIn(envs, previous));
    expect(configuration.goBack(DIGEST)).toBe(current);
    expect(read()).toEqual({ current, ...(envs && { envs }) });
  });

  test('to "default" where no note says which environment was current before', () => {
    write({ current: 'github-actions', envs: { staging: STAGING } });
    expect(configuration.goBack(DIGEST)).toBe('default');
  });

  test('removes what a killed CLI had begun to write, even where there is nothing to undo', () => {
    write({ current: 'staging', envs: { staging: STAGING } });
    for (const name of ['config.json.tmp-16a2b3', 'config.json.bak', 'other.json.tmp-1'])
      writeFileSync(join(folder, name), TOKEN);
    configuration.goBack(DIGEST);
    expect(readdirSync(folder).sort()).toEqual([
      'config.json',
      'config.json.bak',
      'other.json.tmp-1',
    ]);
  });
});

describe('the file', () => {
  const LOGGED_IN = { current: 'github-actions', envs: { 'github-actions': OURS } };

  test("is written as the CLI's library does, with tabs, and leaves no draft", () => {
    write({ current: 'github-actions', envs: {} });
    configuration.goBack(DIGEST);
    expect(readFileSync(file, 'utf8')).toBe('{\n\t"current": "default",\n\t"envs": {}\n}');
    expect(readdirSync(folder)).toEqual(['config.json']);
  });

  test('is written through a link', () => {
    const link = join(folder, 'link.json');
    write(LOGGED_IN);
    symlinkSync(file, link);
    new Configuration(link).goBack(DIGEST);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
  });

  test('stays whole where no draft of it can be written', () => {
    file = join(folder, 'x'.repeat(250));
    configuration = new Configuration(file);
    write(LOGGED_IN);
    expect(() => configuration.store(CLEARED)).toThrow('ENAMETOOLONG');
    expect(() => configuration.goBack(DIGEST)).toThrow('ENAMETOOLONG');
    expect(read()).toEqual(LOGGED_IN);
  });

  onUnix('is for nobody else to read, once it was written', () => {
    write(LOGGED_IN);
    chmodSync(file, 0o666);
    configuration.store(OURS);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
