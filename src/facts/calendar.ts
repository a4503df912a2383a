import { casual } from 'chrono-node';
import { MONTH, monthIndex, YEAR } from './periods.ts';

/** Days that a name tells; chrono knows none of them. */
const HOLIDAYS: [RegExp, month: number, day: number][] = [
  [/\bNew Year['’]s Eve\b/iu, 12, 31],
  [/\bNew Year['’]s Day\b/iu, 1, 1],
  [/\bChristmas Eve\b/iu, 12, 24],
  [/\bChristmas Day\b/iu, 12, 25],
  [/\bBoxing Day\b/iu, 12, 26],
  [/\bValentine['’]s Day\b/iu, 2, 14],
];

/** "The night of January 20-21" begins on the first day, "the evening of 29 January": chrono reads both as tonight. */
const NIGHT = new RegExp(
  `\\b(?:night|evening|morning|afternoon) (?:of|between) (?:the )?(?:(${MONTH}) (\\d{1,2})(?:(?:-|–| to | and )\\d{1,2})?\\b|(\\d{1,2})(?:(?:-|–| to | and )\\d{1,2})? (${MONTH}))(?:,? (${YEAR})\\b)?`,
  'u',
);
/** "28.01.2022"; chrono reads only strokes. */
const DOTTED = new RegExp(`\\b(\\d{1,2})\\.(\\d{1,2})\\.(${YEAR})\\b`, 'u');

/** chrono's reading of English days, with those it lacks. */
export const calendar = casual.clone();
calendar.parsers.unshift(
  ...HOLIDAYS.map(([pattern, month, day]) => ({ pattern: () => pattern, extract: () => ({ month, day }) })),
  {
    pattern: () => NIGHT,
    extract: (_, [, month, day, first, named, year]) => ({
      ...(year === undefined ? {} : { year: Number(year) }),
      month: monthIndex(month ?? named ?? '') + 1,
      day: Number(day ?? first),
    }),
  },
  {
    pattern: () => DOTTED,
    extract: (_, [, day, month, year]) => ({ year: Number(year), month: Number(month), day: Number(day) }),
  },
);

export function isHoliday(words: string): boolean {
  return HOLIDAYS.some(([pattern]) => pattern.test(words));
}
