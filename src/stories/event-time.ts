import type { Fingerprint } from '../model/story.ts';

/** How two articles agree on when: the same day, a day apart, only both recent, or at different times. */
export type DayAgreement = 'same' | 'next' | 'recent' | 'none';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Without a day in both, articles this close may tell the same event: a day's news cycle and its morning after. */
const RECENT_MS = 36 * HOUR_MS;

/** How well two articles agree on when their events were. */
export function compareDays(left: Fingerprint, right: Fingerprint): DayAgreement {
  const distance = daysApart(left, right);
  if (distance === null) return Math.abs(left.at - right.at) <= RECENT_MS ? 'recent' : 'none';
  if (distance === 0) return 'same';
  // "Wednesday night" in Washington is Thursday in Syria.
  return distance === 1 ? 'next' : 'none';
}

/** Days between the nearest days that the two name; null when one names none. */
export function daysApart(left: Fingerprint, right: Fingerprint): number | null {
  if (left.days.length === 0 || right.days.length === 0) return null;
  return Math.min(...left.days.flatMap((day) => right.days.map((other) => daysBetween(day, other))));
}

/** The first day that both name; null when there is none. */
export function sharedDay(left: Fingerprint, right: Fingerprint): string | null {
  return left.days.find((day) => right.days.includes(day)) ?? null;
}

function daysBetween(one: string, other: string): number {
  return Math.round(Math.abs(Date.parse(one) - Date.parse(other)) / DAY_MS);
}
