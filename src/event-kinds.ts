import type { Judged } from './alerts/severity.ts';
import { isSupposed } from './facts/asides.ts';
import { readSentences } from './facts/read.ts';
import { evidenceAt } from './facts/sentence.ts';
import type { Topic } from './knowledge/topics.ts';
import { fieldsOf, type ReadArticle } from './matching/article-fields.ts';
import type { Knowledge } from './matching/condition.ts';
import { leadEndOf } from './matching/lead.ts';
import { createWatchIndex } from './matching/watch-index.ts';
import type { Span } from './model/article.ts';
import type { EventFact, Reading } from './model/fact.ts';
import type { Match } from './model/watch.ts';

/** Reads which kinds of events articles tell: the topics that match. */
export interface KindReader {
  /** The topics that headline and lead match; where they match none, what seemed to tell one. */
  kindsOf(article: ReadArticle): Pick<Judged, 'topics' | 'doubts'>;
  /** The reading with those topics as facts, each with the words that tell it. */
  withKinds(reading: Reading): Reading;
}

/** Denials and rumours tell of no event, and no more do words behind "no". */
const DENIED = /\b(?:den(?:y|ies|ied|ying)|rumou?rs?|hoax)\b/iu;
const NONE = /\b(?:no|not|never|nor|without|avert(?:s|ed)?|avoid(?:s|ed)?)(?: \p{L}+)? $/iu;

/** Longer evidence would be a sentence: then its first words stand for it, in UTF-16 code units. */
const EVIDENCE_LENGTH = 60;

/** A reader of the topics of `knowledge`; those of its library have titles. */
export function createKindReader(knowledge: Knowledge & { library?: readonly Topic[] }): KindReader {
  const topics = createWatchIndex(knowledge);
  for (const name of knowledge.topics?.keys() ?? []) topics.add({ id: name, query: `topic:${name}` });
  const titles = new Map(knowledge.library?.map(({ name, title }) => [name, title]));

  /** What stands deep in a text is rarely the event. */
  function near(article: ReadArticle): Match[] {
    const end = leadEndOf(article.title.length);
    return topics
      .match(article.text, fieldsOf(article))
      .map((match) => ({ ...match, spans: match.spans.filter((span) => span.end <= end) }))
      .filter(({ spans }) => spans.length > 0);
  }

  /**
   * Words that seem to tell an event but are of a figure of speech, a film or a game speak against it, unless other
   * words do tell one.
   */
  function kindsOf(article: ReadArticle): Pick<Judged, 'topics' | 'doubts'> {
    const found = near(article);
    const told = found.filter(({ isNearMiss }) => !isNearMiss).map(({ watchId }) => watchId);
    if (told.length > 0) return { topics: told, doubts: [] };
    const doubts = found.flatMap((match) => match.doubts.filter(({ tells }) => tells !== null));
    return { topics: [], doubts };
  }

  function withKinds(reading: Reading): Reading {
    const { article, facts } = reading;
    const text = article.text.slice(0, headEndOf(reading));
    const told = topics.match(text, fieldsOf({ ...article, facts })).filter(({ isNearMiss }) => !isNearMiss);
    const events = told.flatMap(({ watchId, spans }): EventFact[] => {
      const evidence = evidenceOf(reading, spans);
      const value = { topic: watchId, title: titles.get(watchId) ?? watchId };
      return evidence === null ? [] : [{ kind: 'event', value, ...evidence }];
    });
    return { ...reading, facts: [...facts, ...events].sort((a, b) => a.start - b.start || a.end - b.end) };
  }

  return { kindsOf, withKinds };
}

/** Where the sentence ends in which the lead does: what a match needs stands before. */
function headEndOf({ article, sentences }: Reading): number {
  const end = leadEndOf(article.title.length);
  return sentences.find((sentence) => sentence.end >= end)?.end ?? article.text.length;
}

function isUntold(before: string, sentence: string): boolean {
  return isSupposed(before) || NONE.test(before) || DENIED.test(sentence);
}

/** The words of the first sentence that matches. */
function evidenceOf(
  { article, sentences }: Reading,
  spans: Span[],
): Omit<EventFact, 'kind' | 'value'> | null {
  const [first] = spans;
  const span = sentences.find(({ start, end }) => first && start <= first.start && first.end <= end);
  const [sentence] = span === undefined ? [] : readSentences(article, [span]);
  if (first === undefined || sentence === undefined) return null;
  const end = spans.findLast((one) => one.end <= sentence.end)?.end ?? first.end;
  if (isUntold(article.text.slice(sentence.start, first.start), sentence.text)) return null;
  const isShort = end - first.start <= EVIDENCE_LENGTH;
  return evidenceAt(sentence, { start: first.start, end: isShort ? end : first.end });
}
