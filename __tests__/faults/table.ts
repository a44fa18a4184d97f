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
const table: readonly Row[] = [...connections, ...proxies, ...answers, ...statuses, ...tokens, ...lookups, ...runners].filter(
  ({ only }) => only === undefined || only === process.platform,
);

/** Rows of which only a process shows how they end. */
export const ofProcesses = table.filter(needsProcess);

/** Rows in which servers break the connection or say what they should not: any number of runs in one process show how they end. */
export const ofStories = table.filter((row) => !needsProcess(row));

/** Its environment and what it trusts are of the whole process, and when time is up, it has to end though sockets are open. */
function needsProcess({ certificate, proxy, lookups: names, env, ends }: Row): boolean {
  return Boolean(certificate ?? proxy ?? names ?? env) || ends === 'Appcircle did not answer in time';
}
