import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { durationInWords } from '../time.ts';
import type { World } from '../world.ts';
import type { Deadline } from './deadline.ts';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 15_000;

/** On top of a wait that the server named: enough to spread those who were told the same. */
const LONGEST_EXTRA_MS = 1000;

/** With less time than this a try would end by the clock, and the clock would be blamed for what is wrong with the server. */
const LEAST_TRY_MS = 500;

/** What timeout-seconds may be at most. */
const MOST_SECONDS = 600;

/**
 * Tries until it works, fails for good or no other try fits into the time left. Waits with exponential backoff and full jitter (M.
 * Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015); where the server names a wait (`Retry-After`), never less.
 * @throws Failure of the last try, with the number of tries told
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  deadline: Deadline,
  world: World,
  log: Log,
): Promise<T> {
  const start = world.elapsed();
  for (let tries = 1; ; tries++) {
    try {
      return await deadline.limit(attempt());
    } catch (error) {
      if (!(error instanceof Failure) || !error.transient) throw error;
      const wait = waitBefore(tries, error.transient.waitMs, deadline.remaining(), world);
      if (wait === undefined) throw giveUp(error, tries, world.elapsed() - start, deadline.remaining());
      log.info(`${error.message} Try ${tries + 1} comes in ${durationInWords(wait)}.`);
      deadline.doing = `waiting ${durationInWords(wait)} for another try`;
      deadline.lastTrouble = error.message;
      await deadline.limit(world.sleep(wait));
    }
  }
}

/** Milliseconds to wait before the next try, or `undefined` where it would come too late. */
function waitBefore(tries: number, asked: number | undefined, remaining: number, world: World): number | undefined {
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
  // A server that asks for no wait to speak of would be asked again and again.
  const named = asked !== undefined && asked >= FIRST_BACKOFF_MS;
  const jitter = world.random() * (named ? Math.min(backoff, LONGEST_EXTRA_MS) : backoff);
  // Jobs that are throttled together are told the same wait: the jitter on top keeps them from coming back together.
  const wait = (asked ?? 0) + jitter;
  if (wait + LEAST_TRY_MS < remaining) return wait;
  // Just in time without the jitter.
  return named && asked < remaining ? asked : undefined;
}

function giveUp(failure: Failure, tries: number, spentMs: number, remainingMs: number): Failure {
  const asked = failure.transient?.waitMs;
  const tried = tries === 1 ? 'Tried once' : `Tried ${tries} times in ${durationInWords(spentMs)}`;
  if (asked === undefined || asked < remainingMs) return failure.withMore(`${tried}, and no time is left for another.`);
  const needed = Math.ceil((asked + spentMs) / 1000);
  return failure.withMore(
    `${tried}; the server asks to wait ${durationInWords(asked)}, and ${durationInWords(remainingMs)} are left.`,
    needed < MOST_SECONDS
      ? `${failure.remedy} A timeout-seconds of more than ${needed} would have sat this wait out (600 at most).`
      : failure.remedy,
  );
}
