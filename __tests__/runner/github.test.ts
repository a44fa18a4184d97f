import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';
import { type Message, message, type Words, words } from '../../src/base/message.ts';
import { githubRunner } from '../../src/runner/github.ts';
import { Step } from '../support/step.ts';

const OUTPUTS = {
  'access-token': 'abc.def.ghi',
  'token-expires-at': '',
  'credential-type': 'api-key',
};
const TOKEN = 'sk_1234567';

let step: Step;

beforeEach(() => {
  step = new Step({
    'INPUT_API-KEY-SECRET': '  sk_1234567 \n',
    STATE_left: 'default',
    RUNNER_DEBUG: undefined,
  });
});

afterEach(() => step.end());

function lines(): string[] {
  return step.stdout.split('\n').filter((line) => line !== '');
}

test('an input is read by its name, as it came', () => {
  const runner = githubRunner();
  expect([runner.input('api-key-secret'), runner.input('none')]).toEqual(['  sk_1234567 \n', '']);
});

test('variables and state are read', () => {
  process.env['SET'] = 'x';
  const runner = githubRunner();
  expect([runner.variable('SET'), runner.variable('NOT_SET')]).toEqual(['x', '']);
  expect([runner.state('left'), runner.state('nothing')]).toEqual(['default', '']);
});

test("other programs get the environment without the inputs, which hold the key, and without the runner's own tokens", () => {
  process.env['INPUT_A'] = TOKEN;
  process.env['ACTIONS_RUNTIME_TOKEN'] = TOKEN;
  const environment = githubRunner().environment();
  expect(JSON.stringify(environment)).not.toContain(TOKEN);
  const {
    INPUT_A: _input,
    'INPUT_API-KEY-SECRET': _secret,
    ACTIONS_RUNTIME_TOKEN: _runtime,
    ...others
  } = process.env;
  expect(environment).toEqual(others);
});

test('a secret is announced to the runner, and taken out of everything said after it', () => {
  const { log, secrets, fail } = githubRunner();
  secrets.add([TOKEN]);
  log.info(message`info ${TOKEN}`);
  log.warning(words`Warning`, message`warning ${TOKEN}`);
  fail('Error', message`reason ${TOKEN}`, message`advice ${TOKEN}`);
  expect(lines()).toEqual([
    '::add-mask::sk_1234567',
    'info ***',
    '::warning title=Warning::warning ***',
    '::error title=Error::reason *** advice ***',
  ]);
});

test('debug lines are put together and said with RUNNER_DEBUG alone', () => {
  const { log, secrets } = githubRunner();
  secrets.add([TOKEN]);
  let put = 0;
  const line = (): Message => {
    put += 1;
    return message`debug ${TOKEN}`;
  };
  log.debug(line);
  expect(put).toBe(0);
  process.env['RUNNER_DEBUG'] = '1';
  log.debug(line);
  expect(lines()).toEqual(['::add-mask::sk_1234567', '::debug::debug ***']);
});

test("a title can't add properties to an annotation", () => {
  // No such title compiles; this one stands for a mistake.
  githubRunner().log.warning(message`${'a,file=x::b'}` as Words, message`d`);
  const log = new StepLog();
  for (const line of lines()) log.read(line);
  expect(log.annotations).toEqual([{ level: 'warning', title: 'a,file=x::b', message: 'd' }]);
});

test('what is published is in the files of the runner', () => {
  githubRunner().publish(OUTPUTS, { AC_ACCESS_TOKEN: 'abc.def.ghi' });
  expect(parseFileCommands(step.file('GITHUB_OUTPUT'), 'GITHUB_OUTPUT')).toEqual(OUTPUTS);
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual({
    AC_ACCESS_TOKEN: 'abc.def.ghi',
  });
  expect(lines()).toEqual([]);
});

test("what can't be published is a failure", () => {
  rmSync(step.path('GITHUB_ENV'));
  expect(() => githubRunner().publish(OUTPUTS, { AC_ACCESS_TOKEN: 'a' })).toThrow(
    'The runner did not take the token',
  );
  expect(lines()).toEqual([]);
});

test('a summary is written, and whether it was is told', () => {
  const runner = githubRunner();
  expect(runner.writeSummary('<p>1</p>')).toBe(true);
  expect(step.file('GITHUB_STEP_SUMMARY')).toBe('<p>1</p>');
  delete process.env['GITHUB_STEP_SUMMARY'];
  expect(runner.writeSummary('<p>2</p>')).toBe(false);
});

test('state is kept', () => {
  githubRunner().saveState({ 'cli-environment': 'staging' });
  expect(parseFileCommands(step.file('GITHUB_STATE'), 'GITHUB_STATE')).toEqual({
    'cli-environment': 'staging',
  });
});
