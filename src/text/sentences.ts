import type { Span } from '../model/article.ts';

/** Always followed by the name they belong to. */
const TITLES =
  words(`mr mrs ms messrs dr prof rev fr hon sen sens rep reps gov govs pres lt gen col maj capt sgt cpl
  pvt brig adm cmdr cdr cpt supt insp det amb atty res ret mt ft vs approx e.g i.e cf`);
/** Abbreviations before a number. */
const NUMBERED = words('no nos art arts fig figs vol p pp ch sec');
const MONTHS = words('jan feb mar apr jun jul aug sep sept oct nov dec');
/** They end a sentence only when what follows plainly begins one. */
const TRAILING =
  words(`inc corp co ltd llc plc jr sr bros etc dept univ assn ave blvd rd ariz ark calif colo conn del
  fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo`);
/** Words that begin a sentence and no name. */
const OPENERS =
  words(`the a an he she it they we i you this that these those there in on at but and or if when while
  after before as for from with by to his her its their our my one two three four five six seven eight nine ten
  twenty dozens scores hundreds thousands no not what who why how where some many
  most several all both each another such since during under according also however meanwhile among earlier later
  at least until although though because`);
/** What may follow "10 a.m." in its own sentence: a day, a zone ("GMT", not "The"). */
const CLOCK = /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\p{Lu}{2,4}\b|\(|today|local)/u;

/** A stop, with the quotation marks and brackets that close after it. */
const STOP = /(?:[.!?…]+|[。！？؟۔।]+)["'”’»)\]]*/gu;
const WIDE_STOP = /^[。！？؟۔।]/u;
/** What may open a sentence: capitals, digits, scripts without case; also the article of an Arabic name. */
const OPENING =
  /^(?:["'“‘«([¿¡—–-]\s?){0,3}(?:[\p{Lu}\p{Lt}\p{Lo}\p{N}$€£#@]|(?:al|el|ad|an|ar|as|ash|at|az)-\p{Lu})/u;
/** `"Where are they?" Smith asked`: the sentence goes on after the quotation. */
const ATTRIBUTION =
  /^(?:\p{Lu}[\p{L}.'’-]*\s){1,4}(?:said|says|asked|asks|told|added|wrote|shouted|replied|cried)\b/u;
/** "Harbour St." may end a sentence, "in St. Petersburg" does not. */
const STREET = /\p{Lu}[\p{L}'’-]*\sSt$/u;
const LAST_WORD = /[\p{L}\p{N}.'’-]+$/u;

/** How far back and ahead of a stop a decision looks, in UTF-16 code units. */
const WORD_REACH = 24;
const NEXT_REACH = 80;

/**
 * The sentences of a text in order, without surrounding white space. A line break always ends one.
 * English rules for English and for an unknown language (`null`), Unicode's own segmentation for others.
 */
export function splitSentences(text: string, language: string | null = null): Span[] {
  const isEnglish = language === null || /^en\b/i.test(language);
  const spans: Span[] = [];
  for (const line of linesOf(text)) {
    const ends = isEnglish ? englishEnds(text, line) : segmenterEnds(text, line, language);
    let start = line.start;
    for (const end of ends) {
      pushTrimmed(spans, text, { start, end });
      start = end;
    }
  }
  return spans;
}

function* linesOf(text: string): Generator<Span> {
  let start = 0;
  for (const { 0: separator, index } of text.matchAll(/[\n\r\u2028\u2029]+/g)) {
    yield { start, end: index };
    start = index + separator.length;
  }
  yield { start, end: text.length };
}

function englishEnds(text: string, line: Span): number[] {
  const ends: number[] = [];
  STOP.lastIndex = line.start;
  for (let match = STOP.exec(text); match !== null && match.index < line.end; match = STOP.exec(text)) {
    const stop = match[0];
    const end = match.index + stop.length;
    const before = text.slice(Math.max(line.start, match.index - WORD_REACH), match.index);
    const after = text.slice(end, Math.min(line.end, end + NEXT_REACH));
    const opensLine = match.index - line.start <= 3;
    if (!(opensLine && /^\s*\d{1,2}$/.test(before)) && endsSentence(before, stop, after)) ends.push(end);
  }
  if (ends.at(-1) !== line.end) ends.push(line.end);
  return ends;
}

function endsSentence(before: string, stop: string, after: string): boolean {
  if (after.trim() === '' || WIDE_STOP.test(stop)) return true;
  if (!/^\s/.test(after)) return stop === '.' && /\p{Ll}{3}$/u.test(before) && /^\p{Lu}\p{Ll}/u.test(after);
  const next = after.trimStart();
  if (!OPENING.test(next)) return false;
  const isQuoteEnd = /["'”’»]$/.test(stop);
  if (isQuoteEnd && ATTRIBUTION.test(next)) return false;
  if (isQuoteEnd || !/^\.[)\]]?$/.test(stop)) return true;
  const word = LAST_WORD.exec(before)?.[0] ?? '';
  if (word === 'St') return STREET.test(before) && opensPlainly(next);
  return wordEnds(word, next);
}

/** Whether a full stop after this word ends the sentence, or only the word. */
function wordEnds(word: string, next: string): boolean {
  const lower = word.toLowerCase();
  if (/^[ap]\.m$/.test(lower)) return !CLOCK.test(next) && !startsWithMonth(next);
  if (TITLES.has(lower)) return false;
  if (NUMBERED.has(lower) || MONTHS.has(lower)) return !/^\d/.test(next);
  const isInitials = /^(?:\p{L}\.)*\p{Lu}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
  return (isInitials || TRAILING.has(lower)) && word !== 'I' ? opensPlainly(next) : true;
}

function startsWithMonth(next: string): boolean {
  return MONTHS.has(next.slice(0, 3).toLowerCase()) && /^\p{L}+\.?\s\d/u.test(next);
}

function opensPlainly(next: string): boolean {
  const first = /^["'“‘«([¿¡—–\s-]*([\p{L}'’]+)/u.exec(next)?.[1];
  return first !== undefined && OPENERS.has(first.toLowerCase());
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterEnds(text: string, line: Span, language: string | null): number[] {
  const segments = segmenterOf(language ?? 'und').segment(text.slice(line.start, line.end));
  return [...segments].map(({ segment, index }) => line.start + index + segment.length);
}

/** A feed's language tag may be anything: one that Intl refuses gets the language-neutral rules. */
function segmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known !== undefined) return known;
  const isValid = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-[a-z]{2})?$/i.test(language);
  const segmenter = new Intl.Segmenter(isValid ? language : 'und', { granularity: 'sentence' });
  if (isValid) segmenters.set(language, segmenter);
  return segmenter;
}

function pushTrimmed(spans: Span[], text: string, span: Span): void {
  let { start, end } = span;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  if (start < end) spans.push({ start, end });
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/));
}
