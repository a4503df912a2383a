import type { Judged } from './alerts/severity.ts';
import { isSupposed } from './facts/asides.ts';
import { readSentences } from './facts/read.ts';
import { evidenceAt, type Sentence } from './facts/sentence.ts';
import type { Topic } from './knowledge/topics.ts';
import { fieldsOf, type ReadArticle } from './matching/article-fields.ts';
import type { Knowledge } from './matching/condition.ts';
import { leadEndOf } from './matching/lead.ts';
import { createWatchIndex } from './matching/watch-index.ts';
import type { Article, Span } from './model/article.ts';
import type { EventFact, Reading } from './model/fact.ts';
import type { Match } from './model/watch.ts';
import { lengthOf } from './text/spans.ts';

/** Reads which kinds of events articles tell: the topics that match. */
export interface KindReader {
  /** The topics that headline and lead match; where they match none, what seemed to tell one. */
  kindsOf(article: ReadArticle): Pick<Judged, 'topics' | 'doubts'>;
  /** The reading with those topics as facts, each with the words that tell it. */
  withKinds(reading: Reading): Reading;
}

/** Denials, rumours and what was prevented tell of no event, and no more do words behind "no". */
const DENIED =
  /\b(?:den(?:y|ies|ied|ying)|rumou?rs?|hoax|defus(?:es?|ed|ing)|disarm(?:s|ed|ing)|foil(?:s|ed)?|thwart(?:s|ed)?)\b/iu;
const NONE =
  /\b(?:no|not|never|nor|nobody|none|without|avert(?:s|ed)?|avoid(?:s|ed)?)(?: (?:one|was|were|\p{L}+))?(?: \p{L}+)? $/iu;

/** "Air raid sirens" are of what may come. */
const WARNING = /^ (?:sirens?|alerts?|alarms?|warnings?|shelters?|drills?|fears?|threats?)\b/iu;

const EVIDENCE_WORDS = 6;

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
      .filter(({ spans }) => spans.some((span) => span.end <= end));
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
    const head = headOf(reading);
    const told = tellingIn(article.text.slice(0, head.at(-1)?.end ?? 0), article);
    const found = readSentences(article, head).flatMap((sentence) =>
      [...tellingIn(sentence.text, article)]
        .filter(([topic]) => told.has(topic))
        .flatMap(([topic, spans]) => eventOf(sentence, { topic, spans, article }) ?? []),
    );
    const isFirst = ({ value }: EventFact, at: number) =>
      found.findIndex((one) => one.value.topic === value.topic) === at;
    const events = found.filter(isFirst);
    return { ...reading, facts: [...facts, ...events].sort((a, b) => a.start - b.start || a.end - b.end) };
  }

  /** The topics that the words tell by themselves, each with the spans that do. */
  function tellingIn(text: string, { language, outlet }: Article): Map<string, Span[]> {
    const matches = topics
      .match(text, { titleEnd: 0, language, outlet })
      .filter(({ isNearMiss }) => !isNearMiss);
    return new Map(matches.map(({ watchId, spans }) => [watchId, spans]));
  }

  /** The topic as a fact of the sentence, with the fewest of its words that tell it; null where many are needed. */
  function eventOf(
    sentence: Sentence,
    { topic, spans, article }: { topic: string; spans: Span[]; article: Article },
  ): EventFact | null {
    const windows = spans
      .flatMap(({ start }, at) => spans.slice(at).map(({ end }) => ({ start, end })))
      .filter(({ start, end }) => isPhrase(sentence.text.slice(start, end)))
      .sort((a, b) => lengthOf(a) - lengthOf(b));
    const span = windows.find(({ start, end }) =>
      tellingIn(sentence.text.slice(start, end), article).has(topic),
    );
    if (span === undefined || isUntold(sentence.text, span)) return null;
    const { start } = sentence;
    const evidence = evidenceAt(sentence, { start: start + span.start, end: start + span.end });
    return { kind: 'event', value: { topic, title: titles.get(topic) ?? topic }, ...evidence };
  }

  return { kindsOf, withKinds };
}

/** The headline and the sentences up to that in which the lead ends. */
function headOf({ article, sentences }: Reading): Span[] {
  const end = leadEndOf(article.title.length);
  const last = sentences.findIndex((sentence) => sentence.end >= end);
  return last < 0 ? sentences : sentences.slice(0, last + 1);
}

/** Words farther apart only happen to stand together. */
function isPhrase(words: string): boolean {
  return !/[,;:.!?()"“”]/u.test(words) && words.split(/\s+/u).length <= EVIDENCE_WORDS;
}

function isUntold(text: string, { start, end }: Span): boolean {
  const before = text.slice(0, start);
  return isSupposed(before) || NONE.test(before) || DENIED.test(text) || WARNING.test(text.slice(end));
}
