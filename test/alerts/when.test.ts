import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextTelling, parseWhen, type When, whenText } from '../../src/alerts/when.ts';
import {
  changesOf,
  DAY_MS,
  daysReached,
  HOUR_MS,
  MINUTE_MS,
  refusal,
  shown,
  walkMinutes,
  wallOf,
  zoneAndMoment,
} from '../support/wall-clocks.ts';

/** What the reader's clock shows when an alert of `when` that is ready at `from` is told. */
function told(when: string, from: string, timezone: string): string {
  return shown(nextTelling(parseWhen(when), Date.parse(from), timezone), timezone);
}

describe('what people type for the time of telling', () => {
  test.each([
    ['realtime', 'realtime'],
    [' Real-time ', 'realtime'],
    ['real time', 'realtime'],
    ['immediately', 'realtime'],
    ['batch 15m', 'batch 15m'],
    ['Batch every 15 min', 'batch 15m'],
    ['batch of 15 minutes', 'batch 15m'],
    ['batch: 1h', 'batch 1h'],
    ['batch 60 minutes', 'batch 1h'],
    ['batch 1 hour 30 mins', 'batch 90m'],
    ['batch 1m', 'batch 1m'],
    ['batch 24 hrs', 'batch 24h'],
    ['digest 08:00,18:00', 'digest 08:00,18:00'],
    ['digest 8:00 18:00', 'digest 08:00,18:00'],
    ['digest 8am, 6pm', 'digest 08:00,18:00'],
    ['digest at 8 a.m. and 6 p.m.', 'digest 08:00,18:00'],
    ['Digest daily at 18.30', 'digest 18:30'],
    ['digest 0800/1800', 'digest 08:00,18:00'],
    ['digest 18：00', 'digest 18:00'],
    ['digest 18:00, 8, 8:00', 'digest 08:00,18:00'],
    ['digest 12am', 'digest 00:00'],
    ['digest 12:30pm', 'digest 12:30'],
    ['digest noon and midnight', 'digest 00:00,12:00'],
    ['digest 24:00', 'digest 00:00'],
  ])('%p means %p', (typed, meaning) => {
    expect(whenText(parseWhen(typed))).toBe(meaning);
  });

  const forms = 'Write one of: realtime, batch 15m, digest 08:00,18:00';
  const units = 'Write the number and its unit, as in: batch 15m or batch 1h';
  const lengths =
    'A batch lasts from 1 minute to 24 hours. Write such a length, as in: batch 15m or batch 6h';
  const times = 'Write hours and minutes, as in: digest 08:00,18:00';
  test.each([
    ['', `When to tell is missing. ${forms}`],
    ['sometimes', `“sometimes” does not say when to tell. ${forms}`],
    ['batches 15m', `“batches 15m” does not say when to tell. ${forms}`],
    ['realtime 15m', `“realtime 15m” does not say when to tell. ${forms}`],
    ['batch', 'How long a batch lasts is missing. Write it, as in: batch 15m'],
    ['batch 15', `“15” is no number of minutes or hours. ${units}`],
    ['batch 1.5h', `“1.5h” is no number of minutes or hours. ${units}`],
    ['batch -5m', `“-5m” is no number of minutes or hours. ${units}`],
    ['batch 30s', `“30s” is no number of minutes or hours. ${units}`],
    ['batch 0m', lengths],
    ['batch 25h', lengths],
    ['batch 24h 1m', lengths],
    ['digest', 'The times of the digest are missing. Write them, as in: digest 08:00,18:00'],
    ['digest at', 'The times of the digest are missing. Write them, as in: digest 08:00,18:00'],
    ['digest 08:00 25:00', `“25:00” is no time of day. ${times}`],
    ['digest 8:60', `“8:60” is no time of day. ${times}`],
    ['digest 24:01', `“24:01” is no time of day. ${times}`],
    ['digest 13pm', `“13pm” is no time of day. ${times}`],
    ['digest 0am', `“0am” is no time of day. ${times}`],
    ['digest 800', `“800” is no time of day. ${times}`],
    ['digest tomorrow', `“tomorrow” is no time of day. ${times}`],
    [
      'digest 0 1 2 3 4 5 6 7 8 9 10 11 12',
      'A digest has 12 times a day at most, and these are 13. Leave some out, or use a batch, as in: batch 1h',
    ],
  ])('%p is refused with what to write instead', (typed, answer) => {
    expect(refusal(() => parseWhen(typed))).toBe(answer);
  });

  test('of a long text the refusal shows the beginning, and a huge number is no length', () => {
    expect(refusal(() => parseWhen('x'.repeat(500)))).toBe(
      `“${'x'.repeat(40)}…” does not say when to tell. ${forms}`,
    );
    expect(refusal(() => parseWhen(`batch ${'9'.repeat(400)}m`))).toBe(lengths);
  });

  const anyWhen: fc.Arbitrary<When> = fc.oneof(
    fc.constant<When>({ kind: 'realtime' }),
    fc.record({ kind: fc.constant('batch' as const), lengthMinutes: fc.integer({ min: 1, max: 1440 }) }),
    fc.record({
      kind: fc.constant('digest' as const),
      times: fc
        .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 12 })
        .map((times) => times.sort((a, b) => a - b)),
    }),
  );

  test('what is shown as the time of telling can be typed back', () => {
    fc.assert(
      fc.property(anyWhen, (when) => {
        expect(parseWhen(whenText(when))).toEqual(when);
      }),
    );
  });

  test('whatever is typed is read or refused with a remedy', () => {
    const pieces = fc.constantFrom(
      'batch',
      'digest',
      'realtime',
      '8',
      ':00',
      'am',
      'and',
      '15',
      'm',
      ',',
      ' ',
      'é',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        expect(refusal(() => parseWhen(text))).not.toBe('');
      }),
    );
  });
});

