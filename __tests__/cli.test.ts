import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type CliConfiguration, configurationPath, NEW_ENVIRONMENT } from '../sandbox/cli/configuration.ts';
import type { CliFault } from '../sandbox/cli/faults.ts';
import { type InstalledCli, installCli } from '../sandbox/cli/install.ts';
import type { AccessToken } from '../src/appcircle/token.ts';
import { Deadline } from '../src/http/deadline.ts';
import { readSettings } from '../src/inputs.ts';
import { cliPreviousEnvironment } from '../src/state.ts';
import { realWorld } from '../src/world.ts';
import { failureFrom } from './support/failures.ts';
import type { MemoryRunner as Runner } from './support/in-process.ts';
import { Step } from './support/step.ts';

// os.homedir reads the environment of the process itself, of which jest gives a test only a copy. What loads cli.ts comes after this.
jest.unstable_mockModule('node:os', () => ({ ...os, homedir: () => process.env['HOME'] ?? '' }));
const { logOut, withCliLoggedIn } = await import('../src/cli.ts');
const { post } = await import('../src/post.ts');
const { MemoryRunner } = await import('./support/in-process.ts');

const TOKEN = 'eyJ.access-token.1234567';
const PLATFORM = process.platform;

/** The commands that log in, and those that log out again. */
const LOG_IN = [
  ['config', 'add', 'github-actions'],
  ['config', 'set', 'AUTH_HOSTNAME', 'https://auth.acme.example'],
  ['config', 'set', 'API_HOSTNAME', 'https://api.acme.example'],
  ['config', 'set', 'AC_ACCESS_TOKEN', TOKEN],
];

function logOutTo(previous: string): string[][] {
  return [['config', 'current', 'github-actions'], ['logout'], ['config', 'current', previous]];
}

let step: Step;
let runner: Runner;
let cli: InstalledCli;

beforeEach(() => {
  step = new Step();
  const home = join(step.folder, 'home');
  Object.assign(process.env, { HOME: home, USERPROFILE: home, APPDATA: join(home, 'AppData', 'Roaming') });
  delete process.env['XDG_CONFIG_HOME'];
  runner = new MemoryRunner();
  install();
});

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: PLATFORM });
  step.end();
});

function install(...faults: CliFault[]): void {
  cli = installCli(join(step.folder, 'cli'), { faults });
  process.env['PATH'] = cli.folder;
}

/** Takes the CLI away. */
function uninstall(): void {
  process.env['PATH'] = join(step.folder, 'nothing');
}

/** From now on every command takes 600 ms and does nothing. */
function slowDown(): void {
  const slow = `"${process.execPath}" -e "setTimeout(() => {}, 600)"`;
  writeFileSync(join(cli.folder, 'appcircle'), `#!/bin/sh\nexec ${slow}\n`);
  writeFileSync(join(cli.folder, 'appcircle.cmd'), `@${slow}\r\n`);
}

function file(): string {
  return configurationPath(process.env, process.platform);
}

function configuration(): CliConfiguration {
  return JSON.parse(readFileSync(file(), 'utf8')) as CliConfiguration;
}

function configure(value: unknown): void {
  mkdirSync(dirname(file()), { recursive: true });
  writeFileSync(file(), typeof value === 'string' ? value : JSON.stringify(value));
}

const STAGING = {
  API_HOSTNAME: 'https://api.staging',
  AUTH_HOSTNAME: 'https://auth.staging',
  AC_ACCESS_TOKEN: 'theirs',
};

/** A developer's own configuration, on a self-hosted runner. */
const OWN: CliConfiguration = { current: 'staging', envs: { default: { ...NEW_ENVIRONMENT }, staging: STAGING } };

