// A sandbox that throttles and fails, in a process of its own: started by load.ts, which it tells what it has seen.

import type { RandomFailureOptions, ThrottleOptions } from '../sandbox/appcircle/overload.ts';
import { startAppcircle } from '../sandbox/appcircle/server.ts';

/** How hard it makes things. */
export interface Hardship {
  readonly throttle: ThrottleOptions;
  readonly failures: RandomFailureOptions;
}

/** What it has seen and done so far. */
export interface Seen {
  readonly requests: number;
  readonly tokens: number;
}

const { throttle, failures }: Hardship = JSON.parse(process.argv[2] ?? '{}');
const appcircle = await startAppcircle({ throttle, failures });
process.on('message', () => {
  const seen: Seen = { requests: appcircle.requests.length, tokens: appcircle.issued.length };
  process.send?.(seen);
});
process.on('disconnect', () => process.exit());
process.send?.(appcircle.authEndpoint);
