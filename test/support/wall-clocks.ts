import fc from 'fast-check';
import { WhenError } from '../../src/alerts/when.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock on a wall there shows: `2026-03-29 03:00:00`. */
export function shown(at: number, timezone: string): string {
  const clock =
    clocks.get(timezone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timezone, clock);
  return clock.format(at);
}

/** The same in milliseconds, as if the clock showed UTC. */
export function wallOf(at: number, timezone: string): number {
  return Date.parse(`${shown(at, timezone).replace(' ', 'T')}Z`);
}

export interface Minute {
  at: number;
  wall: number;
  /** The latest that the clock has shown before. */
  before: number;
}

/** Every so many minutes of that stretch, found by looking at the clock. */
export function walkMinutes(timezone: string, from: number, to: number, stepMinutes = 1): Minute[] {
  const stepMs = stepMinutes * MINUTE_MS;
  const minutes: Minute[] = [];
  let at = Math.ceil(from / stepMs) * stepMs;
  let before = wallOf(at - stepMs, timezone);
  for (; at <= to; at += stepMs) {
    const wall = wallOf(at, timezone);
    minutes.push({ at, before, wall });
    before = Math.max(before, wall);
  }
  return minutes;
}

/** The midnights (as a wall clock shows them) of the days whose `time`, in minutes, the clock reaches at that minute. */
export function daysReached({ before, wall }: Minute, time: number): number[] {
  const day = (clock: number) => Math.floor((clock - time * MINUTE_MS) / DAY_MS);
  const days: number[] = [];
  for (let one = day(before) + 1; one <= day(wall); one += 1) days.push(one * DAY_MS);
  return days;
}

interface Change {
  at: number;
  /** How far clocks are put forward; below 0 back. */
  forwardMs: number;
}

const changes = new Map<string, Change[]>();

/** The moments from 2005 to 2030 at which clocks there are put forward or back: never two within five days. */
export function changesOf(timezone: string): Change[] {
  const known = changes.get(timezone);
  if (known !== undefined) return known;
  const found: Change[] = [];
  const ahead = (at: number) => wallOf(at, timezone) - at;
  for (let from = Date.UTC(2005, 0, 1); from < Date.UTC(2031, 0, 1); from += 5 * DAY_MS) {
    const forwardMs = ahead(from + 5 * DAY_MS) - ahead(from);
    if (forwardMs === 0) continue;
    let at = from;
    for (const step of [DAY_MS, HOUR_MS, MINUTE_MS]) while (ahead(at + step) === ahead(from)) at += step;
    found.push({ at: at + MINUTE_MS, forwardMs });
  }
  changes.set(timezone, found);
  return found;
}

/** Zones whose clocks do what clocks seldom do, beside usual ones. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns', // back at 00:01 until 2011
  'America/Havana', // midnight is skipped, or comes twice
  'America/Asuncion',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Pyongyang',
  'Australia/Lord_Howe', // half an hour
  'Antarctica/Troll', // two hours
  'Antarctica/Casey', // three hours
  'Pacific/Apia', // a day is skipped
  'Pacific/Kiritimati',
  'UTC',
];

const anyMoment = fc.integer({ min: Date.UTC(2006, 0, 1), max: Date.UTC(2030, 0, 1) });

/** A zone and a moment there, most often within two days of a change of its clocks. */
export const zoneAndMoment: fc.Arbitrary<[timezone: string, now: number]> = fc
  .constantFrom(...ZONES)
  .chain((timezone) => {
    const near = changesOf(timezone).map(({ at }) =>
      fc.oneof(
        fc.integer({ min: at - 2 * DAY_MS, max: at + 2 * DAY_MS }),
        fc.integer({ min: -36, max: 36 }).map((steps) => at + steps * 5 * MINUTE_MS),
      ),
    );
    const moment =
      near.length === 0
        ? anyMoment
        : fc.oneof({ arbitrary: anyMoment, weight: 1 }, { arbitrary: fc.oneof(...near), weight: 4 });
    return fc.tuple(fc.constant(timezone), moment);
  });

/** What is answered to typed times: the refusal and its remedy, or what they were read as. */
export function refusal(read: () => unknown): string {
  try {
    return `read as ${JSON.stringify(read())}`;
  } catch (error) {
    if (!(error instanceof WhenError)) throw error;
    return `${error.message} ${error.remedy}`;
  }
}
