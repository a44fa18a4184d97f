import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { API_KEY, EXPIRED_API_KEY, VAULT } from '../../sandbox/appcircle/accounts.ts';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import { type JobResult, runJob } from '../../sandbox/runner/job.ts';
import { attack, OWN } from './attack.ts';
import { expectCliAsBefore, expectFailure, expectToken } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

const UNTAKEN = 'The runner did not take the token';
const EARLIER = { AC_ACCESS_TOKEN: 'the-token-of-an-earlier-step' };

describe('a token of an earlier step', () => {
  /** Two steps: one that gets a token, and one that asks for an organization that the key has no role in. */
  async function twoSteps(
    second: Record<string, string>,
  ): Promise<{ job: JobResult; first: string | undefined }> {
    const appcircle = await startAppcircle();
    try {
      const inputs = {
        'api-key-name': API_KEY.name,
        'api-key-secret': API_KEY.secret,
        'auth-endpoint': appcircle.authEndpoint,
        'api-endpoint': appcircle.apiEndpoint,
      };
      const action = process.env['ATTACK'] ? { action: process.env['ATTACK'] } : {};
      const job = await runJob({
        steps: [
          { ...action, inputs },
          {
            ...action,
            inputs: { ...inputs, 'sub-organization': VAULT.id, ...second },
            continueOnError: true,
          },
        ],
      });
      return { job, first: appcircle.issued[0]?.access_token };
    } finally {
      await appcircle.close();
    }
  }

  test('does not serve after a step that failed', async () => {
    const { job } = await twoSteps({});
    expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
    expect(job).toMatchObject({ conclusion: 'success', env: { AC_ACCESS_TOKEN: '' } });
    expect(job.steps[1]?.main?.log).toContain('Cleared AC_ACCESS_TOKEN');
  });

  test('is left alone with export-env: false', async () => {
    const { job, first } = await twoSteps({ 'export-env': 'false' });
    expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
    expect(job.env).toEqual({ AC_ACCESS_TOKEN: first });
  });

  test('does not serve where bad inputs stop the step that follows', async () => {
    const { job } = await twoSteps({ 'export-env': 'maybe' });
    expect(job.env).toEqual({ AC_ACCESS_TOKEN: '' });
  });

  test('is told of where it can not be cleared', async () => {
    const aftermath = await attack({
      env: { ...EARLIER, GITHUB_ENV: '/dev/full' },
      inputs: { summary: 'maybe' },
    });
    expectFailure(aftermath, 'Invalid inputs');
    expect(aftermath.main.annotations.map(({ level, title }) => [level, title])).toEqual([
      ['error', 'Invalid inputs'],
      ['warning', 'AC_ACCESS_TOKEN is still set'],
    ]);
  });
});

describe('a full disk', () => {
  test('as the state is saved fails the step before the CLI is touched', async () => {
    const aftermath = await attack({
      cli: {},
      configuration: OWN,
      env: { GITHUB_STATE: '/dev/full' },
    });
    expect(expectFailure(aftermath, UNTAKEN)).toContain('(ENOSPC)');
    expect(aftermath.calls).toEqual([]);
    expectCliAsBefore(aftermath);
  });

  test.concurrent.each(['GITHUB_ENV', 'GITHUB_OUTPUT'])(
    'as %s is written fails the step and logs the CLI out',
    async (file) => {
      const aftermath = await attack({
        cli: { startMs: 0 },
        configuration: OWN,
        env: { [file]: '/dev/full' },
      });
      expect(expectFailure(aftermath, UNTAKEN)).toContain('(ENOSPC)');
      expectCliAsBefore(aftermath);
    },
  );

  test('as the summary is written is no failure', async () => {
    const aftermath = await attack({
      env: { GITHUB_STEP_SUMMARY: '/dev/full' },
      inputs: { summary: 'always' },
    });
    expectToken(aftermath);
    expect(aftermath.main.log).toContain('The job summary could not be written');
  });

  test('as the summary of a failure is written adds no second red line', async () => {
    const aftermath = await attack({
      env: { GITHUB_STEP_SUMMARY: '/dev/full' },
      inputs: { summary: 'maybe' },
    });
    expectFailure(aftermath, 'Invalid inputs');
  });

  test('without the CLI does not matter to the state, which is not written', async () => {
    expectToken(await attack({ env: { GITHUB_STATE: '/dev/full' } }));
  });
});

