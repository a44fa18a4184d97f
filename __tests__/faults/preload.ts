/** Loaded ahead of the action with `--import`: breaks its name look-ups in the way that LOOKUPS lists. */
import { execFileSync } from 'node:child_process';
import { open } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LookupFault, replaceLookup } from './lookup.ts';

const lookups = (process.env['LOOKUPS'] ?? '').split(',') as LookupFault[];
// Windows has no named pipes that block a thread: there a look-up merely never answers.
if (lookups[0] === 'stalls' && process.platform !== 'win32') blockThreadPool();
else replaceLookup(lookups);

/**
 * Keeps the one thread busy for good that UV_THREADPOOL_SIZE=1 leaves, so that the real look-up hangs as with a name server that does not
 * answer: no deadline calls it off, and `process.exit` waits for it.
 */
function blockThreadPool(): void {
  const pipe = join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'pipe-without-a-writer');
  execFileSync('mkfifo', [pipe]);
  open(pipe, 'r', () => undefined);
}
