import type { Context } from '../base/context.ts';
import { type Deadline, LONGEST_TIMEOUT_SECONDS } from '../base/deadline.ts';
import { type Failure, type FailureDetails, isFailure } from '../base/failure.ts';
import { numberIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, parseHttpDate } from '../base/time.ts';
import type { Response } from './response.ts';

/** Those from 520 are Cloudflare's, for trouble with the server behind it. */
const RETRIED_STATUSES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530];
/** A network that wants a login, and Cloudflare's for a server without TLS: no wait helps. */
const NEVER_RETRIED_STATUSES = [511, 525, 526];
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
  let hadLastChance = false;
  const told = (now: Message) => (trouble ? message`${now} Before that: ${trouble}` : now);
  for (let tries = 1; ; tries++) {
    try {
      return await deadline.limit(attempt(), () => told(doing()));
    } catch (error) {
      const transient = isFailure(error) ? error.details.transient : undefined;
      if (!isFailure(error) || !transient) throw error;
      const { waitMs, once = false } = transient;
      const wait = waitBefore(tries, waitMs, deadline.remaining(), random());
      if (wait === undefined || (once && hadLastChance))
        throw giveUp(error, tries, clock.elapsed() - start, deadline);
      hadLastChance ||= once;
      trouble = error.reason;
      log.info(message`${trouble} Retrying in ${durationInWords(wait)} (attempt ${tries + 1}).`);
      await deadline.sleep(wait, () => told(message`waiting ${durationInWords(wait)} to retry.`));
    }
  }
}

/** Whether another try may help after a response, and how long the server asks to wait. */
export function retryDetails(response: Response): FailureDetails {
  const { status } = response;
  const seconds = secondsAskedFor(response);
  if (!isRetried(status, seconds !== undefined)) return {};
  const waitMs = seconds && Math.min(Math.max(0, seconds), LONGEST_WAIT_SECONDS) * 1000;
  return { transient: { waitMs: waitMs || undefined } };
}

function isRetried(status: number, waitAskedFor: boolean): boolean {
  if (RETRIED_STATUSES.includes(status)) return true;
  if (NEVER_RETRIED_STATUSES.includes(status)) return false;
  return waitAskedFor && status >= 500 && status < 600;
}

/** `Retry-After` (RFC 9110, 10.2.3) or, without a readable one, Appcircle's `retry_after` in the body. */
function secondsAskedFor({ headers, fields = {}, date }: Response): number | undefined {
  const header = headers['retry-after']?.raw.trim() ?? '';
  if (/^\d+$/.test(header)) return Number(header);
  const until = parseHttpDate(header);
  if (until !== undefined) return (until - date) / 1000;
  return numberIn(fields['retry_after']);
}

/** Milliseconds until the next try; `undefined` if it would come too late. */
function waitBefore(
  tries: number,
  asked: number | undefined,
  remaining: number,
  chance: number,
): number | undefined {
  const latest = Math.floor(remaining - LEAST_TRY_MS);
  const least = asked ?? 0;
  // Next to nothing does not count as asked for, or the server would be asked again and again.
  const isNamed = least >= FIRST_BACKOFF_MS;
  const end = isNamed ? remaining : latest;
  if (least >= end) return undefined;
  if (asked === 0) return 0;
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
  const jitter = chance * (isNamed ? Math.min(backoff, LONGEST_EXTRA_MS) : backoff);
  return Math.max(least, Math.min(least + jitter, latest));
}

function giveUp(failure: Failure, tries: number, spentMs: number, deadline: Deadline): Failure {
  const remainingMs = deadline.remaining();
  const { waitMs: asked = 0, once } = failure.details.transient ?? {};
  const tried =
    tries === 1
      ? message`Tried once`
      : message`Tried ${tries} times in ${durationInWords(spentMs)}`;
  if (once) return failure.withMore(message`${tried}.`);
  if (asked < remainingMs)
    return failure.withMore(message`${tried}. No time is left for another attempt.`);
  const enough = Math.ceil((asked + deadline.spent()) / 1000) + 1;
  return failure.withMore(
    message`${tried}. The server asks to wait ${durationInWords(asked)}, but timeout-seconds leaves only ${durationInWords(remainingMs)}.`,
    enough <= LONGEST_TIMEOUT_SECONDS
      ? message`${failure.remedy} timeout-seconds: ${enough} or more would be enough (${LONGEST_TIMEOUT_SECONDS} at most).`
      : failure.remedy,
  );
}
