import type { Span } from '../model/article.ts';
import type { Reading } from '../model/fact.ts';
import type { Fingerprint } from '../model/story.ts';
import { stem } from '../text/stem.ts';
import { fold, type Token, tokenize } from '../text/tokens.ts';
import { eventPlaces } from './event-place.ts';
import { tellingWeight } from './telling-words.ts';

/** Sentences of the body that carry the news: they hold 56 % of an article's key facts in a median of 74 words. */
const LEAD_SENTENCES = 3;
/** The limit of Fingerprint.terms. */
const MAX_TERMS = 32;
const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region' });
const YEAR = /^(?:19|20)\d\d$/;

interface Word {
  stemmed: string;
  isNumber: boolean;
  isName: boolean;
}

/** What stories compare of an article. `canonicalLink` is its address without what only tracks readers, or null. */
export function fingerprint(reading: Reading, canonicalLink: string | null): Fingerprint {
  const title = { start: 0, end: reading.article.title.length };
  const body = reading.sentences.filter(
    (sentence) => sentence.start >= title.end && sentence.end > title.end,
  );
  const lead = body.slice(0, LEAD_SENTENCES);
  const names = namesIn(reading, body);
  const headline = wordsIn(reading, title, names);
  return {
    link: canonicalLink,
    titleTerms: distinct(headline),
    terms: tellingTerms(reading, [title, ...lead], names),
    places: eventPlaces(reading),
    days: eventDays(reading),
    at: reading.article.firstSeenAt,
  };
}

function distinct(words: Word[]): string[] {
  return [...new Set(words.map((word) => word.stemmed))];
}

/** Names first, then numbers, then other words, and what most alerts have last; places are compared on their own. */
function tellingTerms(reading: Reading, parts: Span[], names: Set<string>): string[] {
  const places = reading.facts.filter((fact) => fact.kind === 'place');
  const outlet = new Set(tokenize(reading.article.outlet).map((token) => token.form));
  const countries = countryBeginnings(reading);
  const isOfPlace = (form: string) => countries.some((beginning) => form.startsWith(beginning));
  const words = parts
    .flatMap((part) =>
      wordsIn(
        reading,
        part,
        names,
        (token) => !outlet.has(token.form) && !isOfPlace(token.form) && !isInside(token, places),
      ),
    )
    .filter((word) => word.stemmed.length > 1);
  return distinct(words.sort((a, b) => rank(a) - rank(b))).slice(0, MAX_TERMS);
}

function rank(word: Word): number {
  if (tellingWeight(word.stemmed) < 1) return 3;
  if (word.isName) return 0;
  return word.isNumber ? 1 : 2;
}

function wordsIn(
  reading: Reading,
  part: Span,
  names: Set<string>,
  isWanted: (token: Token) => boolean = () => true,
): Word[] {
  const { text, language } = reading.article;
  return tokensIn(text, part)
    .filter((token) => isTelling(token, text) && isWanted(token))
    .map((token) => ({
      stemmed: stem(token.form, language),
      isNumber: /^\d/.test(token.form),
      isName: names.has(token.form),
    }))
    .filter((word) => tellingWeight(word.stemmed) > 0);
}

/** Short words are grammar in most languages, unless they are written in capitals. */
function isTelling(token: Token, text: string): boolean {
  if (YEAR.test(token.form)) return false;
  if (/^\d/.test(token.form)) return token.form.length > 1;
  const source = text.slice(token.start, token.end);
  const isAcronym = source.length > 1 && source === source.toUpperCase() && source !== source.toLowerCase();
  const isIdeograph = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(token.form);
  return token.form.length > 3 || isAcronym || isIdeograph;
}

/** Words with a capital inside a sentence of the body; headlines capitalize too freely to tell. */
function namesIn(reading: Reading, body: Span[]): Set<string> {
  const { text } = reading.article;
  const names = new Set<string>();
  for (const sentence of body.slice(0, LEAD_SENTENCES * 3)) {
    for (const token of tokensIn(text, sentence).slice(1)) {
      const initial = text.charAt(token.start);
      if (initial !== initial.toLowerCase()) names.add(token.form);
    }
  }
  return names;
}

function tokensIn(text: string, part: Span): Token[] {
  return tokenize(text.slice(part.start, part.end)).map((token) => ({
    form: token.form,
    start: token.start + part.start,
    end: token.end + part.start,
  }));
}

/** What "Iraq", "Iraqi" and "Iraqis" begin with, for each country of the article: they tell where, not what. */
function countryBeginnings(reading: Reading): string[] {
  const codes = reading.facts.flatMap((fact) => (fact.kind === 'place' ? (fact.value.country ?? []) : []));
  return [...new Set(codes)].map((code) => fold(COUNTRY_NAMES.of(code) ?? code).slice(0, 4));
}

function isInside(token: Span, places: Span[]): boolean {
  return places.some((place) => token.start >= place.start && token.end <= place.end);
}

function eventDays(reading: Reading): string[] {
  const days = reading.facts.flatMap((fact) =>
    fact.kind === 'date' && fact.scope === 'event' ? [fact.value.day] : [],
  );
  return [...new Set(days)].sort();
}
