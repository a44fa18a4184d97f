import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { API_KEY, IOS_TEAM } from '../../sandbox/appcircle/accounts.ts';
import { BUILD_PROFILE, MAIN_COMMIT } from '../../sandbox/appcircle/projects.ts';
import {
  type Appcircle,
  type AppcircleOptions,
  startAppcircle,
} from '../../sandbox/appcircle/server.ts';

const FORM = 'application/x-www-form-urlencoded';
const [WORKFLOW] = BUILD_PROFILE.workflows;
const [CONFIGURATION] = BUILD_PROFILE.configurations;
const MAIN = BUILD_PROFILE.branches.find(({ name }) => name === 'main');
const COMMIT = MAIN?.commits[0]?.id;
const START = `/build/v2/commits/${COMMIT}?action=build&workflowId=${WORKFLOW?.id}&configurationId=${CONFIGURATION?.id}`;

let appcircle: Appcircle;
let now: number;

beforeEach(() => {
  now = Date.UTC(2026, 10, 21, 12);
});
afterEach(() => appcircle.close());

async function start(options: AppcircleOptions = {}): Promise<void> {
  appcircle = await startAppcircle({ clock: () => now, ...options });
}

async function exchange(organizationId?: string): Promise<string> {
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
  return ((await response.json()) as { access_token: string }).access_token;
}

interface Call {
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
}

async function call(token: string, path: string, { method = 'GET', body, type = FORM }: Call = {}) {
  const response = await fetch(appcircle.apiEndpoint + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

async function startBuild(token: string): Promise<{ taskId: string; queueItemId: string }> {
  const { status, body } = await call(token, START, { method: 'POST', body: '{}' });
  expect(status).toBe(200);
  return body;
}

test('a commit of a branch is found and built', async () => {
  await start();
  const token = await exchange();
  const { id, name } = BUILD_PROFILE;
  expect((await call(token, '/build/v2/profiles')).body).toEqual([{ id, name }]);
  const profile = await call(token, `/build/v1/profiles/${id}`);
  expect(profile.body.branches).toContainEqual({ id: MAIN?.id, name: 'main' });
  expect((await call(token, `/build/v2/commits?branchId=${MAIN?.id}`)).body).toEqual(MAIN?.commits);
  expect(MAIN?.commits[0]?.hash).toBe(MAIN_COMMIT);
  expect((await call(token, `/build/v2/profiles/${id}/workflows`)).body).toEqual(
    BUILD_PROFILE.workflows,
  );
  expect((await call(token, `/build/v2/profiles/${id}/configurations`)).body).toEqual([
    { item1: CONFIGURATION },
  ]);
  const build = await startBuild(token);
  expect(appcircle.builds).toEqual([
    expect.objectContaining({
      ...build,
      commitId: COMMIT,
      workflowId: WORKFLOW?.id,
      startedAt: now,
    }),
  ]);
});

test('commits come in pages if asked for', async () => {
  await start();
  const token = await exchange();
  const page = (query: string) => call(token, `/build/v2/commits?branchId=${MAIN?.id}&${query}`);
  expect((await page('Page=1&Size=2')).body).toEqual(MAIN?.commits.slice(0, 2));
  expect((await page('Page=2&Size=2')).body).toEqual(MAIN?.commits.slice(2));
  expect((await page('Page=3&Size=2')).body).toEqual([]);
});

test('a build runs its course', async () => {
  await start({
    buildCourse: [
      { status: null, seconds: 1 },
      { status: 90, seconds: 21 },
      { status: 1, seconds: 0 },
    ],
  });
  const token = await exchange();
  const { queueItemId } = await startBuild(token);
  const status = async () => (await call(token, `/build/v1/queue/${queueItemId}`)).body.buildStatus;
  expect(await status()).toBeNull();
  now += 1000;
  expect(await status()).toBe(90);
  now += 20_999;
  expect(await status()).toBe(90);
  now += 1;
  expect(await status()).toBe(1);
  now += 3_600_000;
  expect(await status()).toBe(1);
});

test('a build is cancelled by its task', async () => {
  await start({ buildCourse: [{ status: 91, seconds: 0 }] });
  const token = await exchange();
  const { taskId, queueItemId } = await startBuild(token);
  expect(
    (await call(token, `/build/v3/queue/${queueItemId}/cancel`, { method: 'POST' })).status,
  ).toBe(404);
  expect((await call(token, `/build/v3/queue/${taskId}/cancel`, { method: 'POST' })).status).toBe(
    200,
  );
  expect((await call(token, `/build/v1/queue/${queueItemId}`)).body.buildStatus).toBe(2);
});

test('a token opens the builds of its own organization only', async () => {
  await start();
  const token = await exchange(IOS_TEAM.id);
  const { queueItemId, taskId } = await startBuild(await exchange());
  expect((await call(token, '/build/v2/profiles')).body).toEqual([]);
  expect((await call(token, `/build/v1/profiles/${BUILD_PROFILE.id}`)).status).toBe(403);
  expect((await call(token, `/build/v2/commits?branchId=${MAIN?.id}`)).status).toBe(403);
  expect((await call(token, START, { method: 'POST', body: '{}' })).status).toBe(403);
  expect((await call(token, `/build/v1/queue/${queueItemId}`)).status).toBe(403);
  expect((await call(token, `/build/v3/queue/${taskId}/cancel`, { method: 'POST' })).status).toBe(
    403,
  );
  expect(appcircle.builds).toHaveLength(1);
});

test('a token that is expired or made up opens nothing', async () => {
  await start({ expiresIn: 60 });
  const token = await exchange();
  expect((await call(token, '/build/v2/profiles')).status).toBe(200);
  now += 60_000;
  expect((await call(token, '/build/v2/profiles')).status).toBe(401);
  expect((await call('made-up', START, { method: 'POST', body: '{}' })).status).toBe(401);
});

test.each<[string, string, Call, number]>([
  ['another body', START, { body: 'a=b' }, 400],
  ['another content type', START, { body: '{}', type: 'application/json' }, 415],
  ['another action', START.replace('action=build', 'action=delete'), { body: '{}' }, 400],
  ['an unknown workflow', START.replace(WORKFLOW?.id ?? '', 'other'), { body: '{}' }, 400],
  [
    'an unknown configuration',
    START.replace(CONFIGURATION?.id ?? '', 'other'),
    { body: '{}' },
    400,
  ],
  ['an unknown commit', START.replace(COMMIT ?? '', 'other'), { body: '{}' }, 404],
])('no build starts with %s', async (_what, path, options, status) => {
  await start();
  expect((await call(await exchange(), path, { method: 'POST', ...options })).status).toBe(status);
  expect(appcircle.builds).toEqual([]);
});
