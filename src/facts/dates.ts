import type { ParsedResult } from 'chrono-node';
import type { DateFact } from '../model/fact.ts';
import { overlaps } from '../text/spans.ts';
import { calendar, isHoliday } from './calendar.ts';
import { periodsIn } from './periods.ts';
import { datelineOf } from './place-context.ts';
import { evidenceAt, type Sentence } from './sentence.ts';

const DAY_MS = 86_400_000;
/** An event further back than this is not what today's news reports. */
const NEWS_AGE_DAYS = 14;
/** The day when somebody spoke: "the army on Thursday denied". */
const SPEECH_AFTER =
  /^ (?:said|says|told|denied|added|announced|stated|confirmed|warned|claimed|acknowledged|insisted|declared|accused|blamed|condemned|rejected|dismissed|called|urged|marks?|marked|celebrat|commemorat|remember|pledged|vowed|promised|defended|reiterated|apologi[sz]ed|expressed|appealed|admitted|asked|demanded|deplored|lamented|noted|offered|praised|protested|reported|requested|revealed)/iu;
const APPEAL_BEFORE =
  /\b(?:urged|urges|called (?:for|on)|condemned|condemns|denounced|appealed|accused|rejected|pledged|vowed|promised|denied|charged|indicted|arraigned|convicted|sentenced|acquitted)\b(?:(?! (?:after|when|as|which|that) )[^,.;])*$/iu;
/** The other end of a range, a story before the story ("who were kidnapped on 20 January"), or "nowadays". */
const OTHER_DAY_BEFORE =
  /\b(?:between|from|to|and|through|until) \d{1,2}(?:st|nd|rd|th)?(?: \p{Lu}\p{L}+)?,? (?:and|to|through|until|[-–]) ?(?:on )?$|\b(?:between|from) \p{Lu}[\p{L}.]+(?: \d{1,2})? (?:and|to|through|until) $|\b(?:agreed|signed|declared|brokered|imposed|reached) (?:late |early )?(?:on )?$|\b(?:(?:took|taking|taken) office|(?:was|were|been) (?:installed|inaugurated|appointed|elected|sworn in)|(?:that|which) (?:began|started)) (?:late |early )?(?:on )?$|\b(?:since|who (?:was|were|had|has|have))\b[^,;]*$/iu;
/** The day when a toll was told: "the death toll rose to 40 on Sunday". */
const TOLL_BEFORE =
  /\b(?:toll|number of)\b[^.;]*\b(?:rose|risen|climbed|reached|stood|stands|passed|jumped|increased|hit|to|at)\b[^.;]*$/iu;
/** A headline's infinitive lies ahead: "talks to resume in Geneva on Monday", but not "led to clashes on Monday". */
const HEADLINE_AHEAD = /(?<!ed )\bto \p{Ll}+\b[^.;:,]*$/u;
/** From this hour (UTC) on, "on Thursday" in Wednesday's news may be written where it is Thursday already. */
const LATE_HOUR = 20;

/** About when, and not on which day: told as background, or not at all. */
const VAGUE = /\b(?:few|several|couple of|some) days\b|\b(?:past|last|next) (?:\p{L}+ |\d+ )?days\b/iu;
const ROUGH = /\bweeks? ago\b/iu;

const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const WEEKDAY = /\b(?:(last|next|this|coming) )?(sun|mon|tues|wednes|thurs|fri|satur)day\b/iu;
/** Only sentences that name a day are worth chrono's time. */
const DAY_CUE =
  /\b(?:(?:sun|mon|tues|wednes|thurs|fri|satur)day|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|ago|last night|overnight|eve|christmas|new year|boxing|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})\b/iu;
/** Names of events and dates of law, not days of this one. */
const NAMED_DAYS =
  /\b(?:9\/11|7\/7|september 11|sept\.? 11|october 7 attacks?|oct\.? 7 attacks?|january 6 (?:riot|attack|committee)|black (?:fri|sun)day|bloody sunday|good friday|day of)\b/iu;
/** "The 28 January neighborhood" is a place, and "the May 19 Movement" a party. */
const NAMED_AFTER =
  /^(?:st|nd|rd|th)? (?:neighbou?rhoods?|streets?|avenue|square|district|boulevard|park|bridge|airport|school|hospital|colony|university|movement|brigade|front|group|organi[sz]ation|party|coalition|alliance)\b/iu;
/** Told by another day, or no day at all: "the following Sunday", "every Sunday". */
const OTHER_WEEK_BEFORE = /\b(?:following|subsequent|previous|preceding|every|each) $/iu;
/** In "30 January 28 bodies" the last number counts what follows, when it is no year that has come. */
const NEXT_NUMBER = /(?<=\p{L}),? \d{1,2}$/u;
const FUTURE_BEFORE =
  /\b(?:will|would|shall|due|set (?:to|for)|scheduled|expected to|planned|plans? to|planning|expected|forecast|predicted|agreed to|vow(?:s|ed) to|threaten(?:s|ed) to|(?:is|are|was|were) to|slated|upcoming|until|till|deadline|ahead of)\b[^.;]{0,60}$|\b(?:by|from|next|starting|beginning)(?: on)? $/iu;
