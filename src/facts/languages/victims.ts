import type { Effect } from '../casualty-words.ts';
import type { Quantity } from '../quantities.ts';
import type { Language } from './language.ts';
import { quantityAt } from './quantities.ts';
import type { Word } from './words.ts';

/** Who a quantity counts: `words[start..end)` with adjectives, `words[group.start..group.end)` when they are a group. */
export interface Counted {
  quantity: Quantity;
  end: number;
  group: { start: number; end: number } | null;
  /** The noun is the effect itself: "12 deaths". */
  effect: Effect | null;
  hasNoun: boolean;
  /** "At least", after the people. */
  hedge: { start: number; end: number } | null;
}

/** Adjectives on either side of a noun. */
const ADJECTIVES = 3;

/** The people that are counted from `words[at]` on, or null. */
export function countedAt(words: readonly Word[], at: number, language: Language): Counted | null {
  const quantity = quantityAt(words, at, language);
  if (quantity === null) return uncountedAt(words, at, language);
  if (isName(words, quantity, language)) return null;
  const noun = nounAfter(words, quantity.end, language);
  if (noun !== null) return withHedge(words, { quantity, ...noun }, language);
  const isBare = quantity.kind === 'number' || quantity.kind === 'vague';
  const bare = { quantity, end: quantity.end, group: null, effect: null, hasNoun: false };
  return isBare ? withHedge(words, bare, language) : null;
}

type Noun = Pick<Counted, 'end' | 'group' | 'effect' | 'hasNoun'>;

function nounAfter(words: readonly Word[], from: number, language: Language): Noun | null {
  const { people, numbers } = language;
  const start = numbers.of.at(words, from)?.end ?? from;
  let at = start;
  for (let count = 0; count < ADJECTIVES; count += 1) {
    const noun = nounAt(words, at, { start, language });
    if (noun !== null) return noun;
    const before = people.before.at(words, at)?.end;
    if (before === undefined && !isAdjective(words[at], people.adjectiveBefore)) return null;
    at = before ?? at + 1;
  }
  return null;
}

/** The people or the effect that `words[at]` names, with the adjectives from `start` on. */
function nounAt(
  words: readonly Word[],
  at: number,
  { start, language }: { start: number; language: Language },
): Noun | null {
  const counted = language.counted.at(words, at);
  const group = (end: number) => groupOf(words, start, end, language);
  if (counted !== null && language.people.nouns.at(words, counted.end) === null)
    return { end: counted.end, group: group(at), effect: counted.value, hasNoun: true };
  const noun = personAt(words, at, language);
  if (noun === null) return null;
  const isOthers = noun.kind === 'others';
  const end = isOthers ? afterOthers(words, noun.end, language) : adjectivesEnd(words, noun.end, language);
  return { end, group: noun.kind === 'group' ? group(end) : null, effect: null, hasNoun: true };
}

/** "Two others": of "two other soldiers" the soldiers are meant. */
function afterOthers(words: readonly Word[], at: number, language: Language): number {
  const noun = personAt(words, at, language);
  return noun === null ? at : adjectivesEnd(words, noun.end, language);
}

/** The words without those that describe nobody. */
function groupOf(
  words: readonly Word[],
  from: number,
  to: number,
  { people, counted }: Language,
): Counted['group'] {
  let start = from;
  const skipped = () =>
    people.nouns.at(words, start)?.value === 'others' || counted.at(words, start) !== null;
  while (start < to && skipped()) start += 1;
  return start < to ? { start, end: to } : null;
}

function personAt(
  words: readonly Word[],
  at: number,
  { people }: Language,
): { kind: string; end: number } | null {
  const noun = people.nouns.at(words, at);
  if (noun !== null) return { kind: noun.value, end: noun.end };
  const form = words[at]?.form ?? '';
  return people.ending?.test(form) ? { kind: 'group', end: at + 1 } : null;
}

function adjectivesEnd(words: readonly Word[], from: number, language: Language): number {
  let end = from;
  const goesOn = () =>
    isAdjective(words[end], language.people.adjectiveAfter) &&
    [language.after, language.counted, language.afterGap, language.prepositions, language.sources.says].every(
      (book) => book.at(words, end) === null,
    );
  while (end < from + ADJECTIVES && goesOn()) end += 1;
  return end;
}

function isAdjective(word: Word | undefined, pattern: RegExp | null): boolean {
  const form = word === undefined || word.isMark ? '' : word.form;
  return pattern?.test(form) === true;
}

/** "شرطي", "ضابطان", "قتيلان" and "девочка" say how many without a number. */
function uncountedAt(words: readonly Word[], at: number, language: Language): Counted | null {
  if (!language.numbers.isBareOne) return null;
  const effect = language.countedPair.at(words, at);
  const pair = effect ?? language.people.pair.at(words, at);
  if (pair === null) return singleAt(words, at, language);
  const quantity: Quantity = { kind: 'number', min: 2, max: 2, start: at, end: at, numberStart: at };
  const end = adjectivesEnd(words, pair.end, language);
  const isGroup = effect === null && language.people.anyone.at(words, at) === null;
  const group = isGroup ? { start: at, end } : null;
  return withHedge(words, { quantity, end, group, effect: effect?.value ?? null, hasNoun: true }, language);
}

function singleAt(words: readonly Word[], at: number, language: Language): Counted | null {
  const { people } = language;
  const start = isAdjective(words[at], people.adjectiveBefore) ? at + 1 : at;
  const noun = people.single.at(words, start);
  if (noun === null) return null;
  const quantity: Quantity = { kind: 'one', min: 1, max: 1, start: at, end: at, numberStart: at };
  const end = adjectivesEnd(words, noun.end, language);
  // The name of somebody follows.
  if (words[end]?.isCapital) return null;
  const group = people.anyone.at(words, start) === null ? { start: at, end } : null;
  return withHedge(words, { quantity, end, group, effect: null, hasNoun: true }, language);
}

function withHedge(words: readonly Word[], found: Omit<Counted, 'hedge'>, language: Language): Counted {
  const counted = { ...found, end: ageEnd(words, found.end, language) };
  const after = language.numbers.leastAfter.at(words, counted.end);
  if (after === null) return { ...counted, hedge: null };
  return {
    ...counted,
    quantity: { ...counted.quantity, max: null },
    end: after.end,
    hedge: { start: counted.end, end: after.end },
  };
}

/** Article 49, page 12, 2 February, 14:30, 15 %: the number counts nobody. */
function isName(words: readonly Word[], { start, end }: Quantity, { numbers, days }: Language): boolean {
  const month = days.of.at(words, end)?.end ?? end;
  if (days.months.at(words, month) !== null || days.yearAfter.at(words, end) !== null) return true;
  const [before, first] = [words[start - 1], words[start]];
  const isTouched = /^[:$€£/]$/.test(before?.form ?? '') && before?.end === first?.start;
  return isTouched || numbers.labels.before(words, start) || /^[%:°/€$£]$/.test(words[end]?.form ?? '');
}

/** After "de 7 ans", "45 лет". */
function ageEnd(words: readonly Word[], at: number, language: Language): number {
  const age = quantityAt(words, language.numbers.of.at(words, at)?.end ?? at, language);
  const years = age === null ? null : language.numbers.years.at(words, age.end);
  return years?.end ?? at;
}
