// Starts an Appcircle for the steps that follow in a job, and ends; the server stays, in a process of its own.
//
// Serves the key API_KEY_NAME and API_KEY_SECRET and the key PERSONAL_ACCESS_KEY of the environment. Sets the outputs
// `auth-endpoint`, `api-endpoint` and `pid` (to stop it with); without GITHUB_OUTPUT prints them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { env, execPath, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  type Accounts,
  API_KEY,
  DEFAULT_ACCOUNTS,
  PERSONAL_ACCESS_KEY,
} from './appcircle/accounts.ts';
import { startAppcircle } from './appcircle/server.ts';

/** A forgotten server does not outlive its job by much. */
const LIFETIME_MS = 10 * 60_000;

const accounts: Accounts = {
  ...DEFAULT_ACCOUNTS,
  apiKeys: [
    {
      ...API_KEY,
      name: env['API_KEY_NAME'] ?? API_KEY.name,
      secret: env['API_KEY_SECRET'] ?? API_KEY.secret,
    },
  ],
  personalAccessKeys: [
    { ...PERSONAL_ACCESS_KEY, key: env['PERSONAL_ACCESS_KEY'] ?? PERSONAL_ACCESS_KEY.key },
  ],
};

async function serve(): Promise<void> {
  const { authEndpoint, apiEndpoint, close } = await startAppcircle({ accounts });
  setTimeout(close, LIFETIME_MS);
  process.send?.({ 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint, pid });
  process.disconnect();
}

async function startServer(): Promise<void> {
  // No stream of the step's is handed down: a runner takes a step for unfinished as long as one is open.
  const server = spawn(execPath, [fileURLToPath(import.meta.url)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  server.once('exit', (code) => {
    throw new Error(`The sandbox ended with exit code ${code} before it was ready`);
  });
  const [outputs] = await once(server, 'message');
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (env['GITHUB_OUTPUT']) appendFileSync(env['GITHUB_OUTPUT'], lines.join(''));
  else process.stdout.write(lines.join(''));
  server.unref();
}

// The server is this file again, with a channel to the process that started it.
await (process.send ? serve() : startServer());
