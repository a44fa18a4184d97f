import { IOS_TEAM, NARROW_API_KEY, ROOT } from '../../../sandbox/appcircle/accounts.ts';
import type { When } from '../../../sandbox/appcircle/fault-queue.ts';
import * as faults from '../../../sandbox/network/faults.ts';
import type { Row } from '../row.ts';

const BY_NAME = { 'sub-organization': 'iOS Team' } as const;
const LIST: When = { on: 'api' };
const LIST_ALWAYS: When = { on: 'api', times: 'always' };
const UNREADABLE = 'The organization list could not be read';
const TIME = 'Appcircle did not answer in time';

const UNREADABLE_ENTRIES = [
  null,
  1,
  'x',
  [],
  { id: 1, name: 2 },
  { id: 'no GUID', name: 'iOS Team' },
];

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

/** The requests after the first of a run: the list of organizations, and the exchange for the one that was found. */
// biome-ignore format: a table, one row a line
export const lookups: readonly Row[] = [
  { name: 'list: works', inputs: BY_NAME, ends: 'token', requests: 4 },
  { name: 'list: reset once', inputs: BY_NAME, faults: [[faults.resetAfterRequest(), LIST]], ends: 'token', requests: 5 },
  { name: 'list: reset on connect, once', inputs: BY_NAME, faults: [[faults.resetOnConnect(), LIST]], ends: 'token', requests: 4 },
  { name: 'list: reset each time', inputs: BY_NAME, faults: [[faults.resetAfterRequest(), LIST_ALWAYS]], ends: 'The connection failed', seconds: 1 },
  { name: 'list: no answer', inputs: BY_NAME, faults: [[faults.stallAfterRequest(), LIST]], ends: TIME, requests: 2 },
  { name: 'list: stalls in the body', inputs: BY_NAME, faults: [[faults.stallInBody(), LIST]], ends: TIME, requests: 2 },
  { name: 'list: cut short once', inputs: BY_NAME, faults: [[faults.truncatedBody('chunked'), LIST]], ends: 'token', requests: 5 },
  { name: 'list: garbage', inputs: BY_NAME, faults: [[faults.garbage(), LIST]], ends: 'The answer is not HTTP', requests: 2 },
  { name: 'list: too large', inputs: BY_NAME, faults: [[faults.floodBody(), LIST]], ends: 'The answer is too large', requests: 2 },
  { name: 'list: a page for people', inputs: BY_NAME, faults: [[faults.htmlPage(), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: empty body', inputs: BY_NAME, faults: [[faults.emptyBody(), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: compressed', inputs: BY_NAME, faults: [[faults.gzippedBody(), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: no list in it', inputs: BY_NAME, faults: [[list({ id: 'one' }), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: of nothing, then works without parameters', inputs: BY_NAME, faults: [[list([]), LIST]], ends: 'token', requests: 4 },
  { name: 'list: of nothing', inputs: BY_NAME, faults: [[list([]), LIST_ALWAYS]], ends: 'No sub-organization has this name', says: 'This key has no access to any organization.', requests: 3 },
  { name: 'list: of nulls and worse alone', inputs: BY_NAME, faults: [[list(UNREADABLE_ENTRIES), LIST]], ends: UNREADABLE, requests: 2 },
  { name: 'list: of nulls and worse, and of one that can be read', inputs: BY_NAME, faults: [[list([...UNREADABLE_ENTRIES, IOS_TEAM]), LIST]], ends: 'token', requests: 4 },
  { name: 'list: less than its total, then the rest without parameters', inputs: BY_NAME, faults: [[list([ROOT], { total: 6 }), LIST], [list([]), LIST]], ends: 'token', requests: 5 },
  { name: 'list: less than its total for good', inputs: BY_NAME, faults: [[list([ROOT], { total: 6 }), LIST_ALWAYS]], ends: 'No sub-organization has this name', says: 'The server says that there are 6', requests: 4 },
  { name: 'list: without end', inputs: BY_NAME, faults: [[listWithoutEnd(), LIST_ALWAYS]], ends: UNREADABLE, says: 'has no end: 110000 organizations, and more to come', requests: 12, withinMs: 8000 },
  { name: 'list: 204, then works without parameters', inputs: BY_NAME, faults: [[faults.noContent(), LIST]], ends: 'token', requests: 4 },
  { name: 'list: 204 for good', inputs: BY_NAME, faults: [[faults.noContent(), LIST_ALWAYS]], ends: 'No sub-organization has this name', says: 'This key has no access to any organization.', requests: 3 },
  { name: 'list: 400, then works without parameters', inputs: BY_NAME, faults: [[faults.failure(400), LIST]], ends: 'token', requests: 4 },
  { name: 'list: 400 for good', inputs: BY_NAME, faults: [[faults.failure(400), LIST_ALWAYS]], ends: UNREADABLE, says: 'HTTP 400', requests: 3 },
  { name: 'list: 401', inputs: BY_NAME, faults: [[faults.failure(401), LIST]], ends: 'Not allowed to list organizations', requests: 2 },
  { name: 'list: 403', inputs: { ...BY_NAME, 'api-key-name': NARROW_API_KEY.name, 'api-key-secret': NARROW_API_KEY.secret }, ends: 'Not allowed to list organizations', requests: 2 },
  { name: 'list: 404, then works without parameters', inputs: BY_NAME, faults: [[faults.failure(404), LIST]], ends: 'token', requests: 4 },
  { name: 'list: 404 for good', inputs: BY_NAME, faults: [[faults.failure(404), LIST_ALWAYS]], ends: UNREADABLE, says: 'HTTP 404', requests: 3 },
  { name: 'list: 404 on the second page', inputs: BY_NAME, faults: [[list([IOS_TEAM]), LIST], [faults.failure(404), LIST]], ends: 'token', requests: 4 },
  { name: 'list: 503 on the second page, then works', inputs: BY_NAME, faults: [[list([IOS_TEAM]), LIST], [faults.failure(503), LIST]], ends: 'token', requests: 5 },
  { name: 'list: 429, then works', inputs: BY_NAME, faults: [[faults.failure(429, 1), LIST]], ends: 'token', requests: 5 },
  { name: 'list: 500, then works', inputs: BY_NAME, faults: [[faults.failure(500), LIST]], ends: 'token', requests: 5 },
  { name: 'list: 503 for good', inputs: BY_NAME, faults: [[faults.failure(503), LIST_ALWAYS]], ends: 'Appcircle has a server error', seconds: 1 },
  { name: 'list: a redirect', inputs: BY_NAME, faults: [[faults.redirect(307, 'http://evil.example/'), LIST]], ends: 'The server answered with a redirect', says: 'evil.example', requests: 2 },

  { name: 'second exchange: reset once', inputs: BY_NAME, faultsAfterLookUp: [faults.resetAfterRequest()], ends: 'token', requests: 5 },
  { name: 'second exchange: 503, then works', inputs: BY_NAME, faultsAfterLookUp: [faults.failure(503)], ends: 'token', requests: 5 },
  { name: 'second exchange: no answer', inputs: BY_NAME, faultsAfterLookUp: [faults.stallAfterRequest()], ends: TIME, requests: 4 },
  { name: 'second exchange: no answer on the kept-alive connection, in time for a new one', certificate: 'good', trust: 'ca-certificate as text', inputs: BY_NAME, faultsAfterLookUp: [faults.stallAfterRequest()], ends: 'token', requests: 5, seconds: 8 },
  { name: 'second exchange: stalls in the body', inputs: BY_NAME, faultsAfterLookUp: [faults.stallInBody()], ends: TIME, requests: 4 },
  { name: 'second exchange: 401', inputs: BY_NAME, faultsAfterLookUp: [faults.failure(401)], ends: 'Appcircle did not accept the key', requests: 4 },
  { name: 'second exchange: 403', inputs: BY_NAME, faultsAfterLookUp: [faults.answer({ status: 403, body: '' })], ends: 'The key has no access to the organization', requests: 4 },
  { name: 'second exchange: a redirect', inputs: BY_NAME, faultsAfterLookUp: [faults.redirect(308, 'http://evil.example/')], ends: 'The server answered with a redirect', requests: 4 },
  { name: 'second exchange: no token', inputs: BY_NAME, faultsAfterLookUp: [faults.htmlPage()], ends: 'The answer is not a token', requests: 4 },
  { name: 'second exchange: garbage', inputs: BY_NAME, faultsAfterLookUp: [faults.garbage()], ends: 'The answer is not HTTP', requests: 4 },
];
