// Many jobs at once against an Appcircle that throttles and fails: does each get its token, and after how many requests?
//
//   npx node bench/load.ts
//
// Takes a minute or two. Writes to README.md, or ends with exit code 1 if a run failed.
import { API_KEY } from '../sandbox/appcircle/accounts.ts';
import { startAppcircle } from '../sandbox/appcircle/server.ts';
import { runStep, type StepResult } from '../sandbox/runner/step.ts';
import { describeMeasurement, writeSection } from './report.ts';
import { median, quantile } from './statistics.ts';

const RUNS = 300;
const AT_ONCE = 20;
const TIMEOUT_SECONDS = 60;

/**
 * 6 requests a second on average, of which one in five fails: 300 tokens take a minute at least. A window has room for more than
 * all that run at once: with less, some would starve while later ones are served, however well they wait.
 */
const THROTTLE = { requests: 60, windowMs: 10_000 };
const FAILURES = { probability: 0.2, seed: 20_261 };

const appcircle = await startAppcircle({ throttle: THROTTLE, failures: FAILURES });
const results: StepResult[] = [];
let started = 0;

async function runInTurn(): Promise<void> {
  while (started < RUNS) {
    started += 1;
    results.push(await runOnce());
  }
}

function runOnce(): Promise<StepResult> {
  return runStep({
    inputs: {
      'api-key-name': API_KEY.name,
      'api-key-secret': API_KEY.secret,
      'auth-endpoint': appcircle.authEndpoint,
      'timeout-seconds': String(TIMEOUT_SECONDS),
    },
    killAfterMs: (TIMEOUT_SECONDS + 5) * 1000,
  });
}

function report(): string {
  const seconds = results.map(({ durationMs }) => durationMs / 1000);
  const attempts = results.map(({ stdout }) => stdout.split('Retrying in').length);
  const perToken = appcircle.requests.length / appcircle.issued.length;
  return [
    `${describeMeasurement('npx node bench/load.ts')}\n`,
    `${RUNS} runs, ${AT_ONCE} at a time, against a limit of ${THROTTLE.requests} requests in ${THROTTLE.windowMs / 1000} s (429 with \`Retry-After\`)`,
    `and, of those that pass, ${FAILURES.probability * 100} % answered 503. All got their token.\n`,
    `- requests per token: ${perToken.toFixed(2)}, and at most ${Math.max(...attempts)} by one run`,
    `- median run: ${median(seconds).toFixed(1)} s`,
    `- 95 % of the runs: within ${quantile(seconds, 0.95).toFixed(1)} s`,
    `- slowest run: ${Math.max(...seconds).toFixed(1)} s`,
  ].join('\n');
}

await Promise.all(Array.from({ length: AT_ONCE }, runInTurn));
await appcircle.close();
const failed = results.filter(({ exitCode, env }) => exitCode !== 0 || !env['AC_ACCESS_TOKEN']);
for (const { log } of failed) console.error(log);
if (failed.length > 0) {
  console.error(`${failed.length} of ${RUNS} runs failed.`);
  process.exitCode = 1;
} else {
  console.log(report());
  writeSection('load', report());
}
