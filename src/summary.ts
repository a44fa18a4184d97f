import { type Credential, describeCredential, secretInputOf, whereKeysAreMade } from './appcircle/credential.ts';
import type { Organization } from './appcircle/organization.ts';
import type { AccessToken } from './appcircle/token.ts';
import type { KeyExpiry, KeyExpiryStatus } from './key-expiry.ts';
import type { Masks } from './masks.ts';
import { dayInWords, durationInWords, isoInstant } from './time.ts';

const STATUS: Readonly<Record<KeyExpiryStatus, string>> = {
  ok: '✅ ok',
  expiring: '⚠️ expiring',
  expired: '❌ past its expiry date',
  unknown: '❔ unknown',
};

/**
 * The job summary: a table to take in at a glance and, where the key wants replacing, how to. HTML rather than Markdown, since text in
 * a `<code>` element is neither Markdown nor made into links.
 */
export function summaryOf(
  token: AccessToken,
  credential: Credential,
  asked: Organization | undefined,
  key: KeyExpiry,
  masks: Masks,
  now: number,
): string {
  const organizationId = token.organizationId ?? asked?.id;
  const rows = [
    ['Credential', code(describeCredential(credential, masks))],
    [
      'Organization',
      [asked?.name, organizationId]
        .filter((text) => text !== undefined)
        .map((text) => code(masks.quote(text)))
        .join('<br>') || 'not told',
    ],
    [
      'Token valid until',
      token.expiresAt === undefined
        ? 'not told'
        : `${isoInstant(token.expiresAt)} (${durationInWords(token.expiresAt - now)})`,
    ],
    ['Key expires', key.expiresAt === undefined ? 'not known' : dayInWords(key.expiresAt, now)],
    ['Status', STATUS[key.status]],
  ];
  const table = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('\n');
  return `<h3>Appcircle access token</h3>\n<table>\n${table}\n</table>\n${advice(credential, key)}`;
}

function advice(credential: Credential, key: KeyExpiry): string {
  if (key.status === 'unknown') return '<p>Set <code>key-expires-on</code> to be warned before the key expires.</p>\n';
  if (key.status === 'ok')
    return key.inputOutdated ? '<p>Set <code>key-expires-on</code> to the date above.</p>\n' : '';
  const steps = [
    `In Appcircle, go to ${escapeHtml(whereKeysAreMade(credential))}.`,
    credential.type === 'api-key' ? 'Rotate the key and choose its new expiry date.' : 'Generate a new key.',
    `Update the secret behind <code>${secretInputOf(credential)}</code>.`,
    'Set <code>key-expires-on</code> to the new date.',
  ];
  return `<p>To replace the key:</p>\n<ol>\n${steps.map((step) => `<li>${step}</li>`).join('\n')}\n</ol>\n`;
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;')
    .replaceAll('|', '&#124;');
}
