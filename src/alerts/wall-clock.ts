export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
export const DAY_MINUTES = 24 * 60;

/** More than any zone is ahead of UTC or behind it. */
const FARTHEST_MS = DAY_MS * (16 / 24);

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  // Making one takes fifty times as long as using it.
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  formats.set(timezone, format);
  return format;
}

/** How far the zone's clocks are ahead of UTC at that moment. `1/31/2026, GMT-03:30`; UTC itself is a bare `GMT`. */
function offsetMs(at: number, timezone: string): number {
  const [, sign, hours, minutes, seconds = 0] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(formatOf(timezone).format(at)) ?? [];
  if (sign === undefined) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000;
  return sign === '-' ? -size : size;
}

/** What the clocks of the zone show at that moment, in milliseconds as if they showed UTC. */
export function wallClock(at: number, timezone: string): number {
  return at + offsetMs(at, timezone);
}

/** Midnight of the day that a wall clock shows. */
export function midnightOf(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/**
 * The moment after `from`, and at `to` at the latest, at which the clocks of the zone are put forward or back; null
 * for none. The two must be near: from 1990 on, two changes of one zone have been a week apart at least.
 */
export function clockChange(from: number, to: number, timezone: string): number | null {
  const before = offsetMs(from, timezone);
  if (offsetMs(to, timezone) === before) return null;
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(middle, timezone) === before) early = middle;
    else late = middle;
  }
  return late;
}

/**
 * The first moment at which the clocks of the zone show `wall` or later: a time that is skipped is the end of the
 * gap, one that occurs twice is its first occurrence.
 */
export function firstMoment(wall: number, timezone: string): number {
  const [from, to] = [wall - FARTHEST_MS, wall + FARTHEST_MS];
  const change = clockChange(from, to, timezone);
  const early = wall - offsetMs(from, timezone);
  if (change === null || early < change) return early;
  return Math.max(change, wall - offsetMs(to, timezone));
}

/** Typed text in lower case with plain digits and dashes, each am and pm directly after its number. */
export function tidyTimes(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Dash}/gu, '-')
    .replaceAll(/(\d)\s*([ap])\.?m\b\.?/g, '$1$2m')
    .trim();
}

const NAMED_TIMES = new Map([
  ['midnight', 0],
  ['noon', 12 * 60],
]);

/** Minutes after midnight, 1440 for 24:00: `8:00`, `08.00`, `0800`, `8`, `8am`, `noon`; null for no time of day. */
export function readTime(word: string): number | null {
  const named = NAMED_TIMES.get(word);
  if (named !== undefined) return named;
  const [, hour, minute, joinedMinute, half] =
    /^(\d{1,2})(?:[:.](\d\d)|(?<=^\d\d)(\d\d))?([ap]m)?$/.exec(word) ?? [];
  const minutes = Number(minute ?? joinedMinute ?? 0);
  const total = hourOfDay(Number(hour), half) * 60 + minutes;
  return minutes < 60 && total <= DAY_MINUTES ? total : null;
}

function hourOfDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

/** `08:00` for 480 minutes after midnight. */
export function timeText(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
