import { visibleText } from '../base/text.ts';

const SHOWN = 300;

/** Room for what is shown, and for a secret behind it in nested encodings. */
const SEARCHED = 4096;

/** More is not read, however few of its characters are visible. */
const READ = 65_536;

/** The visible beginning of a text; `undefined` if so little is visible that the rest may hide something. */
export function boundedText(text: string): string | undefined {
  const visible = visibleText(text.slice(0, READ));
  return text.length > READ && visible.length < SEARCHED ? undefined : visible.slice(0, SEARCHED);
}

/** Shortens a text and keeps it from starting a workflow command. */
export function harmless(text: string): string {
  const safe = text
    // The runner looks for `##[` anywhere in a line, and for `::` at its start (actions/runner, ActionCommand.cs).
    .replaceAll('##[', '## [')
    .replace(/^::/, ': :');
  return safe.length <= SHOWN ? safe : `${safe.slice(0, SHOWN - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
