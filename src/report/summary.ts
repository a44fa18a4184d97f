import { describeCredential, stepsToReplace } from '../appcircle/credentials.ts';
import type { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';
import { distanceInWords, isoDay } from '../base/time.ts';
import type { KeyExpiry } from '../key-expiry.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { validUntil } from './lines.ts';
import { isUnchecked, type Outcome } from './outputs.ts';

const STATUS = {
  ok: '✅ ok',
  expiring: '⚠️ expiring',
  expired: '❌ past its expiry date',
  unknown: '❔ unknown',
} as const;

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
    row('Key expires', html(keyExpiry ? keyEnd(keyExpiry) : UNKNOWN)),
    row('Status', STATUS[keyExpiry?.status ?? 'unknown']),
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

function keyEnd({ expiresAt, msLeft }: KeyExpiry): Message {
  return message`${isoDay(expiresAt)} (${distanceInWords(msLeft)})`;
}

/**
 * The title, the reason, the remedy and where to read on.
 * @param page a URL, or a path in the folder of a local action
 */
export function failureSummary(failure: Failure, page: Message, secrets: Secrets): string {
  const html: Html = (text) => secrets.showAsHtml(text);
  const title = `<h3>❌ ${failure.title}</h3>\n`;
  const more = `<p>More: ${link(page, secrets)}</p>\n`;
  return title + reasonOf(failure, html) + remedyOf(failure, html) + more;
}

function reasonOf({ reason, details: { list } }: Failure, html: Html): string {
  // A list of one is a sentence.
  if (!list || list.items.length === 1) return paragraph(reason, html);
  const items = `<ul>\n${listItems(list.items, html)}\n</ul>\n`;
  if (!list.lead) return items;
  return paragraph(message`${list.lead}:`, html) + items;
}

function remedyOf({ remedy, details: { steps } }: Failure, html: Html): string {
  if (!steps) return paragraph(remedy, html);
  return stepList(steps, html);
}

function link(page: Message, secrets: Secrets): string {
  const address = secrets.show(page);
  const isUrl = /^https?:\/\/[^\s"<>]+$/.test(address);
  if (!isUrl) return secrets.showAsHtml(page);
  return `<a href="${address}">Troubleshooting</a>`;
}

function advice({ credential, keyExpiry }: Outcome, html: Html): string {
  if (!keyExpiry)
    return paragraph(message`Set ${'key-expires-on'} to be warned before the key expires.`, html);
  if (keyExpiry.status === 'ok') return '';
  return stepList(stepsToReplace(credential), html);
}

function stepList(steps: readonly Message[], html: Html): string {
  return `<p>To replace the key:</p>\n<ol>\n${listItems(steps, html)}\n</ol>\n`;
}

function paragraph(text: Message, html: Html): string {
  return `<p>${html(text)}</p>\n`;
}

function listItems(items: readonly Message[], html: Html): string {
  return items.map((item) => `<li>${html(item)}</li>`).join('\n');
}
