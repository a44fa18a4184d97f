import { API_KEY, ROOT } from '../../sandbox/appcircle/accounts.ts';
import { BUILD_STATUS, type BuildStage } from '../../sandbox/appcircle/builds.ts';
import { BUILD_PROFILE } from '../../sandbox/appcircle/projects.ts';
import type { Appcircle } from '../../sandbox/appcircle/server.ts';
import type { UploadStage } from '../../sandbox/appcircle/uploads.ts';
import { type Authority, createAuthority } from '../../sandbox/network/certificates.ts';
import {
  answer,
  emptyBody,
  type Fault,
  failure,
  htmlPage,
  redirect,
  resetAfterRequest,
} from '../../sandbox/network/faults.ts';
import { ANDROID_TEAM, type Case, COMMIT_ID, dayFromNow, IOS_TEAM, PAYMENTS } from './run.ts';

const { waiting, running, completing, success, failed, canceled } = BUILD_STATUS;

const START = `/build/v2/commits/${COMMIT_ID}`;
const COMMITS = '/build/v2/commits';
const PROFILES = '/distribution/v2/profiles';
const BRANCHES = `/build/v1/profiles/${BUILD_PROFILE.id}`;

function course(...stages: [status: number | null, seconds: number][]): readonly BuildStage[] {
  return stages.map(([status, seconds]) => ({ status, seconds }));
}

function count(appcircle: Appcircle, method: string, path: RegExp): number {
  return appcircle.requests.filter(
    (request) => request.method === method && path.test(request.path),
  ).length;
}