/** "On Tuesday, lawmakers will vote": of what somebody says, the verb tells nothing of the day. */
const AHEAD_AFTER =
  /^\s(?:will|would)\b|^,? (?:(?!\b(?:said|says|told|announced|vowed|warned|pledged|promised|decided|agreed|that|who|which|and|killed|died)\b)[^.;,]){0,50}\b(?:will|(?:is|are) (?:due|set|expected|scheduled) to)\b/iu;
const NAME = '(?:the )?\\p{Lu}[\\p{L}.]*(?: \\p{Lu}[\\p{L}.]*)?';
const SAID =
  '(?:[Ss]aid|says|told|added|announced|stated|wrote|tweeted|confirmed|warned|claimed|acknowledged|insisted|declared|admitted|demanded|offered|protested|(?<!(?:was|were|been) )reported|requested|revealed)';
/** Whom somebody told it, and where: "told the BBC in Geneva on". */
const AUDIENCE = `(?:reporters|journalists|newsmen|the (?:media|press|nation|country)|him|her|them|us|here|state (?:tv|television|media)|${NAME}|(?:in|at|during|to|through) (?:(?:an?|the|his|her|its|their|this) (?:\\p{Ll}+ ){0,2}\\p{Ll}+|${NAME}|parliament))`;
const SPEECH_BEFORE = new RegExp(
  `\\b(?:${SAID}(?: ${AUDIENCE})*|claimed (?:responsibility|credit)|(?:blam|accus|condemn|denounc)(?:ed|es)(?: (?!(?:who|that|which|for|of|after|in|on)\\b)[\\p{L}'’-]+){1,5}?)(?: late| early)?(?: on)? ?$`,
  'u',
);
/**
 * The days that a sentence names, and the months and years of its background. A bare weekday or month and day is the
 * most recent one up to `publishedAt` (milliseconds UTC), unless a word points to the future; a day that can't be told
 * is left out.
 */
export function findDates(sentence: Sentence, publishedAt: number): DateFact[] {
  const days = findDays(sentence, publishedAt);
  const whole = periodsIn(sentence.text, new Date(publishedAt))
    .map(({ start, end, value }) => ({ start: sentence.start + start, end: sentence.start + end, value }))
    .filter((period) => !days.some((day) => overlaps(day, period)));
  const periods = whole.map(
    (period): DateFact => ({
      kind: 'date',
      ...evidenceAt(sentence, period),
      scope: 'background',
      value: { day: period.value },
    }),
  );
  return [...days, ...periods].sort((a, b) => a.start - b.start);
}

function findDays(sentence: Sentence, publishedAt: number): DateFact[] {
  if (!DAY_CUE.test(sentence.text)) return [];
  const reference = new Date(publishedAt);
  const facts: DateFact[] = [];
  for (const result of calendar.parse(sentence.text, { instant: reference, timezone: 0 })) {
    const time = dayOf(result, sentence.text, reference);
    if (time === null) continue;
    const trimmed = wordsOf(result, reference);
    // In "aged 22 and 23, on Monday" the number is no part of the day.
    const lead = /^\d{1,2}, (?=(?:on )?\p{L}+day)/iu.exec(trimmed)?.[0].length ?? 0;
    const span = onBefore(sentence, result.index + lead, result.index + trimmed.length);
    const evidence = evidenceAt(sentence, span);
    const isEvent =
      evidence.scope === 'event' &&
      isNews(time, reference) &&
      !ROUGH.test(trimmed) &&
      isEventDay(sentence.text, result.index, trimmed);
    facts.push({
      kind: 'date',
      ...evidence,
      scope: isEvent ? 'event' : 'background',
      value: { day: new Date(time).toISOString().slice(0, 10) },
    });
  }
  return facts;
}

function wordsOf({ text, start }: ParsedResult, reference: Date): string {
  // "On Sunday 12 people" is of no hour.
  const trimmed = text.replace(/[\s,.;:]+$/u, '').replace(/(?<=day) \d{1,2}$/iu, '');
  return isAhead(start, reference) ? trimmed.replace(NEXT_NUMBER, '') : trimmed;
}

/** Whether the year said has not come. */
function isAhead(start: ParsedResult['start'], reference: Date): boolean {
  return start.isCertain('year') && (start.get('year') ?? 0) > reference.getUTCFullYear() + 1;
}

/** The evidence takes its "on": "on Thursday". */
function onBefore(sentence: Sentence, start: number, end: number): { start: number; end: number } {
  const on = /\b(?:early |late )?on $/iu.exec(sentence.text.slice(0, start))?.[0].length ?? 0;
  return { start: sentence.start + start - on, end: sentence.start + end };
}

