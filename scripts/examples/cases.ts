import { API_KEY, IOS_TEAM, type Organization, ROOT } from '../../sandbox/appcircle/accounts.ts';
import type { Appcircle } from '../../sandbox/appcircle/server.ts';
import { createAuthority } from '../../sandbox/network/certificates.ts';
import {
  answer,
  emptyBody,
  failure,
  htmlPage,
  redirect,
  resetAfterRequest,
} from '../../sandbox/network/faults.ts';
import {
  ANDROID_TEAM,
  BUILD,
  build,
  CANCEL,
  IDS,
  PAYMENTS,
  PROFILES,
  profiles,
  STATUS,
  TASK,
  UPLOAD,
  upload,
} from './appcircle.ts';
import { type Case, dayFromNow, type Run } from './run.ts';

const count = ({ requests }: Appcircle, path: string): number =>
  requests.filter((request) => request.path === path).length;

const starts = ({ cli }: Run): number =>
  cli.filter((call) => call.startsWith('build start ')).length;

/** Whether the distribution profiles were asked for with a token for each of these organizations, and no other. */
function listed({ requests }: Appcircle, ...organizations: Organization[]): boolean {
  const tokens = requests
    .filter(({ path }) => path === PROFILES)
    .map(({ headers }) => headers.authorization?.split('.')[1] ?? '');
  const ids = tokens.map(
    (token) => JSON.parse(Buffer.from(token, 'base64url').toString()).currentOrganizationId,
  );
  const expected = organizations.map(({ id }) => id);
  return ids.sort().join() === expected.sort().join();
}

const COMMITS = 'build profile branch commits';
const PUSH = { event: 'push', payload: { ref: 'refs/heads/main' } } as const;
const BUILDING = {
  ...PUSH,
  example: 'appcircle-build.yml',
  faster: { 'sleep 15': 'sleep 1' },
} as const;
const COMMIT_IS_UNKNOWN = (run: Run) => ({ 'it starts no build': starts(run) === 0 });
const STARTED_ONCE = (run: Run) => ({ 'it starts one build': starts(run) === 1 });
const GAVE_UP = ({ appcircle }: Run) => ({
  'it gave up after five': count(appcircle, STATUS) === 5,
});

