import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Credential } from '../../src/appcircle/credentials.ts';
import type { Organization } from '../../src/appcircle/organizations.ts';
import type { AccessToken } from '../../src/appcircle/token.ts';
import { Failure } from '../../src/base/failure.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { message } from '../../src/base/message.ts';
import { assessKeyExpiry } from '../../src/key-expiry.ts';
import { expiresTooSoon } from '../../src/report/key-expiry.ts';
import { failureSummary, summaryOf } from '../../src/report/summary.ts';
import { API_KEY, GUID, NOW, PERSONAL, rejectionOf, response } from '../appcircle/support.ts';
import { testContext } from '../support/context.ts';

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
  readonly asked?: Organization;
  readonly keyExpiresOn?: number;
  readonly secrets?: readonly string[];
}

function summary({
  token,
  credential = API_KEY,
  asked,
  keyExpiresOn,
  secrets = [],
}: Given): string {
  const outcome = {
    token: { ...OPAQUE, ...token },
    credential,
    organization: asked,
    keyExpiry: assessKeyExpiry(keyExpiresOn, 14, NOW),
  };
  return summaryOf(outcome, testContext({ secrets }).secrets);
}

test('a key that expires: everything that is known, and how to replace an API key', () => {
  const token = { expiresAt: NOW + 14_400_000, organization: new Foreign(GUID) };
  expect(
    summary({ token, asked: { id: GUID, name: 'iOS Team' }, keyExpiresOn: Date.UTC(2026, 10, 30) }),
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
<li>Set <code>key-expires-on</code> to the new date.</li>
</ol>
`);
});

test('a key that is past its date: how to replace a Personal Access Key', () => {
  expect(
    summary({ credential: PERSONAL, keyExpiresOn: Date.UTC(2026, 10, 19) }),
  ).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td>Personal Access Key</td></tr>
<tr><th align="left">Organization</th><td>not known</td></tr>
<tr><th align="left">Token valid until</th><td>not known</td></tr>
<tr><th align="left">Key expires</th><td><code>2026-11-19</code> (1 day ago)</td></tr>
<tr><th align="left">Status</th><td>❌ past its expiry date</td></tr>
</table>
<p>To replace the key:</p>
<ol>
<li>In Appcircle, go to My Organization &gt; Security &gt; Personal Access Key (<a href="https://docs.appcircle.io/account/my-organization/security/personal-access-key">https://docs.appcircle.io/account/my-organization/security/personal-access-key</a>).</li>
<li>Generate a new key and choose its expiry date.</li>
<li>Update the secret for <code>personal-access-key</code>.</li>
<li>Set <code>key-expires-on</code> to the new date.</li>
</ol>
`);
});

test('a key of which nothing is known: how to be warned', () => {
  expect(summary({ asked: { id: GUID, name: undefined } })).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td>API key "<code>github-actions</code>"</td></tr>
<tr><th align="left">Organization</th><td><code>${GUID}</code><br>not checked</td></tr>
<tr><th align="left">Token valid until</th><td>not known</td></tr>
<tr><th align="left">Key expires</th><td>not known</td></tr>
<tr><th align="left">Status</th><td>❔ unknown</td></tr>
</table>
<p>Set <code>key-expires-on</code> to be warned before the key expires.</p>
`);
});

test('a key that lasts needs no advice', () => {
  expect(
    summary({ keyExpiresOn: Date.UTC(2027, 2, 1) })
      .split('\n')
      .slice(-5),
  ).toEqual([
    '<tr><th align="left">Token valid until</th><td>not known</td></tr>',
    '<tr><th align="left">Key expires</th><td><code>2027-03-01</code> (in 100 days)</td></tr>',
    '<tr><th align="left">Status</th><td>✅ ok</td></tr>',
    '</table>',
    '',
  ]);
});

test('the claim of the token is the organization, whatever was asked for', () => {
  expect(
    summary({ token: { organization: new Foreign(GUID) }, asked: { id: 'x', name: 'iOS Team' } }),
  ).toContain(`<td><code>iOS Team</code><br><code>${GUID}</code></td>`);
});

test('a secret in a name is not shown', () => {
  const credential = { ...API_KEY, name: 'key sk_1234567' };
  expect(summary({ credential, secrets: ['sk_1234567'] })).toContain(
    'API key "<code>key ***</code>"',
  );
});

/** What a name must not bring along: tags, entities, quotes, Markdown's code and tables, and new lines. */
const HOSTILE = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '`',
  '|',
  '\n',
  '\r',
  '](https://evil.example)',
  '</code>',
  '<!--',
  '&#x3c;',
  '\u2028',
  'a',
];

test('no name breaks out of its cell', () => {
  const names = fc
    .array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(names, names, names, (name, organization, id) => {
      const html = summary({
        credential: { ...API_KEY, name },
        asked: { id, name: organization },
        token: { organization: new Foreign(id) },
      });
      const cells = [...html.matchAll(/^<tr><th align="left">(.*)<\/th><td>(.*)<\/td><\/tr>$/gm)];
      expect(cells.map(([, title]) => title)).toEqual([
        'Credential',
        'Organization',
        'Token valid until',
        'Key expires',
        'Status',
      ]);
      expect(html.split('\n')).toHaveLength(10);
      for (const [, , cell = ''] of cells.slice(0, 2)) {
        const value = '<code>(?:[^<>"\'`|&]|&(?:amp|lt|gt|#34|#39|#96|#124);)*</code>';
        expect(cell).toMatch(new RegExp(`^(?:API key "${value}"|${value}<br>${value}|${value})$`));
      }
    }),
  );
});