/** Logs the CLI in, as main does. */
async function logIn({ publish = () => {}, value = TOKEN, limitMs = 60_000 } = {}): Promise<void> {
  runner.masks.add(value);
  const token: AccessToken = { value, expiresAt: undefined, organizationId: undefined, keyExpiresAt: undefined };
  const inputs = {
    'personal-access-key': 'pak',
    'auth-endpoint': 'https://auth.acme.example',
    'api-endpoint': 'https://api.acme.example',
  };
  const deadline = new Deadline(limitMs, realWorld);
  try {
    await withCliLoggedIn(token, readSettings(new MemoryRunner(inputs)), runner, deadline, realWorld, publish);
  } finally {
    deadline.clear();
  }
}

const LOGGED_IN =
  'Logged the Appcircle CLI in, in its environment "github-actions"; it is logged out when the job ends.';

function stillLoggedIn(reason: string) {
  return {
    title: 'The Appcircle CLI is still logged in',
    message: `It could not be logged out: ${reason} On a self-hosted runner, run "appcircle config current github-actions" and "appcircle logout"; the token expires by itself.`,
  };
}

describe('logging in', () => {
  test("hands the CLI the job's environment, without the inputs of this step, which hold the key", async () => {
    const dump = join(cli.folder, 'dump.cjs');
    writeFileSync(dump, "require('node:fs').writeFileSync(__dirname + '/env.json', JSON.stringify(process.env));");
    const run = `"${process.execPath}" "${dump}"`;
    writeFileSync(join(cli.folder, 'appcircle'), `#!/bin/sh\nexec ${run}\n`);
    writeFileSync(join(cli.folder, 'appcircle.cmd'), `@${run}\r\n`);
    // Some shells hand on no name with a hyphen in it: the other input shows whether inputs are left out.
    const inputs = { 'INPUT_API-KEY-SECRET': 'secret', INPUT_SUMMARY: 'auto' };
    Object.assign(process.env, { ...inputs, MY_INPUT_: 'kept', OTHER: 'kept too' });
    await logIn();
    const seen = JSON.parse(readFileSync(join(cli.folder, 'env.json'), 'utf8'));
    expect(seen).toMatchObject({ MY_INPUT_: 'kept', OTHER: 'kept too' });
    expect(Object.keys(seen).filter((name) => name.startsWith('INPUT_'))).toEqual([]);
  });

  test('gives an environment of its own hosts and token, then publishes, and prints nothing', async () => {
    let callsByThen: string[][] = [];
    let linesByThen: string[] = [];
    const publish = () => {
      callsByThen = cli.calls();
      linesByThen = [...runner.lines];
    };
    await logIn({ publish });
    expect(callsByThen).toEqual(LOG_IN);
    expect(linesByThen).toEqual([LOGGED_IN]);
    expect(configuration()).toEqual({
      current: 'github-actions',
      envs: {
        default: NEW_ENVIRONMENT,
        'github-actions': {
          AUTH_HOSTNAME: 'https://auth.acme.example',
          API_HOSTNAME: 'https://api.acme.example',
          AC_ACCESS_TOKEN: TOKEN,
        },
      },
    });
    expect(runner.state(cliPreviousEnvironment)).toBe('default');
    expect([step.stdout, runner.warnings]).toEqual(['', []]);
  });

  test("leaves a developer's own environment as it is, and remembers it", async () => {
    configure(OWN);
    await logIn();
    expect(configuration().envs['staging']).toEqual(STAGING);
    expect(runner.state(cliPreviousEnvironment)).toBe('staging');
  });

  test.each([
    ['the environment of the action', { current: 'github-actions', envs: {} }],
    ['no environment', { envs: {} }],
    ['nothing', { current: '', envs: {} }],
    ['a number', { current: 5, envs: {} }],
  ])('goes back to "default" where %s is current', async (_what, before) => {
    configure(before);
    await logIn();
    expect(runner.state(cliPreviousEnvironment)).toBe('default');
  });

  test('goes on where the configuration is none', async () => {
    configure('{');
    install(
      { onCall: 1, exitCode: 0 },
      { onCall: 2, exitCode: 0 },
      { onCall: 3, exitCode: 0 },
      { onCall: 4, exitCode: 0 },
    );
    await logIn();
    expect(runner.state(cliPreviousEnvironment)).toBe('default');
  });

  const modes = PLATFORM === 'win32' ? test.skip : test; // Windows has no such modes.
  modes('lets nobody else read the configuration', async () => {
    configure(OWN);
    chmodSync(dirname(file()), 0o755);
    await logIn();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file())).mode & 0o777).toBe(0o700);
    chmodSync(dirname(file()), 0o755);
    await logOut('staging', runner, realWorld);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file())).mode & 0o777).toBe(0o700);
  });

  modes('closes the configuration before there is a token in it', async () => {
    install({ onCall: 2, exitCode: 1 });
    await failureFrom(logIn());
    expect(cli.calls()[1]).toEqual(LOG_IN[1]);
    expect(statSync(dirname(file())).mode & 0o777).toBe(0o700);
  });

  test('gives a token that begins with "-" as no option', async () => {
    await logIn({ value: '-abcdef' });
    expect(cli.calls()[3]).toEqual(['config', 'set', '--', 'AC_ACCESS_TOKEN', '-abcdef']);
    expect(configuration().envs['github-actions']?.['AC_ACCESS_TOKEN']).toBe('-abcdef');
  });

  test('needs a CLI, and changes nothing without', async () => {
    uninstall();
    expect(await failureFrom(logIn())).toEqual({
      title: 'The Appcircle CLI is not installed',
      cause: 'configure-cli is true, and there is no "appcircle" on the PATH.',
      remedy: 'Install it in a step before this one: npm install -g @appcircle/cli.',
    });
    expect([...runner.states]).toEqual([]);
  });

  test('does not hand the inputs of the step on to the CLI', async () => {
    process.env['INPUT_API-KEY-SECRET'] = 'sk_1234567';
    process.env['OTHER'] = 'x';
    const seen = join(step.folder, 'seen');
    writeFileSync(join(cli.folder, 'appcircle'), `#!/bin/sh\nexport -p > '${seen}'\n`);
    writeFileSync(join(cli.folder, 'appcircle.cmd'), `@set > "${seen}"\r\n`);
    await logIn();
    expect(readFileSync(seen, 'utf8')).toContain('OTHER');
    expect(readFileSync(seen, 'utf8')).not.toContain('INPUT_');
    expect(readFileSync(seen, 'utf8')).not.toContain('sk_1234567');
  });
});

