// Many jobs at once against an Appcircle that throttles and fails: does each of them end with a token, and after how many requests?
//
//   npm run bench:load
//
// Writes docs/PERFORMANCE.md. Ends by itself within three minutes, with exit code 1 where a run ended without a token.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { API_KEY } from '../sandbox/appcircle/accounts.ts';
import { runStep, type StepResult } from '../sandbox/runner/step.ts';
import { writeSection } from './document.ts';
import type { Hardship, Seen } from './load-server.ts';
import { describeMachine } from './machine.ts';
import { inRepository } from './repository.ts';
import { median, quantile } from './statistics.ts';
import { table } from './tables.ts';

const RUNS = 300;
const AT_ONCE = 20;
const TIMEOUT_SECONDS = 60;
/** No run is started any more after this. */
const START_LIMIT_MS = 115_000;

/**
 * 6 requests a second on average, of which one in five fails: 4.8 tokens a second, so that 300 take a minute at the least. Without the
 * limit they would be through several times as fast. Who comes too late is told to wait up to 10 seconds, and may fail after that too.
 * A window has room for more than all 20: with less, jobs would starve while others that came later are served, which is no
 * matter of how well they wait.
 */
const HARDSHIP: Hardship = {
  throttle: { requests: 60, windowMs: 10_000 },
  failures: { probability: 0.2, seed: 20_261 },
};

/** Runs the action until all runs are done or the time to start them is over, so many at once. */
async function runAll(authEndpoint: string): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const start = performance.now();
  let started = 0;
  const worker = async () => {
    while (started < RUNS && performance.now() - start < START_LIMIT_MS) {
      started += 1;
      results.push(await runOnce(authEndpoint));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function runOnce(authEndpoint: string): Promise<StepResult> {
  return runStep({
    inputs: {
      'api-key-name': API_KEY.name,
      'api-key-secret': API_KEY.secret,
      'auth-endpoint': authEndpoint,
      'timeout-seconds': String(TIMEOUT_SECONDS),
    },
    killAfterMs: (TIMEOUT_SECONDS + 5) * 1000,
  });
}

function report(
  results: readonly StepResult[],
  withToken: number,
  { requests, tokens }: Seen,
): string {
  const { throttle, failures } = HARDSHIP;
  const seconds = results.map(({ durationMs }) => durationMs / 1000);
  // Each retry is one line of the log. Were its words others, the sum would tell.
  const tries = results.map(
    ({ stdout }) => 1 + [...stdout.matchAll(/ Retrying in .* \(attempt \d+\)\.$/gm)].length,
  );
  const sum = tries.reduce((all, one) => all + one, 0);
  if (withToken === RUNS && sum !== requests)
    throw new Error(`The logs tell of ${sum} requests, and the server got ${requests}.`);
  const rows = [
    ['runs that ended with a token', `${withToken} of ${RUNS}`],
    ['requests made per token', (requests / tokens).toFixed(2)],
    ['most tries by one run', String(Math.max(...tries))],
    ['median run', `${median(seconds).toFixed(1)} s`],
    ['95 % of the runs within', `${quantile(seconds, 0.95).toFixed(1)} s`],
    ['slowest run', `${Math.max(...seconds).toFixed(1)} s`],
  ];
  return (
    `Measured with ${describeMachine('npm run bench:load')}\n\n` +
    `${RUNS} runs, ${AT_ONCE} at a time, each with \`timeout-seconds: ${TIMEOUT_SECONDS}\`. The server lets ${throttle.requests} requests ` +
    `pass in ${throttle.windowMs / 1000} seconds, answers all others 429 with \`Retry-After\`, and of those that pass answers ` +
    `${failures.probability * 100} % with 503.\n\n${table(['', ''], rows)}`
  );
}

async function load(): Promise<void> {
  const server = fork(inRepository('bench', 'load-server.ts'), [JSON.stringify(HARDSHIP)]);
  try {
    const [authEndpoint] = await once(server, 'message');
    const results = await runAll(authEndpoint);
    server.send('tell what was seen');
    const [seen] = await once(server, 'message');
    const withToken = results.filter(
      ({ exitCode, env }) => exitCode === 0 && env['AC_ACCESS_TOKEN'],
    );
    for (const failed of results.filter((result) => !withToken.includes(result)))
      console.log(failed.log);
    const section = report(results, withToken.length, seen);
    console.log(section);
    if (withToken.length < RUNS) {
      console.error(
        `${RUNS - withToken.length} runs did not end with a token, or could not be started in time.`,
      );
      process.exitCode = 1;
    } else {
      writeSection('load', section);
    }
  } finally {
    server.disconnect();
  }
}

await load();
