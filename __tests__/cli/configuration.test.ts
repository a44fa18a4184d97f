import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Configuration, configurationPath } from '../../src/cli/configuration.ts';
import { store } from '../../src/cli/login.ts';

const PLATFORM = process.platform;
const TOKEN = 'eyJ.access-token.1234567';
const STAGING = { API_HOSTNAME: 'https://api.staging', AC_ACCESS_TOKEN: 'theirs' };
const OURS = { API_HOSTNAME: 'https://api.acme.example', AC_ACCESS_TOKEN: TOKEN };

let file: string;
let configuration: Configuration;

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'appcircle-configuration-')), 'config.json');
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

describe('the environment to go back to', () => {
  test("is the action's own where an earlier step made that current", () => {
    write({ current: 'github-actions', envs: {} });
    expect(configuration.previous).toBe('github-actions');
  });

  test('is the one that is current', () => {
    write({ current: 'staging', envs: {} });
    expect(configuration.previous).toBe('staging');
  });

  test.each([
    ['none is', { envs: {} }],
    ['an empty one is', { current: '', envs: {} }],
    ['a number is', { current: 5, envs: {} }],
    ['the file is a list', []],
    ['the file is no JSON', '{'],
  ])('is "default" where %s', (_what, value) => {
    write(value);
    expect(configuration.previous).toBe('default');
  });

  test('is "default" where there is no file', () => {
    expect(configuration.previous).toBe('default');
  });
});

test('a pipe in the place of the file is not read', () => {
  if (PLATFORM !== 'win32') execFileSync('mkfifo', [file]);
  expect([configuration.previous, configuration.logOut('default')]).toEqual(['default', undefined]);
  expect(() => store(configuration, OURS)).toThrow('not the current environment');
});

