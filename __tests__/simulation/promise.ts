import { isDeepStrictEqual } from 'node:util';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import type { Grant } from './answers.ts';
import { CONFIGURATION, DAY } from './plan.ts';
import { retriedOnce, retriesAfter, wasTimeForAnother } from './retries.ts';
import { isAllowedConnection, isAllowedRequest, isAllowedTunnel } from './routes.ts';
import type { Story } from './story.ts';
import { leaksIn } from './texts.ts';
import { ROOT } from './virtual.ts';

/** A story whose main ended by itself, in milliseconds since the start. */
type Ended = Story & { readonly ended: number };
type Promises<T> = Readonly<Record<string, (story: T) => boolean>>;

/** So long after SIGINT GitHub's runner sends SIGTERM (sandbox/runner/process.ts), and it kills later still. */
const UNTIL_SIGTERM_MS = 7500;
/** For so long post waits for a CLI that outlived main. */
const POST_WAITS_MS = 2000;

const TOKEN_OR_FAILURE =
  'The step ends with a token that passed every check, or it fails: an exit code other than 0, no output, no variable, and one red line';

/** What docs/GUARANTEES.md promises of a main that nobody kills, in its words, and whether a story keeps it. */
export const promisesOfMain: Promises<Ended> = {
  [TOKEN_OR_FAILURE]: (story) => {
    const { exitCode, title, main } = story;
    const errors = main.log.annotations.filter(({ level }) => level === 'error');
    if (exitCode === 0) return errors.length === 0 && isPublished(story);
    if (errors.length !== 1 || title === 'Unexpected error in the action') return false;
    return exportsNothing(story);
  },

  'If it fails, it clears an earlier `AC_ACCESS_TOKEN`': (story) => {
    const { plan, exitCode, environment } = story;
    if (exitCode === 0 || !plan.earlierToken) return true;
    const exported = environment['AC_ACCESS_TOKEN'];
    if (!plan.exportEnv) return exported === undefined;
    return exported === '' || warns(story, 'AC_ACCESS_TOKEN is still set');
  },

  'If the job is cancelled, the step ends before the runner kills it, exports nothing and leaves no process behind':
    (story) => {
      const { cancelled, ended, exitCode, leftRunning } = story;
      // Whether the job was cancelled or not.
      if (leftRunning > 0) return false;
      if (cancelled === undefined) return true;
      return ended <= cancelled + UNTIL_SIGTERM_MS && exitCode !== 0 && exportsNothing(story);
    },

  '`timeout-seconds` covers everything that the step does with Appcircle.': ({ ended, plan }) =>
    // Times are rounded to a millisecond.
    ended <= plan.timeoutMs + 1,

  'Invalid inputs are reported together, before any request, each with its name': (story) => {
    const { plan, connections, annotations } = story;
    if (plan.invalidInputs.length === 0) return true;
    const { message = '' } = annotations.find(({ level }) => level === 'error') ?? {};
    return connections === 0 && plan.invalidInputs.every((name) => message.includes(name));
  },

  'Without the CLI on the PATH, or with a broken configuration, the step fails before any request.':
    ({ plan, exitCode, connections }) => {
      const canLogIn = plan.cli.isInstalled && plan.cli.isUsable;
      return !plan.configureCli || canLogIn || (exitCode !== 0 && connections === 0);
    },

  'The secret inputs are masked before anything else happens, even if they are invalid.': ({
    plan,
    main,
  }) => {
    const keys = [plan.inputs['api-key-secret'], plan.inputs['personal-access-key']];
    const masks = masksBefore(wordAfter(0, main.lines), main.lines);
    return keys.every((key) => !key || masks.includes(key));
  },

  'The `access_token`, `refresh_token` and `id_token` of an answer are masked before anything else in it is used':
    ({ plan, main, servers, cancelled }) =>
      servers.arrivals.every(({ tokens, at, line }) => {
        const word = wordAfter(line, main.lines);
        // Nobody reads an answer that comes later.
        if (word === undefined || at >= (cancelled ?? plan.timeoutMs)) return true;
        const masks = masksBefore(word, main.lines);
        return tokens.every((token) => masks.includes(token));
      }),

  'It is refused if it has expired': (story) => {
    const { grant } = granted(story);
    // Where the answer has no date, a clock that jumped decides.
    return !grant || story.world.jumpedMs !== 0 || grant.lifetime > 0;
  },

  "`token-expires-at` is in the runner's time.": (story) => {
    const { outputs, plan, world } = story;
    const { grant } = granted(story);
    if (!grant || !outputs['token-expires-at'] || world.jumpedMs !== 0) return true;
    const received = Date.parse(outputs['token-expires-at']) - grant.lifetime * 1000;
    return received >= plan.now - 1000 && received <= plan.now + plan.timeoutMs;
  },

  'If you ask for a sub-organization and the token is for another one, the step fails.': (
    story,
  ) => {
    const { organizationId: id, claim } = granted(story);
    return !id || !claim || id.toLowerCase() === claim.toLowerCase();
  },

  "If the token doesn't say, you get a warning. From an older server's path, which may have ignored the sub-organization, the step fails.":
    (story) => {
      const { organizationId, claim, isOlder } = granted(story);
      if (!organizationId || claim) return true;
      return !isOlder && warns(story, 'The token does not name its organization');
    },

  'A name must match [exactly one organization]': (story) => {
    const { plan, title, servers } = story;
    const { name } = plan.organization;
    const lists = servers.tries.filter(({ asked }) => asked?.method === 'GET');
    const areGood = lists.every(({ outcome }) => outcome?.answer?.isGood);
    if (name === undefined || !areGood) return true;
    const [match, ...others] = plan.directory.filter((each) => each.name === name);
    if (title === 'No sub-organization has this name') return match === undefined;
    if (title === 'Several sub-organizations have this name') return others.length > 0;
    const { grant, organizationId } = granted(story);
    return !grant || (organizationId === match?.id && others.length === 0);
  },

  '`organization-id` is the GUID that the token names, or empty': (story) => {
    const { grant, claim = '' } = granted(story);
    const id = /^[\da-f-]{36}$/i.test(claim) ? claim : '';
    return !grant || story.outputs['organization-id'] === id;
  },

  'From `expiry-failure-days` before, the step fails.': (story) => {
    const { grant } = granted(story);
    const { 'expiry-failure-days': days, 'key-expires-on': expires = '' } = story.plan.inputs;
    if (!grant || grant.date === 'none' || !days) return true;
    return Date.parse(expires) - grant.date > Number(days) * DAY;
  },

  'HTTPS, or HTTP to this machine: `localhost`, 127.0.0.0/8 and `[::1]`, never through a proxy. HTTP elsewhere only with `allow-insecure-http`.':
    ({ plan, network, servers }) =>
      network.sockets.every((socket) => isAllowedConnection(plan, socket)) &&
      servers.tunnels.every((request) => isAllowedTunnel(plan, request)) &&
      servers.tries.every(({ asked }) => !asked || isAllowedRequest(plan, asked)),

  'An exchange is one request, unless it is retried': ({ servers: { tries } }) =>
    tries.every(({ asked, outcome }, at) => {
      if (!outcome || retriesAfter(outcome) !== 'never') return true;
      const later = tries.slice(at + 1);
      // An answer ends its own request alone; anything else ends the run.
      if (!asked || !outcome.answer) return later.length === 0;
      const { href } = asked.url;
      return !later.some((each) => each.asked?.url.href === href && each.asked.body === asked.body);
    }),

  'Network failures, HTTP 408, 425, 429, 500, 502, 503, 504, 520 to 524, 530, and any other 5xx with a `Retry-After` are retried':
    (story) => {
      // Nothing went wrong but for a short outage.
      if (story.plan.isBenign) return story.exitCode === 0;
      const last = story.servers.tries.at(-1);
      if (!last) return true;
      // One that met nothing was waiting for a connection or an answer.
      const isRetried = !last.outcome || retriesAfter(last.outcome) === 'until time is up';
      return !isRetried || !wasTimeForAnother(story);
    },

  "An unknown host name and HTTP 421 are retried once, an untrusted certificate once with the operating system's authorities.":
    (story) => {
      const failures = story.servers.tries.map(({ outcome }) => outcome && retriedOnce(outcome));
      const end = failures.length - 1;
      const last = failures[end];
      const isFirstOfItsKind = last !== undefined && failures.indexOf(last) === end;
      if (isFirstOfItsKind && wasTimeForAnother(story)) return false;
      // The same twice in a row is the end.
      const repeated = failures.findIndex((failure, at) => failure && failure === failures[at - 1]);
      return repeated < 0 || repeated === end;
    },

  'A Personal Access Key goes to an older path only if the newer one is missing: HTTP 405, or a 404':
    ({ servers: { tries } }) => {
      const isMissing = (version: string) =>
        tries.some(({ asked, outcome }) => {
          const { status = 0 } = outcome?.answer ?? {};
          return asked?.url.href.endsWith(`/auth/${version}/token`) && [404, 405].includes(status);
        });
      return tries.every(({ asked }) => {
        if (asked?.url.href.endsWith('/auth/v2/token')) return isMissing('v3');
        if (asked?.url.href.endsWith('/auth/v1/token')) return isMissing('v2');
        return true;
      });
    },

  '`configure-cli` logs the CLI in, in an environment of its own': (story) => {
    const { plan, afterMain } = story;
    const { grant } = granted(story);
    if (!grant || !plan.configureCli) return true;
    const { current, token } = configurationIn(afterMain.get(CONFIGURATION));
    return current === 'github-actions' && token === grant.token;
  },

  'If the step fails, the CLI is logged out, even if an earlier step had logged it in': (story) => {
    const { plan, exitCode, afterMain } = story;
    if (exitCode === 0 || !plan.configureCli) return true;
    return !configurationIn(afterMain.get(CONFIGURATION)).token || warns(story, STILL_LOGGED_IN);
  },
};

