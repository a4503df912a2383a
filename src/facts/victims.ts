import {
  ANIMALS,
  COUNTED,
  type Effect,
  INFLICT,
  INFLICTED,
  NOUN_ENDS,
  OF_BODIES,
  PEOPLE,
  SUFFERED,
  THINGS,
} from './casualty-words.ts';
import { type Quantity, quantityAt, type Word } from './quantities.ts';

/** Words that a noun phrase may take before its noun: "13 people", "six other Syrian government soldiers". */
const NOUN_REACH = 6;

/** Who or what a quantity counts: `words[start..end)`, or nobody when only the number stands there. */
export interface Counted {
  quantity: Quantity;
  /** Index of the first word of the group, after the number. */
  start: number;
  end: number;
  /** The noun is the effect itself ("casualties"), which is then its last word. */
  effect: Effect | null;
  hasNoun: boolean;
}

/** A number of victims with what happened to them: `words[start..end)` is its evidence. */
export interface Toll {
  counted: Counted;
  effect: Effect;
  start: number;
  end: number;
  /** It counts some of the victims of the toll before. */
  isIncluded?: boolean;
}

/** The people, or casualties, that a quantity counts; null when it counts something else. */
export function countedBy(words: readonly Word[], quantity: Quantity): Counted | null {
  if (isNoCount(words, quantity)) return null;
  const nobody = nobodyAt(words, quantity);
  if (nobody !== null) return nobody;
  let start = quantity.end;
  if (words[start]?.lower === 'of') start += 1;
  if (/^(?:the|its|their|his|her|them|whom)$/.test(words[start]?.lower ?? '')) start += 1;
  const noun = nounAfter(words, start);
  if (noun !== null) return { quantity, start, ...noun, hasNoun: true };
  const bare = { quantity, start: quantity.end, end: quantity.end, effect: null, hasNoun: false };
  return start === quantity.end && isBareCount(words, quantity) ? bare : null;
}

function nobodyAt(words: readonly Word[], quantity: Quantity): Counted | null {
  if (quantity.kind !== 'none') return null;
  const isNobody = words[quantity.start]?.lower === 'nobody';
  if (!isNobody && words[quantity.end]?.lower !== 'one') return null;
  const end = isNobody ? quantity.end : quantity.end + 1;
  return { quantity, start: quantity.end, end, effect: null, hasNoun: true };
}

interface Noun {
  end: number;
  effect: Effect | null;
}

/** The last noun of people, or of an effect, that ends the noun phrase at `start`. */
function nounAfter(words: readonly Word[], start: number): Noun | null {
  let end = start;
  for (const [offset, word] of phraseAt(words, start).entries()) {
    const next = start + offset + 1;
    const effect = effectNoun(words, start + offset, start, end > start);
    if (effect !== null) return { end: next, effect };
    if (isPerson(word.lower) || (offset < 3 && isNation(word, words[next]))) end = next;
    else if (end > start) break;
  }
  return end === start || isOwner(words[end]) ? null : { end, effect: null };
}

/** The words from `start` on that can belong to one noun phrase. */
function phraseAt(words: readonly Word[], start: number): readonly Word[] {
  const reach = words.slice(start, start + NOUN_REACH);
  const end = reach.findIndex(
    (word) =>
      endsNoun(word) || (!COUNTED.has(word.lower) && (SUFFERED.has(word.lower) || isInflicting(word))),
  );
  return end < 0 ? reach : reach.slice(0, end);
}

function endsNoun(word: Word): boolean {
  return NOUN_ENDS.has(word.lower) || !/^[\p{L}\d]/u.test(word.text);
}

/**
 * "casualties", and "injured" when nobody is named before it: "13 people injured" has a verb. In "26 missing
 * passengers" the passengers are counted.
 */
function effectNoun(
  words: readonly Word[],
  at: number,
  start: number,
  isAfterPeople: boolean,
): Effect | null {
  const word = words[at]?.lower ?? '';
  const effect = COUNTED.get(word) ?? null;
  if (effect === null || !SUFFERED.has(word)) {
    const isBody = /^(?:bodies|corpses)$/.test(word);
    return isBody && !words.slice(start, at).every(({ lower }) => OF_BODIES.has(lower)) ? null : effect;
  }
  return isAfterPeople || isPerson(words[at + 1]?.lower ?? '') ? null : effect;
}

const PERSON_ENDING = /\p{L}{3}(?:ers|ors|ists|ees|ians|eers|smen|women|ants)$/u;
/** A word for people, known or by its ending: "parishioners", "cyclists", "an 18-year-old". */
export function isPerson(lower: string): boolean {
  return (
    /^\d+-year-old$/.test(lower) ||
    PEOPLE.has(lower) ||
    PEOPLE.has(`${lower}s`) ||
    (PERSON_ENDING.test(lower) && !THINGS.has(lower))
  );
}