describe('the next telling', () => {
  test('realtime is now', () => {
    expect(nextTelling(parseWhen('realtime'), 12_345, 'Asia/Tokyo')).toBe(12_345);
  });

  test.each([
    ['at the next time of today', '2026-01-15T06:59:59.999Z', 'Europe/Berlin', '2026-01-15 08:00:00'],
    ['not again at the very moment', '2026-01-15T07:00:00Z', 'Europe/Berlin', '2026-01-15 18:00:00'],
    ['tomorrow after the last time', '2026-01-15T17:00:00Z', 'Europe/Berlin', '2026-01-16 08:00:00'],
    ['by the clock of the place in summer', '2026-07-15T05:59:00Z', 'Europe/Berlin', '2026-07-15 08:00:00'],
    ['where clocks are 5:45 ahead', '2026-01-15T02:14:00Z', 'Asia/Kathmandu', '2026-01-15 08:00:00'],
    ['where the date is tomorrow’s', '2026-01-14T18:30:00Z', 'Pacific/Kiritimati', '2026-01-15 18:00:00'],
    ['where the date is yesterday’s', '2026-01-15T07:00:00Z', 'Pacific/Pago_Pago', '2026-01-15 08:00:00'],
    ['in UTC', '2026-01-15T08:00:00Z', 'UTC', '2026-01-15 18:00:00'],
  ])('a digest is told %s', (_, from, timezone, at) => {
    expect(told('digest 8,18', from, timezone)).toBe(at);
  });

  test.each([
    ['an hour is skipped', '02:30', '2026-03-28T02:00:00Z', 'Europe/Berlin', '2026-03-29 03:00:00'],
    [
      'half an hour is skipped',
      '02:15',
      '2026-10-03T10:00:00Z',
      'Australia/Lord_Howe',
      '2026-10-04 02:30:00',
    ],
    ['midnight is skipped', '00:00', '2023-09-30T12:00:00Z', 'America/Asuncion', '2023-10-01 01:00:00'],
    ['midnight is skipped', '00:30', '2026-04-23T12:00:00Z', 'Africa/Cairo', '2026-04-24 01:00:00'],
    ['midnight is skipped', '00:00', '2026-03-28T12:00:00Z', 'Asia/Beirut', '2026-03-29 01:00:00'],
    ['a day is skipped', '08:00', '2011-12-29T20:00:00Z', 'Pacific/Apia', '2011-12-31 00:00:00'],
  ])('a digest comes right after the gap when %s', (_, time, from, timezone, at) => {
    expect(told(`digest ${time}`, from, timezone)).toBe(at);
  });

  test('a digest at a time that occurs twice is told at the first', () => {
    const berlin = parseWhen('digest 02:30');
    const first = Date.parse('2026-10-25T00:30:00Z');
    expect(nextTelling(berlin, first - 1, 'Europe/Berlin')).toBe(first);
    expect(nextTelling(berlin, first, 'Europe/Berlin')).toBe(Date.parse('2026-10-26T01:30:00Z'));
    const lordHowe = parseWhen('digest 01:45');
    const early = Date.parse('2026-04-04T14:45:00Z');
    expect(nextTelling(lordHowe, early - HOUR_MS, 'Australia/Lord_Howe')).toBe(early);
    expect(nextTelling(lordHowe, early, 'Australia/Lord_Howe')).toBe(Date.parse('2026-04-05T15:15:00Z'));
  });

  test('midnight is told once where clocks went back from 00:01 to yesterday', () => {
    const midnight = Date.parse('2010-11-07T02:30:00Z');
    const when = parseWhen('digest 00:00');
    expect(nextTelling(when, midnight - 1, 'America/St_Johns')).toBe(midnight);
    expect(told('digest 00:00', '2010-11-07T02:45:00Z', 'America/St_Johns')).toBe('2010-11-08 00:00:00');
  });

  test.each([
    ['batch 15m', '2026-01-15T10:07:12Z', 'Europe/Berlin', '2026-01-15 11:15:00'],
    ['batch 15m', '2026-01-15T10:15:00Z', 'Europe/Berlin', '2026-01-15 11:30:00'],
    ['batch 1h', '2026-01-15T10:07:00Z', 'Asia/Kathmandu', '2026-01-15 16:00:00'],
    ['batch 6h', '2026-01-15T10:07:00Z', 'Europe/Berlin', '2026-01-15 12:00:00'],
    ['batch 24h', '2026-01-15T10:07:00Z', 'Europe/Berlin', '2026-01-16 00:00:00'],
    ['batch 7h', '2026-01-15T21:07:00Z', 'Europe/Berlin', '2026-01-16 00:00:00'],
  ])('a %s of %s ends on the clock of %s at %s', (when, from, timezone, at) => {
    expect(told(when, from, timezone)).toBe(at);
  });

  test.each([
    [
      'before a gap, a batch ends where the gap begins',
      'batch 1h',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00Z',
    ],
    ['a day of 23 hours is one batch', 'batch 24h', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['a day of 25 hours is one batch', 'batch 24h', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    [
      'in an hour that comes again, batches go on',
      'batch 15m',
      '2026-10-25T00:50:00Z',
      '2026-10-25T01:00:00Z',
    ],
    [
      'in an hour that came again, batches go on',
      'batch 15m',
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:15:00Z',
    ],
    [
      'an hour that comes again is a batch of its own',
      'batch 1h',
      '2026-10-25T00:10:00Z',
      '2026-10-25T01:00:00Z',
    ],
    ['a batch that the clocks leave ends there', 'batch 50m', '2026-10-25T00:40:00Z', '2026-10-25T01:00:00Z'],
  ])('%s', (_, when, from, end) => {
    expect(new Date(nextTelling(parseWhen(when), Date.parse(from), 'Europe/Berlin'))).toEqual(new Date(end));
  });
});

describe('tellings in every zone', () => {
  const digestTimes = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 4 });
  const digestOf = (times: number[]): When => ({ kind: 'digest', times });
  const minuteShown = (at: number, timezone: string) => {
    const [hour = 0, minute = 0] = shown(at, timezone).slice(11).split(':').map(Number);
    return hour * 60 + minute;
  };
  /** How long the clocks were put forward at that moment; 0 when they were not. */
  const gapAt = (at: number, timezone: string) =>
    Math.max(0, changesOf(timezone).find((change) => change.at === at)?.forwardMs ?? 0);

  test('a digest comes at its time, or at the end of a gap that its time is in', () => {
    fc.assert(
      fc.property(zoneAndMoment, digestTimes, ([timezone, now], times) => {
        const at = nextTelling(digestOf(times), now, timezone);
        expect(at).toBeGreaterThan(now);
        const gap = gapAt(at, timezone) / MINUTE_MS;
        const skipped = (minuteShown(at, timezone) - gap + 1440 * 2) % 1440;
        const isWanted = times.some((time) => (time - skipped + 1440) % 1440 <= gap);
        expect({ timezone, at: shown(at, timezone), times, isWanted }).toMatchObject({ isWanted: true });
        if (gap === 0) expect(times).toContain(minuteShown(at, timezone));
      }),
      { numRuns: 1000 },
    );
  });

  test('a daily digest is at most 24 hours away, and as much more as clocks of that day are put back', () => {
    fc.assert(
      fc.property(zoneAndMoment, fc.integer({ min: 0, max: 1439 }), ([timezone, now], time) => {
        const at = nextTelling(digestOf([time]), now, timezone);
        const back = changesOf(timezone).find(
          (one) => one.forwardMs < 0 && one.at > now - DAY_MS && one.at <= at,
        );
        expect(at - now).toBeLessThanOrEqual(24 * HOUR_MS - (back?.forwardMs ?? 0));
      }),
      { numRuns: 1000 },
    );
  });

  const anyTelling: fc.Arbitrary<When> = fc.oneof(
    digestTimes.map(digestOf),
    fc.integer({ min: 1, max: 1440 }).map((lengthMinutes): When => ({ kind: 'batch', lengthMinutes })),
  );

  test('all that is ready before a telling is told at it, and what is ready later never earlier', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 5 });
    fc.assert(
      fc.property(zoneAndMoment, anyTelling, shares, ([timezone, now], when, between) => {
        const at = nextTelling(when, now, timezone);
        for (const share of between) {
          expect(nextTelling(when, now + Math.floor((at - now) * share), timezone)).toBe(at);
        }
        expect(nextTelling(when, at, timezone)).toBeGreaterThan(at);
      }),
      { numRuns: 1000 },
    );
  });

  test('a digest comes when the clock on the wall first reaches its time', () => {
    fc.assert(
      fc.property(zoneAndMoment, digestTimes, ([timezone, now], times) => {
        const reached = walkMinutes(timezone, now - 2 * DAY_MS, now + 2 * DAY_MS).find(
          (minute) => minute.at > now && times.some((time) => daysReached(minute, time).length > 0),
        );
        expect(nextTelling(digestOf(times), now, timezone)).toBe(reached?.at);
      }),
      { numRuns: 150 },
    );
  });

  test('a batch ends when the clock on the wall reaches the next one or leaves it', () => {
    fc.assert(
      fc.property(zoneAndMoment, fc.integer({ min: 1, max: 1440 }), ([timezone, now], length) => {
        let at = Math.floor(now / MINUTE_MS) * MINUTE_MS;
        const batch = batchOf(wallOf(at, timezone), length);
        let isInside = true;
        while (isInside) {
          const reached = wallOf(at, timezone) + MINUTE_MS;
          at += MINUTE_MS;
          isInside = batchOf(reached, length) === batch && batchOf(wallOf(at, timezone), length) === batch;
        }
        expect(nextTelling({ kind: 'batch', lengthMinutes: length }, now, timezone)).toBe(at);
      }),
      { numRuns: 300 },
    );
  });

  test('a year of digests has each of its days once, in each zone there is', () => {
    for (const timezone of Intl.supportedValuesOf('timeZone')) {
      const days = daysTold('digest 02:30', 2026, timezone);
      expect({ timezone, days }).toEqual({ timezone, days: daysOf(2026) });
    }
  });

  test.each(['00:00', '00:30,01:00', '02:15,02:45,18:00'])(
    'walking through a year in steps, a digest at %s is neither missed nor told twice',
    (times) => {
      const steps = fc.array(fc.integer({ min: HOUR_MS, max: 30 * HOUR_MS }), {
        minLength: 5,
        maxLength: 40,
      });
      fc.assert(
        fc.property(zoneAndMoment, steps, ([timezone, start], lengths) => {
          const when = parseWhen(`digest ${times}`);
          const tellings: number[] = [];
          let due = nextTelling(when, start, timezone);
          let now = start;
          for (let step = 0; now < start + 365 * DAY_MS; step += 1) {
            now += lengths[step % lengths.length] ?? HOUR_MS;
            for (; due <= now; due = nextTelling(when, due, timezone)) tellings.push(due);
            expect(nextTelling(when, now, timezone)).toBe(due);
          }
          expect(tellings).toEqual([...new Set(tellings)].sort((a, b) => a - b));
          expect(tellings.length).toBe(timesPassed(timezone, start, now, when));
        }),
        { numRuns: 5 },
      );
    },
  );
});

/** How many different moments the times of a digest have in that stretch, counted on the clock each quarter of an hour. */
function timesPassed(timezone: string, from: number, to: number, when: When): number {
  const times = when.kind === 'digest' ? when.times : [];
  return walkMinutes(timezone, from - 2 * DAY_MS, to, 15).filter(
    (minute) => minute.at > from && times.some((time) => daysReached(minute, time).length > 0),
  ).length;
}

function batchOf(wall: number, length: number): number {
  const day = Math.floor(wall / DAY_MS);
  return day * 2000 + Math.floor((wall - day * DAY_MS) / (length * MINUTE_MS));
}

/** The days, as clocks there show them, on which it is told from that year's first to its last. */
function daysTold(when: string, year: number, timezone: string): string[] {
  const parsed = parseWhen(when);
  const days: string[] = [];
  let at = Date.UTC(year - 1, 11, 30);
  for (let day = ''; day < `${year + 1}`; day = shown(at, timezone).slice(0, 10)) {
    if (day > `${year}`) days.push(day);
    at = nextTelling(parsed, at, timezone);
  }
  return days;
}

function daysOf(year: number): string[] {
  const days: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