/** Of a text that servers repeat: 304. */
const MORE_THAN_300_CHARACTERS = /(\w{3} )\1{75}/;

/** And what it promises of a job, whatever happened to main. */
export const promisesOfJob: Promises<Story> = {
  "A text from elsewhere is [made safe](FOR-SECURITY-TEAMS.md#what-it-shows): one line of at most 300 characters that can't start a workflow command.":
    (story) => {
      const commands = ['add-mask', 'error', 'warning'];
      if (story.plan.variables['RUNNER_DEBUG'] === '1') commands.push('debug');
      const areHarmless = linesOf(story).every((line) => {
        const command = parseCommand(line);
        if (command?.name === 'add-mask') return true;
        const isKnown = command === undefined || commands.includes(command.name);
        const isOneLine = !/[\p{Cc}\p{Cf}]/u.test(command?.data ?? line);
        return isKnown && isOneLine && !MORE_THAN_300_CHARACTERS.test(line);
      });
      const isMarkup = /<script|<img/.test(summaryOf(story));
      return areHarmless && !isMarkup && leaksOf(story).length === 0;
    },

  'If an annotation would exceed the 4,096 characters': (story) =>
    linesOf(story).every((line) => {
      const { name, properties, data = '' } = parseCommand(line) ?? {};
      const title = properties?.['title'] ?? '';
      return (name !== 'error' && name !== 'warning') || title.length + data.length <= 4096;
    }),

  'When the job ends, failed and cancelled ones too, the token is cleared and the previous environment is current again':
    (story) => {
      const { plan, files, state, livedOn } = story;
      const before = configurationIn(plan.files.texts.get(CONFIGURATION));
      const after = configurationIn(files.texts.get(CONFIGURATION));
      // The CLI makes a configuration where there is none.
      if (before.current && !isDeepStrictEqual(after.rest, before.rest)) return false;
      if (!state['cli-configuration']) return after.current === before.current;
      if (livedOn >= POST_WAITS_MS || isOfAnotherJob(story, after.token)) return true;
      if (plan.isLockedAtPost) return !after.token || warns(story, STILL_LOGGED_IN);
      return !after.token && (after.current ?? 'default') === plan.cli.previous;
    },

  "Another job's login is left alone.": (story) => {
    const { beforePost, files, killed } = story;
    const { token } = configurationIn(beforePost);
    // The CLI of a main that was killed may write while post waits for it.
    return killed || !isOfAnotherJob(story, token) || files.texts.get(CONFIGURATION) === beforePost;
  },

  'A token that is left is a warning, never a failure.': ({ post, postExitCode }) =>
    postExitCode === 0 && post.log.annotations.every(({ level }) => level !== 'error'),

  'The post step (`dist/post.js`) sends nothing and exports nothing': (story) => {
    const { network, connections, files, afterMain } = story;
    const paths = [`${ROOT}/GITHUB_ENV`, `${ROOT}/GITHUB_OUTPUT`];
    const isUnchanged = paths.every((path) => files.texts.get(path) === afterMain.get(path));
    return isUnchanged && network.sockets.length === connections;
  },
};

