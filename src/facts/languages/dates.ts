import type { DateFact } from '../../model/fact.ts';
import { evidenceAt, type Sentence } from '../sentence.ts';
import type { Language } from './language.ts';
import { quantityAt } from './quantities.ts';
import { spanOf, type Word } from './words.ts';

const DAY_MS = 86_400_000;
/** An event further back than this is not what today's news reports. */
const NEWS_AGE_DAYS = 14;
/** From this hour (UTC) on, "on Thursday" in Wednesday's news may be written where it is Thursday already. */
const LATE_HOUR = 20;
/** How far before a day a word may stand that lays it ahead. */
const FUTURE_REACH = 8;
/** How far before a day a verb of saying may stand. */
const SPEECH_REACH = 6;

/** A day, month or year that `words[start..end)` names. */
export interface Named {
  start: number;
  end: number;
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  value: string;
}

/** What is named from `words[at]` on; `now` is when the article was published. */
function namedAt(words: readonly Word[], at: number, language: Language, now: Date): Named | null {
  const { days } = language;
  const opening = days.opening.at(words, at)?.end ?? at;
  const told = { words, language, now };
  const found =
    agoAt(told, at) ??
    relativeAt(told, at) ??
    dayOfMonthAt(told, opening) ??
    weekdayAt(told, opening) ??
    monthAt(told, at) ??
    yearAt(told, at);
  return found && { start: at, ...found };
}

interface Told {
  words: readonly Word[];
  language: Language;
  now: Date;
}

type Found = Omit<Named, 'start'> | null;

/** "Il y a deux jours", "два дня назад", "قبل يومين". */
function agoAt({ words, language, now }: Told, at: number): Found {
  const { days } = language;
  const opening = days.agoBefore.at(words, at);
  const from = opening?.end ?? at;
  const pair = opening && days.dayPair.at(words, from);
  if (pair) return { end: pair.end, value: dayBefore(now, 2) };
  const quantity = quantityAt(words, from, language);
  const unit =
    quantity?.min == null || quantity.min !== quantity.max ? null : days.dayUnit.at(words, quantity.end);
  const after = unit && days.agoAfter.at(words, unit.end);
  if (unit === null || quantity?.min == null || (opening === null) === (after === null)) return null;
  return { end: after?.end ?? unit.end, value: dayBefore(now, quantity.min) };
}

function relativeAt({ words, language, now }: Told, at: number): Found {
  const { days } = language;
  const relative = days.relative.at(words, at);
  if (relative === null) return null;
  // "اليوم الأحد" and "hier lundi" are one day.
  const weekday = days.week.at(words, relative.end);
  return { end: weekday?.end ?? relative.end, value: dayBefore(now, -relative.value) };
}

function weekdayAt({ words, language, now }: Told, at: number): Found {
  const { days } = language;
  const weekday = days.week.at(words, at);
  if (weekday === null) return null;
  const last = days.last.at(words, weekday.end);
  const back = (now.getUTCDay() - weekday.value + 7) % 7;
  const end = last?.end ?? weekday.end;
  if (isAhead(words, at, language)) return { end, value: dayBefore(now, back === 0 ? -7 : back - 7) };
  if (back === 6 && now.getUTCHours() >= LATE_HOUR) return null;
  return { end, value: dayBefore(now, last !== null && back === 0 ? 7 : back) };
}

/** "2 février", "el 2 de febrero de 2022", "2 февраля 2022 года", "13 تشرين الثاني/نوفمبر". */
function dayOfMonthAt({ words, language, now }: Told, at: number): Found {
  const { days } = language;
  const number = /^(\d{1,2})(?:er)?$/.exec(words[at]?.form ?? '')?.[1];
  const month =
    number === undefined ? null : monthName(words, days.of.at(words, at + 1)?.end ?? at + 1, language);
  const day = Number(number);
  if (month === null || day < 1 || day > 31) return null;
  const year = yearNumber(words, days.of.at(words, month.end)?.end ?? month.end);
  if (year !== null)
    return { end: yearEnd(words, year.end, language), value: iso(year.value, month.value, day) };
  const nearest = nearestYear(now, { month: month.value, day, isAhead: isAhead(words, at, language) });
  return { end: month.end, value: iso(nearest, month.value, day) };
}

/** "septembre", "avril 2023": the latest one. */
function monthAt({ words, language, now }: Told, at: number): Found {
  const { days } = language;
  const month = monthName(words, at, language);
  const isTold = month !== null && days.inYear.before(words, at);
  if (month === null) return null;
  const year = yearNumber(words, days.of.at(words, month.end)?.end ?? month.end);
  if (year !== null) return { end: yearEnd(words, year.end, language), value: iso(year.value, month.value) };
  if (!isTold) return null;
  const isOver = month.value <= now.getUTCMonth();
  return { end: month.end, value: iso(now.getUTCFullYear() - (isOver ? 0 : 1), month.value) };
}

