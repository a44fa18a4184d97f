import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { marketplaceProblems } from '../../scripts/marketplace.ts';

const listing = {
  name: 'Key',
  description: 'x'.repeat(124),
  branding: { icon: 'lock', color: 'orange' },
};

test('takes a description of 124 characters', () => {
  expect(marketplaceProblems(listing)).toEqual([]);
});

test('refuses a longer one', () => {
  expect(marketplaceProblems({ ...listing, description: 'x'.repeat(125) })).toEqual([
    'description has 125 characters; at most 124 are allowed.',
  ]);
});

test('names everything that is missing', () => {
  expect(marketplaceProblems({})).toHaveLength(4);
});

test('takes this action', () => {
  expect(marketplaceProblems(parse(readFileSync('action.yml', 'utf8')))).toEqual([]);
});
