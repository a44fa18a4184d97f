import type { Row } from './row.ts';
import { answers } from './rows/answers.ts';
import { connections } from './rows/connections.ts';
import { lookups } from './rows/lookups.ts';
import { proxies } from './rows/proxies.ts';
import { runners } from './rows/runners.ts';
import { statuses } from './rows/statuses.ts';
import { tokens } from './rows/tokens.ts';

// Every way in which the network, a server or a runner is known to break, and how a run in it has to end.

const ofNetworks: readonly Row[] = [
  ...connections,
  ...proxies,
  ...answers,
  ...statuses,
  ...tokens,
  ...lookups,
];

/** Rows of which only a process shows how they end. A row for another platform is left out: it needs what this one does not have. */
export const ofProcesses: readonly Row[] = [...ofNetworks.filter(needsProcess), ...runners].filter(
  ({ only }) => only === undefined || only === process.platform,
);

/** Rows of which any number of runs in one process show how they end. */
export const ofStories: readonly Row[] = ofNetworks.filter((row) => !needsProcess(row));

/**
 * Whether a row needs a process of its own. Ways to come to trust a server are of the whole process (what comes after that is not),
 * look-ups are faked for all of it, and only a process shows that a run that timed out ends with sockets still open.
 */
function needsProcess({ trust, lookups: names, ends }: Row): boolean {
  return trust !== undefined || names !== undefined || ends === 'Appcircle did not answer in time';
}
