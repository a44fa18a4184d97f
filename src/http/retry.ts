import type { Context } from '../base/context.ts';
import { type Deadline, LONGEST_TIMEOUT_SECONDS } from '../base/deadline.ts';
import { type Failure, type FailureDetails, isFailure } from '../base/failure.ts';
import { numberIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, parseHttpDate } from '../base/time.ts';
import type { Response } from './connection.ts';

const RETRIED_STATUSES = [408, 425, 429, 500, 502, 503, 504];
/** A year. */
const LONGEST_WAIT_SECONDS = 366 * 24 * 60 * 60;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 15_000;
/** On top of a wait that the server named, to spread jobs that were told the same. */
const LONGEST_EXTRA_MS = 1000;
/** A shorter try would run into the deadline, and hide what is wrong with the server. */
const LEAST_TRY_MS = 500;

/**
 * Retries with exponential backoff and full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), and never
 * sooner than the server asks (`Retry-After`).
 * @param doing what a try is waiting for, as the rest of a sentence
 * @throws Failure of the last try, once none fits into the time left
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  doing: () => Message,
  { clock, deadline, log, random }: Context,
): Promise<T> {
  const start = clock.elapsed();
  let trouble: Message | undefined;
  const told = (now: Message) => (trouble ? message`${now} Before that: ${trouble}` : now);
  for (let tries = 1; ; tries++) {
    try {
      return await deadline.limit(attempt(), () => told(doing()));
    } catch (error) {
      const transient = isFailure(error) ? error.details.transient : undefined;
      if (!isFailure(error) || !transient) throw error;
      const wait = waitBefore(tries, transient.waitMs, deadline.remaining(), random());
      if (wait === undefined) throw giveUp(error, tries, clock.elapsed() - start, deadline);
      trouble = error.reason;
      log.info(message`${trouble} Retrying in ${durationInWords(wait)} (attempt ${tries + 1}).`);
      await deadline.sleep(wait, () => told(message`waiting ${durationInWords(wait)} to retry.`));
    }
  }
}

/** Whether another try may help after a response, and how long the server asks to wait: `Retry-After` (RFC 9110, 10.2.3) or `retry_after`. */
export function retryDetails({ status, headers, fields = {}, date }: Response): FailureDetails {
  if (!RETRIED_STATUSES.includes(status)) return {};
  const header = headers['retry-after']?.raw.trim() ?? '';
  const until = parseHttpDate(header);
  const inBody = () => numberIn(fields['retry_after']);
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : until === undefined
      ? inBody()
      : (until - date) / 1000;
  return {
    transient: { waitMs: seconds && Math.min(Math.max(0, seconds), LONGEST_WAIT_SECONDS) * 1000 },
  };
}

/** Milliseconds until the next try; `undefined` if it would come too late. */
function waitBefore(
  tries: number,
  asked: number | undefined,
  remaining: number,
  chance: number,
): number | undefined {
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
  // Ignores a wait of next to nothing, or the server would be asked again and again.
  const named = asked !== undefined && asked >= FIRST_BACKOFF_MS;
  const jitter = chance * (named ? Math.min(backoff, LONGEST_EXTRA_MS) : backoff);
  const wait = (asked ?? 0) + jitter;
  if (wait + LEAST_TRY_MS < remaining) return wait;
  // Just in time without the jitter.
  return named && asked < remaining ? asked : undefined;
}

function giveUp(failure: Failure, tries: number, spentMs: number, deadline: Deadline): Failure {
  const remainingMs = deadline.remaining();
  const asked = failure.details.transient?.waitMs;
  const tried =
    tries === 1
      ? message`Tried once`
      : message`Tried ${tries} times in ${durationInWords(spentMs)}`;
  if (asked === undefined || asked < remainingMs)
    return failure.withMore(message`${tried}. No time is left for another attempt.`);
  const enough = Math.ceil((asked + deadline.spent()) / 1000) + 1;
  return failure.withMore(
    message`${tried}. The server asks to wait ${durationInWords(asked)}, but timeout-seconds leaves only ${durationInWords(remainingMs)}.`,
    enough <= LONGEST_TIMEOUT_SECONDS
      ? message`${failure.remedy} timeout-seconds: ${enough} or more would be enough (${LONGEST_TIMEOUT_SECONDS} at most).`
      : failure.remedy,
  );
}
