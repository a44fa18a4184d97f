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

const UNKNOWN = message`not known`;

type Html = (text: Message) => string;

/** A table, and how to replace the key if it needs replacing. */
export function summaryOf(outcome: Outcome, secrets: Secrets): string {
  const { token, credential, keyExpiry } = outcome;
  const html: Html = (text) => secrets.showAsHtml(text);
  const table = [
    row('Credential', html(describeCredential(credential))),
    row('Organization', organizationIn(outcome, html)),
    row('Token valid until', html(validUntil(token) ?? UNKNOWN)),
    row('Key expires', html(keyEnd(keyExpiry) ?? UNKNOWN)),
    row('Status', STATUS[keyExpiry.status]),
  ].join('\n');
  return `<h3>Appcircle access token</h3>\n<table>\n${table}\n</table>\n${advice(outcome, html)}`;
}

function row(name: string, value: string): string {
  return `<tr><th align="left">${name}</th><td>${value}</td></tr>`;
}

/** The name that was asked for, and what the token names. */
function organizationIn(outcome: Outcome, html: Html): string {
  const { token, organization } = outcome;
  const names = [
    organization?.name,
    token.organizationId ?? token.organization ?? organization?.id,
  ];
  const lines = names.filter((name) => name !== undefined).map((name) => html(message`${name}`));
  if (lines.length === 0) lines.push('not known');
  if (isUnchecked(outcome)) lines.push('not checked');
  return lines.join('<br>');
}

function keyEnd({ expiresAt, now }: KeyExpiry): Message | undefined {
  if (expiresAt === undefined) return undefined;
  return message`${isoDay(expiresAt)} (${distanceInWords(expiresAt - now)})`;
}

export function failureSummary(
  { title, reason, remedy, details }: Failure,
  secrets: Secrets,
): string {
  const html: Html = (text) => secrets.showAsHtml(text);
  const replace = details.steps ? stepList(details.steps, html) : '';
  return `<h3>❌ ${title}</h3>\n<p>${html(reason)}</p>\n<p>${html(remedy)}</p>\n${replace}`;
}

function advice({ credential, keyExpiry }: Outcome, html: Html): string {
  const input = 'key-expires-on';
  if (keyExpiry.status === 'unknown')
    return `<p>${html(message`Set ${input} to be warned before the key expires.`)}</p>\n`;
  if (keyExpiry.status === 'ok') return '';
  return stepList(stepsToReplace(credential), html);
}

function stepList(steps: readonly Message[], html: Html): string {
  const items = steps.map((step) => `<li>${html(step)}</li>`).join('\n');
  return `<p>To replace the key:</p>\n<ol>\n${items}\n</ol>\n`;
}
