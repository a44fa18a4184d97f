import { describeCredential, stepsToReplace } from '../appcircle/credentials.ts';
import type { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';
import { distanceInWords, isoDay } from '../base/time.ts';
import type { KeyExpiry, KeyExpiryStatus } from '../key-expiry.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { validUntil } from './lines.ts';
import { isUnchecked, type Outcome } from './outputs.ts';

const STATUS: Readonly<Record<KeyExpiryStatus, string>> = {
  ok: '✅ ok',
  expiring: '⚠️ expiring',
  expired: '❌ past its expiry date',
  unknown: '❔ unknown',
};

/** A table, and how to replace the key if it needs replacing. */
export function summaryOf(outcome: Outcome, secrets: Secrets): string {
  const { token, credential, organization, keyExpiry } = outcome;
  const html = (text: Message) => secrets.showAsHtml(text);
  const known = (text: Message | undefined) => html(text ?? message`not known`);
  const names = [
    organization?.name,
    token.organizationId ?? token.organization ?? organization?.id,
  ].filter((text) => text !== undefined);
  const unchecked = isUnchecked(outcome) ? '<br>not checked' : '';
  const rows = [
    ['Credential', html(describeCredential(credential))],
    [
      'Organization',
      (names.map((text) => html(message`${text}`)).join('<br>') || 'not known') + unchecked,
    ],
    ['Token valid until', known(validUntil(token))],
    ['Key expires', known(keyEnd(keyExpiry))],
    ['Status', STATUS[keyExpiry.status]],
  ];
  const table = rows
    .map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`)
    .join('\n');
  return `<h3>Appcircle access token</h3>\n<table>\n${table}\n</table>\n${advice(outcome, html)}`;
}

function keyEnd({ expiresAt, now }: KeyExpiry): Message | undefined {
  if (expiresAt === undefined) return undefined;
  return message`${isoDay(expiresAt)} (${distanceInWords(expiresAt - now)})`;
}

export function failureSummary(
  { title, reason, remedy, details }: Failure,
  secrets: Secrets,
): string {
  const html = (text: Message) => secrets.showAsHtml(text);
  const replace = details.steps ? stepList(details.steps, html) : '';
  return `<h3>❌ ${title}</h3>\n<p>${html(reason)}</p>\n<p>${html(remedy)}</p>\n${replace}`;
}

function advice({ credential, keyExpiry }: Outcome, html: (text: Message) => string): string {
  const input = 'key-expires-on';
  if (keyExpiry.status === 'unknown')
    return `<p>${html(message`Set ${input} to be warned before the key expires.`)}</p>\n`;
  if (keyExpiry.status === 'ok') return '';
  return stepList(stepsToReplace(credential), html);
}

function stepList(steps: readonly Message[], html: (text: Message) => string): string {
  return `<p>To replace the key:</p>\n<ol>\n${steps.map((step) => `<li>${html(step)}</li>`).join('\n')}\n</ol>\n`;
}
