import type { Context } from '../base/context.ts';
import { type Deadline, LONGEST_TIMEOUT_SECONDS } from '../base/deadline.ts';
import { type Failure, type FailureDetails, isFailure } from '../base/failure.ts';
import { numberIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import { durationInWords, parseHttpDate } from '../base/time.ts';
import type { Response } from './response.ts';

/** The one list of them. Those from 520 are Cloudflare's, for trouble with the server behind it. */
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
  context: Context,
): Promise<T> {
  const { clock, deadline, log } = context;
  const start = clock.elapsed();
  let trouble: Message | undefined;
  let hadLastChance = false;
  for (let tries = 1; ; tries++) {
    try {
      return await deadline.limit(attempt(), () => withTrouble(doing(), trouble));
    } catch (error) {
      if (!isFailure(error) || !error.details.transient) throw error;
      const { waitMs, once } = error.details.transient;
      const wait = waitBefore(tries, waitMs, context);
      if (wait === undefined || (once && hadLastChance))
        throw giveUp(error, timesTried(tries, clock.elapsed() - start), deadline);
      if (once) hadLastChance = true;
      trouble = error.reason;
      const waiting = message`waiting ${durationInWords(wait)} to retry.`;
      log.info(message`${trouble} Retrying in ${durationInWords(wait)} (attempt ${tries + 1}).`);
      await deadline.sleep(wait, () => withTrouble(waiting, trouble));
    }
  }
}

function withTrouble(doing: Message, trouble: Message | undefined): Message {
  return trouble ? message`${doing} Before that: ${trouble}` : doing;
}

/** Whether another try may help after a response, and how long the server asks to wait. */
export function retryDetails(response: Response): FailureDetails {
  if (!isRetryable(response)) return {};
  const seconds = secondsAskedFor(response);
  if (seconds === undefined || seconds <= 0) return { transient: { waitMs: undefined } };
  return { transient: { waitMs: Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000 } };
}

export function isRetryable(response: Response): boolean {
  const { status } = response;
  if (RETRIED_STATUSES.includes(status)) return true;
  if (NEVER_RETRIED_STATUSES.includes(status)) return false;
  return status >= 500 && status < 600 && secondsAskedFor(response) !== undefined;
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
  { deadline, random }: Context,
): number | undefined {
  const remaining = deadline.remaining();
  const latest = Math.floor(remaining - LEAST_TRY_MS);
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
  // A shorter wait gets the backoff on top, or the server would be asked again and again.
  if (asked !== undefined && asked >= FIRST_BACKOFF_MS) {
    if (asked >= remaining) return undefined;
    const extra = random() * Math.min(backoff, LONGEST_EXTRA_MS);
    return Math.max(asked, Math.min(asked + extra, latest));
  }
  const least = asked ?? 0;
  if (least >= latest) return undefined;
  if (asked === 0) return 0;
  return Math.min(least + random() * backoff, latest);
}

function timesTried(tries: number, spentMs: number): Message {
  if (tries === 1) return message`Tried once`;
  return message`Tried ${tries} times in ${durationInWords(spentMs)}`;
}

function giveUp(failure: Failure, tried: Message, deadline: Deadline): Failure {
  const { waitMs = 0, once } = failure.details.transient ?? {};
  const remainingMs = deadline.remaining();
  if (once) return failure.withMore(message`${tried}.`);
  if (waitMs < remainingMs)
    return failure.withMore(message`${tried}. No time is left for another attempt.`);
  const more = message`${tried}. The server asks to wait ${durationInWords(waitMs)}, but timeout-seconds leaves only ${durationInWords(remainingMs)}.`;
  const enough = Math.ceil((waitMs + deadline.spent()) / 1000) + 1;
  if (enough > LONGEST_TIMEOUT_SECONDS) return failure.withMore(more);
  return failure.withMore(
    more,
    message`${failure.remedy} Or set timeout-seconds to ${enough} or more (at most ${LONGEST_TIMEOUT_SECONDS}).`,
  );
}
