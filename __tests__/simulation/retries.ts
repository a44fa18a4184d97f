import type { Answer } from './answers.ts';
import { TLS_ERRORS, UNTRUSTED } from './plan.ts';
import type { Outcome } from './servers.ts';
import type { Story } from './story.ts';

/** A try that would have less time than this is left out (src/http/retry.ts). */
const LEAST_TRY_MS = 500;
const NEVER_RETRIED = ['garbage', 'large headers', 'proxy 407', ...TLS_ERRORS];

/** How often docs/GUARANTEES.md lets the action retry. */
export function retriesAfter(outcome: Outcome): 'until time is up' | 'once' | 'never' {
  const { name, answer } = outcome;
  if (retriedOnce(outcome) !== undefined) return 'once';
  if (answer) return isRetried(answer) ? 'until time is up' : 'never';
  return NEVER_RETRIED.includes(name) ? 'never' : 'until time is up';
}

function isRetried({ status, retryAfterMs }: Answer): boolean {
  const always = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530];
  const never = [511, 525, 526];
  if (always.includes(status)) return true;
  return status >= 500 && !never.includes(status) && retryAfterMs !== undefined;
}

/** Which one it is of the failures that are retried once. */
export function retriedOnce({ name, answer }: Outcome): string | undefined {
  if (UNTRUSTED.includes(name)) return 'an untrusted certificate';
  if (answer?.status === 421) return 'HTTP 421';
  return name === 'ENOTFOUND' ? name : undefined;
}

/** Whether main could have tried once more, but for its end. */
export function wasTimeForAnother({ plan, servers, cancelled, ended = 0 }: Story): boolean {
  if (cancelled !== undefined) return false;
  const { outcome, endedAt = ended } = servers.tries.at(-1) ?? {};
  const waitMs = outcome?.answer?.retryAfterMs ?? 0;
  // Times are rounded to a millisecond.
  return plan.timeoutMs - endedAt - waitMs > LEAST_TRY_MS + 1;
}
