import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { Failure, isFailure } from '../../src/base/failure.ts';
import { message } from '../../src/base/message.ts';
import { reportFailure } from '../../src/report/failure.ts';
import { githubRunner } from '../../src/runner/github.ts';
import { readSettings } from '../../src/settings.ts';
import { MemoryRunner } from '../support/in-process.ts';
import { Step } from '../support/step.ts';

const NOT_SET = {
  GITHUB_SERVER_URL: undefined,
  GITHUB_ACTION_REPOSITORY: undefined,
  GITHUB_ACTION_REF: undefined,
  AC_ACCESS_TOKEN: undefined,
};
const SET = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'appcircleio/access-token-action',
  GITHUB_ACTION_REF: 'v1',
};

/** What the runner keeps of an annotation, its title among it (actions/runner, ExecutionContext.cs). */
const LONGEST_ANNOTATION = 4096;

let step: Step;

beforeEach(() => {
  step = new Step(NOT_SET);
});

const PROGRAM = process.argv[1] ?? '';

afterEach(() => {
  step.end();
  process.argv[1] = PROGRAM;
});

/** The lines that come of an error, with a secret that the runner knows. */
function reported(error: unknown): string[] {
  step.stdout = '';
  const runner = githubRunner();
  runner.secrets.add(['sk_1234567']);
  reportFailure(error, runner);
  return step.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::add-mask::'));
}

const FAILURE = new Failure('The connection failed', message`It broke.`, message`Mend it.`);

describe('the red line', () => {
  test('has the reason, the remedy and where to read on', () => {
    const failure = new Failure(
      'The connection failed',
      message`It broke, ${'sk_1234567\n::x'}.`,
      message`Mend it.`,
    );
    expect(reported(failure)).toEqual([
      '::error title=The connection failed::It broke, *** ::x. Mend it. More: docs/TROUBLESHOOTING.md#the-connection-failed',
    ]);
  });

  test('links to the page where the action is used from its repository', () => {
    Object.assign(process.env, SET);
    expect(reported(new Failure('The answer is not HTTP', message`A.`, message`B.`))).toEqual([
      '::error title=The answer is not HTTP::A. B. More: https://github.com/appcircleio/access-token-action/blob/v1/docs/TROUBLESHOOTING.md#the-answer-is-not-http',
    ]);
  });

  test.each(Object.keys(SET))('names a path without %s', (name) => {
    Object.assign(process.env, SET, { [name]: '' });
    expect(reported(new Failure('The answer is not HTTP', message`A.`, message`B.`))).toEqual([
      '::error title=The answer is not HTTP::A. B. More: docs/TROUBLESHOOTING.md#the-answer-is-not-http',
    ]);
  });

  /** Where the red line links to, for a program that the runner started. */
  function linkFrom(program: string): string {
    process.argv[1] = program;
    const [line = ''] = reported(FAILURE);
    const data = line.replaceAll('%25', '%');
    return /(?<= More: ).*(?=#the-connection-failed$)/.exec(data)?.[0] ?? data;
  }

  test.each([
    ['/home/runner/work/_actions/acme/token/v1/dist/index.js', 'acme/token/blob/v1'],
    ['/_work/_actions/acme/token/release/v1/dist/index.js', 'acme/token/blob/release/v1'],
    ['D:\\a\\_actions\\acme\\token\\v1\\dist\\index.js', 'acme/token/blob/v1'],
    ['D:\\a\\_actions\\acme\\token\\a\\b\\dist\\index.js', 'acme/token/blob/a/b'],
    ['/x/_actions/a/b/c/_actions/acme/token/v1/dist/index.js', 'acme/token/blob/v1'],
    ['/x/_actions/acme/token/a/dist/b/dist/index.js', 'acme/token/blob/a/dist/b'],
    ['/x/_actions/acme/to ken/v1#%2F?/dist/index.js', 'acme/to%20ken/blob/v1%23%252F%3F'],
  ])("links to this action's own page, within a composite action too: %s", (program, page) => {
    const wrapper = { GITHUB_ACTION_REPOSITORY: 'wrapper/action', GITHUB_ACTION_REF: 'main' };
    for (const set of [{}, wrapper]) {
      Object.assign(process.env, { GITHUB_SERVER_URL: 'https://github.com' }, set);
      expect(linkFrom(program)).toBe(`https://github.com/${page}/docs/TROUBLESHOOTING.md`);
    }
  });

  test.each([
    '',
    '/home/me/access-token-action/dist/index.js',
    'D:\\me\\action\\dist\\index.js',
    '/x/_actions/acme/dist/index.js',
    '/x/my_actions/acme/token/v1/dist/index.js',
    '/x/_actions/acme/token/v1/index.js',
  ])('links to the page that the runner names, for a program at "%s"', (program) => {
    Object.assign(process.env, SET, { GITHUB_ACTION_REF: 'feature/#1' });
    expect(linkFrom(program)).toBe(
      'https://github.com/appcircleio/access-token-action/blob/feature/%231/docs/TROUBLESHOOTING.md',
    );
  });

  test.each([
    [new TypeError('x is no function'), 'TypeError: x is no function'],
    [new Error('sk_1234567\n::error::'), 'Error: *** ::error::'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ toString: (): string => '##[x]' }, '## [x]'],
  ])('says of an error that the action does not know what it is: %s', (error, shown) => {
    expect(reported(error)).toEqual([
      `::error title=Unexpected error in the action::The action failed with an unexpected error: ${shown}. Nothing was exported. Please report this line in the action's repository. More: docs/TROUBLESHOOTING.md#unexpected-error-in-the-action`,
    ]);
  });
});