test('each character that HTML or Markdown would act on is written as an entity', () => {
  expect(summary({ credential: { ...API_KEY, name: `<a href="x">&'\`|` } })).toContain(
    'API key "<code>&lt;a href=&#34;x&#34;&gt;&amp;&#39;&#96;&#124;</code>"',
  );
});

describe('a run that failed', () => {
  const { secrets } = testContext({ secrets: ['sk_1234567'] });
  const PAGE = message`docs/TROUBLESHOOTING.md#${'a'}`;

  function failed(failure: Failure, page = PAGE): string {
    return failureSummary(failure, page, secrets);
  }

  test('has its title, its reason and its remedy, values in code and escaped', () => {
    const hostile = `<img src=x onerror="alert(1)">&'\`| sk_1234567\n## a`;
    const failure = new Failure(
      'The connection failed',
      message`<It> broke: ${hostile}.`,
      message`Mend & go on.`,
    );
    expect(failed(failure)).toBe(`<h3>❌ The connection failed</h3>
<p>&lt;It&gt; broke: <code>&lt;img src=x onerror=&#34;alert(1)&#34;&gt;&amp;&#39;&#96;&#124; *** ## a</code>.</p>
<p>Mend &amp; go on.</p>
<p>More: docs/TROUBLESHOOTING.md#<code>a</code></p>
`);
  });

  test('links to where to read on', () => {
    const failure = new Failure('The connection failed', message`A.`, message`B.`);
    const server = 'https://github.com';
    expect(failed(failure, message`${server}/acme/token/blob/v1/x.md#a`)).toContain(
      '<p>More: <a href="https://github.com/acme/token/blob/v1/x.md#a">Troubleshooting</a></p>',
    );
  });

  test.each(['javascript:alert(1)', 'https://a.example/"><script>', 'https://a.example/ b'])(
    'does not link to %s',
    (page) => {
      const failure = new Failure('The connection failed', message`A.`, message`B.`);
      expect(failed(failure, message`${page}`)).not.toMatch(/<a |<script/);
    },
  );

  test('has a list in the place of the reason, where there is one', () => {
    const items = [message`${'<One>'}.`, message`Two.`];
    const withLead = { list: { lead: message`There are`, items } };
    expect(
      failed(new Failure('Invalid inputs', message`A.`, message`B.`, { list: { items } })),
    ).toBe(`<h3>❌ Invalid inputs</h3>
<ul>
<li><code>&lt;One&gt;</code>.</li>
<li>Two.</li>
</ul>
<p>B.</p>
<p>More: docs/TROUBLESHOOTING.md#<code>a</code></p>
`);
    expect(failed(new Failure('Invalid inputs', message`A.`, message`B.`, withLead))).toContain(
      '<p>There are:</p>\n<ul>\n<li><code>&lt;One&gt;</code>.</li>',
    );
    const one = { list: { items: items.slice(1) } };
    expect(failed(new Failure('Invalid inputs', message`A.`, message`B.`, one))).toContain(
      '<p>A.</p>\n<p>B.</p>',
    );
  });

  test('has the steps in the place of the remedy, where there are some', () => {
    const steps = [message`Go to ${'<there>'}.`, message`Do it.`];
    expect(
      failed(new Failure('The key has expired', message`A.`, message`B.`, { steps })),
    ).toBe(`<h3>❌ The key has expired</h3>
<p>A.</p>
<p>To replace the key:</p>
<ol>
<li>Go to <code>&lt;there&gt;</code>.</li>
<li>Do it.</li>
</ol>
<p>More: docs/TROUBLESHOOTING.md#<code>a</code></p>
`);
  });

  test.each([
    ['has expired', rejectionOf(response(401, { error: 'expired_token' }), API_KEY, undefined)],
    [
      'expires too soon',
      expiresTooSoon({ status: 'expired', expiresAt: NOW, msLeft: 0 }, 1, API_KEY),
    ],
  ])('for a key that %s has the steps to replace it', (_what, failure) => {
    expect(failed(failure)).toContain(
      '<p>To replace the key:</p>\n<ol>\n<li>In Appcircle, go to My Organization &gt; Security &gt; API Keys',
    );
  });

  test('for another reason has none', () => {
    expect(failed(rejectionOf(response(403), API_KEY, undefined))).not.toContain('<ol>');
  });
});
