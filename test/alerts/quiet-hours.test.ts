import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseQuiet, type Quiet, quietText, quietUntil } from '../../src/alerts/quiet-hours.ts';
import {
  DAY_MS,
  daysReached,
  HOUR_MS,
  MINUTE_MS,
  type Minute,
  refusal,
  shown,
  walkMinutes,
  zoneAndMoment,
} from '../support/wall-clocks.ts';

/** What the reader's clock shows when the quiet that `at` is in ends; null outside of quiet hours. */
function ends(quiet: string, at: string, timezone = 'Europe/Berlin'): string | null {
  const until = quietUntil(parseQuiet(quiet), Date.parse(at), timezone);
  return until === null ? null : shown(until, timezone);
}

const anyDays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }).map((days) => days.sort());
const anyQuiet: fc.Arbitrary<Exclude<Quiet, 'off'>> = fc
  .record({
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 1, max: 1440 }),
    days: anyDays,
    mode: fc.constantFrom('hold' as const, 'silent' as const, 'critical' as const),
  })
  .filter(({ from, to, days }) => (from === 0 && to === 1440 ? days.length < 7 : from !== to % 1440));

describe('what people type for quiet hours', () => {
  test.each([
    ['off', 'off'],
    [' None ', 'off'],
    ['22:00-07:00 hold', '22:00-07:00 hold'],
    ['22:00-07:00', '22:00-07:00 hold'],
    ['22-7 silent', '22:00-07:00 silent'],
    ['22:00 – 07:00 critical only', '22:00-07:00 critical only'],
    ['Only critical from 10pm to 7 a.m.', '22:00-07:00 critical only'],
    ['2200-0700 critical', '22:00-07:00 critical only'],
    ['22:00 until noon', '22:00-12:00 hold'],
    ['22:00-midnight', '22:00-24:00 hold'],
    ['22:00-24:00', '22:00-24:00 hold'],
    ['24:00-06:00', '00:00-06:00 hold'],
    ['every day 22-7', '22:00-07:00 hold'],
    ['daily 22-7', '22:00-07:00 hold'],
    ['22-7 mon-sun', '22:00-07:00 hold'],
    ['22-7 weekdays', '22:00-07:00 weekdays hold'],
    ['22-7 silent on Mon - Fri', '22:00-07:00 weekdays silent'],
    ['weekend 00:00-24:00 silent', '00:00-24:00 weekend silent'],
    ['sat,sun 22-10', '22:00-10:00 weekend hold'],
    ['Sundays and Tues 22-10', '22:00-10:00 tue,sun hold'],
    ['fri to mon 22-10', '22:00-10:00 mon,fri,sat,sun hold'],
    ['wed-wed 22-10', '22:00-10:00 wed hold'],
  ])('%p means %p', (typed, meaning) => {
    expect(quietText(parseQuiet(typed))).toBe(meaning);
  });

  const example = 'Write them as in: 22:00-07:00 weekdays hold (or silent, or critical only)';
  test.each([
    ['', 'From when to when is missing. Write it, as in: 22:00-07:00 hold'],
    ['weekdays silent', 'From when to when is missing. Write it, as in: 22:00-07:00 hold'],
    ['22:00', `“22:00” is no period, day or way to be quiet. ${example}`],
    ['22:00-25:00', `“22:00-25:00” is no period, day or way to be quiet. ${example}`],
    ['until 7:00', `“-7:00” is no period, day or way to be quiet. ${example}`],
    ['22-7-8', `“22-7-8” is no period, day or way to be quiet. ${example}`],
    ['22-7 loud', `“loud” is no period, day or way to be quiet. ${example}`],
    ['22-7 mo', `“mo” is no period, day or way to be quiet. ${example}`],
    ['22-7 mon-fro', `“mon-fro” is no period, day or way to be quiet. ${example}`],
    ['22-7 mon-tue-wed', `“mon-tue-wed” is no period, day or way to be quiet. ${example}`],
    ['off 22-7', `“off” is no period, day or way to be quiet. ${example}`],
    ['22-7 12-13', 'Only one period can be quiet. Write the one from first to last, as in: 22:00-07:00 hold'],
    [
      '22-7 hold silent',
      'Quiet hours have one way to be quiet. Write hold, silent or critical only, as in: 22:00-07:00 silent',
    ],
    ...['7-7', '07:00-7am', '0-0', '24:00-24:00', '24:00-00:00', 'noon-12:00'].map((typed) => [
      typed,
      'Quiet hours can’t end when they begin. Write another end, as in: 22:00-07:00 hold. For whole days: weekend 00:00-24:00 hold',
    ]),
    [
      '0-24 mon-sun',
      'Every hour of every day would be quiet. Name the hours or the days, as in: weekend 00:00-24:00 hold',
    ],
  ])('%p is refused with what to write instead', (typed, answer) => {
    expect(refusal(() => parseQuiet(typed))).toBe(answer);
  });

  test('what is shown as quiet hours can be typed back', () => {
    fc.assert(
      fc.property(anyQuiet, (quiet) => {
        expect(parseQuiet(quietText(quiet))).toEqual(quiet);
      }),
    );
    expect(parseQuiet(quietText('off'))).toBe('off');
  });

  test('whatever is typed is read or refused with a remedy', () => {
    const pieces = fc.constantFrom(
      '22',
      ':00',
      '-',
      '7',
      'pm',
      'mon',
      'weekend',
      'hold',
      'off',
      ',',
      ' ',
      'to',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        expect(refusal(() => parseQuiet(text))).not.toBe('');
      }),
    );
  });
});

