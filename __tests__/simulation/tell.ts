import { inspect } from 'node:util';
import { titleOf } from './promise.ts';
import { read, type Story } from './story.ts';

/** A story as whoever mends it wants to read it: what the step had, what happened, what was said. */
export function tell(story: Story, broken: readonly string[]): string {
  const { plan, met, main, post, files } = story;
  const { auth, api, secrets: _, planted, directory, files: given, noProxy, ...rest } = plan;
  const troubles = given
    .filter(({ text, trouble }) => trouble || text === undefined)
    .map(({ path, trouble }) => `${path} ${trouble ?? 'missing'}`);
  const parts = {
    plan: {
      ...rest,
      auth: auth.href,
      api: api.href,
      directory: directory.map(({ name }) => name).slice(0, 9),
      troubles,
    },
    planted: planted.map(({ secret, how }) => `${secret}: ${how}`),
    happened: met,
    main: main.lines,
    post: post.lines,
    outputs: read(files, 'GITHUB_OUTPUT'),
    environment: read(files, 'GITHUB_ENV'),
    configuration: files.texts.get('/sim/config/@appcircle/cli-nodejs/config.json'),
    broken,
  };
  return Object.entries(parts)
    .map(
      ([name, part]) =>
        `== ${name}\n${inspect(part, { breakLength: 180, maxStringLength: 600, maxArrayLength: 60 })}`,
    )
    .join('\n');
}

/** What a story reached, to see that the worlds are as wide as they should be. */
export function* reached(story: Story): Generator<string> {
  const { main, post, met, killed, plan } = story;
  yield killed ? 'end: killed' : `end: ${titleOf(story) || 'a token'}`;
  for (const { level, title } of [...main.log.annotations, ...post.log.annotations])
    if (level !== 'error')
      yield `${level}: ${title.replace(/\d+ days?|less than a day/, 'N days')}`;
  for (const what of met) yield `met: ${what.replace(/^\d+ ms: /, '')}`;
  for (const { how } of plan.planted) yield `planted: ${how}`;
}
