import { isDeepStrictEqual } from 'node:util';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { ROOT } from './machine.ts';
import { BROKEN, CONFIGURATION, LEFT_BEHIND } from './plan.ts';
import { read, type Story } from './story.ts';
import { leaksIn } from './texts.ts';

const CLI_TITLES = [
  'The Appcircle CLI is not installed',
  'The Appcircle CLI failed',
  'The Appcircle CLI did not finish',
  'The Appcircle CLI did not store the token',
];
const STILL_LOGGED_IN = 'The Appcircle CLI is still logged in';
/** It repeats nothing: the last answer is only that there is no such path. */
const TOO_OLD = 'The server is too old for sub-organizations';
const EARLIER_TOKEN_LEFT = 'AC_ACCESS_TOKEN is still set';

/** Everything that a run did not keep of what the action promises (README.md, SECURITY.md); nothing where all is well. */
export function brokenPromises(story: Story): string[] {
  const { servers, killed } = story;
  const checks = killed
    ? [said, cli]
    : [ends, said, masked, published, summary, blamed, login, cli];
  return [...servers.broken, ...checks.flatMap((check) => [...check(story)])];
}

/** The title of the red line; empty where there is none. */
export function titleOf({ main }: Story): string {
  return main.log.annotations.find(({ level }) => level === 'error')?.title ?? '';
}

/** It ends in one of two ways, in time. */
function* ends({
  plan,
  ended,
  cancelled,
  exitCode,
  main,
  leftRunning,
  error,
}: Story): Generator<string> {
  if (ended === undefined) return yield 'came to no end';
  if (ended > plan.timeoutMs + 1) yield `took ${ended} ms of ${plan.timeoutMs}`;
  if (cancelled !== undefined && ended > cancelled + 7500)
    yield `took ${ended - cancelled} ms to end once cancelled`;
  if (cancelled !== undefined && exitCode === 0) yield 'ended green though cancelled';
  const errors = main.log.annotations.filter(({ level }) => level === 'error');
  if (errors.length !== exitCode)
    yield `exit code ${exitCode} with ${errors.length} error annotations`;
  if (errors[0]?.title === 'Unexpected error in the action')
    yield `an unexpected error: ${(error as Error)?.stack ?? error}`;
  if (leftRunning > 0) yield `left ${leftRunning} processes behind`;
  if (plan.kind && exitCode !== 0 && plan.organization?.name !== 'Nobody')
    yield 'failed in a kind world';
}

/** Nothing that is said holds a secret, or is more than text. */
function* said({ plan, main, post, files, masks, cli: { envs } }: Story): Generator<string> {
  const lines: string[] = [];
  for (const line of [...main.lines, ...post.lines]) {
    const command = parseCommand(line);
    if (command?.name === 'add-mask') continue;
    if (command && !['error', 'warning', 'debug'].includes(command.name))
      yield `the command ${line}`;
    const { title = '' } = command?.properties ?? {};
    if (command && command.name !== 'debug' && title.length + command.data.length > 4096)
      yield 'a long annotation';
    if (command?.name === 'debug' && plan.env['RUNNER_DEBUG'] !== '1') yield 'a debug line';
    const text = command?.data ?? line;
    if (/[\p{Cc}\p{Cf}]/u.test(text)) yield `control characters: ${JSON.stringify(text)}`;
    lines.push(text);
  }
  const written = (files.texts.get(`${ROOT}/GITHUB_STEP_SUMMARY`) ?? '').replace('earlier=1\n', '');
  const secrets = plan.secrets
    .flatMap((secret) => [secret, ...secret.split(/[\r\n]+/)])
    .filter((secret) => secret.trim() !== '');
  const { planted } = plan;
  for (const leak of leaksIn(lines.join('\n'), { secrets, planted })) yield `said ${leak}`;
  // Its own words may have the letters of a short one.
  const long = secrets.filter(({ length }) => length >= 6);
  for (const leak of leaksIn(written, { secrets: long, planted }))
    yield `wrote into the summary ${leak}`;
  for (const { title } of [...main.log.annotations, ...post.log.annotations])
    if (masks.values.some((mask) => mask.length >= 12 && title.includes(mask)))
      yield `a secret in the title ${title}`;
  if (/<script|<img/.test(written)) yield 'markup in the summary';
  if (envs.some((env) => Object.keys(env).some((name) => name.startsWith('INPUT_'))))
    yield 'gave the inputs to the CLI';
}