/** In "13 people 's homes" the homes are counted. */
function isOwner(next: Word | undefined): boolean {
  return /^['’]s?$/.test(next?.text ?? '');
}

/** "13 Palestinians": a capitalized plural right before the verb or the end of the phrase. */
function isNation(word: Word, next: Word | undefined): boolean {
  const endsPhrase = next === undefined || endsNoun(next) || SUFFERED.has(next.lower);
  return endsPhrase && /^\p{Lu}\p{Ll}{3,}s$/u.test(word.text);
}

const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*$/;
const LABEL = /^(?:aged?|no|nos|number|article|flight|section|chapter|version|\$|€|£|%)$/;
const DATED = /^(?:in|since|of|by|until|from|during|the|year|and|,)$/;

/** Dates, years, ages, ordinals of things ("Flight 370") and money count nobody; nor does "how many". */
function isNoCount(words: readonly Word[], quantity: Quantity): boolean {
  const before = words[quantity.start - 1]?.lower ?? '';
  if (quantity.kind === 'vague') return /^(?:how|so|as|too|not)$/.test(before);
  // "Not one soldier was killed."
  if (/^(?:not|never)$/.test(before)) return true;
  if (quantity.kind !== 'number') return false;
  const label = before === '.' ? (words[quantity.start - 2]?.lower ?? '') : before;
  const isYear =
    quantity.numberStart === quantity.start && isYearNumber(words, quantity) && DATED.test(before);
  return (
    isYear ||
    isDayOfMonth(words, quantity, label) ||
    LABEL.test(label) ||
    isAge(words, quantity.start) ||
    isRatio(words, quantity.start) ||
    isWhole(words, quantity.start)
  );
}

/** "aged 3 and 12", "between the ages of 50 and 70". */
function isAge(words: readonly Word[], start: number): boolean {
  let at = start - 1;
  while (/^(?:\d+|and|to|or|between|from|of|[-–])$/.test(words[at]?.lower ?? '')) at -= 1;
  return /^age[sd]?$/.test(words[at]?.lower ?? '');
}

const PART_WORD = /^(?:none|neither|some|most|many|few|half|part|\d+|several|dozens)$/;

/** The 200 of "none of the 200 passengers", the 12 of "five of 12 miners": who is told of is a part of them. */
function isWhole(words: readonly Word[], start: number): boolean {
  const isThe = /^(?:the|its|their|his|her)$/.test(words[start - 1]?.lower ?? '');
  const of = start - (isThe ? 2 : 1);
  const part = words[of - 1]?.lower ?? '';
  return words[of]?.lower === 'of' && (PART_WORD.test(part) || quantityAt(words, of - 1)?.kind === 'number');
}

/** "one in six deaths", "four out of 10 people". */
function isRatio(words: readonly Word[], start: number): boolean {
  const before = words.slice(Math.max(0, start - 3), start).map((word) => word.lower);
  return /\b(?:one|two|three|four|nine|\d+) (?:in|out of)$/.test(before.join(' '));
}

function isYearNumber(words: readonly Word[], quantity: Quantity): boolean {
  return /^(?:19|20)\d\d$/.test(words[quantity.numberStart]?.text ?? '');
}

function isDayOfMonth(words: readonly Word[], quantity: Quantity, before: string): boolean {
  const isDigits = /^\d+$/.test(words[quantity.numberStart]?.text ?? '');
  return isDigits && (MONTH.test(before) || MONTH.test(words[quantity.end]?.lower ?? ''));
}

/** A number without a noun counts people only beside its effect; a year, or the number of a name, never. */
function isBareCount(words: readonly Word[], quantity: Quantity): boolean {
  if (quantity.kind === 'one' || quantity.kind === 'none' || words.some(({ lower }) => ANIMALS.has(lower)))
    return false;
  const before = words[quantity.start - 1];
  const isPronoun = words[quantity.numberStart]?.lower === 'one';
  if (isPronoun && /^(?:no|every|any|some|this|that|which|last|each|not|the)$/.test(before?.lower ?? ''))
    return false;
  if (quantity.numberStart > quantity.start) return true;
  if (isYearNumber(words, quantity)) return false;
  const isPartOfName = /^\p{Lu}/u.test(before?.text ?? '') && quantity.start > 1;
  return !isPartOfName || isInflicting(before) || isTitleCase(words);
}

/** A verb that does it to somebody: "killed", "wounds", "kill". */
export function isInflicting(word: Word | undefined): boolean {
  const lower = word?.lower ?? '';
  return INFLICTED.has(lower) || INFLICT.has(lower);
}

/** Headlines that capitalize every word tell nothing by a capital. */
function isTitleCase(words: readonly Word[]): boolean {
  const letters = words.filter((word) => /^\p{L}{4}/u.test(word.text));
  return letters.length > 2 && letters.every((word) => /^\p{Lu}/u.test(word.text));
}