const STILL_LOGGED_IN = 'The Appcircle CLI is still logged in';

/** What a story did not keep. */
export function brokenPromises(story: Story): string[] {
  const { killed, ended } = story;
  if (killed) return brokenOf(promisesOfJob, story);
  if (ended === undefined) return [TOKEN_OR_FAILURE];
  return [...brokenOf(promisesOfMain, { ...story, ended }), ...brokenOf(promisesOfJob, story)];
}

function brokenOf<T>(promises: Promises<T>, story: T): string[] {
  const broken = Object.entries(promises).filter(([, isKept]) => !isKept(story));
  return broken.map(([sentence]) => sentence);
}

/** Secrets that a person can make out in what was said and summed up. */
export function leaksOf(story: Story): string[] {
  const { secrets, planted } = story.world;
  const said = linesOf(story).filter((line) => !line.startsWith('::add-mask::'));
  const texts = said.map((line) => parseCommand(line)?.data ?? line);
  const titles = story.annotations.map(({ title }) => title);
  // The action's own words may have the letters of a short one.
  const long = secrets.filter(({ length }) => length >= 6);
  return [
    ...leaksIn(texts.join('\n'), { secrets, planted }),
    ...leaksIn([...titles, summaryOf(story)].join('\n'), { secrets: long, planted }),
  ];
}

