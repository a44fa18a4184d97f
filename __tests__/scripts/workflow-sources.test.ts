import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { workflowsInMarkdown } from '../../scripts/workflow-sources.ts';

const document = (...lines: string[]): string => `${lines.join('\n')}\n`;

test('a whole workflow is taken as it stands', () => {
  const markdown = document('# Title', '', '```yaml', 'on: push', 'jobs: {}', '```');
  expect(workflowsInMarkdown(markdown, 'README.md')).toEqual([
    { origin: 'README.md:3', text: 'on: push\njobs: {}\n', isFile: false },
  ]);
});

test('a list of steps gets a job around it, in a list item too', () => {
  const markdown = document(
    '1. Do this:',
    '',
    '   ```yaml',
    '   - run: |',
    '       one',
    '',
    '       two',
    '   ```',
  );
  const [source] = workflowsInMarkdown(markdown, 'README.md');
  expect(parse(source?.text ?? '').jobs.job.steps).toEqual([{ run: 'one\n\ntwo\n' }]);
});

test('blocks of other languages are passed over', () => {
  expect(workflowsInMarkdown(document('```sh', 'npm ci', '```'), 'README.md')).toEqual([]);
});

test('a block that is neither is an error that says where', () => {
  expect(() =>
    workflowsInMarkdown(document('', '```yaml', 'with: {}', '```'), 'docs/A.md'),
  ).toThrow('docs/A.md:2: this YAML block is neither a whole workflow nor a list of steps');
});

test('a block that is not YAML is an error that says where', () => {
  expect(() => workflowsInMarkdown(document('```yaml', '- a: b: c', '```'), 'docs/A.md')).toThrow(
    'docs/A.md:1: this block is not YAML',
  );
});
