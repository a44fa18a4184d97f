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
import * as os from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Configuration, digestOf, findConfiguration } from '../../src/cli/configuration.ts';
import { configurationPath } from '../../src/cli/configuration-path.ts';
import { failureOf } from '../support/failures.ts';

const PLATFORM = process.platform;
const TOKEN = 'eyJ.access-token.1234567';
const STAGING = { API_HOSTNAME: 'https://api.staging', AC_ACCESS_TOKEN: 'theirs' };
const DIGEST = digestOf(TOKEN);
const OURS = { API_HOSTNAME: 'https://api.acme.example', AC_ACCESS_TOKEN: TOKEN };

let file: string;
let configuration: Configuration;

beforeEach(() => {
  file = join(mkdtempSync(join(os.tmpdir(), 'appcircle-configuration-')), 'config.json');
  configuration = new Configuration(file);
});

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: PLATFORM });
  rmSync(dirname(file), { recursive: true, force: true });
});

function write(value: unknown): void {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
}

function read(): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('the way back', () => {
  test('is noted at the top level, beside all else', () => {
    write({ current: 'staging', envs: { staging: STAGING }, more: 1 });
    configuration.noteWayBack();
    expect(read()).toEqual({
      current: 'staging',
      envs: { staging: STAGING },
      more: 1,
      'github-actions': { previous: 'staging' },
    });
  });

  test("stays where the action's own environment is current: an earlier login noted it", () => {
    const value = { current: 'github-actions', 'github-actions': { previous: 'staging' } };
    write(value);
    configuration.noteWayBack();
    expect(read()).toEqual(value);
  });

  test('of a job that was killed is replaced once a developer has gone back by hand', () => {
    write({ current: 'staging', 'github-actions': { previous: 'old' } });
    configuration.noteWayBack();
    expect(read()).toEqual({ current: 'staging', 'github-actions': { previous: 'staging' } });
  });

  test.each([
    ['none is current', { envs: {} }],
    ['an empty one is', { current: '', envs: {} }],
    ['a number is', { current: 5, envs: {} }],
  ])('needs no note where %s', (_what, value) => {
    write(value);
    configuration.noteWayBack();
    expect(read()).toEqual(value);
  });

  test('needs no note where there is no file', () => {
    configuration.noteWayBack();
    expect(readdirSync(dirname(file))).toEqual([]);
  });
});

