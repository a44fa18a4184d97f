import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Failure } from '../../src/failure.ts';
import { Masks } from '../../src/masks.ts';
import { reportFailure } from '../../src/runner/report.ts';
import { Step } from '../support/step.ts';

const NOT_SET = { GITHUB_SERVER_URL: undefined, GITHUB_ACTION_REPOSITORY: undefined, GITHUB_ACTION_REF: undefined };
const SET = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'appcircleio/access-token-action',
  GITHUB_ACTION_REF: 'v1',
};

const masks = new Masks(() => undefined);
masks.add('sk_1234567');

let step: Step;

beforeEach(() => {
  step = new Step(NOT_SET);
});

afterEach(() => step.end());

/** The lines and the exit code that come of an error. */
function reported(error: unknown): { lines: string[]; exitCode: typeof process.exitCode } {
  process.exitCode = 0;
  reportFailure(error, masks);
  return { lines: step.stdout.split('\n').filter((line) => line !== ''), exitCode: process.exitCode };
}

test('a failure is one red line with its cause, its remedy and where to read on, and fails the step', () => {
  expect(reported(new Failure('The connection failed', 'It broke, sk_1234567.', 'Mend it.'))).toEqual({
    lines: [
      '::error title=The connection failed::It broke, ***. Mend it. More: docs/TROUBLESHOOTING.md#the-connection-failed',
    ],
    exitCode: 1,
  });
});

test('where the action is used from its repository, the page is linked to', () => {
  Object.assign(process.env, SET);
  expect(reported(new Failure('The answer is not HTTP', 'A.', 'B.')).lines).toEqual([
    '::error title=The answer is not HTTP::A. B. More: https://github.com/appcircleio/access-token-action/blob/v1/docs/TROUBLESHOOTING.md#the-answer-is-not-http',
  ]);
});

test.each(Object.keys(SET))('without %s it is a path', (name) => {
  Object.assign(process.env, SET, { [name]: '' });
  expect(reported(new Failure('The answer is not HTTP', 'A.', 'B.')).lines).toEqual([
    '::error title=The answer is not HTTP::A. B. More: docs/TROUBLESHOOTING.md#the-answer-is-not-http',
  ]);
});

test.each([
  [new TypeError('x is no function'), 'TypeError: x is no function'],
  [new Error('sk_1234567\n::error::'), 'Error: *** ::error::'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [{ toString: (): string => '##[x]' }, '## [x]'],
])('what the action does not know is told as such: %s', (error, shown) => {
  expect(reported(error)).toEqual({
    lines: [
      `::error title=Unexpected error in the action::Something happened that the action does not know: ${shown}. Nothing was exported. Please report it, with this line, in the action's repository. More: docs/TROUBLESHOOTING.md#unexpected-error-in-the-action`,
    ],
    exitCode: 1,
  });
});