/** Masks come ahead of every word, and for secrets alone. */
function* masked({ plan, main, servers, ended, cancelled }: Story): Generator<string> {
  const masks = (from: number, to = main.lines.length) =>
    main.lines
      .slice(from, to)
      .flatMap((line) => (line.startsWith('::add-mask::') ? [parseCommand(line)?.data ?? ''] : []));
  const word = (from: number) =>
    main.lines.findIndex((line, at) => at >= from && !line.startsWith('::add-mask::'));
  const firstWord = word(0);
  for (const name of ['api-key-secret', 'personal-access-key']) {
    const value = plan.inputs[name] ?? '';
    if (value.trim() && !masks(0, firstWord).includes(value.trim()))
      yield `${name} was not masked ahead of the first word`;
  }
  const known = [...plan.secrets, ...plan.login, ...Object.values(plan.inputs)];
  for (const mask of masks(0))
    if (!known.some((text) => text.includes(mask))) yield `masked ${mask}, which is no secret`;
  const stopped = cancelled ?? plan.timeoutMs;
  for (const { tokens, line } of servers.arrivals) {
    const next = word(line);
    if (next < 0 || (ended !== undefined && ended >= stopped)) continue;
    for (const token of tokens)
      if (!masks(0, next).includes(token))
        yield `the token ${token} was not masked ahead of the next word`;
  }
}

/** Outputs and the variable: all of it, after a token for the right organization, or nothing. */
function* published({ plan, exitCode, files, servers, main, jumped }: Story): Generator<string> {
  const [outputs, env] = [read(files, 'GITHUB_OUTPUT'), read(files, 'GITHUB_ENV')];
  const file = (name: string) => plan.files.find(({ path }) => path === `${ROOT}/${name}`);
  if (exitCode !== 0) {
    if (files.texts.get(`${ROOT}/GITHUB_OUTPUT`) !== file('GITHUB_OUTPUT')?.text)
      yield 'outputs of a run that failed';
    const cleared = env['AC_ACCESS_TOKEN'] === '';
    if (env['AC_ACCESS_TOKEN']) yield 'a token of a run that failed';
    const exporting = !['false', 'False', 'FALSE'].includes(plan.inputs['export-env'] ?? 'true');
    const warned = main.log.annotations.some(({ title }) => title === EARLIER_TOKEN_LEFT);
    if (exporting && plan.earlierToken && !cleared && !warned)
      yield "an earlier step's token outlived the failure";
    if (cleared && !(exporting && plan.earlierToken)) yield 'cleared a token that was not there';
    return;
  }
  const grant = servers.grants.at(-1);
  if (!grant) return yield 'green without a token';
  if (servers.attempts.at(-1)?.outcome?.grant !== grant) yield 'the token is not the last answer';
  const { id, name } = plan.organization ?? {};
  if (name !== undefined && servers.found.length !== 1)
    yield 'a token for a name that is not the only one';
  const expected = id ?? servers.found[0]?.id;
  if (outputs['access-token'] !== grant.token) yield 'another token in the outputs';
  if ((env['AC_ACCESS_TOKEN'] ?? '') !== (plan.exportEnv ? grant.token : ''))
    yield 'another token in the environment';
  const organizationId = grant.organizationId ?? expected ?? '';
  if (expected && organizationId.toLowerCase() !== expected.toLowerCase())
    yield 'a token for another organization';
  if (outputs['organization-id'] !== organizationId)
    yield `organization-id is ${outputs['organization-id']}, not ${organizationId}`;
  if (outputs['credential-type'] !== plan.credential) yield 'another credential-type';
  if (Object.keys(outputs).filter((name) => name !== 'earlier').length !== 7)
    yield 'not all outputs';
  if (Object.keys(env).some((name) => name !== 'AC_ACCESS_TOKEN' && name !== 'earlier'))
    yield 'more variables';
  const daysLeft = outputs['key-days-left'];
  if (
    daysLeft &&
    plan.inputs['expiry-failure-days'] &&
    Number(daysLeft) < Number(plan.inputs['expiry-failure-days'])
  )
    yield 'published with a key that expires too soon';
  const expires = outputs['token-expires-at'] ?? '';
  if (grant.expiresIn !== undefined && expires && jumped === 0) {
    const lifetime = Date.parse(expires) - plan.now - grant.expiresIn * 1000;
    if (lifetime < -1000 || lifetime > plan.timeoutMs) yield `token-expires-at is ${expires}`;
  }
}

