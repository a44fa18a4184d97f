import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { type JobStep, runJob } from '../../sandbox/runner/job.ts';
import { Masks } from '../../sandbox/runner/masks.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

describe('masks', () => {
  const SECRET = 'a"b\'c&defghi <é>';

  test.each([
    ['it is', SECRET],
    ['Base64', Buffer.from(SECRET).toString('base64')],
    ['Base64 behind one byte', Buffer.from(SECRET).subarray(2).toString('base64')],
    ['Base64 behind two bytes', Buffer.from(SECRET).subarray(1).toString('base64')],
    ['JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['part of a URI', encodeURIComponent(SECRET).replaceAll("'", '%27')],
    ['XML', 'a&quot;b&apos;c&amp;defghi &lt;é&gt;'],
    ['an argument', 'a\\"b\'c&defghi <é>'],
    ['an expression', "a\"b''c&defghi <é>"],
    ['PowerShell cuts it before &', SECRET.slice(0, 6)],
    ['PowerShell cuts it after &', SECRET.slice(6)],
  ])('hide a secret as %s', (_form, shown) => {
    const masks = new Masks();
    masks.add(SECRET);
    expect(masks.apply(`before-${shown}-after`)).toMatch(/^before-\*\*\*=?-after$/);
  });

  test('hide each line of a secret, and secrets that touch as one', () => {
    const masks = new Masks();
    masks.add('first\r\nsecond');
    expect(masks.apply('a firstsecond b second c third')).toBe('a *** b *** c third');
  });
});

describe('the log', () => {
  function logOf(...lines: string[]): StepLog {
    const log = new StepLog();
    for (const line of lines) log.read(line);
    return log;
  }

  test('masks from the line of add-mask on, but no title', () => {
    const { text, annotations } = logOf(
      'hunter2',
      '::add-mask::hunter2',
      'a hunter2',
      '::error title=hunter2::hunter2',
    );
    expect(text).toBe('hunter2\na ***\nError: ***\n');
    expect(annotations).toEqual([{ level: 'error', title: 'hunter2', message: '***' }]);
  });

  test('masks a message, then cuts it at 4,096 characters', () => {
    const { annotations } = logOf('::add-mask::secret', `::error::secret${'m'.repeat(5000)}`);
    expect(annotations[0]?.message).toBe(`***${'m'.repeat(4093)}`);
  });

  test('has ten annotations of a level', () => {
    const { annotations } = logOf(...Array(12).fill('::warning::again'), '::error::once');
    expect(annotations).toHaveLength(11);
  });
});

describe('commands', () => {
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

  test('in a file are lines and blocks', () => {
    const text = 'a=1=2\n\nb<<EOF\none\n\ntwo\nEOF\nc=';
    expect(parseFileCommands(text, 'GITHUB_OUTPUT')).toEqual({ a: '1=2', b: 'one\n\ntwo', c: '' });
  });

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
  const STAYS = 'console.log("up"); setInterval(() => {}, 1000);';

  let action: string;

  beforeEach(() => {
    action = mkdtempSync(join(tmpdir(), 'runner-test-'));
    writeFileSync(
      join(action, 'action.yml'),
      `inputs: { script: { default: "" }, name: { default: unnamed } }
runs: { using: node24, main: main.mjs, post: post.mjs }`,
    );
    writeFileSync(join(action, 'main.mjs'), MAIN);
    writeFileSync(join(action, 'post.mjs'), POST);
  });
  afterEach(() => rmSync(action, { recursive: true }));

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
    expect(job.steps.map(({ outcome }) => outcome)).toEqual(['failure', 'failure', 'skipped']);
    expect(job).toMatchObject({ conclusion: 'failure', log: 'post of two  \npost of one  \n' });
  });

  test('masks for as long as it runs', async () => {
    const steps = [step('one', 'console.log("::add-mask::s3cret")'), step('s3cret', '')];
    expect((await runJob({ steps })).log).toBe('post of ***  \npost of one  \n');
  });

  test('gives a step its inputs and nothing of this environment', async () => {
    process.env['LEAKED'] = 'x';
    const script = 'console.log(process.env.INPUT_NAME, process.env.LEAKED)';
    const { stdout } = await runStep({ action, inputs: { script } });
    delete process.env['LEAKED'];
    expect(stdout).toBe('unnamed undefined\n');
  });

  test.each([
    ['SIGINT', ''],
    ['SIGTERM', 'process.on("SIGINT", () => {});'],
    ['SIGKILL', 'process.on("SIGINT", () => {}); process.on("SIGTERM", () => {});'],
  ])('ends a cancelled step by %s, if nothing before it did', async (last, script) => {
    const cancelled = step('one', `${script} save("STATE", "SAVED=1"); ${STAYS}`, {
      cancel: { onLine: /up/ },
    });
    const job = await runJob({
      steps: [cancelled],
      patience: { sigintMs: 300, sigtermMs: 300 },
    });
    expect(job.steps[0]?.main).toMatchObject({
      signal: last,
      cancelled: { signals: expect.arrayContaining([last]) },
    });
    expect(job.conclusion).toBe('cancelled');
    expect(job.steps[0]?.post?.stdout).toBe('post of one 1 \n');
  });

  test('kills a step that takes too long, and says so', async () => {
    const end = await runStep({ action, inputs: { script: STAYS }, killAfterMs: 0 });
    expect(end).toMatchObject({ killed: true, signal: 'SIGKILL' });
  });

  onLinux('finds a process that outlives its step, and kills it in the end', async () => {
    const script = `spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' }).unref()`;
    const { steps, leftBehind } = await runJob({ steps: [step('one', script)] });
    expect(leftBehind).toHaveLength(1);
    expect(steps[0]?.main?.leftBehind).toEqual(leftBehind);
    while (isRunning(leftBehind[0]?.pid)) await sleep(10);
  });
});

function isRunning(pid: number | undefined): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
