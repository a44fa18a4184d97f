import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DAY_MS,
  distanceInWords,
  durationInWords,
  isoDay,
  isoInstant,
  parseHttpDate,
  parseInstant,
  YEAR_10000,
} from '../../src/base/time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test.each([
  ['2026-11-30', '2026-11-30T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31', '9999-12-31T00:00:00.000Z'],
  ['2026-11-30T09:05Z', '2026-11-30T09:05:00.000Z'],
  ['2026-11-30t09:05z', '2026-11-30T09:05:00.000Z'],
  ['2026-11-30T09:05:07Z', '2026-11-30T09:05:07.000Z'],
  ['2026-11-30T09:05:07.1Z', '2026-11-30T09:05:07.100Z'],
  ['2026-11-30T09:05:07.123456789Z', '2026-11-30T09:05:07.123Z'],
  ['2026-11-30T09:05:07.9999Z', '2026-11-30T09:05:07.999Z'],
  ['2026-11-30T09:05:00+03:00', '2026-11-30T06:05:00.000Z'],
  ['2026-11-30T09:05:00+0330', '2026-11-30T05:35:00.000Z'],
  ['2026-11-30T09:05:00+03', '2026-11-30T06:05:00.000Z'],
  ['2026-11-30T09:05:00-05:45', '2026-11-30T14:50:00.000Z'],
  ['2026-11-30T23:59:59-23:59', '2026-12-01T23:58:59.000Z'],
  ['2026-11-30T09:05:00-00:00', '2026-11-30T09:05:00.000Z'],
])('%s is an instant', (text, instant) => {
  expect(parseInstant(text)).toBe(Date.parse(instant));
});

test.each([
  '',
  ' 2026-11-30',
  '2026-11-30 ',
  '2026-11-30\n',
  'x2026-11-30',
  '2026-11-30x',
  '2026-11-31',
  '2026-02-29',
  '2026-02-30',
  '2026-00-10',
  '2026-13-01',
  '2026-11-00',
  '2026-1-30',
  '26-11-30',
  '12026-11-30',
  '+002026-11-30',
  '20261130',
  '30.11.2026',
  '11/30/2026',
  'tomorrow',
  '1795737600',
  '2026-11-30Z',
  '2026-11-30T',
  '2026-11-30T09Z',
  '2026-11-30T09:05',
  '2026-11-30T09:05:07.250',
  '2026-11-30 09:05Z',
  '2026-11-30T24:00Z',
  '2026-11-30T23:60Z',
  '2026-11-30T23:59:60Z',
  '2026-11-30T9:05Z',
  '2026-11-30T09:05:7Z',
  '2026-11-30T09:05:07.Z',
  '2026-11-30T09:05:07.1234567890Z',
  '2026-11-30T09:05:07+3',
  '2026-11-30T09:05:07+24:00',
  '2026-11-30T09:05:07-24:00',
  '2026-11-30T09:05:07+03:60',
  '2026-11-30T09:05:07+03:0',
  '2026-11-30T09:05:07+03:000',
  '2026-11-30T09:05:07 GMT',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('no instant lies past the year 9999 in UTC', () => {
  expect(new Date(YEAR_10000).toISOString()).toBe('+010000-01-01T00:00:00.000Z');
  expect(parseInstant('9999-12-31T23:59:59.999Z')).toBe(YEAR_10000 - 1);
  expect(parseInstant('9999-12-31T23:00:00-01:00')).toBeUndefined();
  expect(parseInstant('9999-12-31T23:59:59-00:01')).toBeUndefined();
  expect(parseInstant('9999-12-31T23:59-01:00')).toBeUndefined();
});

test('what Date writes is read back to the millisecond', () => {
  const years = {
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  };
  fc.assert(
    fc.property(fc.date(years), (date) => {
      expect(parseInstant(date.toISOString())).toBe(date.getTime());
    }),
  );
});

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [1999, '1970-01-01T00:00:01Z'],
  [Date.UTC(2026, 10, 30, 9, 5, 7, 999), '2026-11-30T09:05:07Z'],
])('%d is written to the second, or as its day', (ms, text) => {
  expect(isoInstant(ms)).toBe(text);
  expect(isoDay(ms)).toBe(text.slice(0, 10));
});

test.each([
  [0, 'less than a day ago'],
  [DAY_MS - 1, 'in less than a day'],
  [DAY_MS, 'in 1 day'],
  [2 * DAY_MS - 1, 'in 1 day'],
  [2 * DAY_MS, 'in 2 days'],
  [-1, 'less than a day ago'],
  [1 - DAY_MS, 'less than a day ago'],
  [-DAY_MS, '1 day ago'],
  [-2 * DAY_MS, '2 days ago'],
])('%d milliseconds ahead are %s', (ms, words) => {
  expect(String(distanceInWords(ms))).toBe(words);
});

test.each([
  [0, '0 ms'],
  [0.4, '0 ms'],
  [80.6, '81 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [1540, '1.5 s'],
  [9949, '9.9 s'],
  [10 * SECOND, '10 s'],
  [10_499, '10 s'],
  [10_500, '11 s'],
  [45 * SECOND, '45 s'],
  [119 * SECOND, '119 s'],
  [2 * MINUTE, '2 min'],
  [150 * SECOND, '3 min'],
  [59 * MINUTE, '59 min'],
  [HOUR - 31 * SECOND, '59 min'],
  [HOUR - 30 * SECOND, '1 h'],
  [HOUR, '1 h'],
  [61 * MINUTE, '1 h 1 min'],
  [90 * MINUTE, '1 h 30 min'],
  [4 * HOUR, '4 h'],
  [25 * HOUR + 59 * MINUTE, '25 h 59 min'],
  [48 * HOUR - MINUTE, '47 h 59 min'],
  [48 * HOUR - 1, '2 days'],
  [48 * HOUR, '2 days'],
  [4 * DAY_MS + 23 * HOUR, '4 days'],
])('%d milliseconds are %s', (ms, words) => {
  expect(String(durationInWords(ms))).toBe(words);
});

describe('a date of HTTP', () => {
  // The examples of RFC 9110, 5.6.7, and a time that New York's clocks skipped.
  const dates = [
    ['Sun, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sun Nov  6 08:49:37 1994', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sun Mar 13 02:30:00 2022', Date.UTC(2022, 2, 13, 2, 30)],
  ] as const;

  test.each(dates)('is read in all forms: %s', (text, instant) => {
    expect(parseHttpDate(text)).toBe(instant);
  });

  test('is UTC on a runner in another time zone', () => {
    const script = `
      const { parseHttpDate } = await import(${JSON.stringify(new URL('../../src/base/time.ts', import.meta.url))});
      console.log(JSON.stringify(process.argv.slice(1).map(parseHttpDate)));`;
    const args = ['--input-type=module', '-e', script, ...dates.map(([text]) => text)];
    const env = { ...process.env, TZ: 'America/New_York' };
    const read = execFileSync(process.execPath, args, { env, encoding: 'utf8' });
    expect(JSON.parse(read)).toEqual(dates.map(([, instant]) => instant));
  });

  test.each([
    '',
    '120',
    'soon',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 +0300',
    'Sun, 06 Nov 1994 08:49:37 EST',
    'Sun, 06 Nuv 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT\n',
  ])('is none in %j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
