import type { Span } from '../model/article.ts';
import type { CasualtyFact } from '../model/fact.ts';
import { covers } from '../text/spans.ts';
import { ANYBODY, OF_BODIES } from './casualty-words.ts';
import { hedgeIn } from './hedges.ts';
import { EVENT_NOUN } from './periods.ts';
import { quantityAt, type Word } from './quantities.ts';
import { evidenceAt, type Sentence, wordsIn } from './sentence.ts';
import { tollOf } from './tolls.ts';
import { type Counted, countedBy, type Toll } from './victims.ts';

/** Beginnings of every word for an effect: most sentences have none, and reading the others alone halves the time. */
const EFFECT =
  /\b(?:kill|dead|death|die|martyr|slain|slew|perish|massacr|execut|murder|behead|injur|wound|hurt|maim|missing|unaccounted|detain|detention|arrest|captur|kidnap|abduct|taken|displac|homeless|uproot|fatalit|casualt|lives|bod|corpse|suffered|sustained|hostage|captive|prisoner|seiz|fled|forced|driven|drov|driving|gunned|shot|shoot|fatal|drown|suffocat|toll|treated|flee|among)/iu;

const OF_EVENT = new RegExp(`\\b${EVENT_NOUN}\\b[^,;]{0,40} (?:that|which|in which) $`, 'iu');

/** How many people were killed, injured, missing, detained or displaced, for every number that the sentence gives. */
export function findCasualties(sentence: Sentence): CasualtyFact[] {
  // A question asserts nothing.
  if (!EFFECT.test(sentence.text) || sentence.text.endsWith('?')) return [];
  const words = wordsIn(sentence);
  const tolls: Toll[] = [];
  let at = 0;
  while (at < words.length) {
    const quantity = quantityAt(words, at);
    const counted = quantity === null ? null : countedBy(words, quantity);
    const toll = counted === null ? null : tollOf(words, counted, tolls.at(-1));
    if (toll !== null) tolls.push(toll);
    // Part of a number that counts nobody ("aged 30 to 45") is no number either.
    at = quantity?.end ?? at + 1;
  }
  return tolls.flatMap((toll) => factOf(sentence, words, toll) ?? []);
}

function factOf(sentence: Sentence, words: readonly Word[], toll: Toll): CasualtyFact | null {
  const { quantity } = toll.counted;
  const start = words[toll.start]?.start ?? 0;
  const end = words[toll.end - 1]?.end ?? start;
  const span = { start: sentence.start + start, end: sentence.start + end };
  const evidence = evidenceAt(sentence, span, hedgeOf(sentence.text, words, toll));
  // "without casualties" is how somebody judges an operation; the outlet itself says "no casualties".
  if (words[quantity.start]?.lower === 'without' && evidence.speaker === null) return null;
  const denial = denialOf(sentence, span);
  if (denial !== null && !isOfEvent(sentence.text.slice(denial.start - sentence.start, start))) return null;
  const group = groupOf(sentence.text, words, toll.counted);
  return {
    kind: 'casualties',
    ...evidence,
    speaker: denial === null ? evidence.speaker : null,
    value: { effect: toll.effect, min: quantity.min, max: quantity.max, group },
  };
}

/** What somebody denies, around the words at `span`. */
function denialOf({ attributions }: Sentence, span: Span): Span | null {
  const denied = attributions.filter(({ cue }) => /^den(?:y|ies|ied)/iu.test(cue));
  return denied.find(({ claim }) => covers(claim, span))?.claim ?? null;
}

/** "Denied that it was behind an attack that …": what follows is no part of what is denied. */
function isOfEvent(before: string): boolean {
  return OF_EVENT.test(before);
}

function hedgeOf(text: string, words: readonly Word[], toll: Toll): string | null {
  const { quantity } = toll.counted;
  if (quantity.numberStart > quantity.start)
    return text.slice(words[quantity.start]?.start, words[quantity.numberStart - 1]?.end);
  const from = words[Math.max(0, toll.start - 2)]?.start ?? 0;
  return hedgeIn(text.slice(from, words[toll.end - 1]?.end));
}

/** "people" and "others" name no group; "civilians", "Syrian soldiers" and the "US" of "US casualties" do. */
function groupOf(text: string, words: readonly Word[], counted: Counted): string | null {
  let start = counted.start;
  let end = counted.effect === null ? counted.end : counted.end - 1;
  while (start < end && isFiller(words[start])) start += 1;
  while (end > start && (isFiller(words[end - 1]) || isHeld(words, start, end))) end -= 1;
  return start < end ? text.slice(words[start]?.start, words[end - 1]?.end) : null;
}

/** "took 17 sailors hostage". */
function isHeld(words: readonly Word[], start: number, end: number): boolean {
  return end - start > 1 && /^(?:hostage|captive|prisoner)$/.test(words[end - 1]?.lower ?? '');
}

/** Nobody in particular, and what happened to them already. */
function isFiller(word: Word | undefined): boolean {
  const lower = word?.lower ?? '';
  if (OF_BODIES.has(lower) || /^(?:missing|injured|wounded|\d+)$/.test(lower)) return true;
  return ANYBODY.has(lower) || /^(?:of|the|them|additional|new|those|these|its|their|his|one)$/.test(lower);
}
