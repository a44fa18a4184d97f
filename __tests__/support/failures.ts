import { Failure, type FailureTitle, type Transient } from '../../src/failure.ts';

/** A failure as plain data, to be compared whole. */
export interface Told {
  readonly title: FailureTitle;
  readonly cause: string;
  readonly remedy: string;
  /** There where another try may help. */
  readonly transient?: Transient;
}

export function told({ title, message, remedy, transient }: Failure): Told {
  return { title, cause: message, remedy, ...(transient && { transient }) };
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
