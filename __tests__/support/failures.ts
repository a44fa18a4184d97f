import {
  type Failure,
  type FailureDetails,
  type FailureTitle,
  isFailure,
} from '../../src/base/failure.ts';
import type { Message } from '../../src/base/message.ts';

/** A failure as plain data, to be compared whole. */
export interface FailureData {
  readonly title: FailureTitle;
  readonly reason: string;
  readonly remedy: string;
  /** Set where another try may help. */
  readonly transient?: FailureDetails['transient'] | undefined;
  readonly steps?: readonly string[];
}

/** A message with its values as they came, before anyone made them safe. */
export function rawText(message: Message): string {
  return message.show((value) => (typeof value === 'string' ? value : value.raw));
}

/** @param show makes text of its messages; their values are left as they are without it */
export function failureData(failure: Failure, show = rawText): FailureData {
  const { title, reason, remedy, details } = failure;
  const { transient, steps } = details;
  const data = { title, reason: show(reason), remedy: show(remedy), transient };
  if (!steps) return data;
  return { ...data, steps: steps.map((step) => show(step)) };
}

/** The failure that a function throws. Throws where it throws something else, or nothing. */
export function failureOf(run: () => unknown, show?: (message: Message) => string): FailureData {
  try {
    run();
  } catch (error) {
    if (isFailure(error)) return failureData(error, show);
    throw error;
  }
  throw new Error('There was no failure.');
}

/** The failure that a promise is rejected with. Rejects where it is another error, or none. */
export async function failureFrom(
  promise: Promise<unknown>,
  show?: (message: Message) => string,
): Promise<FailureData> {
  try {
    await promise;
  } catch (error) {
    if (isFailure(error)) return failureData(error, show);
    throw error;
  }
  throw new Error('There was no failure.');
}