describe('a command that fails', () => {
  const REMEDY =
    'Run the same command by hand on this runner; an older version of the CLI may lack it (npm install -g @appcircle/cli@latest).';

  test.each([
    [1, 'appcircle config add github-actions'],
    [2, 'appcircle config set AUTH_HOSTNAME'],
    [3, 'appcircle config set API_HOSTNAME'],
    [4, 'appcircle config set AC_ACCESS_TOKEN'],
  ])('as the %d. fails the step, and nothing stays behind', async (onCall, command) => {
    configure(OWN);
    install({ onCall, exitCode: 3, stdout: 'ignored', stderr: ` what went\nwrong with ${TOKEN} \n` });
    let published = false;
    const publish = () => {
      published = true;
    };
    expect(await failureFrom(logIn({ publish }))).toEqual({
      title: 'The Appcircle CLI failed',
      cause: `"${command}" ended with exit code 3 and said "what went wrong with ***".`,
      remedy: REMEDY,
    });
    expect(published).toBe(false);
    expect(runner.state(cliPreviousEnvironment)).toBe('');
    const { current, envs } = configuration();
    expect([current, envs['staging'], envs['github-actions']?.['AC_ACCESS_TOKEN'] ?? '']).toEqual([
      'staging',
      STAGING,
      '',
    ]);
  });

  test('is told by its standard output where it says nothing on standard error', async () => {
    install({ onCall: 4, exitCode: 1, stdout: 'no disk\n', stderr: ' \n' });
    const { cause } = await failureFrom(logIn({ value: '-abcdef' }));
    expect(cause).toBe('"appcircle config set AC_ACCESS_TOKEN" ended with exit code 1 and said "no disk".');
  });

  test('as it is given the token leaves no warning, since there is nothing to log out of', async () => {
    install({ onCall: 4, exitCode: 1 });
    await failureFrom(logIn());
    expect(cli.calls()).toEqual([...LOG_IN, ['config', 'current', 'github-actions'], ['config', 'current', 'default']]);
    expect(runner.warnings).toEqual([]);
    expect(runner.lines).toEqual(['Logged the Appcircle CLI out; its environment is "default" again.']);
  });

  test('to publish logs out again', async () => {
    const broken = new Error('no disk');
    const publish = () => {
      throw broken;
    };
    await expect(logIn({ publish })).rejects.toBe(broken);
    expect(cli.calls()).toEqual([...LOG_IN, ...logOutTo('default')]);
    expect(runner.state(cliPreviousEnvironment)).toBe('');
    expect(configuration().envs['github-actions']?.['AC_ACCESS_TOKEN']).toBe('');
  });

  test('to come back in time fails the step with what it was waiting for', async () => {
    slowDown();
    const { title, cause } = await failureFrom(logIn({ limitMs: 300 }));
    expect([title, cause]).toEqual([
      'Appcircle did not answer in time',
      'The time limit of 300 ms ran out while waiting for "appcircle config add github-actions".',
    ]);
    // There is no time left to undo it: post does.
    expect(runner.state(cliPreviousEnvironment)).toBe('default');
    expect([runner.lines, runner.warnings]).toEqual([[], []]);
  });

  test('and can not be undone is left to post, which tries again', async () => {
    install({ onCall: 4, exitCode: 1 }, { onCall: 5, exitCode: 1, stderr: 'no disk' });
    await failureFrom(logIn());
    expect(runner.warnings).toEqual([
      stillLoggedIn('"appcircle config current github-actions" ended with exit code 1 and said "no disk".'),
    ]);
    expect(runner.state(cliPreviousEnvironment)).toBe('default');
    await post(runner, realWorld);
    expect(configuration().current).toBe('default');
    expect(runner.lines).toEqual(['Logged the Appcircle CLI out; its environment is "default" again.']);
  });
});

