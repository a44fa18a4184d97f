export const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * `YYYY-MM-DD` (midnight UTC at its start) or an ISO 8601 date-time, as milliseconds since 1970 UTC; `undefined` where it is neither or
 * names a day or a time that does not exist.
 * @param offset whether a date-time must state its offset from UTC; a server's without one is taken as UTC
 */
export function parseInstant(text: string, offset: 'required' | 'optional'): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/.exec(
    text,
  );
  if (!parts) return undefined;
  const [, date = '', time, seconds = '00', fraction = '', zone] = parts;
  if (time !== undefined && zone === undefined && offset === 'required') return undefined;
  const written = `${date}T${time ?? '00:00'}:${seconds}`;
  const utc = Date.parse(`${written}Z`);
  // Date.parse takes 24:00 and, in some versions, 31 February; what it made of the text must say the same as the text.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 19) !== written) return undefined;
  const shift = zone === undefined ? 0 : zoneShift(zone);
  return shift === undefined ? undefined : utc + Math.floor(Number(`0.${fraction || '0'}`) * 1000) - shift;
}

function zoneShift(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** ISO 8601 in UTC, to the second, rounded down: `2026-11-30T00:00:00Z`. */
export function isoInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}

/** A day as a person reads it: `2026-11-30 (in 9 days)`. */
export function dayInWords(ms: number, now: number): string {
  return `${isoInstant(ms).replace(/T.*/, '')} (${distanceInWords(ms - now)})`;
}

/** `in 9 days`, `in less than a day`, `3 days ago`, for a time that lies so many milliseconds ahead. */
export function distanceInWords(ms: number): string {
  const days = Math.floor(Math.abs(ms) / DAY_MS);
  if (ms >= 0) return days === 0 ? 'in less than a day' : `in ${count(days, 'day')}`;
  return days === 0 ? 'less than a day ago' : `${count(days, 'day')} ago`;
}

/** `4 h`, `1 h 30 min`, `45 s`, `1.5 s`, `80 ms`, for so many milliseconds. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 day`, `2 days`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
