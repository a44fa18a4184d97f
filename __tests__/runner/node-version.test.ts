import { expect, test } from '@jest/globals';
import { checkNodeVersion } from '../../src/runner/node-version.ts';
import { failureOf } from '../support/failures.ts';

test.each(['24.5.0', '24.21.0', '25.0.0', '100.1.2'])('Node %s will do', (version) => {
  expect(() => checkNodeVersion(version)).not.toThrow();
});

test('it is the Node of this process that counts', () => {
  expect(() => checkNodeVersion()).not.toThrow();
});

// By its number, whichever functions it has: Node 22.23 has all that the action uses.
test.each(['18.20.8', '20.19.0', '22.23.3', '23.11.1', '24.0.0', '24.4.1'])(
  'Node %s is too old',
  (version) => {
    expect(failureOf(() => checkNodeVersion(version))).toEqual({
      title: 'Node is too old',
      reason: `This runner has Node ${version}, but the action needs 24.5 or newer.`,
      remedy:
        'Update the runner to 2.328.0 or newer. On 32-bit ARM, which runs actions on Node 20, use a 64-bit runner.',
    });
  },
);
