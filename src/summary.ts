import { type Credential, describeCredential, secretInputOf, whereKeysAreMade } from './appcircle/credential.ts';
import type { KeyExpiry, KeyExpiryStatus } from './key-expiry.ts';
import type { Masks } from './masks.ts';
import type { Outcome } from './outputs.ts';
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
export function summaryOf({ token, credential, organization, keyExpiry, now }: Outcome, masks: Masks): string {
  const organizationId = token.organizationId ?? organization?.id;
  const rows = [
    ['Credential', code(describeCredential(credential, masks))],
    [
      'Organization',
      [organization?.name, organizationId]
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
    ['Key expires', keyExpiry.expiresAt === undefined ? 'not known' : dayInWords(keyExpiry.expiresAt, now)],
    ['Status', STATUS[keyExpiry.status]],
  ];
  const table = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('\n');
  return `<h3>Appcircle access token</h3>\n<table>\n${table}\n</table>\n${advice(credential, keyExpiry)}`;
}

function advice(credential: Credential, keyExpiry: KeyExpiry): string {
  if (keyExpiry.status === 'unknown')
    return '<p>Set <code>key-expires-on</code> to be warned before the key expires.</p>\n';
  if (keyExpiry.status === 'ok')
    return keyExpiry.inputOutdated ? '<p>Set <code>key-expires-on</code> to the date above.</p>\n' : '';
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
