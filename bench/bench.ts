// What a run of the action costs, against the least that it could cost and against what a workflow author would run in its place.
//
//   npm run bench [-- --rounds 40]
//
// Writes its tables to docs/PERFORMANCE.md and prints them; fewer than 20 rounds are printed alone. Ends with exit code 1 where a
// goal that counts requests or connections is missed: times are told, not judged, since they depend on what else the machine does.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  action,
  actionWithCaCertificate,
  actionWithName,
  actionWithPersonalAccessKey,
  bareNode,
  type Contestant,
  curlScript,
  floor,
  trusting,
} from './contestants.ts';
import { type CountedServer, startServer } from './counted-server.ts';
import { writeSection } from './document.ts';
import { judge, type Verdict } from './goals.ts';
import { hostileTable } from './hostile.ts';
import { describeMachine } from './machine.ts';
import { type Meter, startMeter } from './meter.ts';
import { type Measured, runRounds } from './rounds.ts';
import { assertSameWork } from './same-work.ts';
import { costTable, goalTable, growthTable, wholeNumber } from './tables.ts';

const FEWEST_ROUNDS = 20;
const GROWTH = [1, 100, 10_000];

/** What the script of Appcircle's documentation needs and this machine does not have. */
const missingTools = ['bash', 'curl', 'jq'].filter(
  (tool) => spawnSync(tool, ['--version']).status !== 0,
);

/** What the rounds under one condition gave: plain loopback, or HTTPS. */
interface Comparison {
  readonly table: string;
  readonly verdicts: readonly Verdict[];
}

async function compareOverHttp(rounds: number, meter: Meter): Promise<Comparison> {
  const server = await startServer({ tls: false, organizations: 1 });
  try {
    return compare(await runRounds(everyone(server), rounds, meter));
  } finally {
    server.close();
  }
}

/** Everyone trusts the private authority from the start; one more contestant is told of it by an input. */
async function compareOverHttps(rounds: number, meter: Meter): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-bench-'));
  const server = await startServer({ tls: true, organizations: 1 });
  const { certificatePem = '' } = server;
  try {
    const contestants = trusting(certificatePem, folder, everyone(server));
    return compare(
      await runRounds(
        [...contestants, actionWithCaCertificate(server, certificatePem)],
        rounds,
        meter,
      ),
    );
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** The floor is the second and a plain exchange the third: what the others are held against, and what the goals are for. */
function everyone(server: CountedServer): Contestant[] {
  return [
    bareNode,
    floor(server),
    action('the action, API key', server),
    actionWithPersonalAccessKey(server),
    actionWithName('the action, API key, sub-organization by name', server, 1),
    ...(missingTools.length === 0 ? [curlScript(server)] : []),
  ];
}

function compare(all: readonly Measured[]): Comparison {
  const [, floor, plain] = all;
  const [floorRun, plainRun] = [floor?.runs[0], plain?.runs[0]];
  if (!floor || !plain || !floorRun || !plainRun) throw new Error('There was no round');
  assertSameWork(floorRun, plainRun);
  return { table: costTable(all, floor), verdicts: judge(plain, floor) };
}

async function measureGrowth(rounds: number, meter: Meter): Promise<string> {
  const servers = await Promise.all(
    GROWTH.map((organizations) => startServer({ tls: false, organizations })),
  );
  try {
    const contestants = servers.map((server, index) => {
      const organizations = GROWTH[index] ?? 0;
      return actionWithName(wholeNumber(organizations), server, organizations);
    });
    return growthTable(await runRounds(contestants, rounds, meter));
  } finally {
    for (const server of servers) server.close();
  }
}

async function bench(rounds: number): Promise<void> {
  const meter = await startMeter();
  try {
    const http = await compareOverHttp(rounds, meter);
    const https = await compareOverHttps(rounds, meter);
    const growth = await measureGrowth(rounds, meter);
    const verdicts = { 'over HTTP': http.verdicts, 'over HTTPS': https.verdicts };
    const leftOut =
      missingTools.length === 0
        ? ''
        : ` The script for \`curl\` is left out: no ${missingTools.join(', no ')} here.`;
    const report = [
      `Measured with ${describeMachine(`npm run bench -- --rounds ${rounds}`)}${leftOut}`,
      `### Goals\n\n${goalTable(verdicts)}`,
      `### Over plain HTTP on loopback\n\n${http.table}`,
      `### Over HTTPS on loopback, with a private authority\n\n${https.table}`,
      `### Looking a name up\n\n${growth}`,
      `### Showing a hostile answer\n\nWith 100 secrets known. Goal: below 50 ms.\n\n${hostileTable()}`,
    ].join('\n\n');
    console.log(report);
    if (rounds >= FEWEST_ROUNDS) writeSection('bench', report);
    else
      console.log(
        `\nNot written to docs/PERFORMANCE.md: that takes ${FEWEST_ROUNDS} rounds or more.`,
      );
    if ([...http.verdicts, ...https.verdicts].some(({ counts, met }) => counts && !met))
      process.exitCode = 1;
  } finally {
    meter.close();
  }
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } });
if (!/^[1-9]\d{0,3}$/.test(values.rounds))
  throw new Error(`--rounds is a whole number from 1 to 9999, not ${values.rounds}`);
await bench(Number(values.rounds));
