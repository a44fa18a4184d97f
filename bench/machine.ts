import { spawnSync } from 'node:child_process';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { REPOSITORY } from './repository.ts';

/** Where and when something was measured, and of which state of the repository, in a sentence or two. */
export function describeMachine(command: string): string {
  const processors = cpus();
  const memory = (totalmem() / 1e9).toFixed(0);
  const date = new Date().toISOString().slice(0, 10);
  return (
    `\`${command}\` on ${date} at commit ${commit()}, with Node ${process.version}, on ${processors.length} processors ` +
    `(${processors[0]?.model.trim() || 'of an unnamed model'}) with ${memory} GB, ${type()} ${release()} ${arch()}.`
  );
}

/** The commit that is checked out, and whether `dist/` or `bench/` differ from it. */
function commit(): string {
  const hash = git('rev-parse', '--short', 'HEAD');
  const changed = git('status', '--porcelain', '--', 'dist', 'bench') !== '';
  return changed ? `${hash}, with changes to dist/ or bench/ on top` : hash;
}

function git(...args: string[]): string {
  const { status, error, stdout, stderr } = spawnSync('git', args, {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout.trim();
}
