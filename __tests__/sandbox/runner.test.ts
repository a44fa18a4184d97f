import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { type JobStep, runJob } from '../../sandbox/runner/job.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

describe('the log', () => {
  function logOf(...lines: string[]): StepLog {
    const log = new StepLog();
    for (const line of lines) log.read(line);
    return log;
  }

  test('hides a secret and each line of it from the line of add-mask on, but not in a title', () => {
    const { text, annotations } = logOf(
      'first',
      '::add-mask::first%0D%0Asecond',
      'a firstsecond b',
      '::error title=first::second',
    );
    expect(text).toBe('first\na *** b\nError: ***\n');
    expect(annotations).toEqual([{ level: 'error', title: 'first', message: '***' }]);
  });

  test('has ten annotations of a level, masked and then cut at 4,096 characters', () => {
    const long = `::warning::secret${'m'.repeat(5000)}`;
    const { annotations } = logOf('::add-mask::secret', ...Array(12).fill(long), '::error::once');
    expect(annotations).toHaveLength(11);
    expect(annotations[0]?.message).toBe(`***${'m'.repeat(4093)}`);
  });
});

describe('commands:', () => {
  test.each([
    ['::error title=Bad%3A 100%25,file=a.js::one%0Atwo%25', { title: 'Bad: 100%', file: 'a.js' }],
    ['  ::ERROR::one%0Atwo%25', {}],
    ['text ##[error title=a%3Bb;x=y]one%0Atwo%25', { title: 'a;b', x: 'y' }],
  ])('%s is one', (line, properties) => {
    expect(parseCommand(line)).toEqual({ name: 'error', properties, data: 'one\ntwo%' });
  });

  test.each(['text ::error::x', '::error', '::unknown::x', '##[error', '##[unknown]x'])(
    '%s is text',
    (line) => {
      expect(parseCommand(line)).toBeUndefined();
    },
  );

  test.each(['no sign', '=x', '<<EOF\nEOF', 'a<<\n\n', 'a<<EOF\nx\n EOF', 'NODE_OPTIONS=x'])(
    'in a file can not be %j',
    (text) => {
      expect(() => parseFileCommands(text, 'GITHUB_ENV')).toThrow('GITHUB_ENV');
    },
  );
});

describe('a job', () => {
  /** Main carries out the input `script`. Post prints the step's name and what it finds in its state and environment. */
  const MAIN = `import { appendFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
const save = (kind, line) => appendFileSync(process.env['GITHUB_' + kind], line + '\\n');
eval(process.env.INPUT_SCRIPT);`;
  const POST = `const { INPUT_NAME, STATE_SAVED, EXPORTED } = process.env;
console.log('post of ' + [INPUT_NAME, STATE_SAVED, EXPORTED].join(' '));`;

  const action = mkdtempSync(join(tmpdir(), 'runner-test-'));
  beforeAll(() => {
    writeFileSync(
      join(action, 'action.yml'),
      `inputs: { script: { default: "" }, name: { default: unnamed } }
runs: { using: node24, main: main.mjs, post: post.mjs }`,
    );
    writeFileSync(join(action, 'main.mjs'), MAIN);
    writeFileSync(join(action, 'post.mjs'), POST);
  });
  afterAll(() => rmSync(action, { recursive: true }));

  function step(name: string, script: string, options: JobStep = {}): JobStep {
    return { action, inputs: { name, script }, ...options };
  }

  test('runs the posts in reverse order, each with the state of its own main', async () => {
    const { log } = await runJob({
      steps: [
        step('one', 'save("STATE", "SAVED=1"); save("ENV", "EXPORTED=a")'),
        step('two', 'console.log("two finds " + process.env.EXPORTED); save("ENV", "EXPORTED=b")'),
      ],
    });
    expect(log).toBe('two finds a\npost of two  b\npost of one 1 b\n');
  });

  test('skips what follows a failed step, post included, unless the step may fail', async () => {
    const failing = 'process.exitCode = 1';
    const steps = [
      step('one', failing, { continueOnError: true }),
      step('two', failing),
      step('three', ''),
    ];
    const job = await runJob({ steps });
    expect(job).toMatchObject({ conclusion: 'failure', log: 'post of two  \npost of one  \n' });
  });

  test.each([
    ['SIGINT', ''],
    ['SIGTERM', 'process.on("SIGINT", () => {});'],
    ['SIGKILL', 'process.on("SIGINT", () => {}); process.on("SIGTERM", () => {});'],
  ])('ends a cancelled step by %s, if nothing before it did', async (last, script) => {
    const stays = 'console.log("up"); setInterval(() => {}, 1000);';
    const job = await runJob({
      steps: [step('one', script + stays, { cancel: { onLine: /up/ } })],
      patience: { sigintMs: 300, sigtermMs: 300 },
    });
    expect(job).toMatchObject({
      conclusion: 'cancelled',
      steps: [{ main: { signal: last }, post: { stdout: 'post of one  \n' } }],
    });
  });

  onLinux('finds a process that outlives its step', async () => {
    const script = `spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' }).unref()`;
    const { steps, leftBehind } = await runJob({ steps: [step('one', script)] });
    expect(leftBehind).toHaveLength(1);
    expect(steps[0]?.main?.leftBehind).toEqual(leftBehind);
  });
});