const BUILDS: readonly Case[] = [
  {
    ...BUILDING,
    when: 'the build waits 20 s in the queue and outlasts the first token',
    ends: 'green',
    // The workflow takes another token a minute before this one expires.
    appcircle: { expiresIn: 75 },
    api: [
      [STATUS, build(null)],
      [STATUS, build(BUILD.waiting), 20],
      [STATUS, build(BUILD.running)],
    ],
    says: [null, BUILD.waiting, BUILD.running, BUILD.success].map((it) => `buildStatus: ${it}`),
    expect: ({ appcircle }) => ({ 'it got two tokens': appcircle.issued.length === 2 }),
  },
  {
    ...BUILDING,
    when: 'Appcircle never hears of the commit',
    ends: 'red',
    cli: [{ on: COMMITS, stdout: '[]', exitCode: 0 }],
    says: ["Appcircle doesn't list the commit"],
    expect: COMMIT_IS_UNKNOWN,
  },
  {
    ...BUILDING,
    when: 'Appcircle hears of the branch late and of the commit later',
    ends: 'green',
    cli: [
      { on: COMMITS, first: 2, stderr: 'Branch "main" not found for build profile.', exitCode: 1 },
      { on: COMMITS, first: 4, stdout: '[]', exitCode: 0 },
    ],
    expect: STARTED_ONCE,
  },
  {
    ...BUILDING,
    when: 'Appcircle shows the key no such build profile',
    ends: 'red',
    cli: [{ on: COMMITS, stderr: '{"status":404}\n', exitCode: 1 }],
    says: ["Appcircle doesn't show this build profile", '"status":404'],
    expect: ({ cli }) => ({ 'it asks once, and starts no build': cli.length === 1 }),
  },
  {
    ...BUILDING,
    when: 'the build succeeds',
    ends: 'green',
    expect: ({ cli: [find, start] }) => ({
      'it looks for the commit in the branch that was pushed':
        find === `${COMMITS} --profileId ${IDS.buildProfile} --branch main -o json`,
      'it starts the build of that commit, with the workflow asked for':
        start ===
        `build start --profileId ${IDS.buildProfile} --commitId ${IDS.commit} --workflowId ${IDS.workflow} ` +
          `--configurationId ${IDS.configuration} --no-wait -o json`,
    }),
  },
  {
    ...BUILDING,
    when: 'the build fails',
    ends: 'red',
    api: [
      [STATUS, build(BUILD.running)],
      [STATUS, build(BUILD.failed)],
    ],
    says: ['The build failed'],
  },
  {
    ...BUILDING,
    when: 'someone cancels the build',
    ends: 'red',
    api: [[STATUS, build(BUILD.canceled)]],
    says: ['The build was canceled'],
  },
  {
    ...BUILDING,
    when: 'the build has a status that nobody knows',
    ends: 'red',
    api: [[STATUS, build(42)]],
    says: ['The build has the unknown status 42'],
  },
  {
    ...BUILDING,
    when: 'three requests for the status fail in a row',
    ends: 'green',
    api: [
      [STATUS, failure(503)],
      [STATUS, resetAfterRequest(), 2],
    ],
  },
  {
    ...BUILDING,
    when: 'no request for the status succeeds',
    ends: 'red',
    api: [[STATUS, failure(500), 'always']],
    says: ['five requests in a row failed'],
    expect: GAVE_UP,
  },
  {
    ...BUILDING,
    when: 'the answers for the status are none',
    ends: 'red',
    api: [
      [STATUS, redirect(302, 'https://sso.example.com')],
      [STATUS, emptyBody()],
      [STATUS, answer({ body: null })],
      [STATUS, answer({ body: { error: 'Sorry' } })],
      [STATUS, htmlPage()],
    ],
    says: ['five requests in a row failed'],
    expect: GAVE_UP,
  },
  {
    ...BUILDING,
    when: 'the CLI says nothing of the build and exits 0',
    ends: 'red',
    cli: [{ on: 'build start', exitCode: 0 }],
    says: ['Check the build profile before you retry'],
    expect: STARTED_ONCE,
  },
  {
    ...BUILDING,
    when: 'Appcircle is busy when the build should start',
    ends: 'red',
    cli: [{ on: 'build start', stderr: '{"status":503}\n', exitCode: 1 }],
    says: ['Check the build profile before you retry'],
    expect: STARTED_ONCE,
  },
  {
    ...BUILDING,
    when: 'the build is not finished in time',
    ends: 'red',
    faster: { ...BUILDING.faster, '{1..360}': '{1..2}' },
    api: [[STATUS, build(BUILD.running), 'always']],
    says: ['The build is still not finished'],
  },
  {
    ...BUILDING,
    when: 'the job is cancelled while the build runs, and the first request for that is reset',
    ends: 'red',
    cancelAt: `buildStatus: ${BUILD.running}`,
    api: [
      [STATUS, build(BUILD.running), 'always'],
      [CANCEL, resetAfterRequest()],
    ],
    expect: ({ appcircle }) => ({ 'it cancels the build': count(appcircle, CANCEL) === 2 }),
  },
];

const MESSAGE = '- improve the "login" for $USER\n\nSecond paragraph';
const TESTERS = {
  event: 'push',
  payload: { ...PUSH.payload, head_commit: { message: MESSAGE } },
  example: 'upload-testing-distribution.yml',
} as const;

const TEST_UPLOADS: readonly Case[] = [
  {
    ...TESTERS,
    when: 'Appcircle accepts the app',
    ends: 'green',
    expect: ({ cli }) => ({
      'it uploads the app, with the whole message':
        cli.join() ===
        `testing-distribution upload --distProfileId ${IDS.distributionProfile} ` +
          `--app app/build/outputs/apk/release/app-release.apk --message=${MESSAGE} -o json`,
    }),
  },
  {
    ...TESTERS,
    when: 'the upload fails',
    ends: 'red',
    cli: [{ on: 'testing-distribution upload', stderr: '{"status":403}\n', exitCode: 1 }],
    says: ['"status":403', 'The app was not uploaded'],
  },
  {
    ...TESTERS,
    when: 'the CLI says nothing of the upload and exits 0',
    ends: 'red',
    cli: [{ on: 'testing-distribution upload', exitCode: 0 }],
    says: ['The app was not uploaded'],
  },
  {
    ...TESTERS,
    when: 'Appcircle rejects the app',
    ends: 'red',
    api: [[TASK, upload(UPLOAD.canceled)]],
    says: ['Appcircle rejected the app'],
  },
  {
    ...TESTERS,
    when: 'the app is processed for a while, and a connection is reset',
    ends: 'green',
    faster: { 'sleep 5': 'sleep 1' },
    api: [
      [TASK, upload(UPLOAD.begun), 2],
      [TASK, resetAfterRequest()],
    ],
  },
  {
    ...TESTERS,
    when: 'the app is processed for longer than anybody waits',
    ends: 'red',
    faster: { 'sleep 5': 'sleep 1', '{1..60}': '{1..2}' },
    api: [[TASK, upload(UPLOAD.begun), 'always']],
    says: ['Appcircle is still processing the app'],
  },
  {
    ...TESTERS,
    when: 'the answer for the state of the app is empty',
    ends: 'red',
    api: [[TASK, emptyBody()]],
    says: ["Appcircle didn't say whether it accepted the app"],
  },
  {
    ...TESTERS,
    when: 'the state of the app is null',
    ends: 'red',
    api: [[TASK, answer({ body: null })]],
    says: ['The app has the unknown state null'],
  },
];

