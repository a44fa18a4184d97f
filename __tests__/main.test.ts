import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  API_KEY,
  IOS_TEAM,
  NARROW_API_KEY,
  PERSONAL_ACCESS_KEY,
  ROOT,
  VAULT,
} from '../sandbox/appcircle/accounts.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../sandbox/appcircle/server.ts';
import { configurationPath, readConfiguration } from '../sandbox/cli/configuration.ts';
import { installCli } from '../sandbox/cli/install.ts';
import { createAuthority } from '../sandbox/network/certificates.ts';
import { failure as failureStatus } from '../sandbox/network/faults.ts';
import { systemClock } from '../src/base/clock.ts';
import { Failure } from '../src/base/failure.ts';
import { message } from '../src/base/message.ts';
import type { Ended, MemoryRunner as Runner } from './support/in-process.ts';

// os.homedir reads the environment of the process itself, of which jest gives a test only a copy. What loads cli.ts comes after this.
jest.unstable_mockModule('node:os', () => ({ ...os, homedir: () => process.env['HOME'] ?? '' }));
const { MemoryRunner, runInProcess } = await import('./support/in-process.ts');

const NOW = Date.parse('2026-11-20T15:04:05Z');
const WITH_API_KEY = { 'api-key-name': API_KEY.name, 'api-key-secret': API_KEY.secret };
const WITH_PERSONAL = { 'personal-access-key': PERSONAL_ACCESS_KEY.key };

let appcircle: Appcircle;

beforeEach(async () => {
  appcircle = await startAppcircle({ clock: () => NOW });
});

afterEach(() => appcircle.close());

/** An Appcircle of another kind in the place of the usual one. */
async function instead(options: AppcircleOptions): Promise<void> {
  await appcircle.close();
  appcircle = await startAppcircle({ clock: () => NOW, ...options });
}

/** Runs the story against the Appcircle, at its own time. */
function run(inputs: Record<string, string>, runner?: Runner): Promise<Ended> {
  const clock = { ...systemClock, now: () => NOW };
  return runInProcess(inputsWith(inputs), { clock, random: () => 0, ...(runner && { runner }) });
}

function inputsWith(inputs: Record<string, string>): Record<string, string> {
  return {
    'auth-endpoint': appcircle.authEndpoint,
    'api-endpoint': appcircle.apiEndpoint,
    ...inputs,
  };
}

/** A runner that takes no token. */
function refusing(inputs: Record<string, string>): Runner {
  const runner = new MemoryRunner(inputs);
  runner.publish = () => {
    throw new Failure('The runner did not take the token', message`No disk.`, message`Clean up.`);
  };
  return runner;
}

/** Where the Appcircle is, as the log has it. */
function host(): string {
  return new URL(appcircle.authEndpoint).host;
}

function issued(index: number): string {
  return appcircle.issued[index]?.access_token ?? 'none was issued';
}

/** The requests, each as its path and the form's fields that are no constant. */
function requests() {
  return appcircle.requests.map(({ method, path, form }) => [
    method,
    path,
    form['organizationId'] ?? form['subOrganization'] ?? '',
  ]);
}

/** That a run left nothing for the steps after it. */
function expectNothing({ runner }: Ended): void {
  expect([runner.outputs, runner.exported, runner.summary]).toEqual([undefined, undefined, '']);
}

