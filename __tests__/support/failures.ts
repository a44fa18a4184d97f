import { Failure, type FailureTitle, type Transient } from '../../src/base/failure.ts';
import type { Message } from '../../src/base/message.ts';

/** A failure as plain data, to be compared whole. */
export interface Told {
  readonly title: FailureTitle;
  readonly reason: string;
  readonly remedy: string;
  /** There where another try may help. */
  readonly transient?: Transient;
  /** There where the remedy has steps. */
  readonly steps?: readonly string[];
}

/** A message with its values as they are, nothing made safe. */
export function plain(message: Message): string {
  return message.show((value) => value);
}

export function told({ title, reason, remedy, details: { transient, steps } }: Failure): Told {
  return {
    title,
    reason: plain(reason),
    remedy: plain(remedy),
    ...(transient && { transient }),
    ...(steps && { steps: steps.map(plain) }),
  };
}

/** The failure that a function ends with. Throws where it ends with something else, or with nothing. */
export function failureOf(run: () => unknown): Told {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return told(error);
    throw error;
  }
  throw new Error('There was no failure.');
}

/** The failure that a promise is rejected with. Rejects where it is another error, or none. */
export async function failureFrom(promise: Promise<unknown>): Promise<Told> {
  const error = await promise.then(
    () => new Error('There was no failure.'),
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return told(error);
  throw error;
}