function linesOf({ main, post }: Story): string[] {
  return [...main.lines, ...post.lines];
}

function summaryOf({ files }: Story): string {
  return files.texts.get(`${ROOT}/GITHUB_STEP_SUMMARY`) ?? '';
}

function warns({ annotations }: Story, title: string): boolean {
  return annotations.some((annotation) => annotation.title === title);
}

/** The token of a green run, and the request that it answers; nothing of any other run. */
function granted({ exitCode, servers }: Story) {
  const { asked, outcome } = servers.tries.at(-1) ?? {};
  const grant: Grant | undefined = exitCode === 0 ? outcome?.answer?.grant : undefined;
  if (!grant) return {};
  const { organizationId, isOlder } = asked ?? {};
  return { grant, claim: grant.claim?.trim(), organizationId, isOlder };
}

function exportsNothing({ afterMain, plan, environment }: Story): boolean {
  const output = `${ROOT}/GITHUB_OUTPUT`;
  const isUnchanged = afterMain.get(output) === plan.files.texts.get(output);
  return isUnchanged && !environment['AC_ACCESS_TOKEN'];
}

function isPublished(story: Story): boolean {
  const { outputs, environment, plan } = story;
  const { grant, organizationId } = granted(story);
  const { id, name } = plan.organization;
  // Which one a name stands for is another promise's.
  const isAsked = name === undefined ? organizationId === id : organizationId !== undefined;
  const exported = plan.exportEnv ? grant?.token : undefined;
  if (environment['AC_ACCESS_TOKEN'] !== exported) return false;
  return isAsked && grant !== undefined && outputs['access-token'] === grant.token;
}

/** Where the first line from there is that is no mask. */
function wordAfter(line: number, lines: readonly string[]): number | undefined {
  const at = lines.findIndex((text, index) => index >= line && !text.startsWith('::add-mask::'));
  return at < 0 ? undefined : at;
}

function masksBefore(line: number | undefined, lines: readonly string[]): string[] {
  const masks = lines.slice(0, line).filter((text) => text.startsWith('::add-mask::'));
  return masks.map((mask) => parseCommand(mask)?.data ?? '');
}

/** Whether a token in the CLI's configuration is not the one of this step. */
function isOfAnotherJob({ servers }: Story, token: string): boolean {
  const grants = servers.tries.flatMap(({ outcome }) => outcome?.answer?.grant ?? []);
  return token !== '' && token !== grants.at(-1)?.token;
}

/** What there is in the CLI's configuration of the action, and the rest. */
function configurationIn(text = '{}'): { current?: string; token: string; rest: unknown } {
  const { current, envs = {}, 'github-actions': _note, ...others } = parsed(text);
  const { 'github-actions': own = {}, ...kept } = envs;
  return { current, token: own.AC_ACCESS_TOKEN ?? '', rest: { ...others, kept } };
}

// biome-ignore lint/suspicious/noExplicitAny: what the CLI wrote.
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