describe('a token', () => {
  test('for an API key, in one request on one connection', async () => {
    const { runner, failure } = await run(WITH_API_KEY);
    expect(failure).toBeUndefined();
    expect(runner.exported).toBe(issued(0));
    expect(runner.outputs).toEqual({
      'access-token': issued(0),
      'token-expires-at': '2026-11-20T19:04:05Z',
      'organization-id': ROOT.id,
      'credential-type': 'api-key',
      'key-expires-on': '',
      'key-days-left': '',
      'key-expiry-status': 'unknown',
    });
    expect(runner.log.lines).toEqual([
      `Exchanging the API key "github-actions" at ${host()}.`,
      `The access token is for the organization ${ROOT.id}. It is valid until 2026-11-20T19:04:05Z (4 h).`,
      "The API key's expiry date is unknown. Set key-expires-on to be warned before it expires.",
      'Exported the token as AC_ACCESS_TOKEN, and as the output access-token.',
    ]);
    expect([runner.log.warnings, runner.summary]).toEqual([[], '']);
    expect(requests()).toEqual([['POST', '/auth/v1/api-key/token', '']]);
    expect(appcircle.connections).toEqual({ auth: 1, api: 0 });
    expect([...runner.states]).toEqual([]);
  });

  test('for a Personal Access Key in a sub-organization by its GUID', async () => {
    const { runner } = await run({ ...WITH_PERSONAL, 'sub-organization': IOS_TEAM.id });
    expect(runner.exported).toBe(issued(0));
    expect(runner.outputs).toMatchObject({
      'organization-id': IOS_TEAM.id,
      'credential-type': 'personal-access-key',
    });
    expect(runner.log.lines[0]).toBe(
      `Exchanging the Personal Access Key at ${host()} for the sub-organization ${IOS_TEAM.id}.`,
    );
    expect(requests()).toEqual([['POST', '/auth/v3/token', IOS_TEAM.id]]);
  });

  test('for a sub-organization by its name: the second one, each host connected to once', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'sub-organization': 'iOS Team' });
    expect(runner.exported).toBe(issued(1));
    expect(runner.log.lines.slice(0, 2)).toEqual([
      'Looking up the sub-organization "iOS Team".',
      `Exchanging the API key "github-actions" at ${host()} for the sub-organization "iOS Team" (${IOS_TEAM.id}).`,
    ]);
    expect(requests()).toEqual([
      ['POST', '/auth/v1/api-key/token', ''],
      ['GET', '/identity/v1/organizations', ''],
      ['GET', '/identity/v1/organizations', ''],
      ['POST', '/auth/v1/api-key/token', IOS_TEAM.id],
    ]);
    expect(appcircle.connections).toEqual({ auth: 1, api: 1 });
  });

  test('over TLS, from a server of a private authority', async () => {
    const authority = await createAuthority('Acme internal CA');
    await instead({ tls: await authority.issue() });
    const { runner, failure } = await run({
      ...WITH_API_KEY,
      'ca-certificate': authority.certificatePem,
    });
    expect(failure).toBeUndefined();
    expect(runner.exported).toBe(issued(0));
  });

  test('as an output alone', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'export-env': 'false' });
    expect([runner.exported, runner.outputs?.['access-token']]).toEqual([undefined, issued(0)]);
  });
});

describe('masks', () => {
  test('come first for the secrets of the inputs, as they came and trimmed, bad inputs or not', async () => {
    const { runner, failure } = await run({
      'api-key-secret': ' sk_1234567\n',
      'personal-access-key': ' ',
    });
    expect(failure?.title).toBe('No Appcircle credential');
    expect(runner.announced).toEqual([
      { secret: ' sk_1234567\n', afterLines: 0 },
      { secret: 'sk_1234567', afterLines: 0 },
    ]);
  });

  test('come for every token of an answer before a word is said of it', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'sub-organization': 'iOS Team' });
    const tokens = appcircle.issued.map((answer) => [
      answer.access_token,
      answer.refresh_token,
      answer.id_token,
    ]);
    expect(runner.announced).toEqual([
      { secret: API_KEY.secret, afterLines: 0 },
      ...(tokens[0] ?? []).map((secret) => ({ secret, afterLines: 1 })),
      ...(tokens[1] ?? []).map((secret) => ({ secret, afterLines: 2 })),
    ]);
    for (const { secret } of runner.announced) expect(runner.shown).not.toContain(secret);
  });
});

describe('the end of the key', () => {
  test('close by goes without a summary on a runner that has no file for it, and says so', async () => {
    const runner = new MemoryRunner(
      inputsWith({ ...WITH_API_KEY, 'key-expires-on': '2026-11-30' }),
    );
    runner.writeSummary = () => false;
    expect((await run({}, runner)).failure).toBeUndefined();
    expect(runner.log.lines.at(-1)).toBe(
      'The job summary could not be written. The step goes on without it.',
    );
  });

  test('close by is a warning and a summary', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'key-expires-on': '2026-11-30' });
    expect(runner.log.warnings.map(({ title }) => title)).toEqual([
      'Appcircle API key expires in 9 days',
    ]);
    expect(runner.summary).toContain('<td><code>2026-11-30</code> (in 9 days)</td>');
    expect(runner.exported).toBe(issued(0));
  });

  test('within the days to warn in counts by them', async () => {
    const inputs = { ...WITH_API_KEY, 'key-expires-on': '2026-11-30' };
    expect((await run({ ...inputs, 'expiry-warning-days': '9' })).runner.log.warnings).toEqual([]);
    expect(
      (await run({ ...inputs, 'expiry-warning-days': '10' })).runner.log.warnings,
    ).toHaveLength(1);
  });

  test('within the days to fail in fails, the token unexported', async () => {
    const ended = await run({
      ...WITH_API_KEY,
      'key-expires-on': '2026-11-30',
      'expiry-failure-days': '10',
    });
    expect(ended.failure?.title).toBe('The key expires too soon');
    expectNothing(ended);
    expect(ended.runner.log.warnings).toEqual([]);
  });

  test('is known from key-expires-on alone: a field of that name may speak of another key', async () => {
    await instead({ extraFields: { keyExpiresAt: '2026-11-30T00:00:00Z' } });
    const { runner } = await run(WITH_API_KEY);
    expect(runner.outputs).toMatchObject({ 'key-expires-on': '', 'key-expiry-status': 'unknown' });
  });
});

