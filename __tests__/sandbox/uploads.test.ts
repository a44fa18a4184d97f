import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { API_KEY, IOS_TEAM } from '../../sandbox/appcircle/accounts.ts';
import { DISTRIBUTION_PROFILE, STORE_PROFILE } from '../../sandbox/appcircle/projects.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';
import type { UploadStage } from '../../sandbox/appcircle/uploads.ts';
import { configurationPath, writeConfiguration } from '../../sandbox/cli/configuration.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { callCli } from './call-cli.ts';

const home = join(tmpdir(), `uploads-${randomUUID()}`);
const env = { HOME: home, USERPROFILE: home, APPDATA: home };
const app = join(home, 'app.apk');
let appcircle: Appcircle;

beforeAll(() => {
  mkdirSync(home);
  writeFileSync(app, 'not really an app');
});
afterEach(() => appcircle.close());
afterAll(() => rmSync(home, { recursive: true }));

/** Starts an Appcircle, and logs the CLI in to the key's own organization or to another. */
async function start(options: AppcircleOptions = {}, organizationId?: string): Promise<void> {
  appcircle = await startAppcircle(options);
  const { name, secret } = API_KEY;
  const body = new URLSearchParams({
    name,
    secret,
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  const response = await fetch(`${appcircle.authEndpoint}/auth/v1/api-key/token`, {
    method: 'POST',
    body,
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const environment = {
    API_HOSTNAME: appcircle.apiEndpoint,
    AUTH_HOSTNAME: '',
    AC_ACCESS_TOKEN: token,
  };
  writeConfiguration(configurationPath(env, process.platform), {
    current: 'ci',
    envs: { ci: environment },
  });
}

/** Runs the stand-in in this process. */
const run = (...words: string[]) => callCli(words, env);

const distribution = ['testing-distribution', 'upload', '--distProfileId', DISTRIBUTION_PROFILE.id];
const toTesters = [...distribution, '--app', app, '--message', 'Fixes', '-o', 'json'];
const store = ['enterprise-app-store', 'version', 'upload-for-profile'];
const toStore = [...store, '--entProfileId', STORE_PROFILE.id, '--app', app, '-o', 'json'];

test.each(['PUT', 'POST'] as const)(
  'an app gets to the testers by %s, with its message',
  async (uploadMethod) => {
    await start({ uploadMethod });
    const { status, stdout } = await run(...toTesters);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ taskId: expect.any(String) });
    expect(appcircle.versions).toEqual([
      expect.objectContaining({
        profileId: DISTRIBUTION_PROFILE.id,
        fileName: 'app.apk',
        message: 'Fixes',
      }),
    ]);
  },
);

test.each(['PUT', 'POST'] as const)('an app gets to the store by %s', async (uploadMethod) => {
  await start({ uploadMethod });
  expect((await run(...toStore)).status).toBe(0);
  expect(appcircle.versions).toEqual([
    expect.objectContaining({ profileId: STORE_PROFILE.id, fileName: 'app.apk' }),
  ]);
});

test('as a process, it takes a path from where it runs, and ends by itself', async () => {
  await start();
  const script = fileURLToPath(new URL('../../sandbox/cli/main.ts', import.meta.url));
  const words = toStore.with(toStore.indexOf(app), 'app.apk');
  const child = spawn(process.execPath, [script, ...words], {
    env: { ...process.env, ...env, ...COMPILE_CACHE },
    cwd: home,
  });
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ taskId: expect.any(String) });
});

test('the token goes to Appcircle and not to the storage', async () => {
  await start();
  await run(...toStore);
  const [asked, stored, committed] = appcircle.requests.filter(({ host }) => host === 'api');
  expect(asked?.headers.authorization).toMatch(/^Bearer /);
  expect(stored?.path).toMatch(/^\/storage\//);
  expect(stored?.headers.authorization).toBeUndefined();
  expect(committed?.headers.authorization).toMatch(/^Bearer /);
});

test('without -o json, the task is told on standard error', async () => {
  await start();
  const { status, stdout, stderr } = await run(...toStore.slice(0, -2));
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toMatch(/TaskId: \S+/);
});

test.each<[UploadStage, number]>([
  ['information', 400],
  ['file', 403],
  ['commit', 400],
])('a refusal of the %s exits 1', async (refuseUploads, refusal) => {
  await start({ refuseUploads });
  for (const command of [toTesters, toStore]) {
    const { status, stdout, stderr } = await run(...command);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ status: refusal });
  }
  expect(appcircle.versions).toEqual([]);
});

// As seen with the real CLI 2.7.3.
test('a refusal after the upload exits 0', async () => {
  await start({ refuseUploads: 'processing' });
  expect((await run(...toTesters)).status).toBe(0);
  expect((await run(...toStore)).status).toBe(0);
  expect(appcircle.versions).toEqual([]);
});

test('a token for another organization uploads nothing', async () => {
  await start({}, IOS_TEAM.id);
  expect((await run(...toTesters)).status).toBe(1);
  expect((await run(...toStore)).status).toBe(1);
  expect(appcircle.versions).toEqual([]);
});

test.each([
  ['a message', [...distribution, '--app', app]],
  ['an app', [...distribution, '--message', 'Fixes']],
  ['a file', [...distribution, '--app', join(home, 'nothing.apk'), '--message', 'Fixes']],
  ['a profile', ['testing-distribution', 'upload', '--app', app, '--message', 'Fixes']],
  ['a profile of the store', [...store, '--app', app]],
  ['a command', ['enterprise-app-store', 'version', 'download']],
])('a command line without %s exits 1', async (_what, words) => {
  await start();
  expect((await run(...words)).status).toBe(1);
  expect(appcircle.versions).toEqual([]);
});
