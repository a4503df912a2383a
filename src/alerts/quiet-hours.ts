import type { Severity } from '../model/alert.ts';
import {
  DAY_MINUTES,
  DAY_MS,
  firstMoment,
  MINUTE_MS,
  midnightOf,
  readTime,
  tidyTimes,
  timeText,
  wallClock,
} from './wall-clock.ts';
import { clipped, WhenError } from './when.ts';

/** What becomes of alerts in quiet hours: kept until the end, told without a ping, or kept unless critical. */
type QuietMode = 'hold' | 'silent' | 'critical';

/** The quiet hours of a channel, `off` for none. */
export type Quiet = 'off' | QuietHours;

interface QuietHours {
  /** Minutes after midnight. */
  from: number;
  /** Minutes after midnight, 1 to 1440; up to `from` it is the next day's. */
  to: number;
  /** The days on which they begin, from 0 (Monday) to 6, in order. */
  days: number[];
  mode: QuietMode;
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const NAMED_DAYS = new Map([
  ['daily', EVERY_DAY],
  ['weekday', [0, 1, 2, 3, 4]],
  ['weekdays', [0, 1, 2, 3, 4]],
  ['weekend', [5, 6]],
  ['weekends', [5, 6]],
]);
const MODES = new Map<string, QuietMode>([
  ['hold', 'hold'],
  ['silent', 'silent'],
  ['critical', 'critical'],
]);
/** Words around the others that say nothing more. */
const FILLERS = new Set(['', 'and', 'at', 'day', 'every', 'from', 'on', 'only']);

/** Reads `22:00-07:00 weekdays critical only`, in any order, or `off`. Throws WhenError. */
export function parseQuiet(text: string): Quiet {
  const typed = tidyTimes(text).replaceAll(/\s*(?:-|\b(?:to|until|till)\b)\s*/g, '-');
  if (typed === 'off' || typed === 'none') return 'off';
  const periods: [number, number][] = [];
  const modes = new Set<QuietMode>();
  const days = new Set<number>();
  for (const word of typed.split(/[\s,;&+]+/)) {
    const period = readPeriod(word);
    const mode = MODES.get(word);
    if (period !== null) periods.push(period);
    else if (mode !== undefined) modes.add(mode);
    else for (const day of readDays(word)) days.add(day);
  }
  const began = days.size === 0 ? EVERY_DAY : [...days].sort();
  return { ...boundsOf(periods, began), days: began, mode: modeOf([...modes]) };
}

function readPeriod(word: string): [number, number] | null {
  const [from, to, more] = word.split('-').map(readTime);
  return typeof from === 'number' && typeof to === 'number' && more === undefined ? [from, to] : null;
}

function readDays(word: string): number[] {
  const named = FILLERS.has(word) ? [] : NAMED_DAYS.get(word);
  if (named !== undefined) return named;
  const [first = -1, last = first, more] = word.split('-').map(dayNamed);
  if (first >= 0 && last >= 0 && more === undefined) {
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => (first + at) % 7);
  }
  throw new WhenError(
    `“${clipped(word)}” is no period, day or way to be quiet.`,
    'Write them as in: 22:00-07:00 weekdays hold (or silent, or critical only)',
  );
}

/** `mon`, `tues` and `Fridays` are days; -1 for other words. */
function dayNamed(word: string): number {
  return word.length < 3 ? -1 : DAYS.findIndex((day) => `${day}s`.startsWith(word));
}

function boundsOf(periods: [number, number][], days: number[]): { from: number; to: number } {
  const [period, another] = periods;
  if (period === undefined) {
    throw new WhenError('From when to when is missing.', 'Write it, as in: 22:00-07:00 hold');
  }
  if (another !== undefined) {
    throw new WhenError(
      'Only one period can be quiet.',
      'Write the one from first to last, as in: 22:00-07:00 hold',
    );
  }
  const [from, to] = [period[0] % DAY_MINUTES, period[1] % DAY_MINUTES || DAY_MINUTES];
  const isWholeDay = period[0] === 0 && period[1] === DAY_MINUTES;
  if (from === to % DAY_MINUTES && !isWholeDay) {
    throw new WhenError(
      'Quiet hours can’t end when they begin.',
      'Write another end, as in: 22:00-07:00 hold. For whole days: weekend 00:00-24:00 hold',
    );
  }
  if (isWholeDay && days.length === EVERY_DAY.length) {
    throw new WhenError(
      'Every hour of every day would be quiet.',
      'Name the hours or the days, as in: weekend 00:00-24:00 hold',
    );
  }
  return { from, to };
}

function modeOf([mode = 'hold', another]: QuietMode[]): QuietMode {
  if (another === undefined) return mode;
  throw new WhenError(
    'Quiet hours have one way to be quiet.',
    'Write hold, silent or critical only, as in: 22:00-07:00 silent',
  );
}

/** The usual way to write it, which parseQuiet reads back: `22:00-07:00 weekdays critical only`. */
export function quietText(quiet: Quiet): string {
  if (quiet === 'off') return 'off';
  const days = daysText(quiet.days);
  const mode = quiet.mode === 'critical' ? 'critical only' : quiet.mode;
  return [`${timeText(quiet.from)}-${timeText(quiet.to)}`, days, mode]
    .filter((part) => part !== '')
    .join(' ');
}

function daysText(days: number[]): string {
  if (days.length === EVERY_DAY.length) return '';
  for (const name of ['weekdays', 'weekend']) {
    if (NAMED_DAYS.get(name)?.join() === days.join()) return name;
  }
  return days.map((day) => DAYS[day]?.slice(0, 3)).join(',');
}

/**
 * The end of the quiet hours that `now` is in, those of the next day included where they begin at once; null outside
 * of them.
 */
export function quietUntil(quiet: Quiet, now: number, timezone: string): number | null {
  if (quiet === 'off') return null;
  let until: number | null = null;
  // Whole days of a week, and one that is quiet but for an hour which the clocks skip.
  for (let joined = 0; joined <= EVERY_DAY.length; joined += 1) {
    const end = periodEnd(quiet, until ?? now, timezone);
    if (end === null) return until;
    until = end;
  }
  return until;
}

/** Whether a message must make no sound now: in quiet hours, but for a critical one where they let it through. */
export function isHushed(
  quiet: Quiet,
  { now, timezone, severity }: { now: number; timezone: string; severity: Severity | undefined },
): boolean {
  if (quiet === 'off' || quietUntil(quiet, now, timezone) === null) return false;
  return quiet.mode !== 'critical' || severity !== 'critical';
}

function periodEnd({ from, to, days }: QuietHours, at: number, timezone: string): number | null {
  const today = midnightOf(wallClock(at, timezone));
  // Tomorrow's 00:00 may be past already where clocks are put back at 00:01.
  for (const day of [today - DAY_MS, today, today + DAY_MS]) {
    if (!days.includes((new Date(day).getUTCDay() + 6) % 7)) continue;
    const end = firstMoment(day + (to <= from ? DAY_MS : 0) + to * MINUTE_MS, timezone);
    if (firstMoment(day + from * MINUTE_MS, timezone) <= at && at < end) return end;
  }
  return null;
}