describe('the job summary', () => {
  test.each([
    ['auto', '2027-03-01', false],
    ['auto', '2026-11-30', true],
    ['auto', '', false],
    ['always', '2027-03-01', true],
    ['always', '', true],
    ['never', '2026-11-30', false],
  ])(
    'with %s and a key that expires on "%s" is written: %s',
    async (summary, keyExpiresOn, written) => {
      const { runner } = await run({ ...WITH_API_KEY, summary, 'key-expires-on': keyExpiresOn });
      expect(runner.summary !== '').toBe(written);
      expect(runner.exported).toBe(issued(0));
    },
  );
});

describe('a clock of this runner that is four days ahead', () => {
  /** Runs at a time that is not the server's. */
  function runAhead(inputs: Record<string, string>): Promise<Ended> {
    const clock = { ...systemClock, now: () => NOW + 4 * 86_400_000 };
    return runInProcess(inputsWith(inputs), { clock, random: () => 0 });
  }

  test("does not fail a key that lasts by the server's, and is told of", async () => {
    const { runner, failure } = await runAhead({
      ...WITH_API_KEY,
      'key-expires-on': '2026-11-27',
      'expiry-failure-days': '5',
    });
    expect(failure).toBeUndefined();
    expect(runner.outputs).toMatchObject({
      'token-expires-at': '2026-11-24T19:04:05Z',
      'key-days-left': '6',
    });
    expect(runner.log.warnings.map(({ title }) => title)).toEqual([
      'Appcircle API key expires in 6 days',
    ]);
    expect(runner.log.lines[2]).toBe(
      "The clocks of the server and of this runner differ by 4 days. Expiry is judged by the server's clock.",
    );
  });

  test('is told of before the key fails', async () => {
    const { runner, failure } = await runAhead({
      ...WITH_API_KEY,
      'key-expires-on': '2026-11-24',
      'expiry-failure-days': '5',
    });
    expect(failure?.title).toBe('The key expires too soon');
    expect(runner.log.lines.at(-1)).toMatch(/^The clocks of the server and of this runner differ/);
  });
});

describe('an opaque token for a sub-organization', () => {
  test('is exported with a warning and a summary, and names no organization', async () => {
    await instead({ opaqueToken: true });
    const { runner } = await run({ ...WITH_API_KEY, 'sub-organization': IOS_TEAM.id });
    expect(runner.exported).toBe(issued(0));
    expect(runner.outputs?.['organization-id']).toBe('');
    expect(runner.log.warnings.map(({ title }) => title)).toEqual([
      'The token does not name its organization',
    ]);
    expect(runner.summary).toContain('<br>not checked</td>');
  });

  test('fails where an older path answered', async () => {
    await instead({ opaqueToken: true, missing: { '/auth/v3/token': 404 } });
    const ended = await run({ ...WITH_PERSONAL, 'sub-organization': IOS_TEAM.id });
    expect(ended.failure?.title).toBe('The organization could not be checked');
    expectNothing(ended);
  });
});