/** The job summary: never, always, or with something to warn of. */
function* summary(story: Story): Generator<string> {
  const { plan, files, exitCode } = story;
  const file = plan.files.find(({ path }) => path === `${ROOT}/GITHUB_STEP_SUMMARY`);
  const written = (files.texts.get(`${ROOT}/GITHUB_STEP_SUMMARY`) ?? '').slice(
    file?.text?.length ?? 0,
  );
  if (plan.inputs['summary'] === 'never' && written) yield 'a summary in spite of never';
  if (file?.trouble || file?.text === undefined || !plan.env['GITHUB_STEP_SUMMARY'] || plan.invalid)
    return;
  const status = read(files, 'GITHUB_OUTPUT')['key-expiry-status'] ?? '';
  const warns = ['expiring', 'expired'].includes(status);
  const due = plan.summary !== 'never' && (exitCode !== 0 || plan.summary === 'always' || warns);
  if (due !== written.length > 0)
    yield `a summary of ${written.length} characters with ${plan.summary}`;
  if (exitCode !== 0 && written && !written.includes(titleOf(story)))
    yield 'a summary without the title';
}

/** The red line blames what was to blame. */
function* blamed(story: Story): Generator<string> {
  const { plan, main, servers, exitCode, cancelled, ended = 0, cli: virtual } = story;
  const title = titleOf(story);
  if (exitCode === 0 || cancelled !== undefined) {
    if (exitCode !== 0 && title !== 'The run was cancelled' && ended !== cancelled)
      yield `cancelled, and yet "${title}"`;
    return;
  }
  if (plan.invalid) {
    if (
      !['Invalid inputs', 'No Appcircle credential'].includes(title) ||
      servers.attempts.length > 0
    )
      yield `invalid, and yet "${title}"`;
    return;
  }
  const { outcome } = servers.attempts.at(-1) ?? {};
  if (outcome ? outcome.titles === undefined : servers.attempts.length > 0) {
    if (outcome || title === 'Appcircle did not answer in time') return;
  }
  const possible = new Set<string>(outcome?.titles ?? []);
  if (ended >= plan.timeoutMs - 1) possible.add('The Appcircle CLI did not finish');
  // A retry that can't come in time is not waited for.
  if (ended >= plan.timeoutMs - 1 && !outcome?.transient)
    possible.add('Appcircle did not answer in time');
  if (plan.jumpAt !== undefined) possible.add('The token has already expired');
  if (plan.proxyInvalid) possible.add('The proxy setting is not valid');
  if (outcome?.titles?.length === 0) {
    const { name } = plan.organization ?? {};
    const { organizations, listRead } = servers;
    const found = servers.found.length;
    if (plan.inputs['expiry-failure-days']) possible.add('The key expires too soon');
    if (
      plan.files.some(
        ({ path, text, trouble }) =>
          trouble || text === undefined || !Object.values(plan.env).includes(path),
      )
    )
      possible.add('The runner did not take the token');
    if (name && listRead && found === 0) possible.add('No sub-organization has this name');
    if (name && listRead && found > 1) possible.add('Several sub-organizations have this name');
    if (organizations.size > 100_000) possible.add('The organization list could not be read');
    if (plan.configureCli && !plan.cliInstalled) possible.add(CLI_TITLES[0] ?? '');
    else if (virtual.calls.length > 0) for (const of of CLI_TITLES.slice(1)) possible.add(of);
  }
  if (!possible.has(title))
    yield `"${title}" after ${outcome?.name ?? 'nothing'}, which may be ${[...possible].join(' or ') || 'nothing'}`;
  const line = main.log.annotations.find(({ level }) => level === 'error')?.message ?? '';
  const { says = '' } = outcome?.titles?.some((each) => each === title) ? outcome : {};
  if (!line.includes(says) && !line.includes('***') && title !== TOO_OLD)
    yield `lost the words of the server: ${says}`;
}

