// What a run of the action costs, compared with the shortest program that does the same and with a curl script.
//
//   npm run bench -- --rounds 60
//
// Prints its tables and, after 20 rounds or more, writes them to README.md. Ends with exit code 1 if a plain exchange takes more
// than one connection and one request. Times depend on what else the machine does, so a missed goal for them is only shown.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  API_KEY,
  generatedOrganization,
  PERSONAL_ACCESS_KEY,
} from '../sandbox/appcircle/accounts.ts';
import { createAuthority } from '../sandbox/network/certificates.ts';
import { type Contestant, type Measured, runRounds } from './measure.ts';
import { describeMeasurement, writeSection } from './report.ts';
import { type CountedServer, startServer } from './server.ts';
import { costTable, goalLine } from './tables.ts';

const FEWEST_ROUNDS = 20;
const apiKey = { 'api-key-name': API_KEY.name, 'api-key-secret': API_KEY.secret };

async function benchHttp(rounds: number): Promise<string> {
  const server = await startServer(1);
  const larger = [await startServer(100), await startServer(10_000)];
  const tables = await compare([...contestants(server), ...larger.map(lookUp)], rounds);
  for (const { close } of [server, ...larger]) await close();
  return tables;
}

/** All trust the private authority from the start, as they would a public one; the last is told of it by an input. */
async function benchHttps(rounds: number): Promise<string> {
  const authority = await createAuthority('Bench CA');
  const server = await startServer(1, await authority.issue());
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-bench-'));
  const path = join(folder, 'authority.pem');
  writeFileSync(path, authority.certificatePem);
  const trust = { NODE_EXTRA_CA_CERTS: path, CURL_CA_BUNDLE: path };
  const trusting = contestants(server).map((one) => ({ ...one, env: { ...one.env, ...trust } }));
  const inputs = { ...apiKey, 'ca-certificate': authority.certificatePem };
  const told = action('the action, `ca-certificate`', server, inputs);
  const tables = await compare([...trusting, told], rounds);
  await server.close();
  rmSync(folder, { recursive: true });
  return tables;
}

/** The floor is the second, and the plain exchange to compare with it the third. */
function contestants(server: CountedServer): Contestant[] {
  return [
    { name: 'Node that exits', script: '/dev/null' },
    { ...action('the floor', server), script: 'bench/floor.cjs' },
    action('the action, API key', server),
    action('the action, Personal Access Key', server, {
      'personal-access-key': PERSONAL_ACCESS_KEY.key,
    }),
    lookUp(server),
    {
      name: '`curl` and `jq`',
      interpreter: 'bash',
      script: 'bench/curl.sh',
      env: {
        AUTH_ENDPOINT: server.authEndpoint,
        API_KEY_NAME: API_KEY.name,
        API_KEY_SECRET: API_KEY.secret,
      },
      server,
    },
  ];
}

/** Asks for the last organization, so that the whole list must be searched. */
function lookUp(server: CountedServer): Contestant {
  const { size } = server;
  const inputs = { ...apiKey, 'sub-organization': generatedOrganization(size).name };
  return action(`the action, by name among ${size.toLocaleString('en')}`, server, inputs);
}

function action(
  name: string,
  server: CountedServer,
  inputs: Readonly<Record<string, string>> = apiKey,
): Contestant {
  const { authEndpoint, apiEndpoint } = server;
  const endpoints = { 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint };
  return { name, server, inputs: { ...endpoints, ...inputs } };
}

async function compare(all: readonly Contestant[], rounds: number): Promise<string> {
  const measured = await runRounds(all, rounds);
  const [, floor, plain] = measured;
  if (!floor || !plain) throw new Error('There is nothing to compare.');
  // A floor that did less would make the action look worse than it is, and one that did more, better.
  assert.deepEqual(workOf(floor), workOf(plain));
  if (plain.runs.some(({ connections, requests }) => connections !== 1 || requests !== 1)) {
    console.error('A plain exchange took more than one connection and one request.');
    process.exitCode = 1;
  }
  return `${costTable(measured, floor)}\n\n${goalLine(plain, floor)}`;
}

function workOf({ runs }: Measured): unknown {
  return runs.map(({ step: { masks, env, outputs, state } }) => ({
    masks: [...masks].sort(),
    env,
    // It depends on the time of the run.
    outputs: { ...outputs, 'token-expires-at': '' },
    state,
  }));
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } });
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error(`--rounds must be at least 1, not ${values.rounds}`);
const report = [
  describeMeasurement(`npm run bench -- --rounds ${rounds}`),
  `### Over HTTP\n\n${await benchHttp(rounds)}`,
  `### Over HTTPS\n\n${await benchHttps(rounds)}`,
].join('\n\n');
console.log(report);
if (rounds >= FEWEST_ROUNDS) writeSection('bench', report);
