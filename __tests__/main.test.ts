import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { API_KEY, IOS_TEAM, ROOT } from '../sandbox/appcircle/accounts.ts';
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
import { DAY_MS } from '../src/base/time.ts';
import { logOutCli } from '../src/main.ts';
import { testContext } from './support/context.ts';
import { type Ended, MemoryRunner, runInProcess } from './support/in-process.ts';

const NOW = Date.parse('2026-11-20T15:04:05Z');
const WITH_API_KEY = { 'api-key-name': API_KEY.name, 'api-key-secret': API_KEY.secret };

let appcircle: Appcircle;

beforeEach(() => start());

afterEach(() => appcircle.close());

async function start(options: AppcircleOptions = {}): Promise<void> {
  appcircle = await startAppcircle({ clock: () => NOW, ...options });
}

/** Puts an Appcircle of another kind in the place of the usual one. */
async function instead(options: AppcircleOptions): Promise<void> {
  await appcircle.close();
  await start(options);
}

/** Runs the story against the Appcircle, at its own time. */
function run(
  inputs: Record<string, string>,
  runner = new MemoryRunner(inputsWith(inputs)),
): Promise<Ended> {
  const clock = { ...systemClock, now: () => NOW };
  return runInProcess({}, { clock, random: () => 0, runner });
}

function inputsWith(inputs: Record<string, string>): Record<string, string> {
  return {
    'auth-endpoint': appcircle.authEndpoint,
    'api-endpoint': appcircle.apiEndpoint,
    ...inputs,
  };
}

/** Where the Appcircle is, as the log has it. */
function host(): string {
  return new URL(appcircle.authEndpoint).host;
}

function issued(index: number): string {
  return appcircle.issued[index]?.access_token ?? 'none was issued';
}

function requests(): string[] {
  return appcircle.requests.map(({ method, path }) => `${method} ${path}`);
}

function titles({ log }: MemoryRunner): string[] {
  return log.warnings.map(({ title }) => title);
}

/** That a run left nothing for the steps after it. */
function expectNothing({ runner }: Ended): void {
  expect([runner.outputs, runner.exported, runner.summary]).toEqual([undefined, undefined, '']);
}

describe('a token', () => {
  test('for an API key, in one request on one connection', async () => {
    const { runner, failure } = await run(WITH_API_KEY);
    expect(failure).toBeUndefined();
    expect([runner.exported, runner.outputs?.['access-token']]).toEqual([issued(0), issued(0)]);
    expect(runner.log.lines).toEqual([
      `Exchanging the API key "github-actions" at ${host()}.`,
      `The access token is for the organization ${ROOT.id}. It is valid until 2026-11-20T19:04:05Z (4 h).`,
      "The API key's expiry date is unknown. Set key-expires-on to be warned before it expires.",
      'Exported the token as AC_ACCESS_TOKEN, and as the output access-token.',
    ]);
    expect(requests()).toEqual(['POST /auth/v1/api-key/token']);
    expect(appcircle.connections).toEqual({ auth: 1, api: 0 });
  });

  test('for a sub-organization by its GUID, without a look-up', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'sub-organization': IOS_TEAM.id });
    expect(runner.outputs).toMatchObject({ 'organization-id': IOS_TEAM.id });
    expect(requests()).toEqual(['POST /auth/v1/api-key/token']);
  });

  test('for a sub-organization by its name: the second one, each host connected to once', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'sub-organization': 'iOS Team' });
    expect(runner.exported).toBe(issued(1));
    expect(runner.log.lines.slice(0, 2)).toEqual([
      'Looking up the sub-organization "iOS Team".',
      `Exchanging the API key "github-actions" at ${host()} for the sub-organization "iOS Team" (${IOS_TEAM.id}).`,
    ]);
    expect(requests()).toEqual([
      'POST /auth/v1/api-key/token',
      'GET /identity/v1/organizations',
      'GET /identity/v1/organizations',
      'POST /auth/v1/api-key/token',
    ]);
    expect(appcircle.connections).toEqual({ auth: 1, api: 1 });
  });

  test('over TLS, from a server of a private authority', async () => {
    const authority = await createAuthority('Acme internal CA');
    await instead({ tls: await authority.issue() });
    const { runner } = await run({ ...WITH_API_KEY, 'ca-certificate': authority.certificatePem });
    expect(runner.exported).toBe(issued(0));
  });

  test('as an output alone', async () => {
    const { runner } = await run({ ...WITH_API_KEY, 'export-env': 'false' });
    expect([runner.exported, runner.outputs?.['access-token']]).toEqual([undefined, issued(0)]);
  });

  test('that does not name its organization, with a warning and a summary', async () => {
    await instead({ opaqueToken: true });
    const { runner } = await run({ ...WITH_API_KEY, 'sub-organization': IOS_TEAM.id });
    expect(runner.exported).toBe(issued(0));
    expect(titles(runner)).toEqual(['The token does not name its organization']);
    expect(runner.summary).toContain('<br>not checked</td>');
  });
});

