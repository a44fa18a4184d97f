import * as core from '@actions/core';
import { type Message, message } from '../base/message.ts';

/** Characters, title included: the runner cuts the rest (actions/runner, ExecutionContext.cs). */
const LONGEST_ANNOTATION = 4096;

type Show = (text: Message) => string;

/** Shows the one red line. If it is too long, the reason is cut. */
export function annotateFailure(title: string, reason: Message, advice: Message, show: Show): void {
  const whole = show(message`${reason} ${advice}`);
  const room = LONGEST_ANNOTATION - title.length;
  if (whole.length <= room) {
    core.error(whole, { title });
    return;
  }
  const tail = `… ${show(advice)}`;
  const start = show(reason).slice(0, room - tail.length);
  core.error(start + tail, { title });
}
