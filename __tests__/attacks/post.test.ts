import { createHash } from 'node:crypto';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import { type CliConfiguration, NEW_ENVIRONMENT } from '../../sandbox/cli/configuration.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { attack } from './attack.ts';
import { expectToken } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

const ACTION = process.env['ATTACK'];
const TOKEN = 'eyJ.our-own-token.1234567';

/** What main keeps in its state of a login. */
const stateOf = (file: string, login = 'stored') => ({
  'cli-configuration': file,
  'cli-token': createHash('sha256').update(TOKEN).digest('hex'),
  'cli-login': login,
});

describe('post by itself sends nothing, exports nothing and is green', () => {
  test.concurrent.each([
    ['without state', {}],
    [
      'with the state of an older version',
      { 'main-ran': 'true', 'cli-previous-environment': 'default' },
    ],
    [
      'with a configuration that is not there',
      stateOf('/not/there/@appcircle/cli-nodejs/config.json'),
    ],
    ['with a configuration that is a folder', stateOf('/')],
    ['with a configuration that has no end', stateOf('/dev/zero')],
    [
      'with a configuration of a name that no file can have',
      stateOf(`${'x'.repeat(10_000)}/@appcircle/cli-nodejs/config.json`, 'begun'),
    ],
    ['with a token alone', { 'cli-token': '__proto__', 'cli-login': 'stored' }],
  ])('%s', async (_how, state) => {
    const appcircle = await startAppcircle();
    try {
      const inputs = {
        'api-key-name': API_KEY.name,
        'api-key-secret': API_KEY.secret,
        'auth-endpoint': appcircle.authEndpoint,
        'api-endpoint': appcircle.apiEndpoint,
        'configure-cli': 'true',
      };
      const options = { ...(ACTION && { action: ACTION }), phase: 'post', inputs } as const;
      const post = await runStep({ ...options, state });
      expect(post).toMatchObject({
        exitCode: 0,
        stdout: '',
        stderr: '',
        env: {},
        outputs: {},
        summary: '',
      });
      expect(appcircle.requests).toEqual([]);
    } finally {
      await appcircle.close();
    }
  });
});

test.concurrent.each([
  'STATE_main-ran',
  'STATE_isPost',
  'STATE_cli-configuration',
  'STATE_cli-token',
  'STATE_cli-login',
])('%s in the environment of main changes nothing', async (name) => {
  const aftermath = await attack({ env: { [name]: 'true' } });
  expectToken(aftermath);
  expect(aftermath.main.log).toContain('Exported the token');
});

describe('the environment that was current comes back, without a warning', () => {
  const environments = (name: string) =>
    name.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), {
      AC_ACCESS_TOKEN: 'a-developers-own',
    }) as object;

  test('over main and post', async () => {
    const configuration = {
      current: '-x',
      envs: { default: NEW_ENVIRONMENT, ...environments('-x') },
    };
    const aftermath = await attack({ cli: {}, configuration });
    expectToken(aftermath);
    expect(aftermath.post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
    expect(currentIn(aftermath.configuration)).toBe('-x');
    expect(aftermath.configuration).not.toContain(aftermath.appcircle.issued[0]?.access_token);
  });

  test.concurrent.each([
    '-x',
    'a.b',
    '--help',
    'blanks and "quotes"',
    'ü',
    '0',
    'github',
    'constructor',
  ])('where it is called %s', async (name) => {
    const { post, text } = await postAfter({ envs: environments(name), previous: name });
    expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
    expect(JSON.parse(text)).toMatchObject({ current: name, envs: environments(name) });
    expect(text).not.toContain(TOKEN);
  });

  test.concurrent.each(['gone', '__proto__', 'toString', 'a.b', ''])(
    'or "default", where there is no "%s"',
    async (name) => {
      const { post, text } = await postAfter({ previous: name });
      expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
      expect(currentIn(text)).toBe('default');
      expect(text).not.toContain(TOKEN);
    },
  );

  test.concurrent.each([['is __proto__', '{"current": "__proto__", "envs": {"default": {}}}']])(
    'or "default", where it %s before main',
    async (_what, configuration) => {
      const aftermath = await attack({ cli: {}, configuration });
      expectToken(aftermath);
      expect(aftermath.post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
      expect(currentIn(aftermath.configuration)).toBe('default');
    },
  );
});

