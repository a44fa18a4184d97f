import { describe, expect, test } from '@jest/globals';
import { Foreign } from '../../src/base/foreign.ts';
import { DAY_MS } from '../../src/base/time.ts';
import { announceExchange, announceExport, announceToken } from '../../src/report/lines.ts';
import { API_KEY, GUID, NOW, PERSONAL } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';
import { FOUR_HOURS, IOS_TEAM, outcomeOf } from './support.ts';

const MINUTE_MS = 60_000;

test('an exchange is announced with the credential, the host and the sub-organization', () => {
  const { log } = testContext();
  announceExchange(API_KEY, 'https://acme.example:8443/appcircle', undefined, log);
  announceExchange(PERSONAL, 'https://auth.appcircle.io', IOS_TEAM, log);
  expect(log.lines).toEqual([
    'Exchanging the API key "github-actions" at acme.example:8443.',
    `Exchanging the Personal Access Key at auth.appcircle.io for the sub-organization "iOS Team" (${GUID}).`,
  ]);
});

describe('a token is announced', () => {
  function announced(given: Parameters<typeof outcomeOf>[0]) {
    const { log } = testContext();
    announceToken(outcomeOf(given), log);
    return log;
  }

  const NAMED = { organization: new Foreign(GUID) };
  const FOREIGN = { organization: new Foreign('\u001b[31m#') };
  const LATE = { expiresAt: NOW + 90_000, receivedAt: NOW - 30_000, serverTime: NOW - 30_000 };

  test.each([
    [NAMED, undefined, `is for the organization ${GUID}`],
    [NAMED, IOS_TEAM, `is for the organization "iOS Team" (${GUID})`],
    [FOREIGN, undefined, 'is for the organization #'],
    [{}, undefined, 'does not name its organization'],
  ])('with the organization that it names: %j for %j', (token, organization, purpose) => {
    const { lines, warnings } = announced({ token, organization });
    expect(lines).toEqual([
      `The access token ${purpose}. The server does not say how long it is valid.`,
    ]);
    expect(warnings).toEqual([]);
  });

  test('with a warning where it does not name the one that was asked for', () => {
    expect(announced({ organization: IOS_TEAM }).warnings).toEqual([
      {
        title: 'The token does not name its organization',
        text: `The token does not say which organization it is for, so it could not be checked against "iOS Team" (${GUID}). Check that the key has a role there: without one, Appcircle may issue a token for another organization.`,
      },
    ]);
  });

  test.each([
    [FOUR_HOURS, '2026-11-20T19:04:05Z (4 h)'],
    [LATE, '2026-11-20T15:05:35Z (2 min)'],
  ])('with the time that was left when it came: %j', (token, until) => {
    expect(announced({ token }).lines).toEqual([
      `The access token does not name its organization. It is valid until ${until}.`,
    ]);
  });

  test.each([
    [4 * DAY_MS, '4 days'],
    [-5 * MINUTE_MS - 1, '5 min'],
  ])('with how far the clocks are apart where the server is %d ms ahead', (ms, difference) => {
    expect(announced({ token: { serverTime: NOW + ms } }).lines[1]).toBe(
      `The clocks of the server and of this runner differ by ${difference}. Expiry is judged by the server's clock.`,
    );
  });

  test('without a word of clocks that are up to five minutes apart', () => {
    for (const ms of [5 * MINUTE_MS, -5 * MINUTE_MS])
      expect(announced({ token: { serverTime: NOW + ms } }).lines).toHaveLength(1);
  });
});

test('what the steps that follow can use is announced', () => {
  const { log } = testContext();
  announceExport(true, log);
  announceExport(false, log);
  expect(log.lines).toEqual([
    'Exported the token as AC_ACCESS_TOKEN, and as the output access-token.',
    'The token is in the output access-token. AC_ACCESS_TOKEN was not exported, since export-env is false.',
  ]);
});
