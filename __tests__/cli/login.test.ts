import { mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  type CliConfiguration,
  configurationPath,
  NEW_ENVIRONMENT,
} from '../../sandbox/cli/configuration.ts';
import type { CliFault } from '../../sandbox/cli/faults.ts';
import { type InstalledCli, installCli } from '../../sandbox/cli/install.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Deadline } from '../../src/base/deadline.ts';
import { digestOf } from '../../src/cli/configuration.ts';
import { logOut } from '../../src/cli/logout.ts';
import { checkCli, logIn, logOutEarlier } from '../../src/cli.ts';
import { TOKEN } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { MemoryRunner } from '../support/in-process.ts';
import { Step } from '../support/step.ts';

const SERVER = {
  authEndpoint: 'https://auth.acme.example',
  apiEndpoint: 'https://api.acme.example',
  selfHosted: true,
  caCertificate: undefined as string | undefined,
};

/** A developer's own login, in an environment with a name that would be a workflow command. */
const OWN: CliConfiguration = {
  current: '##[error]',
  envs: { '##[error]': { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: 'theirs' } },
};

const LOGGED_IN = {
  current: 'github-actions',
  envs: { ...OWN.envs, 'github-actions': { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: TOKEN.value } },
  'github-actions': { previous: OWN.current },
};

let step: Step;
let runner: MemoryRunner;
let cli: InstalledCli;
let deadline: Deadline;
let file: string;

