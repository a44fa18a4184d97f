import { Foreign } from './foreign.ts';
import { type Instant, YEAR_10000 } from './time.ts';

/** A JSON object of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** Parses JSON, without a byte order mark; `undefined` for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Parses a JSON object, likewise. */
export function parseObject(text: string): Fields | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that is not blank. */
export function textIn(value: unknown): Foreign | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return new Foreign(value);
}

/** A finite number, or one as text. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  return /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : undefined;
}

/** Drops dates outside 2000 to 9999: servers write 0 or the year 1 for "none". */
export function plausible(ms: Instant | undefined): Instant | undefined {
  if (ms === undefined || ms < Date.UTC(2000, 0)) return undefined;
  return ms < YEAR_10000 ? ms : undefined;
}