describe('logging out', () => {
  test("clears the token and goes back to the developer's own environment", async () => {
    configure(OWN);
    await logIn();
    expect(await logOut('staging', runner, realWorld)).toBe(true);
    expect(cli.calls()).toEqual([...LOG_IN, ...logOutTo('staging')]);
    const { current, envs } = configuration();
    expect([current, envs['staging'], envs['github-actions']?.['AC_ACCESS_TOKEN']]).toEqual(['staging', STAGING, '']);
    expect(runner.lines).toEqual([LOGGED_IN, 'Logged the Appcircle CLI out; its environment is "staging" again.']);
    expect([runner.warnings, step.stdout]).toEqual([[], '']);
  });

  test('is not tried where a step has done so', async () => {
    await logIn();
    configure({ ...configuration(), envs: { default: NEW_ENVIRONMENT, 'github-actions': NEW_ENVIRONMENT } });
    await logOut('default', runner, realWorld);
    expect(cli.calls().slice(LOG_IN.length)).toEqual([
      ['config', 'current', 'github-actions'],
      ['config', 'current', 'default'],
    ]);
    expect(runner.warnings).toEqual([]);
  });

  test('is nothing to do where all is as it was', async () => {
    configure(OWN);
    expect(await logOut('staging', runner, realWorld)).toBe(true);
    expect([cli.calls(), runner.lines, runner.warnings]).toEqual([[], [], []]);
    // Another environment is current: that much there is to undo.
    expect(await logOut('default', runner, realWorld)).toBe(false);
    expect(cli.calls()).toEqual([['config', 'current', 'github-actions']]);
  });

  test('takes no longer than it may', async () => {
    await logIn();
    slowDown();
    expect(await logOut('default', runner, realWorld, 300)).toBe(false);
    expect(runner.warnings).toEqual([
      stillLoggedIn('The time limit of 300 ms ran out while waiting for "appcircle config current github-actions".'),
    ]);
  });

  test('is tried where the configuration is not where it is expected', async () => {
    await logIn();
    rmSync(file());
    install(...Array.from({ length: 7 }, (_, index) => ({ onCall: index + 1, exitCode: 0 })));
    await logOut('default', runner, realWorld);
    expect(cli.calls().slice(LOG_IN.length)).toEqual(logOutTo('default'));
    expect(runner.warnings).toEqual([]);
  });

  test('quotes the name of the environment', async () => {
    const name = '##[error]';
    configure({ current: name, envs: { [name]: NEW_ENVIRONMENT } });
    await logIn();
    await logOut(name, runner, realWorld);
    expect(runner.lines.at(-1)).toBe('Logged the Appcircle CLI out; its environment is "## [error]" again.');
  });

  test('that fails is a warning, and the environment comes back', async () => {
    install({ onCall: 6, exitCode: 1, stderr: 'no disk' });
    await logIn();
    await logOut('default', runner, realWorld);
    expect(cli.calls()).toEqual([...LOG_IN, ...logOutTo('default')]);
    expect(runner.warnings).toEqual([stillLoggedIn('"appcircle logout" ended with exit code 1 and said "no disk".')]);
    expect(runner.lines).toEqual([LOGGED_IN]);
  });

  test('goes no further where the environment of the action is gone: the token of another is not its to clear', async () => {
    await logIn();
    configure({ current: 'staging', envs: { staging: STAGING } });
    await logOut('default', runner, realWorld);
    expect(cli.calls().slice(LOG_IN.length)).toEqual([['config', 'current', 'github-actions']]);
    expect(configuration().envs['staging']).toEqual(STAGING);
    expect(runner.warnings).toHaveLength(1);
  });

  test('that leaves a token behind is a warning', async () => {
    install({ onCall: 6, exitCode: 0 });
    await logIn();
    await logOut('default', runner, realWorld);
    expect(runner.warnings).toEqual([stillLoggedIn('its configuration still holds a token.')]);
  });

  test('without a CLI is a warning', async () => {
    uninstall();
    await logOut('default', runner, realWorld);
    expect(runner.warnings).toEqual([stillLoggedIn('configure-cli is true, and there is no "appcircle" on the PATH.')]);
  });
});

