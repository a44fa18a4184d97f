import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { Deadline } from '../../src/base/deadline.ts';
import type { Failure } from '../../src/base/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { failureFrom } from '../support/failures.ts';
import { NOW } from './support.ts';

// nock takes the place of node:http's functions, so what imports them comes after it. No socket is opened here: these are the
// responses that the sandbox has no word for, at the addresses of Appcircle cloud.
nock.disableNetConnect();
const { AppcircleClient } = await import('../../src/appcircle/client.ts');

const AUTH = 'https://auth.appcircle.io';
const PATH = '/auth/v1/api-key/token';
const FORM = { name: 'github-actions', secret: 'sk_1234567' };
const LIST = '/identity/v1/organizations?page=1&perPage=100';

/** Lets the time of a wait pass at once. */
class WaitlessDeadline extends Deadline {
  override async sleep(ms: number): Promise<void> {
    clock.pass(ms);
  }
}

let clock: VirtualClock;
let context: TestContext;

beforeEach(() => {
  clock = new VirtualClock(NOW);
  const deadline = new WaitlessDeadline(clock);
  deadline.start(60_000);
  context = { ...testContext({ clock, random: () => 0.1 }), deadline };
});

afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

afterAll(() => nock.restore());

function client(authEndpoint = AUTH, apiEndpoint = 'https://api.appcircle.io') {
  return new AppcircleClient({ authEndpoint, apiEndpoint }, context);
}

function post(asked = client()) {
  return asked.post(PATH, new URLSearchParams(FORM));
}

/** The next request for a token is answered so. */
function onToken(status: number, body: nock.Body = '', headers = {}): void {
  nock(AUTH).post(PATH, FORM).reply(status, body, headers);
}

test('asks the endpoint of each server, whose path it keeps, and brings the API the token', async () => {
  const own = client('https://acme.example:8443/appcircle', 'https://acme.example/api');
  nock('https://acme.example:8443').post(`/appcircle${PATH}`, FORM).reply(200, '{}');
  expect((await post(own)).host).toBe('acme.example:8443');
  nock('https://acme.example')
    .matchHeader('authorization', 'Bearer abc')
    .get(`/api${LIST}`)
    .reply(200, '{}');
  expect((await own.get(LIST, 'abc')).host).toBe('acme.example');
});

describe('a response', () => {
  test.each([200, 401, 302, 501])(
    'has its tokens masked, whatever its status: %d',
    async (status) => {
      const body = { error: 'r1234567', refresh_token: 'r1234567' };
      onToken(status, body, { location: 'https://r1234567.example', 'x-request-id': 'r1234567' });
      const said = await post().then(
        () => '',
        ({ reason }: Failure) => context.secrets.show(reason),
      );
      expect(context.announced).toEqual(['r1234567']);
      expect(said + context.log.shown).not.toContain('r1234567');
    },
  );

  test('that redirects is not followed, nor is one to the list', async () => {
    onToken(302, '', { location: 'https://login.evil.example/' });
    expect((await failureFrom(post())).title).toBe('The server answered with a redirect');
    nock('https://api.appcircle.io')
      .get(LIST)
      .reply(302, '', { location: 'https://login.evil.example/' });
    const { title } = await failureFrom(client().get(LIST, 'abc'));
    expect(title).toBe('The server answered with a redirect');
  });

  test("that is of another host's connection (421) is asked for on a new one, with the system's store if need be", async () => {
    onToken(421);
    const untrusted = { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' };
    nock(AUTH)
      .post(PATH, FORM)
      .replyWithError(Object.assign(new Error('untrusted'), untrusted));
    onToken(200, '{}');
    expect((await post()).status).toBe(200);
  });

  test('that may pass is tried again, and what is said of it is made safe', async () => {
    onToken(503, { error: '##[x]' });
    onToken(400);
    expect((await post()).status).toBe(400);
    expect(context.log.lines).toEqual([
      'auth.appcircle.io answered HTTP 503. The server says: "## [x]". Retrying in 50 ms (attempt 2).',
    ]);
  });
});
