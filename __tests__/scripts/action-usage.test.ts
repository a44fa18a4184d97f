import { describe, expect, test } from '@jest/globals';
import type { ActionMetadata } from '../../scripts/action-metadata.ts';
import { misuses } from '../../scripts/action-usage.ts';

const action: ActionMetadata = {
  slug: 'octo/key-action',
  inputs: new Map([['key', { description: 'The key.', default: '' }]]),
  outputs: new Map([['token', { description: 'The token.' }]]),
};

const workflow = (uses: string, input: string, output: string): string => `
on: push
jobs:
  job:
    runs-on: ubuntu-latest
    outputs:
      token: \${{ steps.exchange.outputs.${output} }}
    steps:
      - id: exchange
        uses: ${uses}
        with:
          ${input}: value
`;

describe('misuses', () => {
  test('finds nothing where the action is used as it is defined', () => {
    expect(misuses(workflow('octo/key-action@v1', 'key', 'token'), action)).toEqual([]);
  });

  test('finds an input that the action does not have', () => {
    expect(misuses(workflow('octo/key-action@v1', 'kee', 'token'), action)).toEqual([
      'the action has no input "kee"',
    ]);
  });

  test('finds an output that the action does not set', () => {
    expect(misuses(workflow('./', 'key', 'tokens'), action)).toEqual([
      'the action has no output "tokens"',
    ]);
  });

  test('leaves other actions alone', () => {
    expect(misuses(workflow('octo/key-action-two@v1', 'kee', 'tokens'), action)).toEqual([]);
  });

  test('takes a job without steps for one that does not use the action', () => {
    expect(
      misuses('jobs: { job: { uses: octo/workflows/.github/workflows/ci.yml@v1 } }', action),
    ).toEqual([]);
  });
});
