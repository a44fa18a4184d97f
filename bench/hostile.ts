// Servers that try to keep the action busy or to fill its memory: does each run end in time, in a heap of 64 MB?
//
//   npx node bench/hostile.ts
//
// Ends within a minute, with exit code 1 if one did not. `pages of names` as an argument runs that case alone.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { API_KEY } from '../sandbox/appcircle/accounts.ts';
import { listen } from '../sandbox/network/listener.ts';
import { runStep } from '../sandbox/runner/step.ts';

const LIMIT_SECONDS = 2;
/** What a run may take beyond its limit. */
const GRACE_SECONDS = 0.5;
/** A busy machine starts a process in that time. */
const START_SECONDS = 0.3;
const MEBIBYTE = 1024 * 1024;

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const TOKEN = JSON.stringify({ access_token: 'an-opaque-token', expires_in: 3600 });
/** Nearly a mebibyte of JSON text. */
const filled = (part: string) =>
  part.repeat(Math.floor((MEBIBYTE - 100) / (Buffer.byteLength(JSON.stringify(part)) - 2)));

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

/** Answers a request for a token, and each for a page with as many new organizations as have room in a mebibyte. */
function list(name: () => string, more: () => object = () => ({})): Answer {
  return (response, { method }) => {
    if (method === 'POST') return send(response, 200, TOKEN);
    const entries: string[] = [];
    let room = MEBIBYTE - 1000 - Buffer.byteLength(JSON.stringify(more()));
    while (room > 0) {
      const entry = JSON.stringify({ id: randomUUID(), name: name() });
      room -= Buffer.byteLength(entry) + 1;
      if (room > 0) entries.push(entry);
    }
    const rest = JSON.stringify(more()).slice(1, -1);
    send(response, 200, `{${rest}${rest && ','}"data":[${entries.join(',')}]}`);
  };
}

const tokens = (length: number) => ({
  access_token: randomUUID().padEnd(length, 'x'),
  refresh_token: randomUUID().padEnd(length, 'y'),
  id_token: randomUUID().padEnd(length, 'z'),
});

const CASES: Readonly<Record<string, Answer>> = {
  'parts of words': (response) =>
    send(
      response,
      401,
      JSON.stringify({ error: 'invalid_grant', error_description: filled('a.') }),
    ),
  'an error that is nested deeply': (response) => {
    const levels = 149_000;
    send(response, 401, `{"error":"bad","z":${'{"35":'.repeat(levels)}0${'}'.repeat(levels)}}`);
  },
  'bytes one by one': ({ socket }) => {
    const bytes = JSON.stringify({ error_description: filled('x') }).replace(/./g, '1\r\n$&\r\n');
    socket?.end(`HTTP/1.1 401 No\r\ntransfer-encoding: chunked\r\n\r\n${bytes}0\r\n\r\n`);
  },
  'tokens in errors that may pass': (response) => {
    response.writeHead(503, { 'retry-after': '0.5', 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...tokens(300_000), error: 'x '.repeat(50_000) }));
  },
  'pages of names': list(() => 'iOS Team 1'),
  'pages of one name': list(() => 'iOS Team'),
  'pages of names that double in NFC': list(
    () => `a${'\u0344'.repeat(600)}${'\u064e\u031b\u0316'.repeat(133)}`,
  ),
  'pages of names that are too long': list(() => 'iOS Team'.padEnd(65_000, '\u200b')),
  'pages with tokens': list(
    () => randomUUID(),
    () => tokens(100_000),
  ),
};

/** Runs the action against a server. Returns what is wrong with how it ended, if anything. */
async function run(answer: Answer): Promise<string | undefined> {
  const server = await listen({ onRequest: (request, response) => answer(response, request) });
  try {
    const { durationMs, exitCode, annotations } = await runStep({
      inputs: {
        'api-key-name': API_KEY.name,
        'api-key-secret': API_KEY.secret,
        'auth-endpoint': server.origin,
        'api-endpoint': server.origin,
        'sub-organization': 'iOS Team',
        'timeout-seconds': String(LIMIT_SECONDS),
      },
      env: { NODE_OPTIONS: '--max-old-space-size=64' },
    });
    const seconds = durationMs / 1000;
    const [error] = annotations;
    if (exitCode !== 1 || !error) return `ended with ${exitCode} and ${annotations.length} lines`;
    if (seconds > LIMIT_SECONDS + GRACE_SECONDS + START_SECONDS)
      return `took ${seconds.toFixed(1)} s`;
    console.log(`  ${seconds.toFixed(2)} s, ${error.title}`);
    return undefined;
  } finally {
    await server.close();
  }
}

const [, , only] = process.argv;
for (const [name, answer] of Object.entries(CASES)) {
  if (only && only !== name) continue;
  console.log(name);
  const wrong = await run(answer);
  if (wrong === undefined) continue;
  console.log(`  WRONG: ${wrong}`);
  process.exitCode = 1;
}
