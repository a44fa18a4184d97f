import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Credential } from '../src/appcircle/credential.ts';
import type { Organization } from '../src/appcircle/organization.ts';
import type { AccessToken } from '../src/appcircle/token.ts';
import { assessKey } from '../src/key-expiry.ts';
import { Masks } from '../src/masks.ts';
import { summaryOf } from '../src/summary.ts';

const NOW = Date.parse('2026-11-20T15:04:05.678Z');
const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';
const API_KEY: Credential = { type: 'api-key', name: 'github-actions', secret: 'sk_1234567' };
const PERSONAL: Credential = { type: 'personal-access-key', key: 'pak_1234567' };
const OPAQUE: AccessToken = { value: 'abc', expiresAt: undefined, organizationId: undefined, keyExpiresAt: undefined };

interface Told {
  readonly token?: Partial<AccessToken>;
  readonly credential?: Credential;
  readonly asked?: Organization;
  readonly reported?: number;
  readonly stated?: number;
  readonly secret?: string;
}

function summary({ token, credential = API_KEY, asked, reported, stated, secret = '' }: Told): string {
  const masks = new Masks(() => undefined);
  masks.add(secret);
  return summaryOf(
    {
      token: { ...OPAQUE, ...token },
      credential,
      organization: asked,
      keyExpiry: assessKey(reported, stated, 14, NOW),
      now: NOW,
    },
    masks,
  );
}

test('a key that expires: everything that is known, and how to replace an API key', () => {
  const token = { expiresAt: NOW + 14_400_000, organizationId: GUID };
  expect(
    summary({ token, asked: { id: GUID, name: 'iOS Team' }, stated: Date.UTC(2026, 10, 30) }),
  ).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td><code>API key &quot;github-actions&quot;</code></td></tr>
<tr><th align="left">Organization</th><td><code>iOS Team</code><br><code>${GUID}</code></td></tr>
<tr><th align="left">Token valid until</th><td>2026-11-20T19:04:05Z (4 h)</td></tr>
<tr><th align="left">Key expires</th><td>2026-11-30 (in 9 days)</td></tr>
<tr><th align="left">Status</th><td>⚠️ expiring</td></tr>
</table>
<p>To replace the key:</p>
<ol>
<li>In Appcircle, go to My Organization &gt; Security &gt; API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys).</li>
<li>Rotate the key and choose its new expiry date.</li>
<li>Update the secret behind <code>api-key-secret</code>.</li>
<li>Set <code>key-expires-on</code> to the new date.</li>
</ol>
`);
});

test('a key that is past its date: how to replace a Personal Access Key', () => {
  expect(summary({ credential: PERSONAL, stated: Date.UTC(2026, 10, 19) })).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td><code>Personal Access Key</code></td></tr>
<tr><th align="left">Organization</th><td>not told</td></tr>
<tr><th align="left">Token valid until</th><td>not told</td></tr>
<tr><th align="left">Key expires</th><td>2026-11-19 (1 day ago)</td></tr>
<tr><th align="left">Status</th><td>❌ past its expiry date</td></tr>
</table>
<p>To replace the key:</p>
<ol>
<li>In Appcircle, go to My Organization &gt; Security &gt; Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key).</li>
<li>Generate a new key.</li>
<li>Update the secret behind <code>personal-access-key</code>.</li>
<li>Set <code>key-expires-on</code> to the new date.</li>
</ol>
`);
});

test('a key of which nothing is known: how to be warned', () => {
  expect(summary({ asked: { id: GUID, name: undefined } })).toBe(`<h3>Appcircle access token</h3>
<table>
<tr><th align="left">Credential</th><td><code>API key &quot;github-actions&quot;</code></td></tr>
<tr><th align="left">Organization</th><td><code>${GUID}</code></td></tr>
<tr><th align="left">Token valid until</th><td>not told</td></tr>
<tr><th align="left">Key expires</th><td>not known</td></tr>
<tr><th align="left">Status</th><td>❔ unknown</td></tr>
</table>
<p>Set <code>key-expires-on</code> to be warned before the key expires.</p>
`);
});

test('a key that lasts needs no advice', () => {
  const far = Date.UTC(2027, 2, 1);
  expect(summary({ stated: far }).split('\n').slice(-5)).toEqual([
    '<tr><th align="left">Token valid until</th><td>not told</td></tr>',
    '<tr><th align="left">Key expires</th><td>2027-03-01 (in 100 days)</td></tr>',
    '<tr><th align="left">Status</th><td>✅ ok</td></tr>',
    '</table>',
    '',
  ]);
  expect(
    summary({ reported: far, stated: Date.UTC(2026, 10, 30) }).endsWith(
      '</table>\n<p>Set <code>key-expires-on</code> to the date above.</p>\n',
    ),
  ).toBe(true);
});

test('the claim of the token is the organization, whatever was asked for', () => {
  expect(summary({ token: { organizationId: GUID }, asked: { id: 'x', name: 'iOS Team' } })).toContain(
    `<td><code>iOS Team</code><br><code>${GUID}</code></td>`,
  );
});

test('a secret in a name is not shown', () => {
  const credential = { ...API_KEY, name: 'key sk_1234567' };
  expect(summary({ credential, secret: 'sk_1234567' })).toContain('<code>API key &quot;key ***&quot;</code>');
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
  const names = fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(names, names, names, (name, organization, id) => {
      const html = summary({
        credential: { ...API_KEY, name },
        asked: { id, name: organization },
        token: { organizationId: id },
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
        const text = cell.replaceAll('<br>', '').replaceAll(/<code>|<\/code>/g, '');
        expect(text).toMatch(/^(?:[^<>"'`|&]|&(?:amp|lt|gt|quot|#39|#96|#124);)*$/);
      }
    }),
  );
});

test('each character that HTML or Markdown would act on is written as an entity', () => {
  expect(summary({ credential: { ...API_KEY, name: `<a href="x">&'\`|` } })).toContain(
    '<code>API key &quot;&lt;a href=&quot;x&quot;&gt;&amp;&#39;&#96;&#124;&quot;</code>',
  );
});
