import type { Answer } from './answers.ts';
import { UNACCEPTABLE, UNTRUSTED } from './plan.ts';
import type { Outcome } from './servers.ts';
import type { Story } from './story.ts';

/** A try that would have less time than this is left out. */
const LEAST_TRY_MS = 500;
const NO_FAILURES_OF_THE_NETWORK = ['garbage', 'large headers', 'proxy 407', ...UNACCEPTABLE];

/** What docs/GUARANTEES.md has follow upon a failure. */
export function tryingAgain(outcome: Outcome): 'in time' | 'once' | 'never' {
  const { name, answer } = outcome;
  if (retriedOnce(outcome) !== undefined) return 'once';
  if (answer) return isRetried(answer) ? 'in time' : 'never';
  return NO_FAILURES_OF_THE_NETWORK.includes(name) ? 'never' : 'in time';
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
  const { outcome, endedAt = ended } = servers.tries.at(-1) ?? {};
  const left = plan.timeoutMs - endedAt;
  return cancelled === undefined && left - (outcome?.answer?.retryAfterMs ?? 0) > LEAST_TRY_MS + 1;
}