describe('a red line that is too long', () => {
  /** What the runner keeps of the line: text and title. */
  function annotation(failure: unknown) {
    const [line = ''] = reported(failure);
    const [, title = '', text = ''] = /^::error title=(.*?)::(.*)$/.exec(line) ?? [];
    return { title, text, length: title.length + text.length };
  }

  const LINK = 'More: docs/TROUBLESHOOTING.md#invalid-inputs';

  test('of bad inputs keeps the remedy and the link', () => {
    const names = [
      'allow-insecure-http',
      'auth-endpoint',
      'api-endpoint',
      'key-expires-on',
      'expiry-warning-days',
      'expiry-failure-days',
      'export-env',
      'configure-cli',
      'summary',
      'ca-certificate',
      'timeout-seconds',
    ];
    const inputs = new Map(names.map((name) => [name, 'x '.repeat(400)]));
    inputs.set('api-key-name', 'a');
    let failure: unknown;
    try {
      readSettings((name) => inputs.get(name) ?? '');
    } catch (error) {
      failure = error;
    }
    expect(isFailure(failure)).toBe(true);
    const { title, text, length } = annotation(failure);
    expect(title).toBe('Invalid inputs');
    expect(length).toBe(LONGEST_ANNOTATION);
    expect(text.startsWith('api-key-secret is empty, but api-key-name is set')).toBe(true);
    expect(
      text.includes(`… Correct these 11 inputs in the step's "with:". Nothing was sent. GitHub `),
    ).toBe(true);
    expect(text.endsWith(`but only Dependabot's secrets. ${LINK}`)).toBe(true);
  });
});

describe('the job summary', () => {
  const SUMMARY = `<h3>❌ The connection failed</h3>
<p>It broke.</p>
<p>Mend it.</p>
<p>More: <code>docs/TROUBLESHOOTING.md#the-connection-failed</code></p>
`;

  test.each([
    ['', true],
    ['auto', true],
    [' always\n', true],
    // What it should have been is not known, so something to read is better than nothing.
    ['sometimes', true],
    ['never', false],
    ['never\u200b', false],
    [' never ', false],
  ])('with "%s" tells of the failure: %s', (summary, written) => {
    Object.assign(process.env, { INPUT_SUMMARY: summary });
    reported(FAILURE);
    expect(step.file('GITHUB_STEP_SUMMARY')).toBe(written ? SUMMARY : '');
  });

  test('tells of an error that the action does not know, escaped', () => {
    reported(new Error('<b>sk_1234567'));
    expect(step.file('GITHUB_STEP_SUMMARY')).toContain('<code>Error: &lt;b&gt;***</code>');
  });

  test('that has no file does not keep the red line away', () => {
    process.env['GITHUB_STEP_SUMMARY'] = '/no/such/folder/summary';
    expect(reported(FAILURE)).toHaveLength(1);
  });
});

describe('the token of an earlier step', () => {
  const CLEARED = 'Cleared AC_ACCESS_TOKEN, which was set before this step.';

  function exported(): Record<string, string> {
    return parseFileCommands(step.file('GITHUB_ENV'), 'GITHUB_ENV');
  }

  test.each(['', 'true', 'TRUE', 'no'])('is taken away with export-env: "%s"', (exportEnv) => {
    Object.assign(process.env, { AC_ACCESS_TOKEN: 'earlier', 'INPUT_EXPORT-ENV': exportEnv });
    appendFileSync(step.path('GITHUB_ENV'), 'OTHER=1\n');
    const [error, line, ...more] = reported(FAILURE);
    expect(error).toMatch(/^::error /);
    expect([line, more]).toEqual([CLEARED, []]);
    expect(exported()).toEqual({ OTHER: '1', AC_ACCESS_TOKEN: '' });
    expect(step.file('GITHUB_OUTPUT')).toBe('');
  });

  test.each(['false', 'False', ' FALSE ', '\u2060false'])(
    'stays with export-env: "%s"',
    (exportEnv) => {
      Object.assign(process.env, { AC_ACCESS_TOKEN: 'earlier', 'INPUT_EXPORT-ENV': exportEnv });
      expect(reported(FAILURE)).toHaveLength(1);
      expect(exported()).toEqual({});
    },
  );

  test('is not spoken of where there is none', () => {
    process.env['AC_ACCESS_TOKEN'] = '';
    expect(reported(FAILURE)).toHaveLength(1);
    expect(step.file('GITHUB_ENV')).toBe('');
  });

  test.each([
    ['has no file for variables', () => delete process.env['GITHUB_ENV']],
    ['lost it', () => rmSync(step.path('GITHUB_ENV'))],
    [
      "has one that can't be written",
      () => {
        rmSync(step.path('GITHUB_ENV'));
        mkdirSync(step.path('GITHUB_ENV'));
      },
    ],
  ])('is warned of where the runner %s', (_what, spoil) => {
    process.env['AC_ACCESS_TOKEN'] = 'earlier';
    spoil();
    expect(reported(FAILURE).slice(1)).toEqual([
      '::warning title=AC_ACCESS_TOKEN is still set::It was set before this step and could not be cleared. Steps that run in spite of this failure use that token.',
    ]);
  });

  test('is asked for by name of any runner', () => {
    const runner = new MemoryRunner({}, { AC_ACCESS_TOKEN: 'earlier' });
    reportFailure(FAILURE, runner);
    expect([runner.outputs, runner.exports, runner.log.lines]).toEqual([
      undefined,
      { AC_ACCESS_TOKEN: '' },
      [CLEARED],
    ]);
  });
});
