import { expect, test } from '@jest/globals';
import { releaseNotes } from '../../scripts/release-notes.ts';

const changelog = `# Changelog

## [Unreleased]

## [1.10.0] - 2027-02-01

### Fixed

- One thing.

## [1.1.0] - 2027-01-01

- Another.
`;

test('the notes of a release are what stands under its heading', () => {
  expect(releaseNotes(changelog, '1.10.0')).toBe('### Fixed\n\n- One thing.');
  expect(releaseNotes(changelog, '1.1.0')).toBe('- Another.');
});

test('a release that the changelog does not have, or says nothing of, is an error', () => {
  expect(() => releaseNotes(changelog, '1.2.0')).toThrow('nothing under "## [1.2.0] - YYYY-MM-DD"');
  expect(() =>
    releaseNotes('## [1.2.0] - 2027-01-01\n\n## [1.1.0] - 2027-01-01\n', '1.2.0'),
  ).toThrow('nothing under');
});
