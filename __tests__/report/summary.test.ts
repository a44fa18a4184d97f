import { describe, expect, test } from '@jest/globals';
import { Failure, type FailureDetails } from '../../src/base/failure.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { type Message, message } from '../../src/base/message.ts';
import { failureSummary, summaryOf } from '../../src/report/summary.ts';
import { GUID, PERSONAL } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';
import { FOUR_HOURS, IOS_TEAM, outcomeOf } from './support.ts';

const { secrets } = testContext({ secrets: ['sk_1234567'] });

function summary(given: Parameters<typeof outcomeOf>[0]): string {
  return summaryOf(outcomeOf(given), secrets);
}

test('a key that expires: everything that is known, and how to replace the key', () => {
  const token = { ...FOUR_HOURS, organization: new Foreign(GUID) };
  expect(
    summary({ token, organization: IOS_TEAM, keyExpiresOn: Date.UTC(2026, 10, 30) }),
  ).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td>API key "<code>github-actions</code>"</td></tr>
<tr><th align="left">Organization</th><td><code>iOS Team</code><br><code>${GUID}</code></td></tr>
<tr><th align="left">Token valid until</th><td><code>2026-11-20T19:04:05Z</code> (4 h)</td></tr>
<tr><th align="left">Key expires</th><td><code>2026-11-30</code> (in 9 days)</td></tr>
<tr><th align="left">Status</th><td>⚠️ expiring</td></tr>
</table>
<p>To replace the key:</p>
<ol>
<li>In Appcircle, go to My Organization &gt; Security &gt; API Keys (<a href="https://docs.appcircle.io/account/my-organization/security/api-keys">https://docs.appcircle.io/account/my-organization/security/api-keys</a>).</li>
<li>Rotate the key or make a new one, and choose its expiry date.</li>
<li>Update the secret for <code>api-key-secret</code>, and <code>api-key-name</code> if you made a new key.</li>
<li>Set <code>key-expires-on</code> to its expiry date, to be warned next time.</li>
</ol>
`);
});

test('a key of which nothing is known: how to be warned', () => {
  expect(summary({ credential: PERSONAL })).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td>Personal Access Key</td></tr>
<tr><th align="left">Organization</th><td>not known</td></tr>
<tr><th align="left">Token valid until</th><td>not known</td></tr>
<tr><th align="left">Key expires</th><td>not known</td></tr>
<tr><th align="left">Status</th><td>❔ unknown</td></tr>
</table>
<p>Set <code>key-expires-on</code> to be warned before the key expires.</p>
`);
});

test.each([
  [Date.UTC(2026, 10, 19), '❌ past its expiry date', true],
  [Date.UTC(2027, 2, 1), '✅ ok', false],
])(
  'a key that expires at %d has the status %s, and how to replace it: %s',
  (keyExpiresOn, status, hasSteps) => {
    const html = summary({ keyExpiresOn });
    expect(html).toContain(`<td>${status}</td>`);
    expect(html.includes('<ol>')).toBe(hasSteps);
    expect(html.includes('<p>')).toBe(hasSteps);
  },
);

test('an organization that was asked for but is not named by the token was not checked', () => {
  expect(summary({ organization: { id: GUID, name: undefined } })).toContain(
    `<td><code>${GUID}</code><br>not checked</td>`,
  );
});

test('the claim of the token is the organization, whatever was asked for', () => {
  const token = { organization: new Foreign(GUID) };
  expect(summary({ token, organization: { id: 'x', name: 'iOS Team' } })).toContain(
    `<td><code>iOS Team</code><br><code>${GUID}</code></td>`,
  );
});

describe('a run that failed', () => {
  const PAGE = message`docs/TROUBLESHOOTING.md#${'a'}`;

  interface Given {
    readonly reason?: Message;
    readonly details?: FailureDetails;
    readonly page?: Message;
  }

  function failed({ reason = message`A.`, details, page = PAGE }: Given): string {
    const failure = new Failure('Invalid inputs', reason, message`Mend & go on.`, details);
    return failureSummary(failure, page, secrets);
  }

  test('has its title, its reason and its remedy, values in code, escaped and without secrets', () => {
    const hostile = `<img src=x onerror="alert(1)">&'\`| sk_1234567\n## a`;
    expect(failed({ reason: message`<It> broke: ${hostile}.` })).toBe(`<h3>❌ Invalid inputs</h3>
<p>&lt;It&gt; broke: <code>&lt;img src=x onerror=&#34;alert(1)&#34;&gt;&amp;&#39;&#96;&#124; *** ## a</code>.</p>
<p>Mend &amp; go on.</p>
<p>More: docs/TROUBLESHOOTING.md#<code>a</code></p>
`);
  });

  test('links to where to read on', () => {
    const page = message`${'https://github.com'}/acme/token/blob/v1/x.md#a`;
    expect(failed({ page })).toContain(
      '<p>More: <a href="https://github.com/acme/token/blob/v1/x.md#a">Troubleshooting</a></p>',
    );
  });

  test.each(['javascript:alert(1)', 'https://a.example/"><script>', 'https://a.example/ b'])(
    'does not link to %s',
    (page) => {
      expect(failed({ page: message`${page}` })).not.toMatch(/<a |<script/);
    },
  );

  const items = [message`${'<One>'}.`, message`Two.`];
  const ITEMS = '<li><code>&lt;One&gt;</code>.</li>\n<li>Two.</li>';

  test.each([
    ['one reason', { list: { items: items.slice(1) } }, '<p>A.</p>\n<p>Mend'],
    ['a list of reasons', { list: { items } }, `</h3>\n<ul>\n${ITEMS}\n</ul>\n<p>Mend`],
    [
      'a list with a lead',
      { list: { lead: message`There are`, items } },
      `</h3>\n<p>There are:</p>\n<ul>\n${ITEMS}\n</ul>\n<p>Mend`,
    ],
    [
      'steps in the place of the remedy',
      { steps: items },
      `<p>A.</p>\n<p>To replace the key:</p>\n<ol>\n${ITEMS}\n</ol>\n<p>More`,
    ],
  ])('has %s', (_what, details, html) => {
    expect(failed({ details })).toContain(html);
  });
});