const polls = (appcircle: Appcircle): number => count(appcircle, 'GET', /^\/build\/v1\/queue\//);

/** The IDs of the organizations whose distribution profiles were asked for with a token for that organization, sorted. */
function listed({ requests }: Appcircle): string {
  const tokens = requests
    .filter(({ path }) => path === PROFILES)
    .map(({ headers }) => headers.authorization?.split('.')[1] ?? '');
  const claims = tokens.map((token) => JSON.parse(Buffer.from(token, 'base64url').toString()));
  return ids(claims.map(({ currentOrganizationId }) => ({ id: currentOrganizationId })));
}

function ids(organizations: readonly { readonly id: string }[]): string {
  return organizations
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

interface BuildCase extends Omit<Case, 'example' | 'event' | 'payload'> {
  /** How many requests to start a build and to cancel one there should be. */
  readonly starts?: number;
  readonly cancels?: number;
}

function build({ starts = 1, cancels = 0, faster, expect, ...it }: BuildCase): Case {
  return {
    ...it,
    example: 'appcircle-build.yml',
    event: 'push',
    payload: { ref: 'refs/heads/main' },
    faster: { 'sleep 15': 'sleep 1', ...faster },
    expect: (run) => ({
      [`requests to start a build: ${starts}`]:
        count(run.appcircle, 'POST', /^\/build\/v2\/commits\//) === starts,
      [`requests to cancel the build: ${cancels}`]:
        count(run.appcircle, 'POST', /\/cancel$/) === cancels,
      ...expect?.(run),
    }),
  };
}

/** Calls `act` once, as soon as `ready`. */
function once(
  ready: (appcircle: Appcircle) => boolean,
  act: NonNullable<Case['during']>,
): NonNullable<Case['during']> {
  let done = false;
  return (appcircle, cancel) => {
    if (done || !ready(appcircle)) return;
    done = true;
    act(appcircle, cancel);
  };
}

const started = ({ builds }: Appcircle): boolean => builds.length > 0;
const statusPath = ({ builds }: Appcircle): string => `/build/v1/queue/${builds[0]?.queueItemId}`;

const BUILDS: readonly Case[] = [
  build({
    when: 'the build waits 21 s in the queue and outlasts the first token',
    ends: 'green',
    appcircle: {
      buildCourse: course([null, 3], [waiting, 21], [running, 2], [completing, 1], [success, 0]),
      // The workflow takes another token a minute before this one expires.
      expiresIn: 75,
    },
    says: [
      'buildStatus: null',
      `buildStatus: ${waiting}`,
      `buildStatus: ${running}`,
      `buildStatus: ${success}`,
    ],
    expect: ({ appcircle }) => ({ 'it got two tokens': appcircle.issued.length === 2 }),
  }),
  build({
    when: 'Appcircle never hears of the commit',
    ends: 'red',
    appcircle: {
      projects: { buildProfiles: [BUILD_PROFILE], distributionProfiles: [], storeProfiles: [] },
    },
    says: ["Appcircle doesn't list the commit"],
    starts: 0,
  }),
  build({
    when: 'Appcircle hears of the branch late and of the commit later, and one connection is reset',
    ends: 'green',
    prepare: (appcircle) => {
      const late: readonly (readonly [path: string, body: unknown])[] = [
        [BRANCHES, { branches: [] }],
        [COMMITS, []],
      ];
      for (const [path, body] of late)
        appcircle.fail(answer({ body }), { on: 'api', path, times: 2 });
      appcircle.fail(resetAfterRequest(), { on: 'api', path: BRANCHES });
    },
  }),
  build({
    when: 'Appcircle shows the key no such build profile',
    ends: 'red',
    variables: { APPCIRCLE_PROFILE_ID: COMMIT_ID },
    says: ["Appcircle doesn't show this build profile", '"status":404'],
    starts: 0,
    expect: ({ appcircle }) => ({
      'it asks once': count(appcircle, 'GET', /^\/build\/v1\/profiles\//) === 1,
    }),
  }),
  build({
    when: 'the build succeeds',
    ends: 'green',
    expect: ({ appcircle: { builds } }) => ({
      'the build is of the commit that was pushed': builds[0]?.commitId === COMMIT_ID,
      'the build has the workflow asked for':
        builds[0]?.workflowId === BUILD_PROFILE.workflows[0]?.id,
    }),
  }),
  build({
    when: 'the build fails',
    ends: 'red',
    appcircle: { buildCourse: course([running, 2], [failed, 0]) },
    says: ['The build failed'],
  }),
  build({
    when: 'someone cancels the build',
    ends: 'red',
    appcircle: { buildCourse: course([running, 2], [canceled, 0]) },
    says: ['The build was canceled'],
  }),
  build({
    when: 'the build has a status that nobody knows',
    ends: 'red',
    appcircle: { buildCourse: course([running, 1], [42, 0]) },
    says: ['The build has the unknown status 42'],
  }),
  build({
    when: 'three requests for the status fail in a row',
    ends: 'green',
    during: once(started, (appcircle) => {
      appcircle.fail(failure(503), { on: 'api', path: statusPath(appcircle) });
      appcircle.fail(resetAfterRequest(), { on: 'api', path: statusPath(appcircle), times: 2 });
    }),
  }),
  build({
    when: 'no request for the status succeeds',
    ends: 'red',
    during: once(started, (appcircle) =>
      appcircle.fail(failure(500), { on: 'api', path: statusPath(appcircle), times: 'always' }),
    ),
    says: ['five requests in a row failed'],
    expect: ({ appcircle }) => ({ 'it gave up after five': polls(appcircle) === 5 }),
  }),
  build({
    when: 'the answers for the status are none',
    ends: 'red',
    during: once(started, (appcircle) => {
      const answers = [
        redirect(302, 'https://sso.example.com'),
        emptyBody(),
        answer({ body: null }),
        answer({ body: { error: 'Sorry' } }),
        htmlPage(),
      ];
      for (const it of answers) appcircle.fail(it, { on: 'api', path: statusPath(appcircle) });
    }),
    says: ['five requests in a row failed'],
    expect: ({ appcircle }) => ({ 'it gave up after five': polls(appcircle) === 5 }),
  }),
  build({
    when: 'the answer to the start is empty',
    ends: 'red',
    prepare: (appcircle) => appcircle.fail(emptyBody(), { on: 'api', path: START }),
    says: ['Check the build profile before you retry'],
  }),
  build({
    when: 'the CLI says nothing of the build and exits 0',
    ends: 'red',
    cli: [{ on: 'build start', exitCode: 0 }],
    says: ['Check the build profile before you retry'],
    starts: 0,
  }),
  build({
    when: 'Appcircle is busy when the build should start',
    ends: 'red',
    prepare: (appcircle) =>
      appcircle.fail(failure(503), { on: 'api', path: START, times: 'always' }),
    says: ['Check the build profile before you retry'],
  }),
  build({
    when: 'the build is not finished in time',
    ends: 'red',
    faster: { '{1..360}': '{1..2}' },
    appcircle: { buildCourse: course([running, 0]) },
    says: ['The build is still not finished'],
  }),
  build({
    when: 'the job is cancelled while the build runs, and the first request for that is reset',
    ends: 'red',
    appcircle: { buildCourse: course([running, 0]) },
    during: once(
      (appcircle) => polls(appcircle) >= 2,
      (appcircle, cancel) => {
        const path = `/build/v3/queue/${appcircle.builds[0]?.taskId}/cancel`;
        appcircle.fail(resetAfterRequest(), { on: 'api', path });
        cancel();
      },
    ),
    cancels: 2,
  }),
];

const push: Pick<Case, 'event' | 'payload'> = {
  event: 'push',
  payload: {
    ref: 'refs/heads/main',
    head_commit: { message: '- improve the "login" for $USER\n\nSecond paragraph' },
  },
};
const release: Pick<Case, 'event' | 'payload'> = {
  event: 'release',
  payload: { release: { tag_name: 'v1.2.3' } },
};

/** An upload that succeeds, and one that is turned down at each of the stages given. */
function uploads(
  example: string,
  by: Pick<Case, 'event' | 'payload'>,
  uploadMethod: 'PUT' | 'POST',
  stages: readonly (readonly [stage: UploadStage, says: string])[],
): readonly Case[] {
  return [
    {
      ...by,
      example,
      when: `the storage takes the app (${uploadMethod})`,
      ends: 'green',
      appcircle: { uploadMethod },
      expect: ({ appcircle: { versions } }) => ({ 'one app arrived': versions.length === 1 }),
    },
    ...stages.map(
      ([refuseUploads, says]): Case => ({
        ...by,
        example,
        when: `the upload is turned down (${refuseUploads})`,
        ends: 'red',
        appcircle: { uploadMethod, refuseUploads },
        says: [says],
        expect: ({ appcircle: { versions } }) => ({ 'no app arrived': versions.length === 0 }),
      }),
    ),
  ];
}

const TESTERS = { ...push, example: 'upload-testing-distribution.yml' } as const;
const TASK = /^\/task\/v1\/tasks\//;

/** The CLI waits for the app to be processed, until a request of its own for that fails. */
function disturb(...faults: readonly Fault[]): NonNullable<Case['during']> {
  return once(
    (appcircle) => count(appcircle, 'GET', TASK) > 0,
    (appcircle) => {
      const path = appcircle.requests.find((request) => TASK.test(request.path))?.path ?? '';
      for (const fault of faults) appcircle.fail(fault, { on: 'api', path });
    },
  );
}

const PROCESSING: readonly Case[] = [
  {
    ...TESTERS,
    when: 'the app is processed for longer than the CLI waits, and a connection is reset',
    ends: 'green',
    faster: { 'sleep 5': 'sleep 1' },
    appcircle: { processingMs: 4000 },
    during: disturb(failure(503), resetAfterRequest()),
  },
  {
    ...TESTERS,
    when: 'the app is processed for longer than anybody waits',
    ends: 'red',
    faster: { 'sleep 5': 'sleep 1', '{1..60}': '{1..2}' },
    appcircle: { processingMs: 60_000 },
    during: disturb(failure(503)),
    says: ['Appcircle is still processing the app'],
  },
  {
    ...TESTERS,
    when: 'the answer for the state of the app is empty',
    ends: 'red',
    appcircle: { processingMs: 60_000 },
    during: disturb(failure(503), emptyBody()),
    says: ["Appcircle didn't say whether it accepted the app"],
  },
  {
    ...TESTERS,
    when: 'the state of the app is null',
    ends: 'red',
    appcircle: { processingMs: 60_000 },
    during: disturb(failure(503), answer({ body: null })),
    says: ['The app has the unknown state null'],
  },
  {
    ...TESTERS,
    when: 'the CLI says nothing of the upload and exits 0',
    ends: 'red',
    cli: [{ on: 'testing-distribution upload', exitCode: 0 }],
    says: ['The app was not uploaded'],
  },
];

const MATRIX = { example: 'sub-organizations-matrix.yml', event: 'workflow_dispatch' } as const;
const TWO = { example: 'two-organizations.yml', event: 'workflow_dispatch' } as const;
const SELF_HOSTED = { example: 'self-hosted.yml', event: 'workflow_dispatch' } as const;
const KEY_EXPIRY = { example: 'key-expiry-issue.yml', event: 'workflow_dispatch' } as const;
const MIGRATION = { example: 'migrate-from-curl.yml', event: 'workflow_dispatch' } as const;

const isExchanged = (appcircle: Appcircle): boolean => count(appcircle, 'POST', /\/token$/) > 0;

const created = (gh: readonly string[]): number =>
  gh.filter((call) => call.startsWith("'issue' 'create' ")).length;

const OTHERS: readonly Case[] = [
  {
    ...MATRIX,
    when: 'the key has a role in each sub-organization',
    ends: 'green',
    says: ['Testers of iOS Team', 'Testers of Android Team', 'Testers of Payments'],
    expect: ({ appcircle }) => ({
      'each job has its own': listed(appcircle) === ids([IOS_TEAM, ANDROID_TEAM, PAYMENTS]),
    }),
  },
  {
    ...MATRIX,
    when: 'the key has no role in one sub-organization',
    ends: 'red',
    teams: [IOS_TEAM, ANDROID_TEAM],
    expect: ({ appcircle }) => ({
      'the other jobs go on': listed(appcircle) === ids([IOS_TEAM, ANDROID_TEAM]),
    }),
  },
  {
    ...TWO,
    when: 'the key has a role in both',
    ends: 'green',
    says: ['Testers of iOS Team', 'Testers of Android Team'],
    expect: ({ appcircle }) => ({
      'each token is for its own': listed(appcircle) === ids([IOS_TEAM, ANDROID_TEAM]),
    }),
  },
  {
    ...TWO,
    when: 'the key has a role in one of them',
    ends: 'red',
    teams: [IOS_TEAM],
    expect: ({ appcircle }) => ({
      'it works in none': isExchanged(appcircle) && listed(appcircle) === '',
    }),
  },
  {
    ...KEY_EXPIRY,
    when: 'the key expires in nine days',
    ends: 'green',
    variables: { APPCIRCLE_API_KEY_EXPIRES_ON: dayFromNow(10) },
    expect: ({ gh }) => ({
      'one issue is opened': created(gh) === 1,
      'its title has the date': gh.at(-1)?.includes(dayFromNow(10)) === true,
    }),
  },
  {
    ...KEY_EXPIRY,
    when: 'there is an issue about it',
    ends: 'green',
    variables: { APPCIRCLE_API_KEY_EXPIRES_ON: dayFromNow(10) },
    issues: ['Another', `The Appcircle API key expires on ${dayFromNow(10)}`],
    expect: ({ gh }) => ({ 'no issue is opened': gh.length === 1 && created(gh) === 0 }),
  },
  {
    ...KEY_EXPIRY,
    when: 'the key expires in two months',
    ends: 'green',
    variables: { APPCIRCLE_API_KEY_EXPIRES_ON: dayFromNow(60) },
    expect: ({ gh }) => ({ 'GitHub is not asked': gh.length === 0 }),
  },
  {
    ...KEY_EXPIRY,
    when: 'nobody said when the key expires',
    ends: 'red',
    variables: { APPCIRCLE_API_KEY_EXPIRES_ON: '' },
    says: ['Set the variable APPCIRCLE_API_KEY_EXPIRES_ON'],
    expect: ({ gh }) => ({ 'GitHub is not asked': gh.length === 0 }),
  },
  {
    ...MIGRATION,
    when: 'the key is right',
    ends: 'green',
    says: ['Acme testers'],
    expect: ({ appcircle }) => ({
      "the token is for the key's own organization": listed(appcircle) === ids([ROOT]),
    }),
  },
  {
    ...MIGRATION,
    when: 'the secret is wrong',
    ends: 'red',
    secret: `${API_KEY.secret.slice(0, -1)}-wrong`,
    expect: ({ appcircle }) => ({
      'the API is not asked': isExchanged(appcircle) && listed(appcircle) === '',
    }),
  },
];

/** Each example that shows a list must not end green with an empty one that Appcircle never sent. */
const LISTS: readonly Case[] = [MATRIX, TWO, MIGRATION].flatMap((example) =>
  [redirect(302, 'https://sso.example.com'), emptyBody()].map((fault) => ({
    ...example,
    when: `the answer for the list is no list (${fault.name})`,
    ends: 'red',
    prepare: (appcircle) => appcircle.fail(fault, { on: 'api', path: PROFILES, times: 'always' }),
  })),
);

async function selfHosted(): Promise<readonly Case[]> {
  const company: Authority = await createAuthority('Acme Root');
  const stranger: Authority = await createAuthority('Somebody Else');
  const tls = await company.issue();
  return [
    {
      ...SELF_HOSTED,
      when: "the certificate is signed by the company's authority",
      ends: 'green',
      appcircle: { tls },
      variables: { APPCIRCLE_CA_CERTIFICATE: company.certificatePem },
      says: ['Acme testers'],
    },
    {
      ...SELF_HOSTED,
      when: 'the answer for the list is empty',
      ends: 'red',
      appcircle: { tls },
      variables: { APPCIRCLE_CA_CERTIFICATE: company.certificatePem },
      prepare: (appcircle) => appcircle.fail(emptyBody(), { on: 'api', path: PROFILES }),
    },
    {
      ...SELF_HOSTED,
      when: 'the certificate is signed by another authority',
      ends: 'red',
      appcircle: { tls },
      variables: { APPCIRCLE_CA_CERTIFICATE: stranger.certificatePem },
      expect: ({ appcircle }) => ({
        'it connects and sends nothing':
          appcircle.connections.auth > 0 && appcircle.requests.length === 0,
      }),
    },
  ];
}

/** Every run of every example, those that take longest first. */
export async function cases(): Promise<readonly Case[]> {
  return [
    ...BUILDS,
    ...uploads('upload-testing-distribution.yml', push, 'PUT', [
      ['file', 'status code 403'],
      ['processing', 'Appcircle rejected the app'],
    ]),
    ...PROCESSING,
    ...uploads('upload-enterprise-app-store.yml', release, 'POST', [
      ['information', 'status code 400'],
      ['commit', 'status code 400'],
    ]),
    {
      ...release,
      example: 'upload-enterprise-app-store.yml',
      when: 'the release has two apps',
      ends: 'red',
      attached: ['acme.apk', 'acme.ipa'],
      says: ['The release has 2 apps'],
      expect: ({ appcircle: { versions } }) => ({ 'no app arrived': versions.length === 0 }),
    },
    ...OTHERS,
    ...LISTS,
    ...(await selfHosted()),
  ];
}