describe('the configuration is where the CLI keeps it', () => {
  test.each([
    ['linux', { XDG_CONFIG_HOME: 'xdg' }, ['xdg']],
    ['linux', { XDG_CONFIG_HOME: '' }, ['home', '.config']],
    ['darwin', { XDG_CONFIG_HOME: 'xdg' }, ['home', 'Library', 'Preferences']],
    ['win32', { APPDATA: 'appdata' }, ['appdata']],
    ['win32', { APPDATA: '' }, ['home', 'AppData', 'Roaming']],
  ])('on %s with %j', async (platform, variables, folder) => {
    const named = Object.entries(variables).map(([name, value]) => [name, value && join(step.folder, value)]);
    Object.assign(process.env, Object.fromEntries(named));
    const path = join(
      step.folder,
      ...folder,
      '@appcircle',
      'cli-nodejs',
      platform === 'win32' ? 'Config' : '.',
      'config.json',
    );
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ current: 'staging', envs: {} }));
    install(...Array.from({ length: 4 }, (_, index) => ({ onCall: index + 1, exitCode: 0 })));
    Object.defineProperty(process, 'platform', { value: platform });
    await logIn();
    expect(runner.state(cliPreviousEnvironment)).toBe('staging');
  });
});

describe('post', () => {
  test('does nothing where main did not log the CLI in', async () => {
    uninstall();
    await post(runner, realWorld);
    runner.saveState(cliPreviousEnvironment, '');
    await post(runner, realWorld);
    expect([runner.lines, runner.warnings]).toEqual([[], []]);
  });

  test('logs out and goes back', async () => {
    configure(OWN);
    await logIn();
    await post(runner, realWorld);
    expect(configuration().current).toBe('staging');
    expect(runner.lines.at(-1)).toBe('Logged the Appcircle CLI out; its environment is "staging" again.');
  });
});
