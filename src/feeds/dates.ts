import { monthNumber, zoneMinutes } from './date-words.ts';

interface Day {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
}

interface Time {
  hour: number;
  minute: number;
  /** May have a fraction. */
  second: number;
}

type Moment = Day & Time & { zoneMinutes: number };

/**
 * Reads the dates that feeds carry: RFC 822/2822 with its obsolete forms, asctime, ISO 8601, and their common
 * strays. Returns milliseconds UTC, or null when the text is no date or could mean two days (02/03/2026).
 * A date without a zone is UTC whatever the server's zone is: `Date.parse` would shift it.
 */
export function parseDate(value: string): number | null {
  // No date is longer; the limit also bounds the patterns below.
  const text = value.trim().slice(0, 100).replace(DIGITS, asciiDigit);
  const epoch = /^(\d{10})(\d{3})?$/.exec(text);
  if (epoch) return Number(epoch[1]) * 1000 + Number(epoch[2] ?? 0);
  const moment = isoMoment(text) ?? wordMoment(text);
  return moment && instantOf(moment);
}

/** Arabic, Persian and full-width ones; the last four bits of each are its value. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;

function asciiDigit(digit: string): string {
  return String(digit.charCodeAt(0) & 0xf);
}

const ISO_DAY = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?|(\d{2})(\d{2})|-?(\d{3}))?(?!\d{1,3}(?!\d))/;
const SHORT_DAY = /^(\d{2})(\d{2})(\d{2})(?=$|T)/;
const ISO_TIME =
  /^(?:\s*T\s*|[\s,]+)?(\d{1,2})(?::?(\d{2})(?::?(\d{2}(?:[.,]\d+)?))?)?(?![\d:])(?:\s*([ap])\.?m\b\.?)?/i;

/** 2026-11-24T10:00:00+02:00 with its shorter, basic, ordinal and spaced forms. */
function isoMoment(text: string): Moment | null {
  const day = isoDay(text);
  if (!day) return null;
  const rest = text.slice(day.length);
  const time = ISO_TIME.exec(rest);
  const tail = time ? rest.slice(time[0].length) : rest;
  const zone = zoneAt(tail);
  if (/[\d:]/.test(tail.slice(zone.length)) || (!time && /\d/.test(rest))) return null;
  return { ...day, ...timeOf(time), zoneMinutes: zone.minutes };
}

function isoDay(text: string): (Day & { length: number }) | null {
  const short = SHORT_DAY.exec(text);
  if (short) {
    const [all, year = '', month, day] = short;
    return { year: fullYear(year), month: Number(month), day: Number(day), length: all.length };
  }
  const match = ISO_DAY.exec(text);
  if (!match) return null;
  const [{ length }, year, , month, day, basicMonth, basicDay, ordinal] = match;
  if (ordinal !== undefined) return { ...ordinalDay(Number(year), Number(ordinal)), length };
  return {
    year: Number(year),
    month: Number(month ?? basicMonth ?? 1),
    day: Number(day ?? basicDay ?? 1),
    length,
  };
}

function ordinalDay(year: number, ordinal: number): Day {
  const date = new Date(Date.UTC(year, 0, ordinal));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const CLOCK = /(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:[.,]\d+)?))?(?:\s*([ap])\.?m\b\.?)?/i;

/** Everything with words or slashes in it: time, zone, month, day and year are told apart by how they look. */
function wordMoment(text: string): Moment | null {
  const clock = CLOCK.exec(text);
  if (!clock) {
    const day = dayIn(text);
    return day && { ...day, ...timeOf(null), zoneMinutes: 0 };
  }
  const after = text.slice(clock.index + clock[0].length);
  const zone = zoneAt(after);
  const day = dayIn(`${text.slice(0, clock.index)} ${after.slice(zone.length)}`);
  return day && { ...day, ...timeOf(clock), zoneMinutes: zone.minutes };
}

function timeOf(match: RegExpExecArray | null): Time {
  const [, hour = '0', minute = '0', second = '0', half] = match ?? [];
  const shift = half?.toLowerCase() === 'p' ? 12 : 0;
  return {
    hour: half === undefined ? Number(hour) : (Number(hour) % 12) + shift,
    minute: Number(minute),
    second: Number(second.replace(',', '.')),
  };
}

const ZONE = /^\s*\(?([a-z]{1,5}\b)?\)?\s*(?:([+-]){1,2}\s?(\d{1,2})(?::?(\d{2}))?(?!\d))?/i;

/** The zone that `text` begins with; a number wins over a name ("GMT+2", "EST -0500"). No zone is UTC. */
function zoneAt(text: string): { minutes: number; length: number } {
  const match = ZONE.exec(text);
  const [all = '', name = '', sign, hours, minutes] = match ?? [];
  if (sign !== undefined) {
    const size = Number(hours) * 60 + Number(minutes ?? 0);
    return { minutes: sign === '-' ? -size : size, length: all.length };
  }
  const named = zoneMinutes(name);
  // An unknown word may be the month of a date that follows its time.
  return named === null ? { minutes: 0, length: 0 } : { minutes: named, length: all.length };
}

function dayIn(text: string): Day | null {
  const iso = /(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/.exec(text);
  return iso ? isoDay(iso[0]) : (numericDay(text) ?? namedDay(text));
}

const NUMERIC_DAY = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/** 24.11.2026; with other separators only when one number can't be a month. */
function numericDay(text: string): Day | null {
  const match = NUMERIC_DAY.exec(text);
  if (!match) return null;
  const [, first = '', separator, second = '', year = ''] = match;
  const [a, b] = [Number(first), Number(second)];
  if (separator !== '.' && a <= 12 && b <= 12 && a !== b) return null;
  const dayFirst = separator === '.' || a > 12;
  return { year: fullYear(year), month: dayFirst ? b : a, day: dayFirst ? a : b };
}

/** A month's name with a day and a year, in any order: "24 Nov 2026", "November 24th, 26", "24-Nov-26". */
function namedDay(text: string): Day | null {
  let month: number | null = null;
  const numbers: string[] = [];
  let previous = '';
  for (const [token] of text.matchAll(/[\p{L}\p{M}]+|\d+/gu)) {
    if (/^\d/.test(token)) numbers.push(token);
    // The last one: a weekday before it may look like a month (French "mar.").
    else month = monthNumber(`${previous} ${token}`) ?? monthNumber(token) ?? month;
    previous = token;
  }
  if (month === null) return null;
  const year = numbers.find((number) => number.length > 2) ?? numbers[1];
  const day = numbers.find((number) => number !== year || numbers.length === 1) ?? numbers[0];
  if (year === undefined || day === undefined || numbers.length < 2) return null;
  return { year: fullYear(year), month, day: Number(day) };
}

/** RFC 2822, 4.3: two digits below 50 are this century; three count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function instantOf(moment: Moment): number | null {
  if (!isPossible(moment)) return null;
  const { year, month, day, hour, minute, second } = moment;
  // A leap second is shown as the last second before it.
  const clamped = Math.min(second, 59.999);
  return Date.UTC(year, month - 1, day, hour, minute - moment.zoneMinutes, 0) + Math.floor(clamped * 1000);
}

function isPossible({ year, month, day, hour, minute, second, zoneMinutes: zone }: Moment): boolean {
  // 0001-01-01 and its like are how programs print "no date".
  if (!(year >= 1900 && year <= 9999) || month < 1 || month > 12) return false;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > daysInMonth) return false;
  const midnight = hour === 24 && minute === 0 && second === 0;
  return (hour < 24 || midnight) && minute < 60 && second < 61 && Math.abs(zone) < 16 * 60;
}