describe('logging in', () => {
  test("stores the values in the action's environment, as tabbed JSON, and leaves all else as it is", () => {
    write({
      current: 'github-actions',
      envs: { staging: STAGING, 'github-actions': { A: 'kept', AC_ACCESS_TOKEN: '' } },
      more: 1,
    });
    store(configuration, OURS);
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
    store(configuration, OURS);
    expect(read()).toEqual({ current: 'github-actions', envs: { 'github-actions': OURS } });
  });

  test.each([
    [
      'another environment is current',
      { current: 'staging', envs: { staging: STAGING, 'github-actions': OURS } },
    ],
    ['none is', { envs: {} }],
    ['the file is a list', []],
    ['the file is no JSON', '{'],
  ])('changes nothing where %s', (_what, value) => {
    write(value);
    const before = readFileSync(file, 'utf8');
    expect(() => store(configuration, OURS)).toThrow(
      '"github-actions" is not the current environment',
    );
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('is refused where there is no file', () => {
    expect(() => store(configuration, OURS)).toThrow(
      '"github-actions" is not the current environment',
    );
  });

  test('writes through a link', () => {
    const link = join(dirname(file), 'link.json');
    write({ current: 'github-actions', envs: {} });
    symlinkSync(file, link);
    store(new Configuration(link), OURS);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(TOKEN);
  });
});

describe('logging out', () => {
  test('clears the token, goes back, and leaves all else as it is', () => {
    const envs = { staging: STAGING, 'github-actions': OURS };
    write({ current: 'github-actions', envs, more: { AC_ACCESS_TOKEN: 'kept' } });
    expect(configuration.logOut('staging')).toBe('staging');
    expect(read()).toEqual({
      current: 'staging',
      envs: { staging: STAGING, 'github-actions': { ...OURS, AC_ACCESS_TOKEN: '' } },
      more: { AC_ACCESS_TOKEN: 'kept' },
    });
    expect(configuration.logOut('staging')).toBeUndefined();
  });

  test('clears the token where another environment is current by now', () => {
    write({ current: 'staging', envs: { staging: STAGING, 'github-actions': OURS } });
    expect(configuration.logOut('staging')).toBe('staging');
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
  });

  test.each([
    ['there is no environment of its own', {}],
    ['its environment has an empty token', { 'github-actions': { AC_ACCESS_TOKEN: '' } }],
    ['its environment is text', { 'github-actions': 'none' }],
    ['the environments are none', undefined],
  ])('goes back where %s', (_what, envs) => {
    write({ current: 'github-actions', envs });
    expect(configuration.logOut('staging')).toBe('default');
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
    ['', { '': {} }, ''],
    ['gone', {}, 'default'],
  ])('goes back to "%s" of %j: %s', (previous, envs, current) => {
    write({ current: 'github-actions', envs });
    expect(configuration.logOut(previous)).toBe(current);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{"AC_ACCESS_TOKEN": ""'],
    ['a list', '[]'],
    ['another login', { current: 'staging', envs: { staging: STAGING } }],
    [
      'an environment of its own without a token',
      { current: 'staging', envs: { 'github-actions': {} } },
    ],
    [
      'more than any configuration has',
      `{"AC_ACCESS_TOKEN":"${TOKEN}","more":"${'x'.repeat(1024 * 1024)}"}`,
    ],
  ])('is nothing to do where there is %s', (_what, value) => {
    write(value);
    const before = readFileSync(file, 'utf8');
    expect(configuration.logOut('default')).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test("is nothing to do where the action's own environment stays current and has no token", () => {
    write({ current: 'github-actions', envs: { 'github-actions': { AC_ACCESS_TOKEN: '' } } });
    expect(configuration.logOut('github-actions')).toBeUndefined();
    write({ current: 'github-actions', envs: { 'github-actions': OURS } });
    expect(configuration.logOut('github-actions')).toBe('github-actions');
    expect(read()).toEqual({
      current: 'github-actions',
      envs: { 'github-actions': { ...OURS, AC_ACCESS_TOKEN: '' } },
    });
  });

  test("writes the file as the CLI's library does, with tabs", () => {
    write({ current: 'github-actions', envs: {} });
    configuration.logOut('default');
    expect(readFileSync(file, 'utf8')).toBe('{\n\t"current": "default",\n\t"envs": {}\n}');
  });

  test('is nothing to do where there is no file', () => {
    expect(configuration.logOut('default')).toBeUndefined();
  });

  test.each([
    '{"AC_ACCESS_TOKEN": "eyJ',
    '[{"AC_ACCESS_TOKEN":"eyJ"}]',
    '{"AC_ACCESS_TOKEN"\n:\n"eyJ"',
  ])('is refused where what is no configuration may hold a token: %j', (text) => {
    write(text);
    expect(() => configuration.logOut('default')).toThrow('the file is not valid JSON');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('takes what a killed CLI had begun to write with it, and leaves no draft of its own', () => {
    write({ current: 'github-actions', envs: { 'github-actions': OURS } });
    for (const name of [
      'config.json.tmp-16a2b3',
      `config.json.tmp-${process.pid}`,
      'config.json.bak',
      'other.json.tmp-1',
    ])
      writeFileSync(join(dirname(file), name), TOKEN);
    configuration.logOut('default');
    expect(readdirSync(dirname(file)).sort()).toEqual([
      'config.json',
      'config.json.bak',
      'other.json.tmp-1',
    ]);
  });

  test('takes it even where there is nothing else to undo', () => {
    write({ current: 'github-actions', envs: { 'github-actions': { AC_ACCESS_TOKEN: '' } } });
    writeFileSync(`${file}.tmp-16a2b3`, TOKEN);
    expect(configuration.logOut('github-actions')).toBeUndefined();
    expect(readdirSync(dirname(file))).toEqual(['config.json']);
  });

  test('writes through a link', () => {
    const link = join(dirname(file), 'link.json');
    write({ current: 'github-actions', envs: { 'github-actions': OURS } });
    symlinkSync(file, link);
    new Configuration(link).logOut('default');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
  });
});

test('a configuration stays whole where no draft of it can be written', () => {
  file = join(dirname(file), 'x'.repeat(250));
  configuration = new Configuration(file);
  write({ current: 'github-actions', envs: { staging: STAGING, 'github-actions': OURS } });
  const before = readFileSync(file, 'utf8');
  expect(() => store(configuration, { AC_ACCESS_TOKEN: 'other' })).toThrow('ENAMETOOLONG');
  expect(() => configuration.logOut('staging')).toThrow('ENAMETOOLONG');
  expect(readFileSync(file, 'utf8')).toBe(before);
});

const modes = PLATFORM === 'win32' ? describe.skip : describe; // Windows has no such modes.
modes('nobody else reads the configuration', () => {
  test('once it is logged in', () => {
    write({ current: 'github-actions', envs: {} });
    chmodSync(file, 0o666);
    chmodSync(dirname(file), 0o755);
    store(configuration, OURS);
    expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
  });

  test('once it is logged out', () => {
    write({ current: 'github-actions', envs: {} });
    chmodSync(file, 0o666);
    configuration.logOut('default');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('the configuration is where the CLI keeps it', () => {
  const unix = ['@appcircle', 'cli-nodejs', 'config.json'];
  const windows = ['@appcircle', 'cli-nodejs', 'Config', 'config.json'];

  test.each([
    ['linux', { XDG_CONFIG_HOME: 'xdg' }, ['xdg', ...unix]],
    ['linux', {}, [homedir(), '.config', ...unix]],
    ['darwin', { XDG_CONFIG_HOME: 'xdg' }, [homedir(), 'Library', 'Preferences', ...unix]],
    ['win32', { APPDATA: 'appdata', XDG_CONFIG_HOME: 'xdg' }, ['appdata', ...windows]],
    ['win32', {}, [homedir(), 'AppData', 'Roaming', ...windows]],
  ])('on %s with %j', (platform, variables: Record<string, string>, path) => {
    Object.defineProperty(process, 'platform', { value: platform });
    expect(configurationPath((name) => variables[name] ?? '')).toBe(join(...path));
  });
});
