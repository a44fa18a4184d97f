import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import * as faults from '../../sandbox/network/faults.ts';
import { closedPort } from '../../sandbox/network/listener.ts';
import { startRecorder } from '../../sandbox/network/recorder.ts';

const GIVE_UP_MS = 500;
const LIMIT = 1_000_000;

let appcircle: Appcircle;

beforeAll(async () => {
  appcircle = await startAppcircle();
});
afterAll(() => appcircle.close());

/** Makes a request on a connection of its own and says in a word or a status how it ended. */
function outcome(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = httpRequest(url, { agent: false, timeout: GIVE_UP_MS });
    const deadline = setTimeout(() => end('no end'), 2 * GIVE_UP_MS);
    function end(how: string): void {
      clearTimeout(deadline);
      request.destroy();
      resolve(how);
    }
    let answered = false;
    request.on('error', ({ code }: NodeJS.ErrnoException) =>
      end(answered ? 'broken body' : String(code)),
    );
    request.on('timeout', () => end('silence'));
    request.on('response', (response) => {
      answered = true;
      read(response, end);
    });
    request.end();
  });
}

function read(response: IncomingMessage, end: (how: string) => void): void {
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > LIMIT) end('flood');
  });
  response.on('error', () => end('broken body'));
  response.on('end', () => end(`${response.statusCode}, ${size} bytes`));
}

const WHOLE = `200, ${faults.BAIT_BODY.length} bytes`;

const OUTCOMES: [faults.Fault, string | RegExp][] = [
  [faults.resetOnConnect(), 'ECONNRESET'],
  [faults.closeOnConnect(), 'ECONNRESET'],
  [faults.stallOnConnect(), 'silence'],
  [faults.garbageOnConnect(), /HPE_|ECONNRESET/],
  [faults.resetAfterRequest(), 'ECONNRESET'],
  [faults.closeAfterRequest(), 'ECONNRESET'],
  [faults.stallAfterRequest(), 'silence'],
  [faults.garbage(), /HPE_/],
  [faults.endlessInformational(100), 'no end'],
  [faults.endlessInformational(103), 'no end'],
  [faults.resetInHeaders(), 'ECONNRESET'],
  [faults.stallInHeaders(), 'silence'],
  [faults.truncatedHeaders(), 'ECONNRESET'],
  [faults.floodHeaders(), 'HPE_HEADER_OVERFLOW'],
  [faults.floodHeaders(8192), WHOLE],
  [faults.dripHeaders(20), 'no end'],
  [faults.resetInBody(), 'broken body'],
  [faults.stallInBody(), 'silence'],
  [faults.stallInBody({ whole: true }), 'silence'],
  [faults.truncatedBody('content-length'), 'broken body'],
  [faults.truncatedBody('chunked'), 'broken body'],
  [faults.floodBody(), 'flood'],
  [faults.floodBody({ contentLength: true }), 'flood'],
  [faults.floodBody({ bytes: 50_000 }), '200, 50000 bytes'],
  [faults.floodBody({ bytes: 50_000, contentLength: true }), '200, 50000 bytes'],
  [faults.dripBody(20), 'no end'],
  [faults.answer(), WHOLE],
  [faults.failure(503, 3), '503, 22 bytes'],
  [faults.tooManyRequests(60), '429, 46 bytes'],
  [faults.redirect(307, 'http://127.0.0.1/'), '307, 0 bytes'],
  [faults.emptyBody(), '200, 0 bytes'],
  [faults.noContent(), '204, 0 bytes'],
  [faults.randomBody(), '200, 1024 bytes'],
  [faults.bodyWithByteOrderMark(), `200, ${faults.BAIT_BODY.length + 3} bytes`],
  [faults.utf16Body(), `200, ${faults.BAIT_BODY.length * 2} bytes`],
];

test.each(OUTCOMES.map(([fault, expected]) => ({ name: fault.name, fault, expected })))(
  '$name',
  async (row) => {
    const { fault, expected } = row;
    appcircle.fail(fault, { on: 'auth' });
    const how = await outcome(appcircle.authEndpoint);
    if (typeof expected === 'string') expect(how).toBe(expected);
    else expect(how).toMatch(expected);
    expect(await outcome(appcircle.authEndpoint)).toBe('404, 21 bytes');
  },
);

test('a fault waits for its host and path, as often as it is told to', async () => {
  appcircle.fail(faults.failure(500), { on: 'api', path: '/here', times: 2 });
  expect(await outcome(`${appcircle.authEndpoint}/here`)).toMatch(/^404/);
  expect(await outcome(`${appcircle.apiEndpoint}/there`)).toMatch(/^404/);
  expect(await outcome(`${appcircle.apiEndpoint}/here`)).toMatch(/^500/);
  expect(await outcome(`${appcircle.apiEndpoint}/here`)).toMatch(/^500/);
  expect(await outcome(`${appcircle.apiEndpoint}/here`)).toMatch(/^404/);
});

test('a fault that strikes a connection takes no path', () => {
  expect(() => appcircle.fail(faults.resetOnConnect(), { path: '/here' })).toThrow(
    'before a path is known',
  );
});

test('a closed port refuses', async () => {
  expect(await outcome(`http://127.0.0.1:${await closedPort()}`)).toBe('ECONNREFUSED');
});

test('a recorder notes what reaches it', async () => {
  const recorder = await startRecorder();
  expect(await outcome(`${recorder.url}path`)).toBe('200, 0 bytes');
  expect(recorder.received).toMatch(/^GET \/path HTTP\/1.1\r\n/);
  expect(recorder.connections).toBe(1);
  await recorder.close();
});

test('closing ends at once, with connections open', async () => {
  const other = await startAppcircle();
  other.fail(faults.stallAfterRequest());
  const hanging = outcome(other.authEndpoint);
  while (other.requests.length === 0) await new Promise(setImmediate);
  await other.close();
  expect(await hanging).toBe('ECONNRESET');
});
