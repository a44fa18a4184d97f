import { type Instant, parseInstant, YEAR_10000 } from './time.ts';

/** An object as it was received: nothing is known of its values. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a JSON object; `undefined` for any other text. */
export function parseObject(text: string | undefined): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that says something; `undefined` where a value is blank or no text. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A number, which a server may write as text; `undefined` for what is none. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** An instant, as ISO 8601 text or a number of seconds or milliseconds since 1970 UTC. */
export function instantIn(value: unknown): Instant | undefined {
  const number = numberIn(value);
  if (number === undefined) return plausible(parseInstant(textIn(value) ?? '', 'optional'));
  // 1e11 is the year 5138 in seconds and 1973 in milliseconds.
  return plausible(Math.abs(number) < 1e11 ? number * 1000 : number);
}

/** The instant, if it lies between the years 2000 and 9999: servers write 0 or the year 1 where they mean none. */
export function plausible(ms: Instant | undefined): Instant | undefined {
  return ms !== undefined && ms >= Date.UTC(2000, 0) && ms < YEAR_10000 ? ms : undefined;
}