describe('a configuration that can not be read', () => {
  const pipe = PLATFORM === 'win32' ? test.skip : test;
  pipe('is a pipe', () => {
    execFileSync('mkfifo', [file]);
    expect(() => configuration.read()).toThrow('this is not a file');
  });

  test.each([
    ['', 'the file is empty'],
    ['{', 'the file is not valid JSON'],
    ['[]', 'the file is not valid JSON'],
    [`{"more":"${'x'.repeat(1024 * 1024)}"}`, 'the file is larger than 1 MiB'],
  ])('%.20j: %s', (text, why) => {
    write(text);
    expect(() => configuration.read()).toThrow(why);
    expect(() => configuration.noteWayBack()).toThrow(why);
    expect(() => configuration.store(OURS)).toThrow(why);
    expect(() => configuration.clearToken()).toThrow(why);
    expect(() => configuration.goBack(DIGEST)).toThrow(why);
    expect(configuration.holdsToken).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('is named by its path, with what to do', () => {
    const folder = join(dirname(file), '@appcircle', 'cli-nodejs');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.json'), '');
    Object.defineProperty(process, 'platform', { value: 'linux' });
    expect(failureOf(() => findConfiguration(() => dirname(file)))).toEqual({
      title: 'The configuration of the Appcircle CLI is not usable',
      reason: `The Appcircle CLI can't read its configuration ${folder}/config.json: the file is empty.`,
      remedy:
        'Repair that file, or remove it: the CLI makes a new one, without the logins that were in it.',
    });
  });
});

// Windows says of a file in the place of a folder that there is none.
(PLATFORM === 'win32' ? test.skip : test)(
  'one that can not be reached is not one that is not there',
  () => {
    writeFileSync(file, 'a file in the place of a folder');
    const unreachable = new Configuration(join(file, 'config.json'));
    expect(() => unreachable.read()).toThrow('ENOTDIR');
    expect(() => unreachable.goBack(DIGEST)).toThrow('ENOTDIR');
    expect(unreachable.holdsToken).toBeUndefined();
  },
);

describe('logging in', () => {
  test("stores the values in the action's environment, as tabbed JSON, and leaves all else as it is", () => {
    write({
      current: 'github-actions',
      envs: { staging: STAGING, 'github-actions': { A: 'kept', AC_ACCESS_TOKEN: '' } },
      more: 1,
    });
    configuration.store(OURS);
    expect(read()).toEqual({
      current: 'github-actions',
      envs: { staging: STAGING, 'github-actions': { A: 'kept', ...OURS } },
      more: 1,
    });
    expect(readFileSync(file, 'utf8')).toMatch(/^\{\n\t"current"/);
    expect(readdirSync(dirname(file))).toEqual(['config.json']);
  });

  test.each([
    ['no environments', { current: 'github-actions' }],
    [
      'an environment that is text',
      { current: 'github-actions', envs: { 'github-actions': 'none' } },
    ],
  ])('makes the environment where there are %s', (_what, value) => {
    write(value);
    configuration.store(OURS);
    expect(read()).toEqual({ current: 'github-actions', envs: { 'github-actions': OURS } });
  });

  test.each([
    [
      'another environment is current',
      { current: 'staging', envs: { staging: STAGING, 'github-actions': OURS } },
    ],
    ['none is', { envs: {} }],
  ])('changes nothing where %s', (_what, value) => {
    write(value);
    const before = readFileSync(file, 'utf8');
    expect(() => configuration.store(OURS)).toThrow(
      '"github-actions" is not the current environment',
    );
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('is refused where there is no file', () => {
    expect(() => configuration.store(OURS)).toThrow(
      '"github-actions" is not the current environment',
    );
  });

  test('writes through a link', () => {
    const link = join(dirname(file), 'link.json');
    write({ current: 'github-actions', envs: {} });
    symlinkSync(file, link);
    new Configuration(link).store(OURS);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(TOKEN);
  });
});

describe('clearing the token of an earlier step', () => {
  test('stays in the environment, and keeps the way back for post', () => {
    const wayBack = { previous: 'staging' };
    const envs = { staging: STAGING, 'github-actions': OURS };
    write({ current: 'github-actions', envs, 'github-actions': wayBack });
    expect(configuration.holdsToken).toBe(true);
    expect(configuration.clearToken()).toBe(true);
    expect(read()).toEqual({
      current: 'github-actions',
      envs: { staging: STAGING, 'github-actions': { ...OURS, AC_ACCESS_TOKEN: '' } },
      'github-actions': wayBack,
    });
    expect(configuration.holdsToken).toBe(false);
  });

  test.each([
    ['the token is empty', { envs: { 'github-actions': { AC_ACCESS_TOKEN: '' } } }],
    ['the environment is text', { envs: { 'github-actions': 'none' } }],
    ['there are no environments', {}],
  ])('is nothing to do where %s', (_what, value) => {
    write(value);
    expect(configuration.clearToken()).toBe(false);
    expect(read()).toEqual(value);
  });

  test('is nothing to do where there is no file', () => {
    expect(configuration.clearToken()).toBe(false);
  });
});

describe('going back', () => {
  /** A configuration in which the action's environment is current, with the way back. */
  const loggedIn = (envs: unknown, previous?: unknown) => ({
    current: 'github-actions',
    envs,
    ...(previous !== undefined && { 'github-actions': { previous } }),
  });

  test('clears the token, removes the note, and leaves all else as it is', () => {
    const envs = { staging: STAGING, 'github-actions': OURS };
    write({ ...loggedIn(envs, 'staging'), more: { AC_ACCESS_TOKEN: 'kept' } });
    expect(configuration.goBack(DIGEST)).toBe('staging');
    expect(read()).toEqual({
      current: 'staging',
      envs: { staging: STAGING, 'github-actions': { ...OURS, AC_ACCESS_TOKEN: '' } },
      more: { AC_ACCESS_TOKEN: 'kept' },
    });
    expect(configuration.goBack(DIGEST)).toBeUndefined();
  });

  test('clears the token where another environment is current by now', () => {
    const envs = { staging: STAGING, 'github-actions': OURS };
    write({ ...loggedIn(envs, 'staging'), current: 'other' });
    expect(configuration.goBack(DIGEST)).toBe('staging');
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
  });

  test("leaves another job's login alone, with its way back", () => {
    const others = { ...OURS, AC_ACCESS_TOKEN: 'eyJ.of-another-job.1' };
    const value = loggedIn({ staging: STAGING, 'github-actions': others }, 'staging');
    write(value);
    expect(configuration.goBack(DIGEST)).toBeUndefined();
    expect(configuration.goBack('')).toBeUndefined();
    expect(read()).toEqual(value);
  });

  test("takes an empty token for nobody's, and goes back", () => {
    const cleared = { ...OURS, AC_ACCESS_TOKEN: '' };
    write(loggedIn({ staging: STAGING, 'github-actions': cleared }, 'staging'));
    expect(configuration.goBack(DIGEST)).toBe('staging');
    expect(read()).toEqual({
      current: 'staging',
      envs: { staging: STAGING, 'github-actions': cleared },
    });
  });

  test('removes the note of a login that came to nothing, without a word', () => {
    const before = { current: 'staging', envs: { staging: STAGING } };
    write({ ...before, 'github-actions': { previous: 'staging' } });
    expect(configuration.goBack(DIGEST)).toBeUndefined();
    expect(read()).toEqual(before);
  });

  test.each([
    ['there is no environment of its own', {}],
    ['its environment is text', { 'github-actions': 'none' }],
    ['the environments are none', undefined],
  ])('goes to "default" where %s', (_what, envs) => {
    write(loggedIn(envs, 'staging'));
    expect(configuration.goBack(DIGEST)).toBe('default');
    expect(read()).toEqual({ current: 'default', ...(envs && { envs }) });
  });

  test.each([
    ['a', { a: {} }, 'a'],
    ['a.b', { a: { b: {} } }, 'a.b'],
    ['a.b', { 'a.b': {} }, 'a.b'],
    ['a.b', { a: {} }, 'default'],
    ['a.b', { a: 'text' }, 'default'],
    ['__proto__', {}, 'default'],
    ['constructor', {}, 'default'],
    ['gone', {}, 'default'],
    [5, { 5: {} }, 'default'],
    [undefined, { staging: STAGING }, 'default'],
  ])('goes to %j of %j: %s', (previous, envs, current) => {
    write(loggedIn(envs, previous));
    expect(configuration.goBack(DIGEST)).toBe(current);
  });

  test.each([
    ['another login', { current: 'staging', envs: { staging: STAGING } }],
    ['no token', { current: 'staging', envs: { 'github-actions': {} } }],
  ])('is nothing to do where there is %s', (_what, value) => {
    write(value);
    const before = readFileSync(file, 'utf8');
    expect(configuration.goBack(DIGEST)).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test("writes the file as the CLI's library does, with tabs", () => {
    write(loggedIn({}));
    configuration.goBack(DIGEST);
    expect(readFileSync(file, 'utf8')).toBe('{\n\t"current": "default",\n\t"envs": {}\n}');
  });

  test('is nothing to do where there is no file', () => {
    expect(configuration.goBack(DIGEST)).toBeUndefined();
  });

  test('takes what a killed CLI had begun to write with it, and leaves no draft of its own', () => {
    write(loggedIn({ 'github-actions': OURS }));
    for (const name of [
      'config.json.tmp-16a2b3',
      `config.json.tmp-${process.pid}`,
      'config.json.bak',
      'other.json.tmp-1',
    ])
      writeFileSync(join(dirname(file), name), TOKEN);
    configuration.goBack(DIGEST);
    expect(readdirSync(dirname(file)).sort()).toEqual([
      'config.json',
      'config.json.bak',
      'other.json.tmp-1',
    ]);
  });

  test('takes it even where there is nothing else to undo', () => {
    write({ current: 'staging', envs: { staging: STAGING } });
    writeFileSync(`${file}.tmp-16a2b3`, TOKEN);
    expect(configuration.goBack(DIGEST)).toBeUndefined();
    expect(readdirSync(dirname(file))).toEqual(['config.json']);
  });

  test('writes through a link', () => {
    const link = join(dirname(file), 'link.json');
    write(loggedIn({ 'github-actions': OURS }));
    symlinkSync(file, link);
    new Configuration(link).goBack(DIGEST);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
  });
});

test('a configuration stays whole where no draft of it can be written', () => {
  file = join(dirname(file), 'x'.repeat(250));
  configuration = new Configuration(file);
  write({ current: 'github-actions', envs: { staging: STAGING, 'github-actions': OURS } });
  const before = readFileSync(file, 'utf8');
  expect(() => configuration.store({ AC_ACCESS_TOKEN: 'other' })).toThrow('ENAMETOOLONG');
  expect(() => configuration.goBack(DIGEST)).toThrow('ENAMETOOLONG');
  expect(readFileSync(file, 'utf8')).toBe(before);
});

const modes = PLATFORM === 'win32' ? describe.skip : describe; // Windows has no such modes.
modes('nobody else reads the configuration', () => {
  test('once it is logged in', () => {
    write({ current: 'github-actions', envs: {} });
    chmodSync(file, 0o666);
    configuration.store(OURS);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('once it is logged out', () => {
    write({ current: 'github-actions', envs: {} });
    chmodSync(file, 0o666);
    configuration.goBack(DIGEST);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('the configuration is where the CLI keeps it', () => {
  const unix = ['@appcircle', 'cli-nodejs', 'config.json'];
  const windows = ['@appcircle', 'cli-nodejs', 'Config', 'config.json'];

  test.each([
    ['linux', { XDG_CONFIG_HOME: '/xdg' }, ['/xdg', ...unix]],
    ['linux', {}, [os.homedir(), '.config', ...unix]],
    ['darwin', { XDG_CONFIG_HOME: 'xdg' }, [os.homedir(), 'Library', 'Preferences', ...unix]],
    ['win32', { APPDATA: '/appdata', XDG_CONFIG_HOME: 'xdg' }, ['/appdata', ...windows]],
    ['win32', {}, [os.homedir(), 'AppData', 'Roaming', ...windows]],
  ])('on %s with %j', (platform, variables: Record<string, string>, path) => {
    Object.defineProperty(process, 'platform', { value: platform });
    expect(configurationPath((name) => variables[name] ?? '')).toBe(join(...path));
  });

  test.each([
    ['linux', { XDG_CONFIG_HOME: 'relative' }, 'XDG_CONFIG_HOME'],
    ['win32', { APPDATA: 'relative' }, 'APPDATA'],
  ])('or, on %s, %j is named', (platform, variables: Record<string, string>, named) => {
    Object.defineProperty(process, 'platform', { value: platform });
    expect(failureOf(() => configurationPath((name) => variables[name] ?? ''))).toEqual({
      title: 'The configuration of the Appcircle CLI is not usable',
      reason: `The Appcircle CLI needs a folder for its configuration, but ${named} is not set to an absolute path.`,
      remedy: `Set ${named} to an absolute path, for this step and those that use the CLI.`,
    });
  });
});

describe('a user without a home', () => {
  test.each([
    ['linux', 'HOME', () => ''],
    ['darwin', 'HOME', () => 'relative'],
    ['win32', 'USERPROFILE', () => ''],
    [
      'linux',
      'HOME',
      () => {
        throw new Error('ENOENT: uv_os_homedir');
      },
    ],
  ])('is told, on %s, to set %s', async (platform, named, home: () => string) => {
    jest.resetModules();
    jest.unstable_mockModule('node:os', () => ({ ...os, homedir: home }));
    const { configurationPath: pathOf } = await import('../../src/cli/configuration-path.ts');
    Object.defineProperty(process, 'platform', { value: platform });
    expect(failureOf(() => pathOf(() => '')).remedy).toBe(
      `Set ${named} to an absolute path, for this step and those that use the CLI.`,
    );
  });
});
