import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { LineReader } from '../../sandbox/runner/lines.ts';
import { Masks } from '../../sandbox/runner/masks.ts';
import { runStep, type StepOptions, type StepResult } from '../../sandbox/runner/step.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';

test.each([
  [
    '::error title=Bad%3A key%2C 100%25,file=a.js::one%0Atwo%25',
    'error',
    { title: 'Bad: key, 100%', file: 'a.js' },
    'one\ntwo%',
  ],
  ['  ::DEBUG::x', 'debug', {}, 'x'],
  ['text ##[warning title=a%3Bb;x=y]data%5D', 'warning', { title: 'a;b', x: 'y' }, 'data]'],
  ['::add-mask::::x', 'add-mask', {}, '::x'],
  ['::notice ::%250A', 'notice', {}, '%0A'],
])('%s is a command', (line, name, properties, data) => {
  expect(parseCommand(line)).toEqual({ name, properties, data });
});

test.each(['text ::error::x', '::error', '::unknown::x', '##[error', '##[unknown]x', ''])(
  '%j is text',
  (line) => {
    expect(parseCommand(line)).toBeUndefined();
  },
);

const SECRET = 'a"b\'c&defghi <é>';

test.each([
  ['whole', SECRET],
  ['Base64', Buffer.from(SECRET).toString('base64')],
  ['Base64 behind one byte', Buffer.from(SECRET).subarray(2).toString('base64')],
  ['Base64 behind two bytes', Buffer.from(SECRET).subarray(1).toString('base64')],
  ['JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['URI', encodeURIComponent(SECRET).replaceAll("'", '%27')],
  ['XML', 'a&quot;b&apos;c&amp;defghi &lt;é&gt;'],
  ['an argument', 'a\\"b\'c&defghi <é>'],
  ['an expression', "a\"b''c&defghi <é>"],
  ['PowerShell before &', SECRET.slice(0, 6)],
  ['PowerShell after &', SECRET.slice(6)],
])('a mask hides the secret as %s', (_form, shown) => {
  const masks = new Masks();
  masks.add(SECRET);
  expect(masks.apply(`before-${shown}-after`)).toMatch(/^before-\*\*\*=?-after$/);
});

test('a mask hides each line of a secret, and secrets that touch become one', () => {
  const masks = new Masks();
  masks.add('first\r\nsecond');
  expect(masks.apply('a firstsecond b second c third')).toBe('a *** b *** c third');
  expect(masks.values).toEqual(['first\r\nsecond', 'first', 'second']);
});

test('the log masks from the line of the command on', () => {
  const log = new StepLog();
  for (const line of [
    'hunter2',
    '::add-mask::hunter2',
    'a hunter2',
    '::error title=hunter2::hunter2',
    '::add-mask:: ',
  ])
    log.read(line);
  expect(log.text).toBe(
    "hunter2\na ***\nError: ***\nWarning: Can't add secret mask for empty string in ##[add-mask] command.\n",
  );
  // A title is a property of the command, which the runner does not mask.
  expect(log.annotations[0]).toEqual({ level: 'error', title: 'hunter2', message: '***' });
});

test('a message is masked, then cut at 4,096 characters', () => {
  const log = new StepLog();
  log.read('::add-mask::long-secret');
  log.read(`::error title=${'t'.repeat(5000)}::long-secret${'m'.repeat(5000)}`);
  expect(log.annotations[0]).toMatchObject({
    title: 't'.repeat(5000),
    message: `***${'m'.repeat(4093)}`,
  });
  expect(log.text).toBe(`Error: ***${'m'.repeat(4093)}\n`);
});

test('ten annotations of a level are kept, and none that says nothing', () => {
  const log = new StepLog();
  for (let count = 1; count <= 12; count += 1) log.read(`::warning::${count}`);
  for (const line of ['::notice::', '::error::last']) log.read(line);
  expect(log.annotations.map(({ message }) => message)).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    'last',
  ]);
  expect(log.text).toContain('Warning: 12\n');
});

test('a summary of more than 1 MiB is not shown', () => {
  const log = new StepLog();
  expect(log.summary('x'.repeat(2 ** 20))).toHaveLength(2 ** 20);
  expect(log.summary('x'.repeat(2 ** 20 + 1))).toBe('');
  expect(log.annotations).toMatchObject([
    { level: 'error', message: expect.stringContaining('upload aborted') },
  ]);
});

test('debug lines are in the log with debug only', () => {
  const [quiet, loud] = [new StepLog(), new StepLog({ debug: true })];
  for (const log of [quiet, loud]) log.read('::debug::why');
  expect([quiet.text, loud.text]).toEqual(['', '##[debug]why\n']);
});

test('commands are text between stop-commands and its token', () => {
  const log = new StepLog();
  for (const line of ['::stop-commands::token', '::error::x', '::token::', '::error::y'])
    log.read(line);
  expect(log.annotations).toEqual([{ level: 'error', title: '', message: 'y' }]);
});

