/** What the action tells as it goes. One call is one line or one annotation; a title is an annotation's bold first line. */
export interface Log {
  info(line: string): void;
  /** Shown with `ACTIONS_STEP_DEBUG` alone, and put together only then. Never a body, never a form. */
  debug(line: () => string): void;
  notice(title: string, message: string): void;
  warning(title: string, message: string): void;
}