describe('no token', () => {
  test('where inputs are wrong, and no request', async () => {
    const ended = await run({ ...WITH_API_KEY, summary: 'sometimes' });
    expect(ended.failure?.title).toBe('Invalid inputs');
    expectNothing(ended);
    expect([appcircle.requests, ended.runner.log.lines]).toEqual([[], []]);
  });

  test('where it is for another organization', async () => {
    const ended = await run({ ...WITH_API_KEY, 'sub-organization': VAULT.id });
    expect(ended.failure?.title).toBe('The token is for another organization');
    expectNothing(ended);
    // Nothing is said of a token that goes nowhere.
    expect(ended.runner.log.lines).toHaveLength(1);
  });

  test('where the name can not be looked up: the token for it goes nowhere', async () => {
    const narrow = { 'api-key-name': NARROW_API_KEY.name, 'api-key-secret': NARROW_API_KEY.secret };
    const ended = await run({ ...narrow, 'sub-organization': 'iOS Team' });
    expect(ended.failure?.title).toBe('Not allowed to list organizations');
    expectNothing(ended);
    expect(appcircle.issued).toHaveLength(1);
  });

  test('where the key is refused', async () => {
    const ended = await run({ ...WITH_API_KEY, 'api-key-secret': 'wrong' });
    expect(ended.failure?.title).toBe('Appcircle did not accept the key');
    expectNothing(ended);
    expect(appcircle.requests).toHaveLength(1);
  });

  test('where the runner does not take it, and no summary', async () => {
    const inputs = inputsWith({ ...WITH_API_KEY, summary: 'always' });
    const ended = await run({}, refusing(inputs));
    expect(ended.failure?.title).toBe('The runner did not take the token');
    expect(ended.runner.log.shown).not.toContain('Exported');
    expectNothing(ended);
  });

  test('where the time is up', async () => {
    appcircle.fail(failureStatus(503, 5), { times: 'always' });
    const ended = await run({ ...WITH_API_KEY, 'timeout-seconds': '3' });
    expect(ended.failure?.title).toBe('Appcircle has a server error');
    expect(ended.failure?.reason).toContain('The server asks to wait 5 s');
    expectNothing(ended);
    expect(appcircle.requests).toHaveLength(1);
  });
});

describe('risks', () => {
  test('are told before anything is sent', async () => {
    const runner = new MemoryRunner(inputsWith(WITH_API_KEY), {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    });
    await run({}, runner);
    expect(runner.log.warnings.map(({ title }) => title)).toEqual(['Certificates are not checked']);
  });
});

describe('the Appcircle CLI', () => {
  const before = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(os.tmpdir(), 'appcircle-main-'));
    Object.assign(process.env, {
      XDG_CONFIG_HOME: '',
      HOME: folder,
      USERPROFILE: folder,
      APPDATA: folder,
    });
  });

  afterEach(() => {
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true, force: true });
  });

  test('is logged in before the token is published', async () => {
    const cli = installCli(join(folder, 'cli'), { startMs: 0 });
    process.env['PATH'] = cli.folder;
    let tokenByThen: string | undefined;
    const runner = new MemoryRunner(inputsWith({ ...WITH_API_KEY, 'configure-cli': 'true' }));
    const { publish } = runner;
    runner.publish = (outputs, variables) => {
      tokenByThen = readConfiguration(runner.state('cli-configuration')).envs['github-actions']
        ?.AC_ACCESS_TOKEN;
      publish(outputs, variables);
    };
    await run({}, runner);
    expect(runner.exported).toBe(issued(0));
    expect(tokenByThen).toBe(issued(0));
    expect(runner.states.get('cli-login')).toBe('stored');
    expect(runner.log.warnings).toEqual([]);
  });

  test.each(['', '{'])(
    'with a broken configuration (%j) fails before any request',
    async (text) => {
      const cli = installCli(join(folder, 'cli'), { startMs: 0 });
      process.env['PATH'] = cli.folder;
      process.env['XDG_CONFIG_HOME'] = folder;
      const file = configurationPath(process.env, process.platform);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      const inputs = inputsWith({ ...WITH_API_KEY, 'configure-cli': 'true' });
      const ended = await run(
        {},
        new MemoryRunner(inputs, { XDG_CONFIG_HOME: folder, APPDATA: folder }),
      );
      expect(ended.failure?.title).toBe('The configuration of the Appcircle CLI is not usable');
      expect([appcircle.requests, cli.calls(), [...ended.runner.states]]).toEqual([[], [], []]);
    },
  );

  test('that is missing fails the step before any request', async () => {
    process.env['PATH'] = folder;
    const ended = await run({ ...WITH_API_KEY, 'configure-cli': 'true' });
    expect(ended.failure?.title).toBe('The Appcircle CLI is not installed');
    expect([appcircle.requests, [...ended.runner.states]]).toEqual([[], []]);
    expectNothing(ended);
  });

  test('is left alone by default', async () => {
    const cli = installCli(join(folder, 'cli'));
    process.env['PATH'] = cli.folder;
    const { runner } = await run(WITH_API_KEY);
    expect([cli.calls(), runner.states.size]).toEqual([[], 0]);
  });
});