describe('no token is left', () => {
  test.concurrent.each([
    ['where nothing is there', (file: string) => rmSync(dirname(file), { recursive: true })],
    [
      'where the environments are a list',
      (file: string) => writeFileSync(file, '{"envs": ["AC_ACCESS_TOKEN"]}'),
    ],
  ])('and there is no warning, %s', async (_what, meddle) => {
    const { post } = await postAfter({ meddle });
    expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
  });

  test('where the file is a link, which stays one', async () => {
    const { post, text, isLink } = await postAfter({
      meddle: (file) => {
        renameSync(file, `${file}.real`);
        symlinkSync(`${file}.real`, file);
      },
    });
    expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
    expect([currentIn(text), isLink]).toEqual(['default', true]);
    expect(text).not.toContain(TOKEN);
  });

  test("but another job's login stays, with its way back", async () => {
    const theirs = JSON.stringify({
      current: 'github-actions',
      envs: { default: {}, 'github-actions': { AC_ACCESS_TOKEN: 'eyJ.of-another-job.1' } },
      'github-actions': { previous: 'default' },
    });
    const { post, text } = await postAfter({ meddle: (file) => writeFileSync(file, theirs) });
    expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(text).toBe(theirs);
  });

  test('where post runs twice, of which the second has nothing to say', async () => {
    const { posts, text } = await postAfter({ times: 2 });
    expect(posts.map(({ log }) => log)).toEqual([
      'Logged the Appcircle CLI out. Its environment is "default" again.\n',
      '',
    ]);
    expect(text).not.toContain(TOKEN);
  });
});

describe('a configuration that can not be read', () => {
  const grown = (file: string) =>
    writeFileSync(file, JSON.stringify({ envs: {}, more: 'x'.repeat(1024 * 1024) }));

  test.each([
    ['is broken', (file: string) => appendFileSync(file, '}'), 'the file is not valid JSON'],
    ['has grown too large', grown, 'the file is larger than 1 MiB'],
  ])('since it %s is a warning where the token was stored', async (_what, meddle, why) => {
    const { post, file } = await postAfter({ meddle });
    expect(post).toMatchObject({ exitCode: 0, stderr: '' });
    expect(post.annotations).toEqual([
      {
        level: 'warning',
        title: 'The Appcircle CLI is still logged in',
        message: `Logging out failed: ${why}. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
      },
    ]);
  });

  test.each([
    ['is broken', (file: string) => appendFileSync(file, '}')],
    ['has grown too large', grown],
  ])('since it %s is nothing to warn of where the login failed', async (_what, meddle) => {
    const { post } = await postAfter({ meddle, login: 'failed' });
    expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });
});

test('post waits all of its two seconds where main never came to the end of the login', async () => {
  const { post, text } = await postAfter({ login: 'begun' });
  expect(post.durationMs).toBeGreaterThan(2000);
  expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
  expect(currentIn(text)).toBe('default');
});

interface Left {
  readonly envs?: object;
  /** What was current before main. */
  readonly previous?: string;
  /** What happens to the configuration before post. */
  readonly meddle?: (file: string) => void;
  /** How far main's state says the login got. */
  readonly login?: string;
  /** How often post runs. */
  readonly times?: number;
}

/** Runs post by itself, in a home where main had logged the CLI in. */
async function postAfter({ envs = {}, previous = 'default', meddle, login, times = 1 }: Left) {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-post-'));
  const file = join(folder, '@appcircle', 'cli-nodejs', 'config.json');
  mkdirSync(dirname(file), { recursive: true });
  const ours = { ...NEW_ENVIRONMENT, AC_ACCESS_TOKEN: TOKEN };
  const configuration = {
    current: 'github-actions',
    envs: { default: NEW_ENVIRONMENT, ...envs, 'github-actions': ours },
    'github-actions': { previous },
  };
  writeFileSync(file, JSON.stringify(configuration));
  meddle?.(file);
  try {
    const run = () => runStep({ phase: 'post', state: stateOf(file, login) });
    const post = await run();
    const posts = [post];
    while (posts.length < times) posts.push(await run());
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile();
    return {
      file,
      post,
      posts,
      text: isFile ? readFileSync(file, 'utf8') : '',
      isLink: isFile && lstatSync(file).isSymbolicLink(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function currentIn(configuration: string): string {
  return (JSON.parse(configuration) as CliConfiguration).current;
}

test('a file that is no configuration of the CLI stays as it is, whatever the state says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-post-'));
  const file = join(folder, 'package.json');
  const text =
    '{"current": "github-actions", "envs": {"default": {}, "github-actions": {"AC_ACCESS_TOKEN": "x"}}}';
  writeFileSync(file, text);
  try {
    const post = await runStep({
      phase: 'post',
      state: { ...stateOf(file), 'cli-token': createHash('sha256').update('x').digest('hex') },
    });
    expect([post.exitCode, post.stdout, readFileSync(file, 'utf8')]).toEqual([0, '', text]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
