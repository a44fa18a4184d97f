import { describe, expect, test } from '@jest/globals';
import { blocksOf, runPicture } from '../../scripts/run-picture.ts';
import { lines, type Run, themes, widthOf } from '../../scripts/svg.ts';

const [light] = themes;
if (!light) throw new Error('There is no theme.');

const plain = (text: string): Run => ({ text, style: 'plain' });
const textOf = (picture: string): string =>
  picture.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('lines', () => {
  test('breaks between words and after slashes, and loses none', () => {
    const broken = lines(
      [plain('one two a.example/three/four '), { text: 'five six', style: 'code' }],
      10,
      60,
    );
    expect(broken.length).toBeGreaterThan(3);
    expect(
      broken
        .flat()
        .map(({ text }) => text)
        .join(''),
    ).toBe('one two a.example/three/four five six');
    const widths = broken.map((line) =>
      line.reduce((sum, run) => sum + widthOf({ ...run, text: run.text.trimEnd() }, 10), 0),
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(60);
  });
});

describe('the picture of a run', () => {
  const annotation = { title: 'Key expires', message: 'The key "a" expires & ends.' };
  const summary = `<h3>Token</h3>
<table>
<tr><th align="left">Key</th><td>API key "<code>a&lt;b</code>"</td></tr>
</table>
<p>To replace it:</p>
<ol>
<li>Set <code>x</code> again.</li>
</ol>
`;

  test('shows each word of the annotation and of the summary', () => {
    expect(textOf(runPicture({ annotation, summary }, light))).toBe(
      " .b{font-weight:600}.c{font-family:ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace} " +
        'Annotations 1 warning Key expires The key &quot;a&quot; expires &amp; ends. profiles summary Token ' +
        'Key API key &quot; a&lt;b &quot; To replace it: 1. Set x again. ',
    );
  });

  test.each(['<blockquote>new</blockquote>', '<p>an emoji 🚀</p>', '<p>a <b>bold</b> word</p>'])(
    'refuses what it would leave out: %s',
    (html) => {
      expect(() => blocksOf(html)).toThrow(/picture/);
    },
  );
});
