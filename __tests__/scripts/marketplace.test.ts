import { expect, test } from '@jest/globals';
import { marketplaceProblems } from '../../scripts/marketplace.ts';

const branding = { icon: 'lock', color: 'orange' };

test.each([
  ['takes a description of 124 characters', 'x'.repeat(124), []],
  [
    'refuses a longer one',
    'x'.repeat(125),
    ['description has 125 characters; at most 124 are allowed.'],
  ],
])('%s', (_what, description, problems) => {
  expect(marketplaceProblems({ name: 'Key', description, branding })).toEqual(problems);
});

test('names everything that is missing', () => {
  expect(marketplaceProblems({})).toHaveLength(4);
});
