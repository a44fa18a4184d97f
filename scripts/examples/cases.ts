import { API_KEY, ROOT } from '../../sandbox/appcircle/accounts.ts';
import { BUILD_STATUS, type BuildStage } from '../../sandbox/appcircle/builds.ts';
import { BUILD_PROFILE } from '../../sandbox/appcircle/projects.ts';
import type { Appcircle } from '../../sandbox/appcircle/server.ts';
import type { UploadStage } from '../../sandbox/appcircle/uploads.ts';
import { type Authority, createAuthority } from '../../sandbox/network/certificates.ts';
import { failure, resetAfterRequest } from '../../sandbox/network/faults.ts';
import { ANDROID_TEAM, type Case, COMMIT_ID, IOS_TEAM, PAYMENTS } from './run.ts';

const { waiting, running, completing, success, failed, canceled } = BUILD_STATUS;

const START = `/build/v2/commits/${COMMIT_ID}`;

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
    .filter(({ path }) => path === '/distribution/v2/profiles')
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

/** A run of the caller, and with it of the reusable workflow that it calls. */
function build({ starts = 1, cancels = 0, inputs, expect, ...it }: BuildCase): Case {
  return {
    ...it,
    example: 'build-on-push.yml',
    event: 'push',
    payload: { ref: 'refs/heads/main' },
    inputs: { 'poll-seconds': 1, ...inputs },
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
    when: 'Appcircle is busy when the build should start',
    ends: 'red',
    prepare: (appcircle) =>
      appcircle.fail(failure(503), { on: 'api', path: START, times: 'always' }),
    says: ['Check the build profile before you retry'],
  }),
  build({
    when: 'the build is not finished in time',
    ends: 'red',
    inputs: { 'wait-minutes': 0 },
    says: ['The build is still not finished'],
  }),
  build({
    when: 'the job is cancelled while the build runs',
    ends: 'red',
    appcircle: { buildCourse: course([running, 0]) },
    during: once(
      (appcircle) => polls(appcircle) >= 2,
      (_appcircle, cancel) => cancel(),
    ),
    cancels: 1,
  }),
];

const push: Pick<Case, 'event' | 'payload'> = {
  event: 'push',
  payload: {
    ref: 'refs/heads/main',
    head_commit: { message: 'Fix "login" for $USER\n\nSecond paragraph' },
  },
};
const tag: Pick<Case, 'event' | 'payload'> = {
  event: 'push',
  payload: { ref: 'refs/tags/v1.2.3' },
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

const MATRIX = { example: 'sub-organizations-matrix.yml', event: 'workflow_dispatch' } as const;
const TWO = { example: 'two-organizations.yml', event: 'workflow_dispatch' } as const;
const SELF_HOSTED = { example: 'self-hosted.yml', event: 'workflow_dispatch' } as const;
const KEY_EXPIRY = { example: 'key-expiry-issue.yml', event: 'workflow_dispatch' } as const;
const MIGRATION = { example: 'migrate-from-curl.yml', event: 'workflow_dispatch' } as const;

const isExchanged = (appcircle: Appcircle): boolean => count(appcircle, 'POST', /\/token$/) > 0;

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

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
    variables: { APPCIRCLE_KEY_EXPIRES_ON: dayFromNow(10) },
    expect: ({ gh }) => ({
      'one issue is opened': created(gh) === 1,
      'its title has the date': gh.at(-1)?.includes(dayFromNow(10)) === true,
    }),
  },
  {
    ...KEY_EXPIRY,
    when: 'there is an issue about it',
    ends: 'green',
    variables: { APPCIRCLE_KEY_EXPIRES_ON: dayFromNow(10) },
    issues: ['Another', `The Appcircle API key expires on ${dayFromNow(10)}`],
    expect: ({ gh }) => ({ 'no issue is opened': gh.length === 1 && created(gh) === 0 }),
  },
  {
    ...KEY_EXPIRY,
    when: 'the key expires in two months',
    ends: 'green',
    variables: { APPCIRCLE_KEY_EXPIRES_ON: dayFromNow(60) },
    expect: ({ gh }) => ({ 'GitHub is not asked': gh.length === 0 }),
  },
  {
    ...KEY_EXPIRY,
    when: 'nobody said when the key expires',
    ends: 'red',
    says: ['Set the variable APPCIRCLE_KEY_EXPIRES_ON'],
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
    ...uploads('upload-enterprise-app-store.yml', release, 'POST', [['commit', 'status code 400']]),
    ...uploads('release-with-approval.yml', tag, 'PUT', [['information', 'status code 400']]),
    ...OTHERS,
    ...(await selfHosted()),
  ];
}
