import { NARROW_API_KEY } from '../../../sandbox/appcircle/accounts.ts';
import type { When } from '../../../sandbox/appcircle/fault-queue.ts';
import * as faults from '../../../sandbox/network/faults.ts';
import type { Row } from '../row.ts';

const BY_NAME = { 'sub-organization': 'iOS Team' } as const;
const LIST: When = { on: 'api' };
const LIST_ALWAYS: When = { on: 'api', times: 'always' };
const UNREADABLE = 'The organization list could not be read';
const TIME = 'Appcircle did not answer in time';

const list = (data: unknown, more: object = {}) =>
  faults.answer({ body: { data, page: 1, perPage: 20, ...more } });

/** Ten thousand organizations that no page before had, on every page. */
function listWithoutEnd(): faults.Fault {
  let pages = 0;
  return {
    name: 'a list without end',
    strikes: 'request',
    play: (response) => {
      pages += 1;
      const start = `${pages.toString(16).padStart(8, '0')}-0000-4000-8000-`;
      const data = Array.from({ length: 10_000 }, (_, index) => ({
        id: `${start}${`${index}`.padStart(12, '0')}`,
        name: 'x',
      }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    },
  };
}

/** The second and the third request of a run: the list of organizations, and the exchange for the one that was found. */
// biome-ignore format: a table, one row a line
export const lookups: readonly Row[] = [
  { name: 'list: works', inputs: BY_NAME, ends: 'token', requests: 3 },
  { name: 'list: reset once', inputs: BY_NAME, faults: [[faults.resetAfterRequest(), LIST]], ends: 'token', requests: 4 },
  { name: 'list: reset on connect, once', inputs: BY_NAME, faults: [[faults.resetOnConnect(), LIST]], ends: 'token', requests: 3 },
  { name: 'list: reset each time', inputs: BY_NAME, faults: [[faults.resetAfterRequest(), LIST_ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'list: no answer', inputs: BY_NAME, faults: [[faults.stallAfterRequest(), LIST]], ends: TIME, requests: 2 },
  { name: 'list: stalls in the body', inputs: BY_NAME, faults: [[faults.stallInBody(), LIST]], ends: TIME, requests: 2 },
  { name: 'list: cut short once', inputs: BY_NAME, faults: [[faults.truncatedBody('chunked'), LIST]], ends: 'token', requests: 4 },
  { name: 'list: garbage', inputs: BY_NAME, faults: [[faults.garbage(), LIST]], ends: 'The answer is not HTTP', requests: 2 },
  { name: 'list: too large', inputs: BY_NAME, faults: [[faults.floodBody(), LIST]], ends: 'The answer is too large', requests: 2 },
  { name: 'list: a page for people', inputs: BY_NAME, faults: [[faults.htmlPage(), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: empty body', inputs: BY_NAME, faults: [[faults.emptyBody(), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: compressed', inputs: BY_NAME, faults: [[faults.gzippedBody(), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: no list in it', inputs: BY_NAME, faults: [[list({ id: 'one' }), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: of nothing', inputs: BY_NAME, faults: [[list([]), LIST]], ends: 'No sub-organization has this name', says: 'This key has access to no organization.', requests: 2 },
  { name: 'list: of nulls and worse', inputs: BY_NAME, faults: [[list([null, 1, 'x', [], { id: 1, name: 2 }, { id: 'no GUID', name: 'iOS Team' }]), LIST]], ends: 'No sub-organization has this name', requests: 3 },
  { name: 'list: without end', inputs: BY_NAME, faults: [[listWithoutEnd(), LIST_ALWAYS]], ends: UNREADABLE, says: 'has no end: 110000 organizations on 11 pages', requests: 12, withinMs: 8000 },
  { name: 'list: 204', inputs: BY_NAME, faults: [[faults.noContent(), LIST]], ends: UNREADABLE, says: 'HTTP 204', requests: 2 },
  { name: 'list: 401', inputs: BY_NAME, faults: [[faults.failure(401), LIST]], ends: 'Not allowed to list organizations', requests: 2 },
  { name: 'list: 403', inputs: { ...BY_NAME, 'api-key-name': NARROW_API_KEY.name, 'api-key-secret': NARROW_API_KEY.secret }, ends: 'Not allowed to list organizations', requests: 2 },
  { name: 'list: 404', inputs: BY_NAME, faults: [[faults.failure(404), LIST]], ends: UNREADABLE, says: 'HTTP 404', requests: 2 },
  { name: 'list: 429, then works', inputs: BY_NAME, faults: [[faults.failure(429, 1), LIST]], ends: 'token', requests: 4 },
  { name: 'list: 500, then works', inputs: BY_NAME, faults: [[faults.failure(500), LIST]], ends: 'token', requests: 4 },
  { name: 'list: 503 for good', inputs: BY_NAME, faults: [[faults.failure(503), LIST_ALWAYS]], ends: 'Appcircle has a server error', seconds: 1 },
  { name: 'list: a redirect', inputs: BY_NAME, faults: [[faults.redirect(307, 'http://evil.example/'), LIST]], ends: 'The server answered with a redirect', says: 'evil.example', requests: 2 },

  { name: 'second exchange: reset once', inputs: BY_NAME, faultsAfterLookUp: [faults.resetAfterRequest()], ends: 'token', requests: 4 },
  { name: 'second exchange: 503, then works', inputs: BY_NAME, faultsAfterLookUp: [faults.failure(503)], ends: 'token', requests: 4 },
  { name: 'second exchange: no answer', inputs: BY_NAME, faultsAfterLookUp: [faults.stallAfterRequest()], ends: TIME, requests: 3 },
  { name: 'second exchange: stalls in the body', inputs: BY_NAME, faultsAfterLookUp: [faults.stallInBody()], ends: TIME, requests: 3 },
  { name: 'second exchange: 401', inputs: BY_NAME, faultsAfterLookUp: [faults.failure(401)], ends: 'Appcircle did not accept the key', requests: 3 },
  { name: 'second exchange: 403', inputs: BY_NAME, faultsAfterLookUp: [faults.answer({ status: 403, body: '' })], ends: 'The key has no access to the organization', requests: 3 },
  { name: 'second exchange: a redirect', inputs: BY_NAME, faultsAfterLookUp: [faults.redirect(308, 'http://evil.example/')], ends: 'The server answered with a redirect', requests: 3 },
  { name: 'second exchange: no token', inputs: BY_NAME, faultsAfterLookUp: [faults.htmlPage()], ends: 'The answer is not a token', requests: 3 },
  { name: 'second exchange: garbage', inputs: BY_NAME, faultsAfterLookUp: [faults.garbage()], ends: 'The answer is not HTTP', requests: 3 },
];
