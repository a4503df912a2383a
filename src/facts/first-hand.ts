import type { QuoteFact } from '../model/fact.ts';
import { statementsIn } from './attribution.ts';
import type { Sentence } from './sentence.ts';

/** Shorter ones say nothing by themselves; longer ones are no line of an alert, in words. */
const SHORTEST = 4;
const LONGEST = 30;

/** What people tell who were there: what they saw, heard, felt and did. An army's "we hit the base" is a claim. */
const LIVED_THROUGH =
  /\b(?:I|[Ww]e)(?: (?:all|just|then|only|suddenly|also|could|couldn['’]t|could not|never|even|still|were|was|had|(?:my|our)sel(?:f|ves)))* (?:saw|see|seen|heard|hear|(?:felt|feel|lost|left|counted)(?= (?:the|an?|it|my|our|him|her|them|everything|everyone)\b)|smelled|ran|run|running|fled|fleeing|hid|hiding|pulled|pulling|dug|digging|carried|carrying|buried|woke|woken|found|find|jumped|crawled|prayed|praying|screamed|screaming|survived|survive|escaped|escape|sleeping|asleep|sitting|standing|inside|at home|trapped|breathe|move)\b/u;

/** Of theirs: "took my wife". */
const OWN =
  /\b(?:[Mm]y|[Oo]ur) (?:\p{Ll}+ )?(?:wife|husband|sons?|daughters?|mother|father|parents|brothers?|sisters?|child|children|bab(?:y|ies)|uncle|aunt|cousins?|neighbou?rs?|friends?|family|families|house|home|houses|homes|shop|village|street|colleagues?|patients|cat|dog|goats|cattle)\b/u;
/** What may yet be, and what is no report. */
const NOT_YET = /\b(?:will|shall|would|should|must|if|going to)\b|\?/u;

/** What somebody who was there says, as a direct quotation: at most one of a sentence. */
export function findQuotes(sentence: Sentence): QuoteFact[] {
  return statementsIn(sentence)
    .filter(({ evidence, start, end }) => isQuoted(sentence, { start, end }) && isFirstHand(evidence))
    .map(({ value: _, ...statement }): QuoteFact => ({ ...statement, kind: 'quote', value: {} }))
    .slice(0, 1);
}

function isQuoted({ text, start: from }: Sentence, { start, end }: { start: number; end: number }): boolean {
  return /["“]$/u.test(text.slice(0, start - from)) && /^[.,;!]?["”]/u.test(text.slice(end - from));
}

function isFirstHand(evidence: string): boolean {
  const words = evidence.split(/\s+/u).length;
  const isFit = words >= SHORTEST && words <= LONGEST;
  return isFit && (LIVED_THROUGH.test(evidence) || OWN.test(evidence)) && !NOT_YET.test(evidence);
}
