import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/appcircle/credentials.ts';
import type { Organization } from '../../src/appcircle/organizations.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { DAY_MS } from '../../src/base/time.ts';
import { assessKeyExpiry } from '../../src/key-expiry.ts';
import { announceExchange, announceExport, announceToken } from '../../src/report/lines.ts';
import type { Outcome } from '../../src/report/outputs.ts';
import { API_KEY, GUID, NOW, PERSONAL } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';

const MINUTE_MS = 60_000;
const IOS_TEAM: Organization = { id: GUID, name: 'iOS Team' };
const OPAQUE: AccessToken = {
  value: 'abc',
  expiresAt: undefined,
  receivedAt: NOW,
  serverTime: NOW,
  organization: undefined,
  organizationId: undefined,
};

interface Given {
  readonly token?: Partial<AccessToken>;
  readonly credential?: Credential;
  readonly organization?: Organization;
}

function outcome({ token, credential = API_KEY, organization }: Given): Outcome {
  return {
    token: { ...OPAQUE, ...token },
    credential,
    organization,
    keyExpiry: assessKeyExpiry(undefined, 14, NOW),
  };
}

describe('an exchange is announced', () => {
  test('with the credential and the host', () => {
    const { log } = testContext();
    announceExchange(API_KEY, 'https://acme.example:8443/appcircle', undefined, log);
    announceExchange(PERSONAL, 'https://auth.appcircle.io', undefined, log);
    expect(log.lines).toEqual([
      'Exchanging the API key "github-actions" at acme.example:8443.',
      'Exchanging the Personal Access Key at auth.appcircle.io.',
    ]);
  });

  test('with the sub-organization', () => {
    const { log } = testContext();
    announceExchange(PERSONAL, 'https://auth.appcircle.io', IOS_TEAM, log);
    expect(log.lines).toEqual([
      `Exchanging the Personal Access Key at auth.appcircle.io for the sub-organization "iOS Team" (${GUID}).`,
    ]);
  });
});

describe('a token is announced', () => {
  function announced(token: Partial<AccessToken>, organization?: Organization) {
    const { log } = testContext();
    announceToken(outcome({ token, ...(organization && { organization }) }), log);
    return log.lines;
  }

  const FOUR_HOURS = { expiresAt: NOW + 14_400_000 };

  test('with its organization and its end', () => {
    expect(announced({ ...FOUR_HOURS, organization: new Foreign(GUID) })).toEqual([
      `The access token is for the organization ${GUID}. It is valid until 2026-11-20T19:04:05Z (4 h).`,
    ]);
    expect(
      announced({ ...FOUR_HOURS, organization: new Foreign(GUID.toUpperCase()) }, IOS_TEAM),
    ).toEqual([
      `The access token is for the organization "iOS Team" (${GUID}). It is valid until 2026-11-20T19:04:05Z (4 h).`,
    ]);
    expect(announced({ organization: new Foreign('\u001b[31m#') })).toEqual([
      'The access token is for the organization #. The server does not say how long it is valid.',
    ]);
  });

  test('as one that does not name its organization', () => {
    expect(announced(FOUR_HOURS)).toEqual([
      'The access token does not name its organization. It is valid until 2026-11-20T19:04:05Z (4 h).',
    ]);
  });

  test('with a warning where one was asked for and the token does not name it', () => {
    const { log } = testContext();
    announceToken(outcome({ organization: IOS_TEAM }), log);
    expect(log.lines).toEqual([
      'The access token does not name its organization. The server does not say how long it is valid.',
    ]);
    expect(log.warnings).toEqual([
      {
        title: 'The token does not name its organization',
        text: `The token does not say which organization it is for, so it could not be checked against "iOS Team" (${GUID}). Check that the key has a role there: without one, Appcircle may issue a token for another organization.`,
      },
    ]);
  });

  test('without one where nothing was asked for, or the token names it', () => {
    const { log } = testContext();
    announceToken(outcome({}), log);
    announceToken(
      outcome({ token: { organization: new Foreign(GUID) }, organization: IOS_TEAM }),
      log,
    );
    expect(log.warnings).toEqual([]);
  });

  test('by the time that is left, counted from when it came', () => {
    const token = { expiresAt: NOW + 90_000, receivedAt: NOW - 30_000, serverTime: NOW - 30_000 };
    expect(announced({ ...token, organization: new Foreign(GUID) })).toEqual([
      `The access token is for the organization ${GUID}. It is valid until 2026-11-20T15:05:35Z (2 min).`,
    ]);
  });

  test.each([
    [4 * DAY_MS, '4 days'],
    [-4 * DAY_MS, '4 days'],
    [-5 * MINUTE_MS - 1, '5 min'],
  ])('with how far the clocks are apart where the server is %d ms ahead', (ms, difference) => {
    expect(announced({ ...FOUR_HOURS, serverTime: NOW + ms })[1]).toBe(
      `The clocks of the server and of this runner differ by ${difference}. Expiry is judged by the server's clock.`,
    );
  });

  test.each([0, 5 * MINUTE_MS, -5 * MINUTE_MS])(
    'without a word of clocks that are %d ms apart',
    (ms) => {
      expect(announced({ ...FOUR_HOURS, serverTime: NOW + ms })).toHaveLength(1);
    },
  );
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
