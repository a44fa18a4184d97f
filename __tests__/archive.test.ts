import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('a runner downloads the action, its license and what tells about it, and nothing else', () => {
  const files = archived().filter((path) => !path.startsWith('.github/'));
  expect(files).toEqual([
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'action.yml',
    'dist/cli.js',
    'dist/index.js',
    'dist/licenses.txt',
    'dist/package.json',
    'dist/post.js',
  ]);
});

/** The files that `git archive` packs of the last commit, which is what GitHub hands to runners. */
function archived(): string[] {
  const args = ['archive', '--verbose', '--format=tar', 'HEAD'];
  const { status, stderr } = spawnSync('git', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  expect(status).toBe(0);
  const paths = stderr.toString().trim().split('\n');
  return paths.filter((path) => !path.endsWith('/')).sort();
}
