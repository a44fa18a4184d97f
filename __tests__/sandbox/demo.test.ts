import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { API_KEY, PERSONAL_ACCESS_KEY } from '../../sandbox/appcircle/accounts.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';

test('the demo shows three runs, each as it should be, and no secret', () => {
  const demo = fileURLToPath(new URL('../../sandbox/demo.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [demo], {
    encoding: 'utf8',
    env: { ...process.env, ...COMPILE_CACHE },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/, as it should\./g)).toHaveLength(3);
  expect(stdout.match(/AC_ACCESS_TOKEN=\*\*\*/g)).toHaveLength(2);
  expect(stdout).toContain('Warning: Appcircle API key expires in 9 days');
  expect(stdout).not.toMatch(/<\/?(table|th|td|code)\b/);
  expect(stdout).not.toContain(API_KEY.secret);
  expect(stdout).not.toContain(PERSONAL_ACCESS_KEY.key);
});
