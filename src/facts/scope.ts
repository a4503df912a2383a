import type { Span } from '../model/article.ts';
import { cuesIn, type Reach } from './background-cues.ts';
import { EVENT_NOUN, endOf, MONTH, type Period, periodsIn, YEAR } from './periods.ts';
import { datelineOf } from './place-context.ts';

/** An event is not older than this when it is news. */
const NEWS_AGE_DAYS = 45;
/** So is a month without its day that was over longer ago: today's event has a day. */
const MONTH_NEWS_DAYS = 20;
const DAY_MS = 86_400_000;

const DATED_EVENT = new RegExp(`\\b(?:${MONTH} )?(${YEAR}) (?:[\\p{L}-]+ ){0,2}${EVENT_NOUN}\\b`, 'giu');
/** A day without its year: "on 3 October", "Oct. 3". */
const DAY = new RegExp(
  `\\b(?:(?<month>${MONTH}) (?<day>\\d{1,2})|(?<first>\\d{1,2}) (?<named>${MONTH}))\\b(?!,? ${YEAR})`,
  'gu',
);

/** "One of the deadliest attacks on the city this year" compares this event with others. */
const SUPERLATIVE =
  /\b(?:\p{L}+iest|largest|biggest|worst|highest|strongest|greatest|longest|fiercest|first|most \p{L}+|last|only)\b[^.;]{0,80}$/iu;
/** What separates one statement of a sentence from the next; a bare comma or "and" does not. */
const STATEMENT =
  /[;—]\s|, (?:and|but|while|where|when|who|which|with) |\s(?:that|which|who|when|where|while|after|before|but|although|though) /giu;
/** A comma that ends an insertion: after it comes neither a relative clause nor one more member of a list. */
const CLOSING_COMMA =
  /, (?!(?:which|when|who|whose|where|in|on|at|an?|the|during|with|including|killing|leaving)\b)(?=(?:and |but )?\p{Ll})/u;
const APPOSITION = /, (?:an?|the|one|its|his|her|their) (?=[^,]*$)/iu;

/**
 * The parts of a sentence that tell of an earlier or wider event, as offsets into it: "since 2011",
 * "in October 2019", "last month's attack", "the largest since …". `now` is when the article was published.
 */
export function backgroundSpans(text: string, now: Date): Span[] {
  const spans = cuesIn(text).map(({ index, reach }) => reachOf(text, index, reach));
  for (const { index, 1: year } of /\d{4}/.test(text) ? text.matchAll(DATED_EVENT) : [])
    if (Number(year) < now.getUTCFullYear()) spans.push(reachOf(text, index, 'onward'));
  const clauses = [...periodsIn(text, now).filter((period) => isPast(period, now)), ...oldDays(text, now)]
    .filter(({ start }) => !spans.some((span) => span.start <= start && start < span.end))
    .map(({ start }) => reachOf(text, start, 'clause'));
  return [...spans, ...clauses];
}

function reachOf(text: string, at: number, reach: Reach): Span {
  const isCompared = SUPERLATIVE.test(text.slice(Math.max(0, at - 120), at));
  if (reach === 'onward' || isCompared) return { start: at, end: insertionEnd(text, at) };
  return { start: statementStart(text, at), end: statementEnd(text, at) };
}

/** "The raid, the largest since 2019, left …" comes back to its subject; "in the 2019 raid, 13 died" does not. */
function insertionEnd(text: string, at: number): number {
  if (/\b(?:in|during|from|after|of|like|unlike)(?: (?:the|an?))? $/iu.test(text.slice(0, at)))
    return text.length;
  const end = text.slice(at).search(CLOSING_COMMA);
  return end < 0 ? text.length : at + end;
}

/** A statement that opens with its date ("In October 2019, …") is background as a whole. */
function statementStart(text: string, at: number): number {
  let start = 0;
  for (const match of text.slice(0, at).matchAll(STATEMENT)) start = match.index + match[0].length;
  const apposition = APPOSITION.exec(text.slice(start, at));
  return apposition === null ? start : start + apposition.index + 2;
}

function statementEnd(text: string, at: number): number {
  const end = text.slice(at).search(/[;—]\s|, (?:and|but|while) |\swhile /iu);
  return end < 0 ? text.length : at + end;
}

/** A year that is over is no news any more, however lately it ended. */
function isPast(period: Period, now: Date): boolean {
  if (period.value.length === 4) return Number(period.value) < now.getUTCFullYear();
  return isOld(endOf(period), now, MONTH_NEWS_DAYS);
}

/** Whether what ended at `end` ended too long ago to be news. */
function isOld(end: number, now: Date, days = NEWS_AGE_DAYS): boolean {
  return now.getTime() - end > days * DAY_MS;
}

/** The days of a month, without their year, that are no news any more. */
function oldDays(text: string, now: Date): Span[] {
  if (!/\d/.test(text)) return [];
  const body = datelineOf(text);
  return [...text.matchAll(DAY)].flatMap(({ 0: words, index, groups = {} }) => {
    if (index < body) return [];
    const [period] = periodsIn(`in ${groups.month ?? groups.named ?? ''}`, now);
    const day = Number(groups.day ?? groups.first);
    const time = period === undefined ? now.getTime() : Date.parse(`${period.value}-01`) + day * DAY_MS;
    return isOld(time, now) ? [{ start: index, end: index + words.length }] : [];
  });
}
