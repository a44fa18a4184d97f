import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { StepLog } from '../../sandbox/runner/step-log.ts';
import type { Outputs } from '../../src/outputs.ts';
import { githubRunner } from '../../src/runner/github.ts';
import { Step } from '../support/step.ts';

const OUTPUTS: Outputs = {
  'access-token': 'abc.def.ghi',
  'token-expires-at': '',
  'organization-id': '',
  'credential-type': 'api-key',
  'key-expires-on': '',
  'key-days-left': '',
  'key-expiry-status': 'unknown',
};

let step: Step;

beforeEach(() => {
  step = new Step({ 'INPUT_API-KEY-SECRET': '  sk_1234567 \n', STATE_left: 'default', RUNNER_DEBUG: undefined });
});

afterEach(() => step.end());

function lines(): string[] {
  return step.stdout.split('\n').filter((line) => line !== '');
}

test('inputs are read by their names, trimmed and as they came', () => {
  const runner = githubRunner();
  expect(runner.read('api-key-secret')).toBe('sk_1234567');
  expect(runner.rawInput('api-key-secret')).toBe('  sk_1234567 \n');
  expect([runner.read('none'), runner.rawInput('none')]).toEqual(['', '']);
});

test('variables, files and state are read', () => {
  process.env['SET'] = 'x';
  const runner = githubRunner();
  expect([runner.variable('SET'), runner.variable('NOT_SET')]).toEqual(['x', '']);
  expect([runner.state('left'), runner.state('nothing')]).toEqual(['default', '']);
  expect(runner.readFile(fileURLToPath(new URL('../../action.yml', import.meta.url)))).toContain('Appcircle');
  expect(() => runner.readFile('/no/such/file')).toThrow('ENOENT');
});

test('a secret is announced to the runner, and taken out of everything said after it', () => {
  const { log, masks, quote } = githubRunner();
  masks.add('sk_1234567');
  log.info('info sk_1234567');
  log.notice('Notice', 'notice sk_1234567');
  log.warning('Warning', 'warning sk_1234567');
  expect(lines()).toEqual([
    '::add-mask::sk_1234567',
    'info ***',
    '::notice title=Notice::notice ***',
    '::warning title=Warning::warning ***',
  ]);
  expect(quote('::a sk_1234567\n')).toBe(': :a ***');
});

test('debug lines are said with RUNNER_DEBUG alone', () => {
  const { log, masks } = githubRunner();
  masks.add('sk_1234567');
  let put = 0;
  const line = () => {
    put += 1;
    return 'debug sk_1234567';
  };
  log.debug(line);
  expect(put).toBe(0);
  process.env['RUNNER_DEBUG'] = '1';
  log.debug(line);
  expect(lines()).toEqual(['::add-mask::sk_1234567', '::debug::debug ***']);
});

test('a title can not add properties to an annotation', () => {
  githubRunner().log.warning('a,file=x::b\nc', 'd');
  const log = new StepLog();
  for (const line of lines()) log.read(line);
  expect(log.annotations).toEqual([{ level: 'warning', title: 'a,file=x::b\nc', message: 'd' }]);
});

test('what is published is said', () => {
  githubRunner().publish(OUTPUTS, true);
  expect(lines()).toEqual([
    'Exported the token to the steps that follow as AC_ACCESS_TOKEN, and as the output access-token.',
  ]);
  expect(parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV')).toEqual({ AC_ACCESS_TOKEN: 'abc.def.ghi' });
});

test('what is published as an output alone is said', () => {
  githubRunner().publish(OUTPUTS, false);
  expect(lines()).toEqual(['Handed the token on as the output access-token alone, since export-env is false.']);
  expect(step.file('GITHUB_ENV')).toBe('');
  expect(parseFileCommands(step.file('GITHUB_OUTPUT'), 'GITHUB_OUTPUT')).toEqual(OUTPUTS);
});

test('what could not be published is not said to be', () => {
  rmSync(step.path('GITHUB_ENV'));
  expect(() => githubRunner().publish(OUTPUTS, true)).toThrow('The file that GITHUB_ENV names is missing.');
  expect(lines()).toEqual([]);
});

test('a summary is written, and said where it is not', () => {
  const runner = githubRunner();
  runner.writeSummary('<p>1</p>');
  expect([step.file('GITHUB_STEP_SUMMARY'), lines()]).toEqual(['<p>1</p>', []]);
  delete process.env['GITHUB_STEP_SUMMARY'];
  runner.writeSummary('<p>2</p>');
  expect(lines()).toEqual(['The job summary was left out, since this runner has no file for it.']);
});

test('state is kept', () => {
  const runner = githubRunner();
  runner.rememberMain();
  runner.saveState('cli-previous-environment', 'staging');
  expect(parseFileCommands(step.file('GITHUB_STATE'), 'GITHUB_STATE')).toEqual({
    'main-ran': 'true',
    'cli-previous-environment': 'staging',
  });
});
