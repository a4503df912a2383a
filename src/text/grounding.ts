import type { Span } from '../model/article.ts';
import type { Fact, PerpetratorFact } from '../model/fact.ts';
import { covers } from './spans.ts';

/**
 * Whether everything a fact shows stands in the text as it claims: evidence, sentence, speaker, hedge, victim
 * group and deed verbatim. A fact that fails must not be shown.
 */
export function isGrounded(text: string, fact: Fact): boolean {
  return (
    isVerbatim(text, fact, fact.evidence) &&
    covers(fact.sentence, fact) &&
    isInside(text, fact.sentence) &&
    isSpeakerGrounded(text, fact) &&
    (fact.hedge === null || text.slice(fact.sentence.start, fact.sentence.end).includes(fact.hedge)) &&
    (fact.kind !== 'perpetrator' || isDeedGrounded(fact)) &&
    (fact.kind !== 'casualties' || fact.value.group === null || fact.evidence.includes(fact.value.group))
  );
}

function isDeedGrounded({ value: { deed }, sentence, ...fact }: PerpetratorFact): boolean {
  return deed === undefined || (covers(sentence, deed) && covers(deed, fact));
}

function isSpeakerGrounded(text: string, fact: Fact): boolean {
  if (fact.speaker === null) return fact.kind !== 'claim';
  return isVerbatim(text, fact.speaker, fact.speaker.name);
}

/** Empty words prove nothing. */
function isVerbatim(text: string, span: Span, words: string): boolean {
  return words.trim() !== '' && isInside(text, span) && text.slice(span.start, span.end) === words;
}

function isInside(text: string, span: Span): boolean {
  return (
    Number.isInteger(span.start) &&
    Number.isInteger(span.end) &&
    0 <= span.start &&
    span.start < span.end &&
    span.end <= text.length
  );
}
