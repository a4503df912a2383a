import type { UnconfirmedFact } from '../../model/fact.ts';
import { evidenceAt, type Sentence } from '../sentence.ts';
import type { Language } from './language.ts';
import { clauseAt } from './scope.ts';
import type { Word } from './words.ts';

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
    if (cue === null) {
      at += 1;
      continue;
    }
    let { start, end } = clauseAt(words, at, language);
    while (start < at && (words[start]?.isMark || language.and.at(words, start) !== null)) start += 1;
    while (end > cue.end && words[end - 1]?.isMark) end -= 1;
    const span = {
      start: sentence.start + (words[start]?.start ?? 0),
      end: sentence.start + (words[end - 1]?.end ?? 0),
    };
    const cueText = sentence.text.slice(words[at]?.start, words[cue.end - 1]?.end);
    if (span.end - span.start <= EVIDENCE_LENGTH)
      facts.push({ kind: 'unconfirmed', ...evidenceAt(sentence, span), value: { cue: cueText } });
    at = Math.max(end, cue.end);
  }
  return facts;
}
