import type { CasualtyFact } from '../../model/fact.ts';
import { evidenceAt, type Sentence } from '../sentence.ts';
import type { Language } from './language.ts';
import { type Nobody, nobodyAt, type Toll, tollAt } from './tolls.ts';
import { countedAt } from './victims.ts';
import { spanOf, textOf, type Word } from './words.ts';

/** How many people were killed, injured, missing, detained or displaced, for every number that the sentence gives. */
export function findCasualties(
  sentence: Sentence,
  words: readonly Word[],
  language: Language,
): CasualtyFact[] {
  // A question asserts nothing.
  if (/[?؟]["”»]?$/u.test(sentence.text)) return [];
  const facts: CasualtyFact[] = [];
  let previous: Toll | undefined;
  let at = 0;
  // What follows an "if" is supposed.
  const condition = words.findIndex((_, index) => language.condition.at(words, index) !== null);
  const end = condition < 0 ? words.length : condition;
  while (at < end) {
    const none = nobodyAt(words, at, language);
    if (none !== null) {
      facts.push(noneFact(sentence, words, none));
      at = none.end;
      continue;
    }
    const counted = countedAt(words, at, language);
    const toll = counted && tollAt(words, at, counted, { language, previous });
    if (toll !== null) facts.push(tollFact(sentence, words, toll, language));
    previous = toll ?? previous;
    at = Math.max(at + 1, toll === null ? (counted?.quantity.end ?? 0) : toll.counted.end);
  }
  return facts;
}

function noneFact(sentence: Sentence, words: readonly Word[], none: Nobody): CasualtyFact {
  const group = none.group === null ? null : textOf(sentence, words, none.group);
  return {
    kind: 'casualties',
    ...evidenceAt(sentence, spanOf(sentence, words, none)),
    value: { effect: none.effect, min: 0, max: 0, group },
  };
}

function tollFact(sentence: Sentence, words: readonly Word[], toll: Toll, language: Language): CasualtyFact {
  const { quantity, group } = toll.counted;
  return {
    kind: 'casualties',
    ...evidenceAt(sentence, spanOf(sentence, words, toll), hedgeOf(sentence, words, toll, language)),
    value: {
      effect: toll.effect,
      min: quantity.min,
      max: quantity.max,
      group: group === null ? null : textOf(sentence, words, group),
    },
  };
}

function hedgeOf(
  sentence: Sentence,
  words: readonly Word[],
  { counted, start, end }: Toll,
  { doubt }: Language,
): string | null {
  const { quantity, hedge } = counted;
  if (hedge !== null) return textOf(sentence, words, hedge);
  if (quantity.numberStart > quantity.start)
    // "Plus d'" keeps its apostrophe.
    return sentence.text
      .slice(
        words[quantity.start]?.start,
        words[quantity.numberStart]?.start ?? words[quantity.numberStart - 1]?.end,
      )
      .trim();
  const { group } = counted;
  for (let at = Math.max(0, start - 2); at < end; at += 1) {
    const found = doubt.at(words, at);
    // "Suspected militants" are a group.
    const isOfGroup = group !== null && group.start <= at && at < group.end;
    if (found !== null && !isOfGroup) return textOf(sentence, words, { start: at, end: found.end });
  }
  return null;
}
