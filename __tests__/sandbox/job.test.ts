import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type JobStep, runJob } from '../../sandbox/runner/job.ts';
import { runStep } from '../../sandbox/runner/step.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

/** Main carries out the input `script`. Post tells which step it is of, and what state and environment it finds. */
const MAIN = `import { appendFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
const save = (kind, line) => appendFileSync(process.env['GITHUB_' + kind], line + '\\n');
const forever = (...words) => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', ...words], { stdio: 'ignore' });
eval(process.env.INPUT_SCRIPT);`;
const POST = `const { INPUT_NAME, STATE_SAVED, EXPORTED } = process.env;
console.log('post of ' + [INPUT_NAME, STATE_SAVED, EXPORTED].join(' '));`;

const FAST = { sigintMs: 300, sigtermMs: 300, outputMs: 300 };

let action: string;

beforeEach(() => {
  action = mkdtempSync(join(tmpdir(), 'job-test-'));
  const inputs = '{ script: { default: "" }, name: { default: "" } }';
  writeFileSync(
    join(action, 'action.yml'),
    `inputs: ${inputs}\nruns: { using: node24, main: main.mjs, post: post.mjs }`,
  );
  writeFileSync(join(action, 'main.mjs'), MAIN);
  writeFileSync(join(action, 'post.mjs'), POST);
});
afterEach(() => rmSync(action, { recursive: true }));

function step(name: string, script: string, options: JobStep = {}): JobStep {
  return { action, inputs: { name, script }, ...options };
}