/** Midnight UTC of the day meant, or null when it is no day, or not surely one. */
function dayOf(result: ParsedResult, text: string, reference: Date): number | null {
  const before = text.slice(0, result.index);
  const around = text.slice(Math.max(0, result.index - 10), result.index + result.text.length + 12);
  const after = text.slice(result.index + result.text.length);
  if (NAMED_DAYS.test(around) || NAMED_AFTER.test(after) || result.index < datelineOf(text)) return null;
  if (!namesDay(result) || result.end !== null || OTHER_WEEK_BEFORE.test(before)) return null;
  const isFuture = pointsAhead(result, before, after);
  const weekday = WEEKDAY.exec(result.text);
  if (weekday !== null && !result.start.isCertain('day')) return weekdayOf(weekday, isFuture, reference);
  return calendarDay(result, after, isFuture, reference);
}

/** Midnight UTC of "3 February", "yesterday" or "1 February last year". */
function calendarDay(result: ParsedResult, after: string, isFuture: boolean, reference: Date): number {
  const { start } = result;
  const month = (start.get('month') ?? 1) - 1;
  const day = start.get('day') ?? 1;
  const isLastYear = /^,? (?:of )?last year\b/iu.test(after);
  if (isLastYear) return Date.UTC(reference.getUTCFullYear() - 1, month, day);
  const isRelative = /^\D*$|\bago\b/iu.test(result.text) && !isHoliday(result.text);
  // After midnight chrono takes it for the night that has begun.
  if (/\blast night$/iu.test(result.text)) return startOfDay(reference) - DAY_MS;
  const time = Date.UTC(start.get('year') ?? 0, month, day);
  if ((start.isCertain('year') && !isAhead(start, reference)) || isRelative) return time;
  return nearestYear(month, day, isFuture, reference);
}

/** "Thursday", "3 February", "yesterday" and "two days ago" name a day; "for 15 days", "October" and "7 am" don't. */
function namesDay(result: ParsedResult): boolean {
  const { start, text } = result;
  if (isHoliday(text)) return true;
  // 3/4/2022 is one day in London and another in New York.
  if (/^(?:0?\d|1[0-2])\/(?:0?\d|1[0-2])\//.test(text)) return false;
  if (
    /\b(?:now|moment|seconds?|minutes?|hours?|weeks?(?! ago)|months?|years?|before(?! yesterday)|after|earlier|later)\b/iu.test(
      text,
    )
  )
    return false;
  if (/^(?:over)?night$|^(?:morning|afternoon|evening|noon|midday|midnight)$/iu.test(text)) return false;
  if (VAGUE.test(text)) return false;
  if (/\bin \w+ days\b|^(?:for|within|in) /iu.test(text) && !/\bago\b/iu.test(text)) return false;
  if (/\blast night$/iu.test(text)) return true;
  return start.isCertain('day') || start.isCertain('weekday') || ROUGH.test(text);
}

function pointsAhead(result: ParsedResult, before: string, after: string): boolean {
  if (/^(?:last|past)\b/iu.test(result.text)) return false;
  if (isHeadline(before + result.text + after) && HEADLINE_AHEAD.test(before)) return true;
  return /^next\b/iu.test(result.text) || FUTURE_BEFORE.test(before) || AHEAD_AFTER.test(after);
}

function weekdayOf(match: RegExpExecArray, isFuture: boolean, reference: Date): number | null {
  const today = startOfDay(reference);
  const wanted = WEEKDAYS.findIndex((name) => name.startsWith((match[2] ?? '').toLowerCase()));
  const back = (reference.getUTCDay() - wanted + 7) % 7;
  if (isFuture) return today + (back === 0 ? 7 : 7 - back) * DAY_MS;
  const isTomorrow = back === 6;
  if (isTomorrow && reference.getUTCHours() >= LATE_HOUR) return null;
  const isPast = match[1]?.toLowerCase() === 'last' && back === 0;
  return today - (isPast ? 7 : back) * DAY_MS;
}

function nearestYear(month: number, day: number, isFuture: boolean, reference: Date): number {
  const today = startOfDay(reference);
  const year = reference.getUTCFullYear();
  const thisYear = Date.UTC(year, month, day);
  if (isFuture) return thisYear < today ? Date.UTC(year + 1, month, day) : thisYear;
  return thisYear > today ? Date.UTC(year - 1, month, day) : thisYear;
}

/** Whether a day can be the event's: not ahead and not long ago. */
function isNews(time: number, reference: Date): boolean {
  const age = startOfDay(reference) - time;
  return age >= 0 && age <= NEWS_AGE_DAYS * DAY_MS;
}

/** Not the day when somebody spoke, one end of a range, or the day of what went before. */
function isEventDay(text: string, at: number, words: string): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at + words.length);
  const isNowadays = before === '' && /^today$/iu.test(words) && after.startsWith(',');
  const isOther =
    SPEECH_BEFORE.test(before) ||
    APPEAL_BEFORE.test(before) ||
    SPEECH_AFTER.test(after) ||
    OTHER_DAY_BEFORE.test(before) ||
    TOLL_BEFORE.test(before) ||
    isNowadays;
  return !isOther && !(isHeadline(text) && HEADLINE_AHEAD.test(before));
}

function isHeadline(text: string): boolean {
  return !/[.!?]["”’]?$/u.test(text);
}

function startOfDay(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS) * DAY_MS;
}
