import type { Row } from './row.ts';
import { answers } from './rows/answers.ts';
import { connections } from './rows/connections.ts';
import { lookups } from './rows/lookups.ts';
import { proxies } from './rows/proxies.ts';
import { runners } from './rows/runners.ts';
import { statuses } from './rows/statuses.ts';
import { tokens } from './rows/tokens.ts';

/**
 * Every way in which the network, a server or a runner is known to break, and how a run in it has to end. A row for another platform is
 * left out: it needs what this one does not have.
 */
export const table: readonly Row[] = [...connections, ...proxies, ...answers, ...statuses, ...tokens, ...lookups, ...runners].filter(
  ({ only }) => only === undefined || only === process.platform,
);
