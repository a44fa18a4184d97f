import type { Deadline } from '../base/deadline.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';

/** Ends the run when the job is cancelled. */
export function endOnSignals(deadline: Deadline): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => deadline.cancel(cancelled(signal)));
}

function cancelled(signal: string): Failure {
  return new Failure(
    'The run was cancelled',
    message`The job was cancelled, or this step ran past its timeout-minutes (${signal}).`,
    message`Nothing was exported. Run the job again if that was not meant.`,
  );
}
