import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { attack } from './attack.ts';
import { expectFailure, expectLoginUndone, expectToken } from './expect.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

describe('a full disk', () => {
  test.concurrent.each(['GITHUB_ENV', 'GITHUB_OUTPUT'])(
    'as %s is written fails the step and logs the CLI out',
    async (file) => {
      const aftermath = await attack({ cli: {}, env: { [file]: '/dev/full' } });
      expect(expectFailure(aftermath, 'The runner did not take the token')).toContain('(ENOSPC)');
      expect(aftermath.main.log).toContain('Logged the Appcircle CLI out.');
      expectLoginUndone(aftermath);
      expect(aftermath.job.leftBehind).toEqual([]);
    },
  );

  test('as the summary is written is no failure', async () => {
    const env = { GITHUB_STEP_SUMMARY: '/dev/full' };
    const aftermath = await attack({ env, inputs: { summary: 'always' } });
    expectToken(aftermath);
    expect(aftermath.main.log).toContain('The job summary could not be written');
  });
});

test('a Node that is too old ends in one red line that says what to do, and clears an earlier token', async () => {
  const oldNode = fileURLToPath(new URL('old-node.cjs', import.meta.url));
  const aftermath = await attack({
    env: { NODE_OPTIONS: `--require ${oldNode}`, AC_ACCESS_TOKEN: 'earlier' },
  });
  expect(expectFailure(aftermath, 'Node is too old')).toMatch(
    /^This runner has Node 20\.19\.0, but the action needs 24\.5 or newer\. Update the runner to 2\.328\.0 or newer\. On 32-bit ARM, which runs actions on Node 20, use a 64-bit runner\. More: \S+#node-is-too-old$/,
  );
  expect(aftermath.main.env).toEqual({ AC_ACCESS_TOKEN: '' });
  expect(aftermath.appcircle.requests).toEqual([]);
  expect(aftermath.post).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
});
