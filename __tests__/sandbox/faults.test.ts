import { get } from 'node:http';
import { expect, test } from '@jest/globals';
import { startAppcircle } from '../../sandbox/appcircle/server.ts';
import * as faults from '../../sandbox/network/faults.ts';

const GIVE_UP_MS = 1000;
const LIMIT = 1_000_000;
const WHOLE = `${faults.BAIT_BODY.length} bytes`;

/** Makes a request and says how it ended: an error's code, or in a word what came of the answer. */
function outcomeOf(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false });
    const timer = setTimeout(() => end('no end'), GIVE_UP_MS);
    function end(how: string): void {
      clearTimeout(timer);
      request.destroy();
      resolve(how);
    }
    request.on('error', ({ code }: NodeJS.ErrnoException) => end(String(code)));
    request.on('response', (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LIMIT) end('flood');
      });
      response.on('error', () => end('broken body'));
      response.on('end', () => end(`${size} bytes`));
    });
  });
}

const OUTCOMES: [faults.Fault, unknown][] = [
  [faults.resetOnConnect(), 'ECONNRESET'],
  [faults.closeOnConnect(), 'ECONNRESET'],
  [faults.stallOnConnect(), 'no end'],
  [faults.garbageOnConnect(), expect.stringMatching(/HPE_|ECONNRESET/)],
  [faults.resetAfterRequest(), 'ECONNRESET'],
  [faults.closeAfterRequest(), 'ECONNRESET'],
  [faults.stallAfterRequest(), 'no end'],
  [faults.garbage(), expect.stringMatching(/HPE_/)],
  [faults.endlessInformational(100), 'no end'],
  [faults.endlessInformational(103), 'no end'],
  [faults.resetInHeaders(), 'ECONNRESET'],
  [faults.stallInHeaders(), 'no end'],
  [faults.truncatedHeaders(), 'ECONNRESET'],
  [faults.floodHeaders(), 'HPE_HEADER_OVERFLOW'],
  [faults.floodHeaders(8192), WHOLE],
  [faults.dripHeaders(20), 'no end'],
  [faults.resetInBody(), expect.stringMatching(/broken body|ECONNRESET/)],
  [faults.stallInBody(), 'no end'],
  [faults.stallInBody({ whole: true }), 'no end'],
  [faults.truncatedBody('content-length'), 'broken body'],
  [faults.truncatedBody('chunked'), 'broken body'],
  [faults.floodBody(), 'flood'],
  [faults.floodBody({ bytes: 50_000, contentLength: true }), '50000 bytes'],
  [faults.dripBody(20), 'no end'],
  [faults.answer(), WHOLE],
];

test.concurrent.each(OUTCOMES.map(([fault, outcome]) => ({ name: fault.name, fault, outcome })))(
  'a client meets the fault "$name"',
  async ({ fault, outcome }) => {
    const appcircle = await startAppcircle();
    appcircle.fail(fault);
    const met = await outcomeOf(appcircle.authEndpoint);
    await appcircle.close();
    expect(met).toEqual(outcome);
  },
);

test('a fault waits for its host and path, and strikes as often as it is told to', async () => {
  const { authEndpoint, apiEndpoint, fail, requests, close } = await startAppcircle();
  fail(faults.noContent(), { on: 'api', path: '/here', times: 2 });
  const [here, there, elsewhere] = [`${apiEndpoint}/here`, `${apiEndpoint}/there`, authEndpoint];
  const statuses: number[] = [];
  for (const url of [`${elsewhere}/here`, there, here, here, here])
    statuses.push((await fetch(url)).status);
  await close();
  expect(statuses).toEqual([404, 404, 204, 204, 404]);
  expect(requests).toHaveLength(5);
});
