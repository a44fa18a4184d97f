import type { Contestant } from './contestants.ts';
import type { Traffic } from './counted-server.ts';
import type { Cost, Meter } from './meter.ts';
import { createStepFolder, type Published } from './step-folder.ts';

/** One run of a contestant: what it cost, what went over the wire, what it left behind. */
export interface Run {
  readonly cost: Cost;
  readonly traffic: Traffic;
  readonly published: Published;
}

/** A contestant and all its runs, in the order of the rounds. */
export interface Measured {
  readonly contestant: Contestant;
  readonly runs: readonly Run[];
}

/**
 * Runs all contestants in turn, round after round, so that whatever else goes on in the machine falls on all alike. A round before
 * the first warms the disk's cache and is not counted.
 * @throws Error where a run fails, or ends without the token
 */
export async function runRounds(
  contestants: readonly Contestant[],
  rounds: number,
  meter: Meter,
): Promise<Measured[]> {
  const measured = contestants.map((contestant) => ({ contestant, runs: [] as Run[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { contestant, runs } of measured) {
      const run = await runOnce(contestant, meter);
      if (round > 0) runs.push(run);
    }
  }
  return measured;
}

const NO_TRAFFIC: Traffic = { connections: 0, requests: 0, bytesReceived: 0, bytesSent: 0 };

async function runOnce({ name, argv, env, server }: Contestant, meter: Meter): Promise<Run> {
  const folder = createStepFolder();
  try {
    const cost = await meter.run({ argv, env: { ...folder.env, ...env } });
    const traffic = (await server?.takeTraffic()) ?? NO_TRAFFIC;
    const published = folder.published();
    // A run that fails early is a fast one.
    if (cost.exit !== 0 || (server && !published.env['AC_ACCESS_TOKEN'])) {
      throw new Error(`A run of ${name} got no token (exit code ${cost.exit}):\n${cost.output}`);
    }
    return { cost, traffic, published };
  } finally {
    folder.remove();
  }
}
