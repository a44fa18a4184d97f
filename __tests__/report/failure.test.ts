import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { reportFailure } from '../../src/report/failure.ts';
import { MemoryRunner } from '../support/in-process.ts';

const FAILURE = new Failure('The connection failed', message`It broke.`, message`Mend it.`);
const PATH = 'docs/TROUBLESHOOTING.md#the-connection-failed';
const SET = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'appcircleio/access-token-action',
  GITHUB_ACTION_REF: 'v1',
};

interface Given {
  readonly inputs?: Record<string, string>;
  readonly variables?: Record<string, string>;
  readonly program?: string;
}

/** A runner that an error was reported to. It knows a secret. */
function reported(error: unknown, { inputs, variables, program = '' }: Given = {}): MemoryRunner {
  const runner = new MemoryRunner(inputs, variables);
  runner.secrets.add(['sk_1234567']);
  reportFailure(error, { ...runner, program });
  return runner;
}

describe('the red line', () => {
  test('has the reason, the remedy and where to read on', () => {
    const reason = message`It broke, ${'sk_1234567\n::x'}.`;
    const failure = new Failure('The connection failed', reason, message`Mend it.`);
    expect(reported(failure).errors).toEqual([
      { title: 'The connection failed', text: `It broke, *** ::x. Mend it. More: ${PATH}` },
    ]);
  });

  test.each([
    [new Error('sk_1234567\n::error::'), 'Error: *** ::error::'],
    ['text', 'text'],
    [undefined, 'undefined'],
  ])('says of an error that the action does not know what it is: %s', (error, shown) => {
    expect(reported(error).errors).toEqual([
      {
        title: 'Unexpected error in the action',
        text: `The action failed with an unexpected error: ${shown}. Nothing was exported. Please report this line in the action's repository. More: docs/TROUBLESHOOTING.md#unexpected-error-in-the-action`,
      },
    ]);
  });
});

describe('the link to troubleshooting', () => {
  function linkFrom(program: string, variables: Record<string, string>): string {
    const [error] = reported(FAILURE, { program, variables }).errors;
    return (error?.text ?? '').replace(/.* More: /, '');
  }

  test.each(Object.keys(SET))('is a path without %s', (name) => {
    expect(linkFrom('', { ...SET, [name]: '' })).toBe(PATH);
  });

  test.each([
    ['/home/runner/work/_actions/acme/token/v1/dist/index.js', 'acme/token/blob/v1'],
    ['D:\\a\\_actions\\acme\\token\\a\\b\\dist\\index.js', 'acme/token/blob/a/b'],
    ['/x/_actions/a/b/c/_actions/acme/token/v1/dist/index.js', 'acme/token/blob/v1'],
    ['/x/_actions/acme/token/a/dist/b/dist/index.js', 'acme/token/blob/a/dist/b'],
    ['/x/_actions/acme/to ken/v1#%2F?/dist/index.js', 'acme/to%20ken/blob/v1%23%252F%3F'],
  ])("leads to this action's own page, within a composite action too: %s", (program, page) => {
    const composite = { GITHUB_ACTION_REPOSITORY: 'wrapper/action', GITHUB_ACTION_REF: 'main' };
    expect(linkFrom(program, { ...SET, ...composite })).toBe(`https://github.com/${page}/${PATH}`);
  });

  test.each([
    '',
    'D:\\me\\action\\dist\\index.js',
    '/x/_actions/acme/dist/index.js',
    '/x/my_actions/acme/token/v1/dist/index.js',
    '/x/_actions/acme/token/v1/index.js',
  ])('leads to the page that the runner names, for a program at "%s"', (program) => {
    const page = 'appcircleio/access-token-action/blob/feature/%231';
    expect(linkFrom(program, { ...SET, GITHUB_ACTION_REF: 'feature/#1' })).toBe(
      `https://github.com/${page}/${PATH}`,
    );
  });
});

test.each([
  ['', true],
  // What it should have been is not known, so something to read is better than nothing.
  ['sometimes', true],
  ['never', false],
  [' never\u200b ', false],
])('with summary: %j the job summary tells of the failure: %s', (summary, written) => {
  expect(reported(FAILURE, { inputs: { summary } }).summary).toBe(
    written
      ? `<h3>❌ The connection failed</h3>\n<p>It broke.</p>\n<p>Mend it.</p>\n<p>More: <code>${PATH}</code></p>\n`
      : '',
  );
});

describe('the token of an earlier step', () => {
  const variables = { AC_ACCESS_TOKEN: 'earlier' };

  test.each([
    ['', true],
    ['true', true],
    ['no', true],
    ['false', false],
    [' FALSE\u2060', false],
  ])('with export-env: %j is cleared: %s', (exportEnv, isCleared) => {
    const runner = reported(FAILURE, { variables, inputs: { 'export-env': exportEnv } });
    expect(runner.exported).toBe(isCleared ? '' : undefined);
    expect(runner.log.lines).toEqual(
      isCleared ? ['Cleared AC_ACCESS_TOKEN, which was set before this step.'] : [],
    );
    expect(runner.outputs).toBeUndefined();
  });

  test('is not spoken of where there is none', () => {
    const runner = reported(FAILURE);
    expect([runner.exports, runner.log.shown]).toEqual([{}, '']);
  });

  test('is warned of where it can not be cleared', () => {
    const runner = new MemoryRunner({}, variables);
    const publish = () => {
      throw new Error('no file');
    };
    reportFailure(FAILURE, { ...runner, publish });
    expect(runner.errors).toHaveLength(1);
    expect(runner.log.warnings).toEqual([
      {
        title: 'AC_ACCESS_TOKEN is still set',
        text: 'It was set before this step and could not be cleared. Steps that run in spite of this failure use that token.',
      },
    ]);
  });
});
