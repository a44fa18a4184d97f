import { type Words, words } from './message.ts';

/** Milliseconds since 1970 UTC. */
export type Instant = number;

export const DAY_MS = 24 * 60 * 60 * 1000;
export const YEAR_10000: Instant = Date.UTC(10_000, 0);

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME =
  /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)$/;

/**
 * Parses `YYYY-MM-DD` (midnight UTC) or an ISO 8601 date-time with an offset, up to the year 9999 in UTC. `undefined` if no such day or
 * time exists.
 */
export function parseInstant(text: string): Instant | undefined {
  if (DAY.test(text)) return parseUtc(`${text}T00:00:00`);
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const [, date, time, seconds = '00', fraction = '0', zone = ''] = parts;
  const utc = parseUtc(`${date}T${time}:${seconds}`);
  const shift = zoneShift(zone);
  if (utc === undefined || shift === undefined) return undefined;
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000);
  const instant = utc + milliseconds - shift;
  if (instant >= YEAR_10000) return undefined;
  return instant;
}

/** @param text as `2026-11-30T09:00:00` */
function parseUtc(text: string): Instant | undefined {
  const instant = parseDate(`${text}Z`);
  if (instant === undefined) return undefined;
  // Date.parse accepts 24:00 and, in some versions, 31 February.
  if (!isoInstant(instant).startsWith(text)) return undefined;
  return instant;
}

function zoneShift(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  const shift = (hours * 60 + minutes) * 60_000;
  return zone.startsWith('-') ? -shift : shift;
}

/**
 * Parses the three date formats of HTTP, all of them UTC (RFC 9110, 5.6.7):
 * `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
 */
export function parseHttpDate(text: string): Instant | undefined {
  if (!/^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d( GMT| \d{4})$/.test(text)) return undefined;
  if (text.endsWith('GMT')) return parseDate(text);
  return parseDate(`${text} GMT`);
}

function parseDate(text: string): Instant | undefined {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  return instant;
}

/** `2026-11-30T00:00:00Z` */
export function isoInstant(ms: Instant): string {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}

/** `2026-11-30` */
export function isoDay(ms: Instant): string {
  return isoInstant(ms).replace(/T.*/, '');
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
  const distance = days === 0 ? words`less than a day` : inDays(days);
  return ms > 0 ? words`in ${distance}` : words`${distance} ago`;
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
  const rest = minutes % 60;
  if (rest === 0) return words`${hours} h`;
  return words`${hours} h ${rest} min`;
}

function inDays(days: number): Words {
  return days === 1 ? words`1 day` : words`${days} days`;
}
