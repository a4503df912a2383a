import type { Gazetteer } from '../knowledge/places.ts';
import type { Article, Span } from '../model/article.ts';
import type { Fact, Reading } from '../model/fact.ts';
import { isGrounded } from '../text/grounding.ts';
import { readingDepth } from '../text/reading-depth.ts';
import { splitSentences } from '../text/sentences.ts';
import { asideSpans, isMadeUp } from './asides.ts';
import { attribute, findClaims } from './attribution.ts';
import { findCasualties } from './casualties.ts';
import { findDates } from './dates.ts';
import { findDeeds } from './deeds.ts';
import { findQuotes } from './first-hand.ts';
import { factsIn } from './languages/read.ts';
import { findPlaces } from './places.ts';
import { attributeQuotations } from './quotations.ts';
import { findResponsible } from './responsibility.ts';
import { backgroundSpans } from './scope.ts';
import type { Sentence } from './sentence.ts';
import { findUnconfirmed } from './unconfirmed.ts';
import { findWeapons } from './weapons.ts';

/**
 * No sentence of prose is longer, in UTF-16 code units: what is, is a table or a list without full stops, which the
 * extractors would misread. It also bounds their work on hostile text.
 */
const SENTENCE_LENGTH = 1500;

/** An entry of a running report, the latest first: the later ones are of other hours, and other events. */
const ENTRY = /^\W*\d{1,2}[:.h]\d{2}(?: ?(?:GMT|UTC|[ap]\.?m\.?))?[\s:–—-]+\p{Lu}/u;

/**
 * Reads an article once: its sentences, title first, and its facts in the order of the text, all grounded. In
 * French, Spanish, Russian and Arabic they are those that rules are sure of, in other languages places alone.
 */
export function readArticle(article: Article, knowledge: { places: Gazetteer }): Reading {
  const sentences = sentencesOf(article);
  const facts = findFacts(article, sentences, knowledge).filter((fact) => isGrounded(article.text, fact));
  return { article, sentences, facts };
}

/** The reading of an article whose facts are stored. */
export function readingOf(article: Article & { facts: Fact[] }): Reading {
  return { article, sentences: sentencesOf(article), facts: article.facts };
}

/** What the extractors find, in the order of the text; not checked yet whether it is grounded. */
export function findFacts(article: Article, spans: Span[], knowledge: { places: Gazetteer }): Fact[] {
  const sentences = readSentences(article, spans);
  const facts = isEnglish(article)
    ? englishFacts(sentences, publishedAt(article))
    : factsIn(article.language ?? '', sentences, publishedAt(article));
  facts.push(...findPlaces(article, sentences, knowledge.places));
  return facts.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether the article is read as English: so is one whose language nobody tells. */
export function isEnglish({ language }: Article): boolean {
  return readingDepth(language) === 'all';
}

function publishedAt(article: Article): number {
  return article.publishedAt ?? article.firstSeenAt;
}

/** The sentences at `spans`, in English each with its scope and its speakers, which every extractor needs. */
export function readSentences(article: Article, spans: Span[]): Sentence[] {
  const sentences = spans
    .map((span, index): Sentence => {
      const text = article.text.slice(span.start, span.end);
      return { ...span, text, index, background: [], attributions: [] };
    })
    .filter((sentence) => sentence.text.length <= SENTENCE_LENGTH);
  if (!isEnglish(article)) return sentences;
  const now = new Date(publishedAt(article));
  const isNoNews = isMadeUp(sentences.slice(0, 2).map(({ text }) => text));
  const earlierFrom = sentences.filter(({ text }) => ENTRY.test(text))[1]?.index ?? Number.POSITIVE_INFINITY;
  for (const sentence of sentences) {
    const isEarlier = sentence.index >= earlierFrom;
    const whole =
      isNoNews || isEarlier ? [{ start: 0, end: sentence.text.length }] : asideSpans(sentence.text);
    const background = [...backgroundSpans(sentence.text, now), ...whole];
    sentence.background = background.map((span) => shifted(span, sentence.start));
  }
  attribute(sentences);
  attributeQuotations(sentences);
  return sentences;
}

function englishFacts(sentences: Sentence[], publishedAt: number): Fact[] {
  return sentences.flatMap((sentence): Fact[] => [
    ...findDates(sentence, publishedAt),
    ...findCasualties(sentence),
    ...findClaims(sentence),
    ...findQuotes(sentence),
    ...findWeapons(sentence),
    ...findDeeds(sentence),
    ...findResponsible(sentence),
    ...findUnconfirmed(sentence),
  ]);
}

/** The title is one sentence whatever its punctuation. */
function sentencesOf(article: Article): Span[] {
  const { text, title, language } = article;
  if (title === '' || !text.startsWith(title)) return splitSentences(text, language);
  const body = splitSentences(text.slice(title.length), language);
  return [{ start: 0, end: title.length }, ...body.map((span) => shifted(span, title.length))];
}

function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}
