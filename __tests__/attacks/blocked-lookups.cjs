// Loaded ahead of the action: keeps the one thread busy for good that UV_THREADPOOL_SIZE=1 leaves, so that a name look-up hangs as with a
// name server that does not answer. No deadline calls it off, and `process.exit` waits for it.
const { execFileSync } = require('node:child_process');
const { open } = require('node:fs');
const { join } = require('node:path');

const pipe = join(process.env.RUNNER_TEMP, 'pipe-without-a-writer');
execFileSync('mkfifo', [pipe]);
open(pipe, 'r', () => {});