beforeEach(() => {
  step = new Step();
  // On every platform, the CLI of the sandbox and the action find it by one of these.
  const variables = { HOME: step.folder, XDG_CONFIG_HOME: step.folder, APPDATA: step.folder };
  file = configurationPath(variables, process.platform);
  runner = new MemoryRunner({}, variables);
  runner.secrets.add([TOKEN.value]);
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

function configuration(): CliConfiguration {
  return JSON.parse(readFileSync(file, 'utf8')) as CliConfiguration;
}

function configure(value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
}

/** Logs the CLI in, as main does. */
function login(server: Partial<typeof SERVER> = {}): Promise<void> {
  return logIn(TOKEN, { ...SERVER, ...server }, { ...testContext(), ...runner, deadline });
}

/** What a login fails with, as it would be shown. */
function failedLogin() {
  return failureFrom(login(), (text) => runner.secrets.show(text));
}

/** Does what post does with main's state. */
function logOutAtTheEnd(): void {
  const isStored = runner.state('cli-login') === 'stored';
  logOut({ file, digest: runner.state('cli-token'), isStored }, runner.log);
}

describe('logging in', () => {
  test("adds an environment with the hosts and the token to the developer's own", async () => {
    configure(OWN);
    await login();
    const own = {
      AUTH_HOSTNAME: 'https://auth.acme.example',
      API_HOSTNAME: 'https://api.acme.example',
      HOOK_HOSTNAME: 'https://api.acme.example',
      AC_ACCESS_TOKEN: TOKEN.value,
    };
    expect(configuration()).toEqual({
      ...LOGGED_IN,
      envs: { ...OWN.envs, 'github-actions': own },
    });
    // Who lists processes sees no token.
    expect(cli.calls()).toEqual([['config', 'add', 'github-actions']]);
    expect([...runner.states]).toEqual([
      ['cli-configuration', file],
      ['cli-token', digestOf(TOKEN.value)],
      ['cli-login', 'stored'],
    ]);
    expect(runner.log.lines).toEqual([
      'Logged in the Appcircle CLI (environment "github-actions") until the job ends.',
    ]);
    expect(step.stdout).toBe('');
  });

  test('leaves HOOK_HOSTNAME to the CLI at Appcircle cloud', async () => {
    await login({ selfHosted: false });
    expect(configuration().envs['github-actions']).not.toHaveProperty('HOOK_HOSTNAME');
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

  test('starts nothing where the runner keeps no state', async () => {
    runner.saveState = () => {
      throw new Error('no disk');
    };
    await expect(login()).rejects.toThrow('no disk');
    expect(cli.calls()).toEqual([]);
  });

  test("says what the CLI's own commands need for a private authority", async () => {
    await login({ caCertificate: 'PEM' });
    expect(runner.log.lines[1]).toBe(
      "ca-certificate does not reach the CLI's own commands. Set NODE_EXTRA_CA_CERTS to the path of that certificate (or NODE_USE_SYSTEM_CA to 1) for the steps that run them.",
    );
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

  test('needs a configuration that the CLI can read, and starts nothing without', async () => {
    configure('');
    const title = 'The configuration of the Appcircle CLI is not usable';
    expect((await failureFrom(checkCli(runner))).title).toBe(title);
    expect((await failedLogin()).title).toBe(title);
    expect([cli.calls(), [...runner.states]]).toEqual([[], []]);
  });

  test('prints nothing of an entry on the PATH that is no folder', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue();
    configure({});
    process.env['PATH'] = [file, cli.folder].join(delimiter);
    await checkCli(runner);
    await login();
    expect(print).not.toHaveBeenCalled();
    expect(console.log).toBe(print);
    print.mockRestore();
  });

  const modes = process.platform === 'win32' ? test.skip : test; // Windows has no such modes.
  modes("closes the configuration's folder to others", async () => {
    await login();
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  test("hands the CLI the runner's environment", async () => {
    const script = join(cli.folder, 'program.cjs');
    writeFileSync(script, "require('node:fs').writeFileSync(process.env.OTHER, process.env.PATH);");
    const run = `"${process.execPath}" "${script}"`;
    writeFileSync(join(cli.folder, 'appcircle'), `#!/bin/sh\nexec ${run}\n`);
    writeFileSync(join(cli.folder, 'appcircle.cmd'), `@${run}\r\n`);
    runner.environment = () => ({ PATH: cli.folder, OTHER: join(step.folder, 'other') });
    await failedLogin();
    expect(readFileSync(join(step.folder, 'other'), 'utf8')).toBe(cli.folder);
  });
});

describe('a login fails', () => {
  test.each<[string, CliFault, string]>([
    [
      'exits with an error',
      { exitCode: 3, stderr: ` what went\nwrong with ${TOKEN.value}. \n` },
      'exited with code 3 and said "what went wrong with ***".',
    ],
    [
      'prints its error on the other stream',
      { exitCode: 1, stdout: 'no disk\n', stderr: ' \n' },
      'exited with code 1 and said "no disk".',
    ],
    ['is killed', { dies: 'SIGKILL' }, 'was killed and printed nothing.'],
    ['prints without end', { floods: true }, 'printed more than 64 KiB.'],
  ])('with a CLI that %s', async (_what, fault, reason) => {
    install(fault);
    expect(await failedLogin()).toEqual({
      title: 'The Appcircle CLI failed',
      reason: `"appcircle config add github-actions" ${reason}`,
      remedy:
        'Add a step that runs "appcircle config list" before this one to see whether the CLI works, and update it with npm install -g @appcircle/cli@latest.',
    });
  });

  test('with a CLI that can not be started', async () => {
    writeFileSync(join(cli.folder, 'appcircle'), '#!/no/such/interpreter\n');
    const { title, reason } = await failedLogin();
    expect(title).toBe('The Appcircle CLI failed');
    expect(reason).toContain('"appcircle config add github-actions" could not be run (');
  });

  test('with a CLI that does not come back in time', async () => {
    install({ hangs: true });
    deadline.start(300);
    expect(await failedLogin()).toEqual({
      title: 'The Appcircle CLI did not finish',
      reason:
        'The time limit of 300 ms ran out while waiting for "appcircle config add github-actions".',
      remedy:
        'Add a step that runs "appcircle config list" before this one to see what the CLI waits for.',
    });
  });

  test('with a CLI that exits 0 without having logged in, and nothing is left once post has run', async () => {
    configure(OWN);
    install({ exitCode: 0 });
    expect(await failedLogin()).toEqual({
      title: 'The Appcircle CLI did not store the token',
      reason: `The CLI's configuration ${file} could not be changed: "github-actions" is not the current environment.`,
      remedy:
        'Check that this runner can write to that file\'s folder, and that "appcircle" is the Appcircle CLI: add a step that runs "appcircle config list" before this one.',
    });
    logOutAtTheEnd();
    expect(configuration()).toEqual(OWN);
    expect(runner.log.shown).toBe('');
  });
});

describe('logging out at the end of the job', () => {
  test('clears the token and goes back to the environment that was current before', async () => {
    configure(OWN);
    await login();
    logOutAtTheEnd();
    expect(configuration().current).toBe(OWN.current);
    expect(configuration().envs['github-actions']?.AC_ACCESS_TOKEN).toBe('');
    expect(runner.log.lines.slice(1)).toEqual([
      'Logged the Appcircle CLI out. Its environment is "## [error]" again.',
    ]);
    logOutAtTheEnd();
    expect([runner.log.lines.length, runner.log.warnings]).toEqual([2, []]);
  });

  test('says nothing where there is nothing left', () => {
    logOut({ file, digest: '', isStored: true }, runner.log);
    expect(runner.log.shown).toBe('');
  });

  test('is a warning where a configuration is broken, unless the token never got into it', () => {
    configure('{');
    logOut({ file, digest: '', isStored: false }, runner.log);
    expect(runner.log.shown).toBe('');
    logOut({ file, digest: '', isStored: true }, runner.log);
    expect(runner.log.warnings).toEqual([
      {
        title: 'The Appcircle CLI is still logged in',
        text: `Logging out failed: the file is not valid JSON. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
      },
    ]);
  });
});

describe("logging out an earlier step's login, once a step has failed", () => {
  test("clears its token, and doesn't go back to the environment that was current before", () => {
    configure(LOGGED_IN);
    logOutEarlier(runner);
    const envs = { ...OWN.envs, 'github-actions': NEW_ENVIRONMENT };
    expect(configuration()).toEqual({ ...LOGGED_IN, envs });
    logOutEarlier(runner);
    expect(runner.log.lines).toEqual(['Logged the Appcircle CLI out.']);
  });

  test('says nothing of a broken file, nor of a user who has no home', () => {
    configure('{');
    logOutEarlier(runner);
    logOutEarlier({ log: runner.log, variable: () => 'relative' });
    expect(runner.log.shown).toBe('');
  });

  test('is a warning where the token is left', () => {
    configure(LOGGED_IN);
    // Its drafts would have names that are too long, but not the file itself.
    const real = join(dirname(file), 'x'.repeat(250));
    renameSync(file, real);
    symlinkSync(real, file);
    logOutEarlier(runner);
    expect(runner.log.warnings).toEqual([
      {
        title: 'The Appcircle CLI is still logged in',
        text: expect.stringContaining('Logging out failed: ENAMETOOLONG'),
      },
    ]);
  });
});