const STORE = {
  event: 'release',
  payload: { release: { tag_name: 'v1.2.3' } },
  example: 'upload-enterprise-app-store.yml',
} as const;
const STORE_UPLOAD = 'enterprise-app-store version upload-for-profile';

const STORE_UPLOADS: readonly Case[] = [
  {
    ...STORE,
    when: 'the app arrives',
    ends: 'green',
    expect: ({ cli }) => ({
      'it uploads the app of the release':
        cli.join() === `${STORE_UPLOAD} --entProfileId ${IDS.storeProfile} --app release/acme.apk`,
    }),
  },
  {
    ...STORE,
    when: 'the upload fails',
    ends: 'red',
    cli: [{ on: STORE_UPLOAD, stderr: '✖ Request failed with status code 400\n', exitCode: 1 }],
    says: ['status code 400'],
  },
  {
    ...STORE,
    when: 'the release has two apps',
    ends: 'red',
    attached: ['acme.apk', 'acme.ipa'],
    says: ['The release has 2 apps'],
    expect: ({ cli }) => ({ 'it uploads none': cli.length === 0 }),
  },
];

const MATRIX = { example: 'sub-organizations-matrix.yml', event: 'workflow_dispatch' } as const;
const TWO = { example: 'two-organizations.yml', event: 'workflow_dispatch' } as const;
const SELF_HOSTED = { example: 'self-hosted.yml', event: 'workflow_dispatch' } as const;
const KEY_EXPIRY = { example: 'key-expiry-issue.yml', event: 'workflow_dispatch' } as const;
const MIGRATION = { example: 'migrate-from-curl.yml', event: 'workflow_dispatch' } as const;

const LISTS_NOTHING = ({ appcircle }: Run) => ({
  'the key is exchanged': count(appcircle, '/auth/v1/api-key/token') > 0,
  'the API is not asked': listed(appcircle),
});

const created = (gh: readonly string[]): number =>
  gh.filter((call) => call.startsWith("'issue' 'create' ")).length;

const OTHERS: readonly Case[] = [
  {
    ...MATRIX,
    when: 'the key has a role in each sub-organization',
    ends: 'green',
    says: ['Acme testers'],
    expect: ({ appcircle }) => ({
      'each job has its own': listed(appcircle, IOS_TEAM, ANDROID_TEAM, PAYMENTS),
    }),
  },
  {
    ...MATRIX,
    when: 'the key has no role in one sub-organization',
    ends: 'red',
    teams: [IOS_TEAM, ANDROID_TEAM],
    expect: ({ appcircle }) => ({
      'the other jobs go on': listed(appcircle, IOS_TEAM, ANDROID_TEAM),
    }),
  },
  {
    ...TWO,
    when: 'the key has a role in both',
    ends: 'green',
    api: [[PROFILES, profiles('Acme testers', 'Beta testers')]],
    says: ['Beta testers'],
    expect: ({ appcircle }) => ({
      'each token is for its own': listed(appcircle, IOS_TEAM, ANDROID_TEAM),
    }),
  },
  {
    ...TWO,
    when: 'the key has a role in one of them',
    ends: 'red',
    teams: [IOS_TEAM],
    expect: LISTS_NOTHING,
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
      "the token is for the key's own organization": listed(appcircle, ROOT),
    }),
  },
  {
    ...MIGRATION,
    when: 'the secret is wrong',
    ends: 'red',
    secret: `${API_KEY.secret.slice(0, -1)}-wrong`,
    expect: LISTS_NOTHING,
  },
];

/** Each example that shows a list must not end green with an empty one that Appcircle never sent. */
const LISTS: readonly Case[] = [MATRIX, TWO, MIGRATION].flatMap((example) =>
  [redirect(302, 'https://sso.example.com'), emptyBody()].map((fault) => ({
    ...example,
    when: `the answer for the list is no list (${fault.name})`,
    ends: 'red',
    api: [[PROFILES, fault, 'always']],
  })),
);

async function selfHosted(): Promise<readonly Case[]> {
  const company = await createAuthority('Acme Root');
  const stranger = await createAuthority('Somebody Else');
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
      api: [[PROFILES, emptyBody()]],
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
    ...TEST_UPLOADS,
    ...STORE_UPLOADS,
    ...OTHERS,
    ...LISTS,
    ...(await selfHosted()),
  ];
}