function yearAt({ words, language, now }: Told, at: number): Found {
  const { days } = language;
  const lastYear = days.lastYear.at(words, at);
  if (lastYear !== null) return { end: lastYear.end, value: String(now.getUTCFullYear() - 1) };
  const year = yearNumber(words, at);
  const isTold =
    year !== null && (days.inYear.before(words, at) || days.yearAfter.at(words, year.end) !== null);
  const isCount = year !== null && quantityNoun(words, year.end, language);
  return isTold && !isCount ? { end: year.end, value: String(year.value) } : null;
}

/** In "in 2000 people" the number counts. */
function quantityNoun(words: readonly Word[], at: number, { people, counted }: Language): boolean {
  return people.nouns.at(words, at) !== null || counted.at(words, at) !== null;
}

/** "تشرين الثاني/نوفمبر" is one month. */
function monthName(
  words: readonly Word[],
  at: number,
  { days }: Language,
): { value: number; end: number } | null {
  const month = days.months.at(words, at);
  if (month === null) return null;
  const again = words[month.end]?.form === '/' ? days.months.at(words, month.end + 1) : null;
  return again?.value === month.value ? again : month;
}

function yearNumber(words: readonly Word[], at: number): { value: number; end: number } | null {
  const form = words[at]?.form ?? '';
  return /^(?:19|20)\d\d$/.test(form) ? { value: Number(form), end: at + 1 } : null;
}

function yearEnd(words: readonly Word[], at: number, { days }: Language): number {
  return days.yearAfter.at(words, at)?.end ?? at;
}

function isAhead(words: readonly Word[], at: number, { days }: Language): boolean {
  if (days.until.before(words, at)) return true;
  for (let back = at - 1; back >= Math.max(0, at - FUTURE_REACH); back -= 1) {
    if (/^[;.]$/.test(words[back]?.form ?? '')) return false;
    if (days.future.at(words, back) !== null) return true;
  }
  return false;
}

function nearestYear(
  now: Date,
  { month, day, isAhead }: { month: number; day: number; isAhead: boolean },
): number {
  const year = now.getUTCFullYear();
  const isPast = Date.UTC(year, month, day) <= now.getTime();
  if (isAhead) return isPast ? year + 1 : year;
  return isPast ? year : year - 1;
}

function iso(year: number, month: number, day?: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return day === undefined ? `${year}-${two(month + 1)}` : `${year}-${two(month + 1)}-${two(day)}`;
}

function dayBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
}

/** Everything that a sentence names, in order. */
export function namedIn(words: readonly Word[], language: Language, now: Date): Named[] {
  const found: Named[] = [];
  let at = 0;
  while (at < words.length) {
    const named = namedAt(words, at, language, now);
    // In "the night from Tuesday to Wednesday" the first is the day.
    const before = found.at(-1);
    const isSecond = before !== undefined && language.days.nightTo.at(words, before.end)?.end === at;
    if (named !== null && !isSecond) found.push(named);
    at = named?.end ?? at + 1;
  }
  return found;
}

/** The days, months and years of a sentence as facts; days when somebody spoke are background, as all months and years. */
export function findDates(
  sentence: Sentence,
  {
    words,
    named,
    language,
    publishedAt,
  }: { words: readonly Word[]; named: readonly Named[]; language: Language; publishedAt: number },
): DateFact[] {
  return named.map((one): DateFact => {
    const evidence = evidenceAt(sentence, spanOf(sentence, words, one));
    const isEvent =
      evidence.scope === 'event' && isNews(one.value, publishedAt) && !isOfSpeech(words, one, language);
    return { kind: 'date', ...evidence, scope: isEvent ? 'event' : 'background', value: { day: one.value } };
  });
}

/** Whether it is a day that can be the event's: not ahead and not long ago. */
function isNews(value: string, publishedAt: number): boolean {
  if (value.length < 10) return false;
  const age = Math.floor(publishedAt / DAY_MS) * DAY_MS - Date.parse(value);
  return age >= 0 && age <= NEWS_AGE_DAYS * DAY_MS;
}

/** "Said on Thursday", "on Thursday said". */
function isOfSpeech(words: readonly Word[], { start, end }: Named, { sources }: Language): boolean {
  if (sources.says.at(words, end) !== null) return true;
  for (let back = 1; back <= SPEECH_REACH; back += 1) {
    const at = start - back;
    if (words[at]?.isMark || sources.that.at(words, at) !== null) return false;
    if (sources.published.at(words, at)?.end === start) return true;
    const says = sources.says.at(words, at);
    // "Ont annoncé les autorités jeudi."
    if (says !== null && says.end <= start) return says.end === start || isLast(words, end);
  }
  return false;
}

function isLast(words: readonly Word[], at: number): boolean {
  return at >= words.length || words[at]?.isMark === true;
}
