import {
  clockChange,
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

/** When the alerts of a watch are told. */
export type When =
  | { kind: 'realtime' }
  /** All that came since the last one, every so many minutes. */
  | { kind: 'batch'; lengthMinutes: number }
  /** Minutes after midnight, each once, in order. */
  | { kind: 'digest'; times: number[] };

/** Typed times that cannot be read: what is wrong, and what to write instead. */
export class WhenError extends Error {
  override name = 'WhenError';
  /** What the user can do about it, as a sentence. */
  remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** Our limit: who wants more than every second hour wants a batch. */
const MAX_TIMES = 12;

/** Reads `realtime`, `batch 15m` or `digest 08:00,18:00`, and what else people type for these. Throws WhenError. */
export function parseWhen(text: string): When {
  const typed = tidyTimes(text);
  if (/^(real[ -]?time|immediately|instantly|at once)$/.test(typed)) return { kind: 'realtime' };
  const [, kind, rest = ''] = /^(batch|digest)(?![a-z])[\s:]*(.*)$/s.exec(typed) ?? [];
  if (kind === 'batch') return { kind, lengthMinutes: readLength(rest) };
  if (kind === 'digest') return { kind, times: readTimes(rest) };
  throw new WhenError(
    typed === '' ? 'When to tell is missing.' : `“${clipped(text)}” does not say when to tell.`,
    'Write one of: realtime, batch 15m, digest 08:00,18:00',
  );
}

function readLength(text: string): number {
  const [, hours = 0, minutes = 0] =
    /^(?:every |of )?(?:(\d+)\s*h(?:rs?|ours?)?)?\s*(?:(\d+)\s*m(?:ins?|inutes?)?)?$/.exec(text) ?? [];
  const length = Number(hours) * 60 + Number(minutes);
  if (length >= 1 && length <= DAY_MINUTES) return length;
  if (text === '') throw new WhenError('How long a batch lasts is missing.', 'Write it, as in: batch 15m');
  if (hours !== 0 || minutes !== 0) {
    throw new WhenError(
      'A batch lasts from 1 minute to 24 hours.',
      'Write such a length, as in: batch 15m or batch 6h',
    );
  }
  throw new WhenError(
    `“${clipped(text)}” is no number of minutes or hours.`,
    'Write the number and its unit, as in: batch 15m or batch 1h',
  );
}

function readTimes(text: string): number[] {
  const words = text.split(/[\s,;/&+]+|\b(?:and|at|daily)\b/).filter((word) => word !== '');
  const times = [...new Set(words.map(readDigestTime))].sort((a, b) => a - b);
  if (times.length === 0) {
    throw new WhenError('The times of the digest are missing.', 'Write them, as in: digest 08:00,18:00');
  }
  if (times.length > MAX_TIMES) {
    throw new WhenError(
      `A digest has ${MAX_TIMES} times a day at most, and these are ${times.length}.`,
      'Leave some out, or use a batch, as in: batch 1h',
    );
  }
  return times;
}

function readDigestTime(word: string): number {
  const time = readTime(word);
  if (time !== null) return time % DAY_MINUTES;
  throw new WhenError(
    `“${clipped(word)}” is no time of day.`,
    'Write hours and minutes, as in: digest 08:00,18:00',
  );
}

/** As much of what somebody typed as a message repeats. */
export function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The usual way to write it, which parseWhen reads back: `batch 15m`. */
export function whenText(when: When): string {
  if (when.kind === 'realtime') return 'realtime';
  if (when.kind === 'digest') return `digest ${when.times.map(timeText).join(',')}`;
  const { lengthMinutes } = when;
  return lengthMinutes % 60 === 0 ? `batch ${lengthMinutes / 60}h` : `batch ${lengthMinutes}m`;
}

/**
 * When an alert that is ready at `now` is told: at once, at the end of the batch it falls into, or at the next time
 * of the digest, which is always after `now`.
 */
export function nextTelling(when: When, now: number, timezone: string): number {
  switch (when.kind) {
    case 'realtime':
      return now;
    case 'batch':
      return batchEnd(when.lengthMinutes * MINUTE_MS, now, timezone);
    case 'digest':
      return nextTime(when.times, now, timezone);
  }
}

/**
 * When the clock next leaves the stretch it is in, counted from midnight. Not a digest of many times: between two
 * and three o'clock of the night that has this hour twice, no batch of 15 minutes may wait for a second three o'clock.
 */
function batchEnd(lengthMs: number, now: number, timezone: string): number {
  const wall = wallClock(now, timezone);
  const start = batchStart(lengthMs, wall);
  const end = Math.min(start + lengthMs, midnightOf(wall) + DAY_MS) - wall + now;
  const change = clockChange(now, end - 1, timezone);
  if (change === null) return end;
  const isStillInside = batchStart(lengthMs, wallClock(change, timezone)) === start;
  return isStillInside ? batchEnd(lengthMs, change, timezone) : change;
}

function batchStart(lengthMs: number, wall: number): number {
  return wall - ((wall - midnightOf(wall)) % lengthMs);
}

function nextTime(times: number[], now: number, timezone: string): number {
  const today = midnightOf(wallClock(now, timezone));
  // Clocks put back at 00:01 show today again when tomorrow's 00:00 is past: St. John's until 2011.
  const moments = [today, today + DAY_MS, today + 2 * DAY_MS].flatMap((day) =>
    times.map((time) => firstMoment(day + time * MINUTE_MS, timezone)),
  );
  return Math.min(...moments.filter((moment) => moment > now));
}
