import type { Span } from '../../model/article.ts';
import type { UnconfirmedFact } from '../../model/fact.ts';
import { evidenceAt, type Sentence } from '../sentence.ts';
import type { Language } from './language.ts';
import { clauseAt } from './scope.ts';
import { spanOf, textOf, type Word } from './words.ts';

/** A statement that can't be cut to this is no evidence that a reader could check at a glance. */
const EVIDENCE_LENGTH = 300;

/** What the sentence says is unknown, unverified or not released: one fact for each of its statements. */
export function findUnconfirmed(
  sentence: Sentence,
  words: readonly Word[],
  language: Language,
): UnconfirmedFact[] {
  const facts: UnconfirmedFact[] = [];
  let at = 0;
  while (at < words.length) {
    const cue = language.unconfirmed.at(words, at);
    const statement = cue && trimmed(words, clauseAt(words, at, language), { start: at, end: cue.end });
    if (cue !== null && statement !== null) {
      const span = spanOf(sentence, words, statement);
      const cueText = textOf(sentence, words, { start: at, end: cue.end });
      if (span.end - span.start <= EVIDENCE_LENGTH)
        facts.push({ kind: 'unconfirmed', ...evidenceAt(sentence, span), value: { cue: cueText } });
    }
    at = Math.max(at + 1, statement?.end ?? 0);
  }
  return facts;
}

/** Without marks and "and" around it. */
function trimmed(words: readonly Word[], { start, end }: Span, cue: Span): Span {
  let [first, last] = [start, Math.max(end, cue.end)];
  while (first < cue.start && (words[first]?.isMark || words[first]?.form === 'و')) first += 1;
  while (last > cue.end && words[last - 1]?.isMark) last -= 1;
  return { start: first, end: last };
}
