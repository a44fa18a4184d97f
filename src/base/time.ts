import { type Words, words } from './message.ts';

/** Milliseconds since 1970 UTC. */
export type Instant = number;

export const DAY_MS = 24 * 60 * 60 * 1000;
export const YEAR_10000: Instant = Date.UTC(10_000, 0);

/**
 * Parses `YYYY-MM-DD` (midnight UTC) or an ISO 8601 date-time with an offset, up to the year 9999 in UTC. `undefined` if no such day or
 * time exists.
 */
export function parseInstant(text: string): Instant | undefined {
  const parts =
    /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?))?$/.exec(
      text,
    );
  if (!parts) return undefined;
  const [, date = '', time, seconds = '00', fraction = '', zone] = parts;
  const written = `${date}T${time ?? '00:00'}:${seconds}`;
  const utc = Date.parse(`${written}Z`);
  // Date.parse accepts 24:00 and, in some versions, 31 February.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 19) !== written) return undefined;
  const shift = zoneShift(zone ?? 'Z');
  if (shift === undefined) return undefined;
  const instant = utc + Math.floor(Number(`0.${fraction || '0'}`) * 1000) - shift;
  return instant < YEAR_10000 ? instant : undefined;
}

function zoneShift(zone: string): number | undefined {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * Parses the three date formats of HTTP, all of them UTC (RFC 9110, 5.6.7):
 * `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
 */
export function parseHttpDate(text: string): Instant | undefined {
  if (!/^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d( GMT| \d{4})$/.test(text)) return undefined;
  const instant = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** `2026-11-30T00:00:00Z` */
export function isoInstant(ms: Instant): string {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}

/** `2026-11-30` */
export function isoDay(ms: Instant): string {
  return isoInstant(ms).slice(0, 10);
}

/** `09:05` */
export function isoTime(ms: Instant): string {
  return isoInstant(ms).slice(11, 16);
}

/** Whole days, cut toward zero: 6 for six and a half, -1 for 29 hours ago. */
export function wholeDays(ms: number): number {
  // Not -0, which some comparisons tell from 0.
  return Math.trunc(ms / DAY_MS) || 0;
}

/** `in 9 days`, `in less than a day`, `3 days ago` */
export function distanceInWords(ms: number): Words {
  const days = Math.abs(wholeDays(ms));
  if (ms > 0) return days === 0 ? words`in less than a day` : words`in ${inDays(days)}`;
  return days === 0 ? words`less than a day ago` : words`${inDays(days)} ago`;
}

/** `4 days`, `4 h`, `1 h 30 min`, `45 s`, `1.5 s`, `80 ms` */
export function durationInWords(ms: number): Words {
  if (ms < 1000) return words`${Math.round(ms)} ms`;
  if (ms < 10_000) return words`${Number((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return words`${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return words`${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return inDays(Math.floor(hours / 24));
  return minutes % 60 === 0 ? words`${hours} h` : words`${hours} h ${minutes % 60} min`;
}

function inDays(days: number): Words {
  return days === 1 ? words`1 day` : words`${days} days`;
}
