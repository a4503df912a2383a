import type { Span } from '../model/article.ts';
import type { Fact, Speaker } from '../model/fact.ts';
import { covers, overlaps } from '../text/spans.ts';
import { type Word, wordsOf } from './quantities.ts';

/** Somebody's words in a sentence: who, by which cue, and which part of the sentence is theirs. */
interface Attribution {
  speaker: Speaker;
  /** The verb or phrase that tells ("said", "according to"). */
  cue: string;
  /** The words that are the speaker's, in offsets of the article. */
  claim: Span;
  /** A pronoun whose bearer we are not sure of: the words are somebody's, but not quotable. */
  isUnsure: boolean;
}

/** One sentence as the extractors see it; offsets are the article's. */
export interface Sentence extends Span {
  text: string;
  index: number;
  /** Parts that tell of another event than the one reported (earlier, wider, separate), or of none at all. */
  background: Span[];
  attributions: Attribution[];
  /** Whether a word in it tells of an event, where a table of its language says; English words tell otherwise. */
  isEventful?: boolean;
  /** Filled by `wordsIn`, for several extractors ask. */
  words?: Word[];
}

/** The words and marks of a sentence, found once. */
export function wordsIn(sentence: Sentence): Word[] {
  sentence.words ??= wordsOf(sentence.text);
  return sentence.words;
}

/** What every fact of a sentence has in common, for the words at `span`. */
export function evidenceAt(
  sentence: Sentence,
  span: Span,
  hedge: string | null = null,
): Omit<Fact, 'kind' | 'value'> {
  return {
    start: span.start,
    end: span.end,
    evidence: sentence.text.slice(span.start - sentence.start, span.end - sentence.start),
    sentence: { start: sentence.start, end: sentence.end },
    speaker: speakerOf(sentence, span),
    hedge,
    scope: isBackground(sentence, span) ? 'background' : 'event',
  };
}

/** Whether the words at `span` tell of an earlier or wider event. */
export function isBackground(sentence: Sentence, span: Span): boolean {
  return sentence.background.some((part) => overlaps(part, span));
}

/** Who says the words at `span`: the first whose claim covers them, for what follows a sentence only passes it on. */
function speakerOf(sentence: Sentence, span: Span): Speaker | null {
  const first = sentence.attributions.find(({ claim }) => covers(claim, span));
  return first?.speaker ?? null;
}