describe('before anything else,', () => {
  test('the secrets of the inputs are masked, as they came and trimmed, bad inputs or not', async () => {
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

  test('risks are told', async () => {
    const variables = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { runner } = await run({}, new MemoryRunner(inputsWith(WITH_API_KEY), variables));
    expect(titles(runner)).toEqual(['Certificates are not checked']);
  });
});

describe('a key that expires in nine days', () => {
  const EXPIRING = { ...WITH_API_KEY, 'key-expires-on': '2026-11-30' };

  test('is warned of from expiry-warning-days on', async () => {
    const early = await run({ ...EXPIRING, 'expiry-warning-days': '9' });
    expect(early.runner.log.warnings).toEqual([]);
    const { runner } = await run({ ...EXPIRING, 'expiry-warning-days': '10' });
    expect(titles(runner)).toEqual(['Appcircle API key expires in 9 days']);
    expect(runner.exported).toBe(issued(1));
  });

  test('fails within expiry-failure-days, with nothing exported', async () => {
    const ended = await run({ ...EXPIRING, 'expiry-failure-days': '10' });
    expect(ended.failure?.title).toBe('The key expires too soon');
    expectNothing(ended);
    expect(ended.runner.log.warnings).toEqual([]);
  });

  test("is judged by the server's clock where the runner's is four days ahead", async () => {
    const inputs = inputsWith({ ...EXPIRING, 'expiry-failure-days': '6' });
    const clock = { ...systemClock, now: () => NOW + 4 * DAY_MS };
    const { runner, failure } = await runInProcess(inputs, { clock });
    expect(failure).toBeUndefined();
    expect(runner.outputs).toMatchObject({ 'key-days-left': '9' });
  });

  test('is told of without a summary on a runner that has no file for it', async () => {
    const runner = new MemoryRunner(inputsWith(EXPIRING));
    runner.writeSummary = () => false;
    expect((await run({}, runner)).failure).toBeUndefined();
    expect(runner.log.lines.at(-1)).toBe(
      'The job summary could not be written. The step goes on without it.',
    );
  });
});

test.each([
  ['auto', '2027-03-01', false],
  ['auto', '2026-11-30', true],
  ['auto', '', false],
  ['always', '2027-03-01', true],
  ['always', '', true],
  ['never', '2026-11-30', false],
])(
  'with summary: %s and a key that expires on "%s" a summary is written: %s',
  async (summary, keyExpiresOn, written) => {
    const { runner } = await run({ ...WITH_API_KEY, summary, 'key-expires-on': keyExpiresOn });
    expect(runner.summary !== '').toBe(written);
  },
);

describe('no token', () => {
  test('where the runner does not take it, and no summary', async () => {
    const runner = new MemoryRunner(inputsWith({ ...WITH_API_KEY, summary: 'always' }));
    runner.publish = () => {
      throw new Failure('The runner did not take the token', message`No disk.`, message`Clean up.`);
    };
    const ended = await run({}, runner);
    expect(ended.failure?.title).toBe('The runner did not take the token');
    expect(runner.log.shown).not.toContain('Exported');
    expectNothing(ended);
  });

  test('where the time is up', async () => {
    appcircle.fail(failureStatus(503, 5), { times: 'always' });
    const ended = await run({ ...WITH_API_KEY, 'timeout-seconds': '3' });
    expect(ended.failure?.reason).toContain('The server asks to wait 5 s');
    expectNothing(ended);
  });
});

describe('the Appcircle CLI', () => {
  const before = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'appcircle-main-'));
    process.env['PATH'] = folder;
  });

  afterEach(() => {
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A runner of a user whose home is the folder, on every platform. */
  function runnerAtHome(inputs: Record<string, string>): MemoryRunner {
    return new MemoryRunner(inputs, { HOME: folder, XDG_CONFIG_HOME: folder, APPDATA: folder });
  }

  test('is logged in before the token is published', async () => {
    process.env['PATH'] = installCli(join(folder, 'cli'), { startMs: 0 }).folder;
    const runner = runnerAtHome(inputsWith({ ...WITH_API_KEY, 'configure-cli': 'true' }));
    const { publish } = runner;
    let tokenByThen: string | undefined;
    runner.publish = (outputs, variables) => {
      tokenByThen = tokenOfCli(runner.state('cli-configuration'));
      publish(outputs, variables);
    };
    await run({}, runner);
    expect([runner.exported, tokenByThen]).toEqual([issued(0), issued(0)]);
  });

  test('that is missing fails the step before any request', async () => {
    const ended = await run({ ...WITH_API_KEY, 'configure-cli': 'true' });
    expect(ended.failure?.title).toBe('The Appcircle CLI is not installed');
    expect([appcircle.requests, [...ended.runner.states]]).toEqual([[], []]);
  });

  test.each([
    ['', false],
    ['false', false],
    [' FALSE ', false],
    ['\u200bfalse', false],
    ['true', true],
    ['ture', true],
    ['fALSE', true],
  ])('with configure-cli: %j is logged out after a failure: %s', async (configureCli, isOut) => {
    const file = configurationPath({ XDG_CONFIG_HOME: folder, APPDATA: folder }, process.platform);
    const ours = { 'github-actions': { AC_ACCESS_TOKEN: 'earlier' } };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ current: 'github-actions', envs: ours }));
    const runner = runnerAtHome({ 'configure-cli': configureCli });
    await logOutCli({ ...testContext(), ...runner });
    expect(tokenOfCli(file)).toBe(isOut ? '' : 'earlier');
  });

  function tokenOfCli(file: string): string | undefined {
    return readConfiguration(file).envs['github-actions']?.AC_ACCESS_TOKEN;
  }
});
