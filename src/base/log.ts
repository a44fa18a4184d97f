import type { Message, Words } from './message.ts';

/** What the action says. One call is one line or one annotation. */
export interface Log {
  info(line: Message): void;
  /** Shown with `ACTIONS_STEP_DEBUG` alone, and only then put together. Never a body or a form. */
  debug(line: () => Message): void;
  notice(title: Words, text: Message): void;
  warning(title: Words, text: Message): void;
}
