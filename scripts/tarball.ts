import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { REPOSITORY } from '../sandbox/runner/step.ts';

/**
 * How many bytes a runner downloads for `uses:`, near enough: what is committed, as `git archive HEAD | gzip -9` packs it.
 * @throws Error where git fails
 */
export function tarballBytes(): number {
  const { status, error, stdout, stderr } = spawnSync('git', ['archive', '--format=tar', 'HEAD'], {
    cwd: REPOSITORY,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`git archive failed: ${stderr}`);
  return gzipSync(stdout, { level: 9 }).length;
}
