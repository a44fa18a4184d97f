import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readSnapshot } from './scenarios/scenarios.ts';
import { sectionOf } from './scenarios/transcript.ts';

// What README.md shows of a run is what a scenario's run was: the comment ahead of a fenced block names the scenario.
//   <!-- scenario: NAME -->          its log
//   <!-- scenario-summary: NAME -->  its job summary

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const SECTIONS: Readonly<Record<string, string>> = { scenario: 'Log', 'scenario-summary': 'Job summary' };

const markers = [...README.matchAll(/^<!-- (scenario|scenario-summary): (.+) -->$/gm)].map(
  ({ 0: marker, 1: kind = '', 2: name = '', index }) => ({ kind, name, after: README.slice(index + marker.length) }),
);

test('the README shows a log and a job summary', () => {
  expect(new Set(markers.map(({ kind }) => kind))).toEqual(new Set(Object.keys(SECTIONS)));
});

test.each(markers)('the $kind of $name is that of its run', ({ kind, name, after }) => {
  const shown = /^\n+```\w+\n(.*?\n)```\n/s.exec(after)?.[1];
  const real = sectionOf(readSnapshot(name), SECTIONS[kind] ?? '');
  expect(real).not.toBe('');
  expect(shown).toBe(real);
});
