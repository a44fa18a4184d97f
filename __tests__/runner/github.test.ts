import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { message, words } from '../../src/base/message.ts';
import { githubRunner } from '../../src/runner/github.ts';
import { Step } from '../support/step.ts';

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

test('inputs, as they came, variables and state are read', () => {
  process.env['SET'] = 'x';
  const { input, variable, state } = githubRunner();
  expect([input('api-key-secret'), input('none')]).toEqual(['  sk_1234567 \n', '']);
  expect([variable('SET'), variable('NOT_SET')]).toEqual(['x', '']);
  expect([state('left'), state('nothing')]).toEqual(['default', '']);
});

test("other programs get the environment without the inputs, which hold the key, and without the runner's own tokens", () => {
  const environment = { ...process.env };
  process.env['INPUT_A'] = TOKEN;
  process.env['ACTIONS_RUNTIME_TOKEN'] = TOKEN;
  const { 'INPUT_API-KEY-SECRET': _secret, ...others } = environment;
  expect(githubRunner().environment()).toEqual(others);
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
  const line = jest.fn(() => message`debug ${TOKEN}`);
  log.debug(line);
  expect(line).not.toHaveBeenCalled();
  process.env['RUNNER_DEBUG'] = '1';
  log.debug(line);
  expect(lines()).toEqual(['::add-mask::sk_1234567', '::debug::debug ***']);
});