/** Empty once the process has ended. */
function commandLine(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('posts run in reverse order, each with the state of its own main', async () => {
  const { steps, log, env, conclusion } = await runJob({
    steps: [
      step('one', 'save("STATE", "SAVED=1"); save("ENV", "EXPORTED=a"); save("ENV", "ONE=1")'),
      step('two', 'console.log("two finds " + process.env.EXPORTED); save("ENV", "EXPORTED=b")'),
    ],
  });
  expect(log).toBe('two finds a\npost of two  b\npost of one 1 b\n');
  expect(steps.map(({ post }) => post?.stdout)).toEqual(['post of one 1 b\n', 'post of two  b\n']);
  expect(env).toEqual({ EXPORTED: 'b', ONE: '1' });
  expect(conclusion).toBe('success');
});

test('a mask holds for the rest of the job', async () => {
  const { log, masks } = await runJob({
    steps: [
      step('one', 'console.log("::add-mask::s3cret")'),
      step('s3cret', 'console.log("a s3cret")'),
    ],
  });
  expect(log).toBe('a ***\npost of ***  \npost of one  \n');
  expect(masks).toEqual(['s3cret']);
});

test('a failed step skips those after it, whose posts are not registered', async () => {
  const failing = 'save("STATE", "SAVED=x"); process.exitCode = 1';
  const { steps, log, conclusion } = await runJob({
    steps: [step('one', failing), step('two', ''), step('three', '', { always: true })],
  });
  expect(steps.map(({ outcome }) => outcome)).toEqual(['failure', 'skipped', 'success']);
  expect(log).toBe('post of three  \npost of one x \n');
  expect(conclusion).toBe('failure');
});

test('with continue-on-error the job goes on, with what the failed step exported', async () => {
  const { steps, conclusion } = await runJob({
    steps: [
      step('one', 'save("ENV", "EXPORTED=a"); process.exitCode = 1', { continueOnError: true }),
      step('two', 'console.log(process.env.EXPORTED)'),
    ],
  });
  expect(steps[0]).toMatchObject({ outcome: 'failure', conclusion: 'success' });
  expect(steps[1]?.main?.stdout).toBe('a\n');
  expect(conclusion).toBe('success');
});

test('a step that is cancelled before its first line still gets its post, without state', async () => {
  const { steps, conclusion } = await runJob({
    steps: [step('one', 'save("STATE", "SAVED=1")', { cancel: { afterMs: 0 } }), step('two', '')],
  });
  expect(steps[0]?.main).toMatchObject({
    signal: 'SIGINT',
    stdout: '',
    cancelled: { signals: ['SIGINT'] },
  });
  expect(steps[0]?.main?.log).toBe('Error: The operation was canceled.\n');
  expect(steps[0]?.post?.stdout).toBe('post of one  \n');
  expect(steps[1]).toMatchObject({ main: undefined, post: undefined, outcome: 'skipped' });
  expect(conclusion).toBe('cancelled');
});

test.each([
  ['SIGINT', '', 0],
  ['SIGTERM', 'process.on("SIGINT", () => {})', 300],
  ['SIGKILL', 'process.on("SIGINT", () => {}); process.on("SIGTERM", () => {})', 600],
])('a cancelled step is told by %s at last', async (last, script, leastMs) => {
  const busy = `${script}; save("STATE", "SAVED=1"); console.log("busy"); setInterval(() => {}, 1000)`;
  const { steps } = await runJob({
    steps: [step('one', busy, { cancel: { onLine: /busy/ } })],
    patience: FAST,
  });
  const { signal, cancelled } = steps[0]?.main ?? {};
  expect([signal, cancelled?.signals.at(-1)]).toEqual([last, last]);
  expect(cancelled?.tookMs).toBeGreaterThanOrEqual(leastMs - 5);
  expect(steps[0]?.post?.stdout).toBe('post of one 1 \n');
});

test('a condition decides when to cancel, and a step that has ended is not cancelled', async () => {
  const file = join(action, 'there');
  const script = `setTimeout(() => save('STATE', 'SAVED=1') ?? appendFileSync(${JSON.stringify(file)}, ''), 100); setInterval(() => {}, 1000)`;
  const cancelled = await runJob({
    steps: [step('one', script, { cancel: { when: () => existsSync(file) } })],
  });
  expect(cancelled.steps[0]?.main?.state).toEqual({ SAVED: '1' });
  const ended = await runJob({ steps: [step('one', '', { cancel: { afterMs: 60_000 } })] });
  expect(ended).toMatchObject({
    conclusion: 'success',
    steps: [{ main: { cancelled: undefined } }],
  });
});

test('between main and what comes next, a test can look and change things', async () => {
  const seen: unknown[] = [];
  await runJob({
    steps: [
      step('one', 'console.log("hi")', { afterMain: ({ stdout }) => void seen.push(stdout) }),
    ],
  });
  expect(seen).toEqual(['hi\n']);
});

onLinux('a process that outlives its step is found, and killed when the job ends', async () => {
  const { steps, leftBehind } = await runJob({
    steps: [step('one', 'forever("a child").unref(); process.exit()')],
  });
  expect(steps[0]?.main?.leftBehind).toMatchObject([
    { command: expect.stringContaining('a child') },
  ]);
  expect(steps[0]?.post?.leftBehind).toEqual(leftBehind);
  while (commandLine(leftBehind[0]?.pid) !== '') await sleep(10);
});

onLinux('a cancel reaches Node alone: its children live on', async () => {
  const { leftBehind } = await runJob({
    steps: [
      step('one', 'forever(); console.log("busy"); setInterval(() => {}, 1000)', {
        cancel: { onLine: /busy/ },
      }),
    ],
  });
  expect(leftBehind).toHaveLength(1);
});

test('output that a child holds open is waited for, but not for ever', async () => {
  const script = `spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' }).unref(); process.exit()`;
  const { durationMs, killed } = await runStep({ action, inputs: { script }, patience: FAST });
  expect(killed).toBe(false);
  expect(durationMs).toBeGreaterThan(300);
  expect(durationMs).toBeLessThan(10_000);
});

test('what a workflow sets does not stand in for inputs and state', async () => {
  const script =
    'console.log(process.env.INPUT_NAME, process.env.STATE_SAVED, process.env.STATE_FORGED)';
  const env = { INPUT_NAME: 'forged', STATE_SAVED: 'forged', STATE_FORGED: 'forged' };
  const { stdout } = await runStep({
    action,
    inputs: { name: 'given', script },
    state: { SAVED: '1' },
    env,
  });
  expect(stdout).toBe('given 1 forged\n');
});

test('a step can run on another Node', async () => {
  await expect(runStep({ action, node: join(action, 'no-such-node') })).rejects.toThrow('ENOENT');
});
