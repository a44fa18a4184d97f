import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { workflowsInMarkdown } from '../../scripts/workflow-sources.ts';

const document = (...lines: string[]): string => `${lines.join('\n')}\n`;

test('a whole workflow is taken as it stands, and other languages are passed over', () => {
  const lines = ['```sh', 'npm ci', '```', '```yaml', 'on: push', 'jobs: {}', '```'];
  expect(workflowsInMarkdown(document(...lines), 'README.md')).toEqual([
    { origin: 'README.md:4', text: 'on: push\njobs: {}\n', isFile: false },
  ]);
});

test('a list of steps gets a job around it, in a list item too', () => {
  const steps = ['   - run: |', '       one', '', '       two'];
  const markdown = document('1. Do this:', '', '   ```yaml', ...steps, '   ```');
  const [source] = workflowsInMarkdown(markdown, 'README.md');
  expect(parse(source?.text ?? '').jobs.job.steps).toEqual([{ run: 'one\n\ntwo\n' }]);
});

test.each([
  ['neither', 'with: {}', 'this YAML block is neither a whole workflow nor a list of steps'],
  ['no YAML', '- a: b: c', 'this block is not YAML'],
])('a block that is %s is an error that says where', (_what, block, problem) => {
  const markdown = document('', '```yaml', block, '```');
  expect(() => workflowsInMarkdown(markdown, 'docs/A.md')).toThrow(`docs/A.md:2: ${problem}`);
});
