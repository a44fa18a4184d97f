import { inspect } from 'node:util';
import { leaksOf } from './promise.ts';
import type { Story } from './story.ts';

/** A story as whoever mends it wants to read it: what the step had, what happened, what was said. */
export function tell(story: Story, broken: readonly string[]): string {
  const { plan, world, main, post, outputs, environment, files } = story;
  const leaks = leaksOf(story);
  const { happened } = world;
  const parts = { plan, happened, main: main.lines, post: post.lines, outputs, environment };
  return inspect(
    { ...parts, files: files.texts, leaks, broken },
    { depth: 4, breakLength: 150, maxStringLength: 600, maxArrayLength: 60 },
  );
}

/** What a story reached, to see that the worlds are as wide as they should be. */
export function reached({ annotations, world, killed, title }: Story): string[] {
  const warnings = annotations.filter(({ level }) => level !== 'error');
  return [
    killed ? 'end: killed' : `end: ${title ?? 'a token'}`,
    ...warnings.map((warning) => `warning: ${warning.title.replace(/\d+ days?/, 'N days')}`),
    ...world.happened.map((what) => `met: ${what.replace(/^\d+ ms: /, '')}`),
  ];
}
