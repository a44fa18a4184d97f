import { visibleText } from '../base/text.ts';

/** Characters of a value that are shown. */
const SHOWN = 300;

/** Characters that are searched for secrets: room for what is shown, and for a secret behind it in encoding upon encoding. */
const SEARCHED = 4096;

/** Characters that are read at all, however few of them can be seen. */
const READ = 65_536;

/** What can be seen of the beginning of a text; `undefined` where that is so little that the rest could be hiding something. */
export function boundedText(text: string): string | undefined {
  const visible = visibleText(text.slice(0, READ));
  return text.length > READ && visible.length < SEARCHED ? undefined : visible.slice(0, SEARCHED);
}

/** The text at a length to show, unable to start a workflow command. */
export function harmless(text: string): string {
  const safe = text
    // The runner looks for `##[` anywhere in a line, and for `::` at its start (actions/runner, ActionCommand.cs).
    .replaceAll('##[', '## [')
    .replace(/^::/, ': :');
  return safe.length <= SHOWN ? safe : `${safe.slice(0, SHOWN - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
