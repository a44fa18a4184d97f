import { isDeepStrictEqual } from 'node:util';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { describeOddity } from '../../src/appcircle/key-oddities.ts';
import { ROOT } from './machine.ts';
import { CONFIGURATION, LEFT_BEHIND, type Plan } from './plan.ts';
import { read, type Story } from './story.ts';
import { leaksIn } from './texts.ts';

const CLI_TITLES = [
  'The Appcircle CLI failed',
  'The Appcircle CLI did not finish',
  'The Appcircle CLI did not store the token',
];
const STILL_LOGGED_IN = 'The Appcircle CLI is still logged in';
const UNCHECKED = 'The token does not name its organization';
const DAY = 24 * 60 * 60 * 1000;
const EARLIER_TOKEN_LEFT = 'AC_ACCESS_TOKEN is still set';

/** Everything that a run did not keep of what the action promises (docs/GUARANTEES.md); nothing where all is well. */
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

function isUnchecked({ main }: Story): boolean {
  return main.log.annotations.some(({ title }) => title === UNCHECKED);
}

/** It ends in one of two ways, in time. */
function* ends({ plan, ended, cancelled, exitCode, main, leftRunning }: Story): Generator<string> {
  if (ended === undefined) return yield 'came to no end';
  if (ended > plan.timeoutMs + 1) yield `took ${ended} ms of ${plan.timeoutMs}`;
  if (cancelled !== undefined && ended > cancelled + 7500)
    yield `took ${ended - cancelled} ms to end once cancelled`;
  if (cancelled !== undefined && exitCode === 0) yield 'ended green though cancelled';
  const errors = main.log.annotations.filter(({ level }) => level === 'error');
  if (errors.length !== exitCode)
    yield `exit code ${exitCode} with ${errors.length} error annotations`;
  if (errors[0]?.title === 'Unexpected error in the action')
    yield `an unexpected error: ${errors[0].message}`;
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
function* published(story: Story): Generator<string> {
  const { plan, exitCode, files, servers, main, jumped } = story;
  const [outputs, env] = [read(files, 'GITHUB_OUTPUT'), read(files, 'GITHUB_ENV')];
  const file = (name: string) => plan.files.find(({ path }) => path === `${ROOT}/${name}`);
  if (exitCode !== 0) {
    if (files.texts.get(`${ROOT}/GITHUB_OUTPUT`) !== file('GITHUB_OUTPUT')?.text)
      yield 'outputs of a run that failed';
    const cleared = env['AC_ACCESS_TOKEN'] === '';
    if (env['AC_ACCESS_TOKEN']) yield 'a token of a run that failed';
    const warned = main.log.annotations.some(({ title }) => title === EARLIER_TOKEN_LEFT);
    if (plan.exportEnv && plan.earlierToken && !cleared && !warned)
      yield "an earlier step's token outlived the failure";
    if (cleared && !(plan.exportEnv && plan.earlierToken))
      yield 'cleared a token that was not there';
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
  const { organizationId = '', date } = grant;
  if (expected && organizationId && organizationId.toLowerCase() !== expected.toLowerCase())
    yield 'a token for another organization';
  if (outputs['organization-id'] !== organizationId)
    yield `organization-id is ${outputs['organization-id']}, not ${organizationId}`;
  if (isUnchecked(story) !== (expected !== undefined && organizationId === ''))
    yield 'warned, or did not, that the token names no organization';
  const isOlder = servers.grants.some((each) => each.isOlder);
  if (isOlder !== main.lines.some((line) => line.includes('/auth/v3/token is missing')))
    yield 'called the server older, or did not';
  if (outputs['credential-type'] !== plan.credential) yield 'another credential-type';
  if (Object.keys(outputs).filter((name) => name !== 'earlier').length !== 7)
    yield 'not all outputs';
  if (Object.keys(env).some((name) => name !== 'AC_ACCESS_TOKEN' && name !== 'earlier'))
    yield 'more variables';
  const keyExpires = Date.parse(outputs['key-expires-on'] ?? '');
  // Before 2000 it can't be right, and the runner's clock counts.
  if (date !== undefined && date >= Date.UTC(2000, 0) && keyExpires) {
    const days = (keyExpires - date) / DAY;
    if (Number(outputs['key-days-left']) !== (Math.trunc(days) || 0))
      yield `key-days-left is ${outputs['key-days-left']}, not ${days}`;
    const [failureDays] = /\d+/.exec(plan.inputs['expiry-failure-days'] ?? '') ?? [];
    if (failureDays && days <= Number(failureDays))
      yield 'published with a key that expires too soon';
  }
  const expires = outputs['token-expires-at'] ?? '';
  if (grant.lifetime !== undefined && expires && jumped === 0) {
    const lifetime = Date.parse(expires) - plan.now - grant.lifetime * 1000;
    if (lifetime < -1000 || lifetime > plan.timeoutMs) yield `token-expires-at is ${expires}`;
  }
}

/** Whether the key was copied badly, which explains every refusal. */
function isKeyOdd({ inputs, credential }: Plan): boolean {
  const input = (name: string) => inputs[name]?.trim() ?? '';
  const key =
    credential === 'api-key'
      ? ({
          type: credential,
          name: input('api-key-name'),
          secret: input('api-key-secret'),
        } as const)
      : ({ type: credential, key: input('personal-access-key') } as const);
  return describeOddity(key) !== undefined;
}

/** The job summary: never, always, or with something to warn of. */
function* summary(story: Story): Generator<string> {
  const { plan, files, exitCode } = story;
  const file = plan.files.find(({ path }) => path === `${ROOT}/GITHUB_STEP_SUMMARY`);
  const written = (files.texts.get(`${ROOT}/GITHUB_STEP_SUMMARY`) ?? '').slice(
    file?.text?.length ?? 0,
  );
  if (plan.summary === 'never' && written) yield 'a summary in spite of never';
  if (file?.trouble || file?.text === undefined || !plan.env['GITHUB_STEP_SUMMARY']) return;
  const status = read(files, 'GITHUB_OUTPUT')['key-expiry-status'] ?? '';
  const warns = ['expiring', 'expired'].includes(status) || isUnchecked(story);
  const due = plan.summary !== 'never' && (exitCode !== 0 || plan.summary === 'always' || warns);
  if (due !== written.length > 0)
    yield `a summary of ${written.length} characters with ${plan.summary}`;
  if (exitCode !== 0 && written && !written.includes(titleOf(story)))
    yield 'a summary without the title';
}

/** The red line blames what was to blame. */
function* blamed(story: Story): Generator<string> {
  const { plan, main, servers, exitCode, cancelled, ended = 0 } = story;
  const title = titleOf(story);
  if (exitCode === 0 || cancelled !== undefined) {
    if (exitCode !== 0 && title !== 'The run was cancelled' && ended !== cancelled)
      yield `cancelled, and yet "${title}"`;
    return;
  }
  const line = main.log.annotations.find(({ level }) => level === 'error')?.message ?? '';
  const page = `${plan.page}docs/TROUBLESHOOTING.md#${title.toLowerCase().replaceAll(' ', '-')}`;
  if (!line.endsWith(` ${page}`) && !line.includes('***')) yield `no link to ${page}`;
  if (plan.failsAtOnce) {
    if (title !== plan.failsAtOnce || servers.attempts.length > 0)
      yield `"${title}" in the place of ${plan.failsAtOnce}`;
    return;
  }
  const { outcome } = servers.attempts.at(-1) ?? {};
  if (outcome ? outcome.titles === undefined : servers.attempts.length > 0) {
    if (outcome || title === 'Appcircle did not answer in time') return;
  }
  if (outcome?.transient && servers.wait && outcome.titles?.some((each) => each === title))
    yield `gave up after ${outcome.name}, though there was time for another try`;
  const possible = new Set<string>(outcome?.titles ?? []);
  if (isKeyOdd(plan)) possible.add('Appcircle did not accept the key');
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
          /GITHUB_(OUTPUT|ENV|STATE)/.test(path) &&
          (trouble || text === undefined || !Object.values(plan.env).includes(path)),
      )
    )
      possible.add('The runner did not take the token');
    if (name && listRead && found === 0) possible.add('No sub-organization has this name');
    if (name && listRead && found > 1) possible.add('Several sub-organizations have this name');
    if (organizations.size > 100_000) possible.add('The organization list could not be read');
    if (plan.configureCli) for (const of of CLI_TITLES) possible.add(of);
  }
  if (!possible.has(title))
    yield `"${title}" after ${outcome?.name ?? 'nothing'}, which may be ${[...possible].join(' or ') || 'nothing'}`;
  const { says = '' } = outcome?.titles?.some((each) => each === title) ? outcome : {};
  if (!line.includes(says) && !line.includes('***')) yield `lost the words of the server: ${says}`;
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
function* cli(story: Story): Generator<string> {
  const { plan, files, afterMain, beforePost, cli: virtual, post, main, exitCode, killed } = story;
  const before = plan.files.find(({ path }) => path === CONFIGURATION)?.text;
  const after = files.texts.get(CONFIGURATION);
  const [was, is] = [parsed(before), parsed(after)];
  const warned = [...main.log.annotations, ...post.log.annotations].some(
    ({ title }) => title === STILL_LOGGED_IN,
  );
  const failed = exitCode !== 0 && !killed;
  if (post.log.annotations.some(({ level }) => level === 'error')) yield 'a red line of post';
  if (failed && plan.configureCli && tokenIn(afterMain.get(CONFIGURATION)) && !warned)
    yield 'failed with the CLI logged in';
  // A CLI that lives on for longer than that is not covered.
  if (story.livedOn >= 2000) return;
  const state = read({ texts: afterMain }, 'GITHUB_STATE');
  const wasUsed = state['cli-configuration'] !== undefined;
  const isOthers = beforePost !== afterMain.get(CONFIGURATION);
  if ((!wasUsed || isOthers || plan.configurationTroubleAtPost) && !killed) {
    if (after !== beforePost) yield 'post changed what it had to leave alone';
  }
  if (!wasUsed) {
    // What an earlier step left may be cleared.
    const own = was.envs?.['github-actions'];
    if (own && failed && plan.configureCli) own['AC_ACCESS_TOKEN'] = tokenIn(after);
    if (!isDeepStrictEqual(is, was)) yield "changed the CLI's configuration without using it";
    return;
  }
  const left = [tokenIn(after)].filter((token) => token !== LEFT_BEHIND).join('');
  if (left && !warned && !isOthers) yield 'left the CLI logged in';
  const unclear =
    plan.configurationTroubleAtPost === 'unreadable' && state['cli-login'] === 'stored';
  if (!tokenIn(after) && warned && !unclear) yield 'warned of a login that is gone';
  if (isOthers || plan.configurationTroubleAtPost) return;
  for (const [name, environment] of Object.entries(was.envs ?? {}))
    if (name !== 'github-actions' && !isDeepStrictEqual(is.envs?.[name], environment))
      yield `changed the CLI's environment ${name}`;
  const { current, envs: _, 'github-actions': note, ...others } = was;
  const { current: now, envs: __, 'github-actions': noteNow, ...othersNow } = is;
  if (!isDeepStrictEqual(others, othersNow) && before)
    yield "changed more of the CLI's configuration";
  if (after === before) return;
  if (noteNow) yield 'left its note';
  const home = current === 'github-actions' ? note?.previous : current;
  const expected = home === 'gone' && virtual.worked ? 'default' : (home ?? 'default');
  if (now !== expected) yield `left the CLI in ${now}, not ${expected}`;
}

interface CliConfiguration {
  readonly current?: string;
  readonly 'github-actions'?: { readonly previous: string };
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