describe('the end of quiet hours', () => {
  test.each([
    ['late in the evening', '2026-01-15T22:00:00Z', '2026-01-16 07:00:00'],
    ['in the first moment', '2026-01-15T21:00:00Z', '2026-01-16 07:00:00'],
    ['after midnight', '2026-01-16T02:00:00Z', '2026-01-16 07:00:00'],
    ['in the last moment', '2026-01-16T05:59:59.999Z', '2026-01-16 07:00:00'],
    ['at the end', '2026-01-16T06:00:00Z', null],
    ['at noon', '2026-01-16T11:00:00Z', null],
    ['just before', '2026-01-16T20:59:59.999Z', null],
  ])('of a night, %s', (_, at, end) => {
    expect(ends('22-7', at)).toBe(end);
  });

  test('within a day, and up to midnight', () => {
    expect(ends('12:00-13:30', '2026-01-15T11:30:00Z')).toBe('2026-01-15 13:30:00');
    expect(ends('12:00-13:30', '2026-01-15T22:30:00Z')).toBeNull();
    expect(ends('22-24', '2026-01-15T22:30:00Z')).toBe('2026-01-16 00:00:00');
    expect(ends('22-24', '2026-01-15T23:30:00Z')).toBeNull();
  });

  test('off is never quiet', () => {
    expect(ends('off', '2026-01-15T22:30:00Z')).toBeNull();
  });

  test.each([
    ['Friday night is the night that begins on Friday', 'fri', '2026-01-17T02:00:00Z', '2026-01-17 07:00:00'],
    ['Friday morning belongs to Thursday', 'fri', '2026-01-16T02:00:00Z', null],
    ['the night to Monday belongs to the weekend', 'weekend', '2026-01-19T02:00:00Z', '2026-01-19 07:00:00'],
    ['the night to Saturday is a weekday’s', 'weekdays', '2026-01-17T02:00:00Z', '2026-01-17 07:00:00'],
    ['Saturday evening is no weekday', 'weekdays', '2026-01-17T22:00:00Z', null],
  ])('%s', (_, days, at, end) => {
    expect(ends(`22-7 ${days}`, at)).toBe(end);
  });

  test('quiet days in a row end together', () => {
    expect(ends('weekend 0-24', '2026-01-17T10:00:00Z')).toBe('2026-01-19 00:00:00');
    expect(ends('tue-sun 0-24', '2026-01-13T10:00:00Z')).toBe('2026-01-19 00:00:00');
    expect(ends('tue-sun 0-24', '2026-01-12T10:00:00Z')).toBeNull();
  });

  test.each([
    [
      'an end that is skipped is the end of the gap',
      '22:00-02:30',
      '2026-03-29T00:30:00Z',
      '2026-03-29 03:00:00',
    ],
    ['quiet that lies in a gap is none', '02:10-02:50', '2026-03-29T01:00:00Z', null],
    [
      'a beginning that is skipped is the end of the gap',
      '02:30-05:00',
      '2026-03-29T01:00:00Z',
      '2026-03-29 05:00:00',
    ],
    ['an end that comes twice is the first', '22:00-02:30', '2026-10-25T01:10:00Z', null],
    [
      'a beginning that comes twice is the first',
      '02:30-05:00',
      '2026-10-25T01:10:00Z',
      '2026-10-25 05:00:00',
    ],
    ['a break that is skipped is none', '02:50-02:10', '2026-03-29T00:30:00Z', '2026-03-30 02:10:00'],
  ])('where clocks change, %s', (_, quiet, at, end) => {
    expect(ends(quiet, at)).toBe(end);
  });

  test('a day that is skipped ends the night before it', () => {
    expect(ends('22-7 thu', '2011-12-30T09:30:00Z', 'Pacific/Apia')).toBe('2011-12-31 00:00:00');
    expect(ends('22-7', '2011-12-30T09:30:00Z', 'Pacific/Apia')).toBe('2011-12-31 07:00:00');
  });

  test('quiet that began at midnight stays where clocks go back from 00:01 to yesterday', () => {
    expect(ends('0-6', '2010-11-07T02:45:00Z', 'America/St_Johns')).toBe('2010-11-07 06:00:00');
  });

  test('it is quiet from when the clock first reaches the beginning to when it first reaches the end', () => {
    fc.assert(
      fc.property(zoneAndMoment, anyQuiet, ([timezone, now], quiet) => {
        const until = quietUntil(quiet, now, timezone);
        const minutes = walkMinutes(timezone, now - 2 * DAY_MS, (until ?? now) + HOUR_MS);
        const isQuiet = quietMinutes(minutes, quiet);
        const after = minutes.findIndex((minute) => minute.at > now);
        const end = minutes[isQuiet.indexOf(false, after)]?.at ?? 'not found';
        expect(until).toBe(isQuiet[after - 1] ? end : null);
      }),
      { numRuns: 100 },
    );
  });
});

/** For each minute whether it is quiet, by the beginnings and ends that the clock has reached. */
function quietMinutes(minutes: Minute[], { from, to, days }: Exclude<Quiet, 'off'>): boolean[] {
  const isNamed = (day: number) => days.includes((new Date(day).getUTCDay() + 6) % 7);
  const lengthMs = (to - from + (to <= from ? 1440 : 0)) * MINUTE_MS;
  let end = Number.NEGATIVE_INFINITY;
  return minutes.map((minute) => {
    for (const day of daysReached(minute, from).filter(isNamed)) end = day + from * MINUTE_MS + lengthMs;
    return Math.max(minute.before, minute.wall) < end;
  });
}
