import type { Span } from '../../model/article.ts';
import type { Named } from './dates.ts';
import type { Language } from './language.ts';
import type { Word } from './words.ts';

const DAY_MS = 86_400_000;
/** What ended longer ago is no news. */
const NEWS_AGE_DAYS = 45;
/** How far before "since 2011" a superlative makes it a comparison, in words. */
const SUPERLATIVE_REACH = 10;

/**
 * The parts of a sentence that tell of an earlier or wider event, as indices of words: "depuis 2011", "в 2019 году",
 * "en otro ataque". `now` is when the article was published.
 */
export function backgroundWords(
  words: readonly Word[],
  named: readonly Named[],
  language: Language,
  now: Date,
): Span[] {
  return words.flatMap((_, at) => backgroundAt(words, at, { named, language, now }) ?? []);
}

interface Told {
  named: readonly Named[];
  language: Language;
  now: Date;
}

/** What the words at `at` set apart. */
function backgroundAt(words: readonly Word[], at: number, { named, language, now }: Told): Span | null {
  const { clause, onward, since, superlative } = language.background;
  if (onward.at(words, at) !== null) return { start: at, end: words.length };
  const isOldDay = named.some(({ start, value }) => start === at && isOld(value, now));
  const sinceWords = since.at(words, at);
  const isSince = sinceWords !== null && isPeriod(named, sinceWords.end);
  if (!isOldDay && !isSince && clause.at(words, at) === null) return null;
  const from = isOldDay ? sinceBefore(words, at, since) : at;
  const isCompared = reaches(words, from, superlative);
  if (isCompared) return { start: from, end: insertionEnd(words, at, language) };
  return withWhen(words, clauseAt(words, at, language), language);
}

/** "Last month, when a bomb killed a child": what happened then is as old. */
function withWhen(words: readonly Word[], { start, end }: Span, { background }: Language): Span {
  const isThen = [end, end + 1].some((at) => background.when.at(words, at) !== null);
  return { start, end: isThen ? words.length : end };
}

/** A month or a year: "since Monday" is about this event. */
function isPeriod(named: readonly Named[], at: number): boolean {
  return named.some(({ start, value }) => start >= at && start <= at + 1 && value.length < 10);
}

function isOld(value: string, now: Date): boolean {
  if (value.length === 4) return Number(value) < now.getUTCFullYear();
  const [year = 0, month = 1] = value.split('-').map(Number);
  const end = value.length === 7 ? Date.UTC(year, month, 1) : Date.parse(value);
  return now.getTime() - end > NEWS_AGE_DAYS * DAY_MS;
}

function reaches(words: readonly Word[], at: number, book: Language['condition']): boolean {
  for (let back = at - 1; back >= Math.max(0, at - SUPERLATIVE_REACH); back -= 1)
    if (book.at(words, back) !== null) return true;
  return false;
}

/** Where the sentence comes back from "the deadliest since 2011"; with "since 2011, when …" it does not. */
function insertionEnd(words: readonly Word[], at: number, { statements }: Language): number {
  const comma = words.findIndex(({ form }, index) => index > at && /^[,،;]$/.test(form));
  return comma < 0 || statements.at(words, comma + 1) !== null ? words.length : comma;
}

/** The "since" of "since the one that killed 2,000 people in 1980". */
function sinceBefore(words: readonly Word[], at: number, since: Language['condition']): number {
  for (let back = at - 1; back >= Math.max(0, at - SUPERLATIVE_REACH); back -= 1)
    if (since.at(words, back) !== null) return back;
  return at;
}

/** The statement around `words[at]`. */
export function clauseAt(words: readonly Word[], at: number, language: Language): Span {
  let start = 0;
  let end = words.length;
  for (let index = 1; index < words.length; index += 1) {
    const begin = statementAt(words, index, language);
    if (begin === null) continue;
    if (index <= at && begin <= at) start = begin;
    else if (index > at) {
      end = index;
      break;
    }
  }
  return { start, end };
}

/** Where the statement begins that the words at `at` set apart from what went before, or null. */
function statementAt(words: readonly Word[], at: number, language: Language): number | null {
  if (/^[;—–]$/.test(words[at]?.form ?? '')) return at + 1;
  const isAfterComma = /^[,،]$/.test(words[at]?.form ?? '');
  const opening =
    language.statements.at(words, isAfterComma ? at + 1 : at) ??
    (isAfterComma ? language.and.at(words, at + 1) : null);
  return opening === null ? null : isAfterComma ? at + 1 : at;
}