/** A green run leaves the CLI with the token, for the servers that it is for. */
function* login({ plan, exitCode, afterMain, servers }: Story): Generator<string> {
  if (!plan.configureCli || exitCode !== 0) return;
  const { current, envs } = parsed(afterMain.get(CONFIGURATION));
  const { AC_ACCESS_TOKEN, API_HOSTNAME, AUTH_HOSTNAME, HOOK_HOSTNAME } =
    envs?.['github-actions'] ?? {};
  if (current !== 'github-actions') yield `the CLI is in ${current}`;
  if (AC_ACCESS_TOKEN !== servers.grants.at(-1)?.token) yield 'the CLI has another token';
  const [auth, api] = [plan.auth.href.replace(/\/$/, ''), plan.api.href.replace(/\/$/, '')];
  if (AUTH_HOSTNAME !== auth || API_HOSTNAME !== api)
    yield `the CLI has ${AUTH_HOSTNAME} and ${API_HOSTNAME}`;
  const hook = api === 'https://api.appcircle.io' ? undefined : api;
  if (HOOK_HOSTNAME !== hook) yield `the CLI posts its token to ${HOOK_HOSTNAME}`;
}

/** The CLI is as it was: its environment current, its values untouched, no token of the action's left. */
function* cli({
  plan,
  files,
  afterMain,
  cli: { calls },
  post,
  main,
  exitCode,
  killed,
}: Story): Generator<string> {
  const before = plan.files.find(({ path }) => path === CONFIGURATION)?.text;
  const after = files.texts.get(CONFIGURATION);
  if (calls.length === 0) {
    // What an earlier job left behind may be cleared as soon as post knows of the file.
    if (after !== before && !before?.includes(LEFT_BEHIND))
      yield "changed the CLI's configuration without using it";
    return;
  }
  const [was, is, left] = [parsed(before), parsed(after), tokenIn(after)];
  const warned = [...main.log.annotations, ...post.log.annotations].some(
    ({ title }) => title === STILL_LOGGED_IN,
  );
  if (exitCode !== 0 && !killed && tokenIn(afterMain.get(CONFIGURATION)) && !warned)
    yield 'failed with the CLI logged in';
  if (left !== '' && !warned) yield 'left the CLI logged in';
  // What can't be read may hold one, and so may what is broken; and the environment alone is worth a warning too.
  const unclear =
    after === BROKEN ||
    plan.configurationTroubleAtPost === 'unreadable' ||
    is.current === 'github-actions';
  if (left === '' && warned && !unclear) yield 'warned of a login that is gone';
  if (post.log.annotations.some(({ level }) => level === 'error')) yield 'a red line of post';
  if (plan.configurationTroubleAtPost) {
    if (after !== afterMain.get(CONFIGURATION) && plan.configurationTroubleAtPost !== 'unreadable')
      yield 'wrote what could not be written';
    return;
  }
  for (const [name, environment] of Object.entries(was.envs ?? {}))
    if (name !== 'github-actions' && !isDeepStrictEqual(is.envs?.[name], environment))
      yield `changed the CLI's environment ${name}`;
  const { current, envs: _, ...others } = was;
  const { current: now, envs: __, ...othersNow } = is;
  if (!isDeepStrictEqual(others, othersNow) && before)
    yield "changed more of the CLI's configuration";
  const expected = ['default', ...(current && current !== 'gone' ? [current] : [])].at(-1);
  if (now !== expected && after !== before) yield `left the CLI in ${now}, not ${expected}`;
}

interface CliConfiguration {
  readonly current?: string;
  readonly envs?: Record<string, Record<string, string>>;
}

function parsed(text: string | undefined): CliConfiguration {
  try {
    return JSON.parse(text ?? '') as CliConfiguration;
  } catch {
    return {};
  }
}

function tokenIn(text: string | undefined): string {
  return parsed(text).envs?.['github-actions']?.['AC_ACCESS_TOKEN'] ?? '';
}
