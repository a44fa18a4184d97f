import { expect, test } from '@jest/globals';
import { misuses } from '../../scripts/action-usage.ts';

const ACTION = 'appcircleio/access-token-action@v1';

function misusesOf(uses: string, input: string, output: string): string[] {
  const workflow = `
jobs:
  other:
    uses: octo/workflows/.github/workflows/ci.yml@v1
  job:
    outputs:
      token: \${{ steps.exchange.outputs.${output} }}
    steps:
      - id: exchange
        uses: ${uses}
        with:
          ${input}: value
`;
  return misuses(workflow, { inputs: { key: {} }, outputs: { token: {} } });
}

test.each([
  ['nothing where the action is used as it is defined', ACTION, 'key', 'token', []],
  ['an unknown input', ACTION, 'kee', 'token', ['the action has no input "kee"']],
  ['an unknown output', './', 'key', 'tokens', ['the action has no output "tokens"']],
  ['nothing in another action', 'octo/key-action@v1', 'kee', 'tokens', []],
])('finds %s', (_what, uses, input, output, found) => {
  expect(misusesOf(uses, input, output)).toEqual(found);
});
