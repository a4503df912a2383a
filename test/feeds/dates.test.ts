import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseDate } from '../../src/feeds/dates.ts';

const TEN = '2026-02-03T10:00:00.000Z';
const MIDNIGHT = '2026-02-03T00:00:00.000Z';

const DATES: [text: string, expected: string][] = [
  // RFC 822 and 2822, with their obsolete forms
  ['Tue, 03 Feb 2026 10:00:00 GMT', TEN],
  ['Tue, 3 Feb 2026 10:00 GMT', TEN],
  ['3 Feb 26 10:00:00 UT', TEN],
  ['Tue, 03 Feb 2026 05:00:00 EST', TEN],
  ['Tue, 03 Feb 2026 03:00:00 PDT', TEN],
  ['Tue, 03 Feb 2026 13:00:00 +0300', TEN],
  ['Tue, 03 Feb 2026 06:30:00 -0330', TEN],
  ['Tue, 03 Feb 2026 11:00:00 +0100 (CET)', TEN],
  ['Tue, 03 Feb 2026 12:00:00 GMT+2', TEN],
  ['Tue, 03 Feb 2026 12:00:00 +02:00', TEN],
  ['Tue,03 Feb 2026 10:00:00GMT', TEN],
  ['Tue, 03 Feb 2026 10:00:00', TEN],
  ['Tue, 03 Feb 2026 10:00:00 Q', TEN],
  ['Tuesday, 03-Feb-26 10:00:00 GMT', TEN],
  ['03 Feb 2026', MIDNIGHT],
  // ISO 8601
  ['2026-02-03T10:00:00Z', TEN],
  ['2026-02-03T10:00:00', TEN],
  ['2026-02-03T13:30:00+03:30', TEN],
  ['2026-02-03t10:00z', TEN],
  ['2026-02-03 10:00:00', TEN],
  ['2026-02-03 12:00:00 +0200', TEN],
  ['20260203T100000Z', TEN],
  ['2026-034T10:00:00Z', TEN],
  ['2026-02-03T10:00:00.500Z', '2026-02-03T10:00:00.500Z'],
  ['2026-02-03', MIDNIGHT],
  ['2026-02', '2026-02-01T00:00:00.000Z'],
  ['2026-02-02T24:00:00Z', MIDNIGHT],
  // Strays
  ['Tue Feb  3 10:00:00 2026', TEN],
  ['Tue Feb 3 05:00:00 EST 2026', TEN],
  ['February 3, 2026 10:00 AM', TEN],
  ['February 3rd, 2026 10:00 p.m.', '2026-02-03T22:00:00.000Z'],
  ['Feb 3, 2026 12:15 AM', '2026-02-03T00:15:00.000Z'],
  ['10:00 3 February 2026', TEN],
  ['2026/02/03 10:00', TEN],
  ['03.02.2026 10:00', TEN],
  ['13/02/2026', '2026-02-13T00:00:00.000Z'],
  ['02/13/2026', '2026-02-13T00:00:00.000Z'],
  ['mar., 3 févr. 2026 10:00', TEN],
  ['3 февраля 2026 10:00', TEN],
  // Digits and months of the Middle East
  ['٣ فبراير ٢٠٢٦ ١٠:٠٠', TEN],
  ['٢٠٢٦-٠٢-٠٣T١٣:٠٠:٠٠+٠٣:٠٠', TEN],
  ['۲۰۲۶-۰۲-۰۳ ۱۰:۰۰', TEN],
  ['۳ فوریه ۲۰۲۶ ۱۰:۰۰', TEN],
  ['２０２６-０２-０３ １０:００', TEN],
  ['3 شباط 2026 10:00', TEN],
  ['الثلاثاء، 3 شباط، 2026', MIDNIGHT],
  ['24 تشرين الثاني 2026', '2026-11-24T00:00:00.000Z'],
  ['24 تشرين الأول 2026', '2026-10-24T00:00:00.000Z'],
  ['24 كانون الثاني 2026 10:00', '2026-01-24T10:00:00.000Z'],
  ['24 كانون الأول 2026', '2026-12-24T00:00:00.000Z'],
  ['3 فيفري 2026', MIDNIGHT],
  ['  2026-02-03T10:00:00Z\n', TEN],
  ['1770112800', TEN],
  ['9999-12-31T00:00:00Z', '9999-12-31T00:00:00.000Z'],
];

/** Jest's own TZ can't be changed once it runs, so the dates are read by a process of that zone. */
function readInZone(zone: string, texts: string[]): { hoursWest: number; dates: (number | null)[] } {
  const script = `
    const { parseDate } = await import(${JSON.stringify(new URL('../../src/feeds/dates.ts', import.meta.url))});
    const dates = JSON.parse(process.argv[1]).map(parseDate);
    console.log(JSON.stringify({ hoursWest: new Date(0).getTimezoneOffset() / 60, dates }));`;
  const options = ['--input-type=module', '--eval', script, JSON.stringify(texts)];
  const output = execFileSync(process.execPath, options, {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

describe.each([
  ['UTC', 0],
  ['America/New_York', 5],
  ['Asia/Tehran', -3.5],
])('on a server in %s', (zone, hoursWest) => {
  let read: ReturnType<typeof readInZone>;
  beforeAll(() => {
    read = readInZone(
      zone,
      DATES.map(([text]) => text),
    );
  });

  test('the zone is in force', () => {
    expect(read.hoursWest).toBe(hoursWest);
  });

  test.each(DATES.map(([text, expected], index) => [text, expected, index] as const))(
    '%s',
    (_text, expected, index) => {
      const date = read.dates[index];
      expect(typeof date === 'number' && new Date(date).toISOString()).toBe(expected);
    },
  );
});

test.each([
  '',
  'yesterday',
  '02/03/2026',
  '03-02-2026',
  '2026-02-30',
  '2026-13-01T00:00:00Z',
  'Tue, 03 Feb 2026 25:00:00 GMT',
  'Tue, 32 Feb 2026 10:00:00 GMT',
  '0001-01-01T00:00:00Z',
  'Feb 2026',
  // Years of the Persian calendar: 1405 is 2026.
  '۱۴۰۵/۰۹/۰۳',
  '۳ آذر ۱۴۰۵',
  '24 تشرين 2026',
  '<pubDate>',
  '9'.repeat(100_000),
])('%.30s is no date', (text) => {
  expect(parseDate(text)).toBeNull();
});
