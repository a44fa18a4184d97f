import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
} from '../../sandbox/cli/configuration.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { type InstalledCli, installCli } from '../../sandbox/cli/install.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Deadline } from '../../src/base/deadline.ts';
import { Failure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { digestOf } from '../../src/cli/configuration.ts';
import { logOut } from '../../src/cli/logout.ts';
import { checkCli, logIn, logOutEarlier } from '../../src/cli.ts';
import { failureFrom } from '../support/failures.ts';
import { MemoryRunner } from '../support/in-process.ts';
import { Step } from '../support/step.ts';

const TOKEN = 'eyJ.access-token.1234567';
const SERVER = {
  authEndpoint: 'https://auth.acme.example',
  apiEndpoint: 'https://api.acme.example',
};

const ADD = ['config', 'add', 'github-actions'];

const STAGING = { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'theirs' };
const OWN: CliConfiguration = {
  current: 'staging',
  envs: { default: { ...NEW_ENVIRONMENT }, staging: STAGING },
};

let step: Step;
let runner: MemoryRunner;
let cli: InstalledCli;
let deadline: Deadline;

beforeEach(() => {
  step = new Step();
  // On every platform, the CLI of the sandbox and the action find it by one of these.
  const variables = { HOME: step.folder, XDG_CONFIG_HOME: step.folder, APPDATA: step.folder };
  runner = new MemoryRunner({}, variables);
  deadline = new Deadline(systemClock);
  install();
});

afterEach(() => {
  deadline.clear();
  step.end();
});

function install(...faults: CliFault[]): void {
  cli = installCli(join(step.folder, 'cli'), { faults, startMs: 0 });
  process.env['PATH'] = cli.folder;
}

/** Puts a program of Node's in the place of the stand-in. */
function replaceCli(code: string): void {
  const script = join(cli.folder, 'program.cjs');
  writeFileSync(script, code);
  const run = `"${process.execPath}" "${script}"`;
  writeFileSync(join(cli.folder, 'appcircle'), `#!/bin/sh\nexec ${run} "$@"\n`);
  writeFileSync(join(cli.folder, 'appcircle.cmd'), `@${run} %*\r\n`);
}

function file(): string {
  return configurationPath(
    { XDG_CONFIG_HOME: step.folder, APPDATA: step.folder },
    process.platform,
  );
}

function configuration(): CliConfiguration {
  return JSON.parse(readFileSync(file(), 'utf8')) as CliConfiguration;
}

function configure(value: unknown): void {
  mkdirSync(dirname(file()), { recursive: true });
  writeFileSync(file(), JSON.stringify(value));
}

/** Logs the CLI in, as main does. */
function login({
  value = TOKEN,
  selfHosted = true,
  caCertificate = undefined as string | undefined,
} = {}) {
  runner.secrets.add([value]);
  const token: AccessToken = {
    value,
    expiresAt: undefined,
    receivedAt: 0,
    serverTime: 0,
    organization: undefined,
    organizationId: undefined,
  };
  const run = { ...runner, clock: systemClock, random: Math.random, deadline };
  return logIn(token, { ...SERVER, selfHosted, caCertificate }, run);
}

/** What post reads of main's state. */
const state = () => ({
  file: runner.state('cli-configuration'),
  digest: runner.state('cli-token'),
  isStored: runner.state('cli-login') === 'stored',
});

const show = (text: Parameters<typeof runner.secrets.show>[0]) => runner.secrets.show(text);

/** What a login fails with, as it would be shown. */
async function failedLogin(options?: Parameters<typeof login>[0]) {
  try {
    await login(options);
  } catch (error) {
    if (error instanceof Failure)
      return { title: error.title, reason: show(error.reason), remedy: show(error.remedy) };
    throw error;
  }
  throw new Error('The login was to fail.');
}

describe('logging in', () => {
  test('gives an environment of its own the hosts and the token, and prints nothing', async () => {
    await login();
    expect(cli.calls()).toEqual([ADD]);
    expect(configuration()).toEqual({
      current: 'github-actions',
      envs: {
        default: NEW_ENVIRONMENT,
        'github-actions': {
          AUTH_HOSTNAME: 'https://auth.acme.example',
          API_HOSTNAME: 'https://api.acme.example',
          HOOK_HOSTNAME: 'https://api.acme.example',
          AC_ACCESS_TOKEN: TOKEN,
        },
      },
    });
    expect([...runner.states]).toEqual([
      ['cli-configuration', file()],
      ['cli-token', digestOf(TOKEN)],
      ['cli-login', 'stored'],
    ]);
    expect(runner.log.lines).toEqual([
      'Logged in the Appcircle CLI (environment "github-actions") until the job ends.',
    ]);
    expect([step.stdout, runner.log.warnings]).toEqual(['', []]);
  });

  test('leaves HOOK_HOSTNAME to the CLI at Appcircle cloud', async () => {
    await login({ selfHosted: false });
    expect(configuration().envs['github-actions']).not.toHaveProperty('HOOK_HOSTNAME');
  });

  test("leaves a developer's own environment as it is, and notes the way back", async () => {
    configure(OWN);
    await login();
    expect(configuration()).toMatchObject({
      envs: { staging: STAGING },
      'github-actions': { previous: 'staging' },
    });
  });

  test('keeps in the state that it began before it runs the CLI, and how it ended', async () => {
    const kept: string[] = [];
    const { saveState } = runner;
    runner.saveState = (values) => {
      kept.push(`${values['cli-login']} after ${cli.calls().length}`);
      saveState(values);
    };
    await login();
    install({ exitCode: 3 });
    await failedLogin();
    expect(kept).toEqual(['begun after 0', 'stored after 1', 'begun after 1', 'failed after 2']);
  });

  test("says what the CLI's own commands need for a private authority", async () => {
    await login({ caCertificate: 'PEM' });
    expect(runner.log.lines[1]).toBe(
      "ca-certificate does not reach the CLI's own commands. Set NODE_EXTRA_CA_CERTS to the path of that certificate (or NODE_USE_SYSTEM_CA to 1) for the steps that run them.",
    );
  });

  test('never shows the token to those who list processes', async () => {
    await login();
    expect(cli.calls().flat().join(' ')).not.toContain(TOKEN);
  });

  test('needs a CLI', async () => {
    await checkCli(runner);
    process.env['PATH'] = join(step.folder, 'nothing');
    expect(await failureFrom(checkCli(runner))).toEqual({
      title: 'The Appcircle CLI is not installed',
      reason: 'configure-cli is true, but there is no "appcircle" on the PATH.',
      remedy: 'Run npm install -g @appcircle/cli in an earlier step.',
    });
  });

  test('prints nothing of an entry on the PATH that is no folder', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue();
    const file = join(step.folder, 'file');
    writeFileSync(file, '');
    process.env['PATH'] = [file, cli.folder].join(delimiter);
    await checkCli(runner);
    await login();
    expect(print).not.toHaveBeenCalled();
    expect(console.log).toBe(print);
    print.mockRestore();
  });

  test.each(['', '{"current":'])(
    'needs a configuration that the CLI can read (%j), and starts nothing without',
    async (text) => {
      configure({});
      writeFileSync(file(), text);
      const title = 'The configuration of the Appcircle CLI is not usable';
      expect((await failureFrom(checkCli(runner))).title).toBe(title);
      expect((await failedLogin()).title).toBe(title);
      expect([cli.calls(), [...runner.states]]).toEqual([[], []]);
    },
  );

  test('changes nothing where the runner keeps no state', async () => {
    runner.saveState = () => {
      throw new Failure('The runner did not take the token', message`No disk.`, message`Clean up.`);
    };
    expect((await failedLogin()).title).toBe('The runner did not take the token');
    expect(cli.calls()).toEqual([]);
  });

  const modes = process.platform === 'win32' ? test.skip : test; // Windows has no such modes.
  modes('leaves the configuration closed', async () => {
    await login();
    expect([statSync(file()).mode & 0o777, statSync(dirname(file())).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
  });

  test("hands the CLI the runner's environment", async () => {
    replaceCli(
      "require('node:fs').writeFileSync(__dirname + '/env.json', JSON.stringify(process.env));",
    );
    runner.environment = () => ({ PATH: cli.folder, OTHER: 'x' });
    await failedLogin();
    const seen = JSON.parse(readFileSync(join(cli.folder, 'env.json'), 'utf8'));
    expect(seen).toMatchObject({ OTHER: 'x' });
    expect(seen).not.toHaveProperty('GITHUB_ENV');
  });
});

describe('a command that fails', () => {
  const REMEDY =
    'Add a step that runs "appcircle config list" before this one to see whether the CLI works, and update it with npm install -g @appcircle/cli@latest.';

  test('fails the step, and leaves nothing behind once post has run', async () => {
    configure(OWN);
    install({ exitCode: 3, stderr: ` what went\nwrong with ${TOKEN}. \n` });
    expect(await failedLogin()).toEqual({
      title: 'The Appcircle CLI failed',
      reason:
        '"appcircle config add github-actions" exited with code 3 and said "what went wrong with ***".',
      remedy: REMEDY,
    });
    logOut(state(), runner.log);
    expect(configuration()).toEqual(OWN);
    expect(runner.log.shown).toBe('');
  });

  test('is told by what it prints on either stream', async () => {
    install({ exitCode: 1, stdout: 'no disk\n', stderr: ' \n' });
    expect((await failedLogin()).reason).toBe(
      '"appcircle config add github-actions" exited with code 1 and said "no disk".',
    );
  });

  test('because it is killed says so', async () => {
    install({ dies: 'SIGKILL' });
    expect((await failedLogin()).reason).toBe(
      '"appcircle config add github-actions" was killed and printed nothing.',
    );
  });

  test('because it can not be started says so', async () => {
    writeFileSync(join(cli.folder, 'appcircle'), '#!/no/such/interpreter\n');
    const { title, reason } = await failedLogin();
    expect(title).toBe('The Appcircle CLI failed');
    expect(reason).toContain('"appcircle config add github-actions" could not be run (');
  });

  test('because it prints without end is stopped', async () => {
    install({ flood: 'endless' });
    expect((await failedLogin()).reason).toBe(
      '"appcircle config add github-actions" printed more than 64 KiB.',
    );
  });

  test('to come back in time is told by what it is', async () => {
    install({ hangs: true });
    deadline.start(300);
    const started = Date.now();
    expect(await failedLogin()).toEqual({
      title: 'The Appcircle CLI did not finish',
      reason:
        'The time limit of 300 ms ran out while waiting for "appcircle config add github-actions".',
      remedy:
        'Add a step that runs "appcircle config list" before this one to see what the CLI waits for.',
    });
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe('a configuration that can not be changed', () => {
  const notStored = (why: string) => ({
    title: 'The Appcircle CLI did not store the token',
    reason: `The CLI's configuration ${file()} could not be changed: ${why}`,
    remedy:
      'Check that this runner can write to that file\'s folder, and that "appcircle" is the Appcircle CLI: add a step that runs "appcircle config list" before this one.',
  });

  test('since the CLI pretends to have changed environments', async () => {
    configure(OWN);
    install({ exitCode: 0 });
    expect(await failedLogin()).toEqual(
      notStored('"github-actions" is not the current environment.'),
    );
    logOut(state(), runner.log);
    expect(configuration()).toEqual(OWN);
  });
});

describe('logging out at the end of the job', () => {
  test("clears the token and goes back to the developer's own environment", async () => {
    configure(OWN);
    await login();
    runner.log.lines.length = 0;
    logOut(state(), runner.log);
    expect(configuration()).toEqual({
      current: 'staging',
      envs: {
        ...OWN.envs,
        'github-actions': {
          AUTH_HOSTNAME: SERVER.authEndpoint,
          API_HOSTNAME: SERVER.apiEndpoint,
          HOOK_HOSTNAME: SERVER.apiEndpoint,
          AC_ACCESS_TOKEN: '',
        },
      },
    });
    expect(runner.log.lines).toEqual([
      'Logged the Appcircle CLI out. Its environment is "staging" again.',
    ]);
    logOut(state(), runner.log);
    expect([runner.log.lines.length, runner.log.warnings]).toEqual([1, []]);
  });

  test('makes the name of the environment safe', async () => {
    const name = '##[error]';
    configure({ current: name, envs: { [name]: NEW_ENVIRONMENT } });
    await login();
    logOut(state(), runner.log);
    expect(runner.log.lines[1]).toBe(
      'Logged the Appcircle CLI out. Its environment is "## [error]" again.',
    );
  });

  test('says nothing where there is nothing left', () => {
    rmSync(dirname(file()), { recursive: true, force: true });
    logOut({ file: file(), digest: '', isStored: true }, runner.log);
    expect(runner.log.shown).toBe('');
  });

  const warning = (why: string) => ({
    title: 'The Appcircle CLI is still logged in',
    text: `Logging out failed: ${why}. On a self-hosted runner, remove the token from ${file()} by hand. The token expires by itself.`,
  });

  test.each([
    ['is broken', '{"AC_ACCESS_TOKEN": "eyJ', 'the file is not valid JSON'],
    [
      'has grown too large',
      `{"more":"${'x'.repeat(1024 * 1024)}"}`,
      'the file is larger than 1 MiB',
    ],
  ])('is a warning where a configuration with a stored token %s', async (_what, text, why) => {
    await login();
    writeFileSync(file(), text);
    logOut(state(), runner.log);
    expect(runner.log.warnings).toEqual([warning(why)]);
  });

  test('is no warning where the token never got into a configuration that is broken', async () => {
    replaceCli(`
      require('node:fs').writeFileSync(${JSON.stringify(file())}, '{"AC_ACCESS_TOKEN": "eyJ');
      process.exit(1);
    `);
    configure(OWN);
    expect((await failedLogin()).title).toBe('The Appcircle CLI failed');
    logOutEarlier(runner);
    logOut(state(), runner.log);
    expect(runner.log.shown).toBe('');
  });
});

describe("logging out an earlier step's login, once a step has failed", () => {
  const LOGGED_IN = {
    current: 'github-actions',
    envs: { ...OWN.envs, 'github-actions': { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: TOKEN } },
    'github-actions': { previous: 'staging' },
  };

  test("clears its token, and doesn't go back to the developer's own login", () => {
    configure(LOGGED_IN);
    logOutEarlier(runner);
    const envs = { ...OWN.envs, 'github-actions': NEW_ENVIRONMENT };
    expect(configuration()).toEqual({ ...LOGGED_IN, envs });
    expect(runner.log.lines).toEqual(['Logged the Appcircle CLI out.']);
    logOutEarlier(runner);
    expect(runner.log.lines).toHaveLength(1);
  });

  test.each(['{"AC_ACCESS_TOKEN": "eyJ', ''])('says nothing of a broken file (%j)', (text) => {
    configure({});
    writeFileSync(file(), text);
    logOutEarlier(runner);
    expect(runner.log.shown).toBe('');
  });

  test('says nothing where the user has no home', () => {
    logOutEarlier({ log: runner.log, variable: () => 'relative' });
    expect(runner.log.shown).toBe('');
  });

  test('is a warning where the token is left', () => {
    configure(LOGGED_IN);
    // Its drafts would have names that are too long, but not the file itself.
    const folder = dirname(file());
    const real = join(folder, 'x'.repeat(250));
    renameSync(file(), real);
    symlinkSync(real, file());
    logOutEarlier(runner);
    expect(runner.log.warnings).toEqual([
      {
        title: 'The Appcircle CLI is still logged in',
        text: expect.stringContaining('Logging out failed: ENAMETOOLONG'),
      },
    ]);
  });
});