test('a command that sets a variable is refused', () => {
  const log = new StepLog();
  log.read('::set-env name=A::b');
  expect(log.annotations.map(({ level }) => level)).toEqual(['error', 'error']);
});

test('lines end at CR LF, LF and CR, wherever the stream is cut', () => {
  for (const size of [1, 2, 3, 100]) {
    const lines: string[] = [];
    const reader = new LineReader((line) => lines.push(line));
    const bytes = Buffer.from('é\r\n\nb\rc\r\r\nlast');
    for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
    reader.end();
    expect(lines).toEqual(['é', '', 'b', 'c', '', 'last']);
  }
});

test('a file holds lines and blocks', () => {
  expect(
    parseFileCommands('a=1=2\n\nb<<EOF\none\n\ntwo\nEOF\nc<<X\nX\nd=', 'GITHUB_OUTPUT'),
  ).toEqual({
    a: '1=2',
    b: 'one\n\ntwo',
    c: '',
    d: '',
  });
});

test.each(['no sign', '=x', '<<EOF\nEOF', 'a<<\n\n', 'a<<EOF\nx\n EOF', 'NODE_OPTIONS=x'])(
  '%j fails the step',
  (text) => {
    expect(() => parseFileCommands(text, 'GITHUB_ENV')).toThrow('GITHUB_ENV');
  },
);

const ACTION_YML = `
inputs:
  a-key: { description: A key. }
  with space: { description: A default., default: 14 }
runs: { using: node24, main: main.mjs, post: post.mjs }
`;

let action: string;

beforeEach(() => {
  action = mkdtempSync(join(tmpdir(), 'runner-test-'));
  writeFileSync(join(action, 'action.yml'), ACTION_YML);
});
afterEach(() => rmSync(action, { recursive: true }));

function run(script: string, options: StepOptions = {}): Promise<StepResult> {
  writeFileSync(
    join(action, `${options.phase ?? 'main'}.mjs`),
    `import { appendFileSync } from 'node:fs';\n${script}`,
  );
  return runStep({ action, ...options });
}

test('a step has the inputs, with their defaults, and nothing of this environment', async () => {
  process.env['LEAKED'] = 'x';
  const { stdout } = await run('console.log(JSON.stringify(process.env))', {
    inputs: { 'a-key': 'k' },
    env: { EXTRA: 'e', GITHUB_STEP_SUMMARY: undefined },
  });
  delete process.env['LEAKED'];
  const env = JSON.parse(stdout) as Record<string, string>;
  expect(env).toMatchObject({
    'INPUT_A-KEY': 'k',
    INPUT_WITH_SPACE: '14',
    GITHUB_ACTIONS: 'true',
    EXTRA: 'e',
  });
  expect(env).not.toHaveProperty('LEAKED');
  expect(env).not.toHaveProperty('GITHUB_STEP_SUMMARY');
  expect(env).not.toHaveProperty('RUNNER_DEBUG');
});

test('what a step leaves is read back, and its post phase gets its state', async () => {
  const result = await run(`
    console.log('::add-mask::s3cret');
    console.error('::warning title=T::the s3cret');
    for (const name of ['ENV', 'OUTPUT', 'STATE']) appendFileSync(process.env['GITHUB_' + name], name + '<<X\\nthe s3cret\\nX\\n');
    appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'the s3cret');
    process.exitCode = 3;
  `);
  expect(result).toMatchObject({
    exitCode: 3,
    signal: null,
    killed: false,
    log: 'Warning: the ***\n',
    annotations: [{ level: 'warning', title: 'T', message: 'the ***' }],
    masks: ['s3cret'],
    env: { ENV: 'the s3cret' },
    outputs: { OUTPUT: 'the s3cret' },
    state: { STATE: 'the s3cret' },
    summary: 'the ***',
    files: { GITHUB_STEP_SUMMARY: 'the s3cret' },
  });
  const post = await run('console.log(process.env.STATE_STATE)', {
    phase: 'post',
    state: result.state,
  });
  expect(post.stdout).toBe('the s3cret\n');
});

test('a step that does not end is killed, and the result says so', async () => {
  const { killed, signal, stdout } = await run('console.log("up"); setInterval(() => {}, 1000);', {
    killAfterMs: 500,
  });
  expect({ killed, signal, stdout }).toEqual({ killed: true, signal: 'SIGKILL', stdout: 'up\n' });
});

test('an input that action.yml does not have is an error, and so is a file that the runner would refuse', async () => {
  await expect(run('', { inputs: { 'a-kye': 'k' } })).rejects.toThrow('a-kye');
  await expect(run('appendFileSync(process.env.GITHUB_ENV, "junk")')).rejects.toThrow('GITHUB_ENV');
});
