import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSnapshot } from './scenarios/scenarios.ts';
import { sectionOf } from './scenarios/transcript.ts';
import { sectionsOf } from './support/markdown.ts';

// A log that README.md shows is that of a scenario, which the comment ahead of the block names:
//   <!-- scenario: NAME -->
// What it shows of a run's page is a picture, and `npm run check` tells whether that is current.

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const logs = [...README.matchAll(/^<!-- scenario: (.+) -->$/gm)].map(
  ({ 0: marker, 1: name = '', index }) => ({
    name,
    after: README.slice(index + marker.length),
  }),
);

describe('README.md', () => {
  test.each(logs)('shows the log of $name as it was', ({ name, after }) => {
    const shown = /^\n+```\w+\n(.*?\n)```\n/s.exec(after)?.[1];
    const real = sectionOf(readSnapshot(name), 'Log');
    expect(real).not.toBe('');
    expect(shown).toBe(real);
  });

  test('shows a log, and a picture in light and dark', () => {
    expect(logs).not.toEqual([]);
    const pictures = [...README.matchAll(/\bsrc(?:set)?="([^"]+)"/g)].map(([, path = '']) => path);
    expect(pictures).toEqual(['docs/pictures/run-dark.svg', 'docs/pictures/run-light.svg']);
    expect(pictures.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('shows the log of its own first workflow', () => {
    const inputs = inputsOf(/^```yaml\n(.*?)\n```$/ms.exec(README)?.[1] ?? '');
    const logged = inputsOf(sectionOf(readSnapshot(logs[0]?.name ?? ''), 'Step'));
    expect(inputs).not.toEqual([]);
    expect(logged).toEqual(inputs);
  });

  test('has at most 1,400 words', () => {
    // The borders of tables are no words.
    const words = README.match(/\S*[\p{L}\p{N}]\S*/gu) ?? [];
    expect(words.length).toBeLessThanOrEqual(1400);
  });

  test('has the first workflow right after the picture, and what needs a clone last', () => {
    const headings = sectionsOf(README).map(({ heading }) => heading);
    expect(headings.slice(0, 2)).toEqual(['Appcircle access token', 'First workflow']);
    expect(headings.at(-1)).toBe('Try it without an account');
  });

  test('has the two commands that a clone needs', () => {
    const commands = [...README.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, command]) => command);
    expect(commands).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  });

  test("takes the key's name from a variable, for a secret would be masked in every log", () => {
    const names = [...README.matchAll(/api-key-name: (.*)/g)].map(([, value]) => value);
    expect(new Set(names)).toEqual(new Set([`\${{ vars.APPCIRCLE_API_KEY_NAME }}`]));
  });
});

/** The names of the inputs of a text's first step that uses the action. */
function inputsOf(text: string): string[] {
  const [, given = ''] = /\bwith:\n((?: +[\w-]+: .*\n?)+)/.exec(text) ?? [];
  return [...given.matchAll(/^ +([\w-]+):/gm)].map(([, name = '']) => name);
}
