import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { joined, message } from '../../src/base/message.ts';
import { githubRunner } from '../../src/runner/github.ts';
import { Step } from '../support/step.ts';

/** What the runner keeps of an annotation, its title among it (actions/runner, ExecutionContext.cs). */
const LONGEST_ANNOTATION = 4096;
const TITLE = 'Invalid inputs';
const SECRET = 'sk_1234567';

let step: Step;

beforeEach(() => {
  step = new Step();
});

afterEach(() => step.end());

/** The text of the red line, for a reason that begins with so many digits. */
function redLine(digits: number, end = ''): string {
  const { fail, secrets } = githubRunner();
  secrets.add([SECRET]);
  step.stdout = '';
  const reason = joined(
    Array.from({ length: digits }, (_, n) => message`${n % 10}`),
    '',
  );
  fail(TITLE, message`${reason}${end}`, message`Mend it.`);
  expect(step.stdout).toMatch(/^::error title=Invalid inputs::[^\n]*\n$/);
  return step.stdout.slice(`::error title=${TITLE}::`.length, -1);
}

const ROOM = LONGEST_ANNOTATION - TITLE.length - ' Mend it.'.length;

test.each([
  ['that is as long as the runner takes is shown in full', ROOM, /^[0-9]+ Mend it\.$/],
  [
    'that has one character too many loses the end of its reason, and nothing of the advice',
    ROOM + 1,
    /^0123456789[0-9]+… Mend it\.$/,
  ],
])('a red line %s', (_what, digits, shown) => {
  const line = redLine(digits);
  expect(line.length).toBe(LONGEST_ANNOTATION - TITLE.length);
  expect(line).toMatch(shown);
});

test('a red line shows no secret, wherever it is cut', () => {
  for (let digits = 4040; digits < 4096; digits++)
    expect(redLine(digits, SECRET)).not.toContain('sk_');
});
