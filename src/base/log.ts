import type { Message, Words } from './message.ts';

/** What the action tells as it goes. One call is one line or one annotation; a title is an annotation's bold first line. */
export interface Log {
  info(line: Message): void;
  /** Shown with `ACTIONS_STEP_DEBUG` alone, and put together only then. Never a body, never a form. */
  debug(line: () => Message): void;
  notice(title: Words, text: Message): void;
  warning(title: Words, text: Message): void;
}
