import {
  type Failure,
  type FailureDetails,
  type FailureTitle,
  isFailure,
} from '../../src/base/failure.ts';
import type { Message } from '../../src/base/message.ts';

/** A failure as plain data, to be compared whole. */
export interface Told {
  readonly title: FailureTitle;
  readonly reason: string;
  readonly remedy: string;
  /** Set where another try may help. */
  readonly transient?: FailureDetails['transient'] | undefined;
  readonly steps?: readonly string[];
}

/** A message with its values as they came, before anyone made them safe. */
export function plain(message: Message): string {
  return message.show((value) => (typeof value === 'string' ? value : value.raw));
}

/** @param show makes text of its messages; their values are left as they are without it */
export function told(
  { title, reason, remedy, details: { transient, steps } }: Failure,
  show = plain,
): Told {
  return {
    title,
    reason: show(reason),
    remedy: show(remedy),
    transient,
    ...(steps && { steps: steps.map((step) => show(step)) }),
  };
}

/** The failure that a function ends with. Throws where it ends with something else, or with nothing. */
export function failureOf(run: () => unknown, show?: (message: Message) => string): Told {
  try {
    run();
  } catch (error) {
    if (isFailure(error)) return told(error, show);
    throw error;
  }
  throw new Error('There was no failure.');
}

/** The failure that a promise is rejected with. Rejects where it is another error, or none. */
export async function failureFrom(
  promise: Promise<unknown>,
  show?: (message: Message) => string,
): Promise<Told> {
  const error = await promise.then(
    () => new Error('There was no failure.'),
    (reason: unknown) => reason,
  );
  if (isFailure(error)) return told(error, show);
  throw error;
}