describe('the summary of a failure', () => {
  const expired = {
    'api-key-name': EXPIRED_API_KEY.name,
    'api-key-secret': EXPIRED_API_KEY.secret,
  };

  test('has the words of the red line, and the steps to replace a key', async () => {
    const aftermath = await attack({ inputs: expired });
    expectFailure(aftermath, 'The key has expired');
    expect(aftermath.main.summary).toContain('<h3>❌ The key has expired</h3>');
    expect(aftermath.main.summary).toContain('says that the API key has expired (HTTP 401)');
    expect(aftermath.main.summary.match(/<li>/g)).toHaveLength(4);
  });

  test('is left out with summary: never', async () => {
    const aftermath = await attack({ inputs: { ...expired, summary: 'never' } });
    expectFailure(aftermath, 'The key has expired');
    expect(aftermath.main.summary).toBe('');
  });
});

describe('bad inputs', () => {
  const bad = {
    'allow-insecure-http': 'on',
    'key-expires-on': '2026-02-30',
    'expiry-warning-days': '367',
    'expiry-failure-days': '-1',
    'export-env': 'yes',
    'configure-cli': '1',
    summary: 'sometimes',
    'auth-endpoint': 'ftp://auth',
    'api-endpoint': 'api',
    'ca-certificate': './no-such-file.pem',
    'timeout-seconds': '601',
    'api-key-name': '',
  };

  test('all twelve fit into an annotation, with the remedy and the link', async () => {
    const message = expectFailure(await attack({ inputs: bad }), 'Invalid inputs');
    for (const name of Object.keys(bad)) expect(message).toContain(name);
    expect(message).toMatch(/Correct these 11 inputs .* More: \S+#invalid-inputs$/);
  });

  test('that are long give way to the remedy and the link', async () => {
    const inputs = Object.fromEntries(
      Object.entries(bad).map(([name, value]) => [name, value && 'x '.repeat(500)]),
    );
    const aftermath = await attack({ inputs });
    const message = expectFailure(aftermath, 'Invalid inputs');
    expect(message).toMatch(/… Correct these 11 inputs .* More: \S+#invalid-inputs$/);
    expect(message.length).toBeGreaterThan(4000);
    const [line = ''] = /(?<=^::error title=Invalid inputs::).*/m.exec(aftermath.main.stdout) ?? [];
    expect(line.length + 'Invalid inputs'.length).toBeLessThanOrEqual(4096);
  });

  test('hide no other', async () => {
    const inputs = {
      'auth-endpoint': 'ftp://auth',
      'api-endpoint': '',
      'sub-organization': 'iOS Team',
    };
    const message = expectFailure(await attack({ inputs }), 'Invalid inputs');
    expect(message).toContain('auth-endpoint is "ftp://auth".');
    expect(message).toContain('api-endpoint is not set');
    expect(message).toContain('these 2 inputs');
  });

  test.concurrent.each(['9999-12-31T23:59:59-01:00', '9999-12-31T23:59:59.999-00:01'])(
    '%s lies in the year 10000',
    async (date) => {
      expectFailure(await attack({ inputs: { 'key-expires-on': date } }), 'Invalid inputs');
    },
  );
});

describe('a Node that is too old', () => {
  const NODE_OPTIONS = `--require ${fileURLToPath(new URL('old-node.cjs', import.meta.url))}`;

  test('ends in one red line that says what to do', async () => {
    const aftermath = await attack({ env: { NODE_OPTIONS }, post: true });
    expect(expectFailure(aftermath, 'Node is too old')).toMatch(
      /^This runner has Node 20\.19\.0, but the action needs 24\.5 or newer\. Update the runner to 2\.328\.0 or newer\. On 32-bit ARM, which runs actions on Node 20, use a 64-bit runner\. More: \S+#node-is-too-old$/,
    );
    expect(aftermath.main.stdout.split('\n').slice(0, -2)).toEqual([
      `::add-mask::${API_KEY.secret}`,
    ]);
    expect(aftermath.appcircle.requests).toEqual([]);
    expect(aftermath.post).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  test.each([
    ['', { AC_ACCESS_TOKEN: '' }],
    ['False', {}],
  ])(
    'clears the token of an earlier step with export-env: %j like any failure',
    async (exportEnv, env) => {
      const aftermath = await attack({
        env: { NODE_OPTIONS, AC_ACCESS_TOKEN: 'earlier' },
        inputs: { 'export-env': exportEnv },
      });
      expect(aftermath.main.env).toEqual(env);
    },
  );
});
