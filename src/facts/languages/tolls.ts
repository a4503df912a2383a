import type { Effect } from '../casualty-words.ts';
import type { Language } from './language.ts';
import { type Counted, countedAt } from './victims.ts';
import type { Word } from './words.ts';

/** A number of victims with what happened to them: `words[start..end)` is its evidence. */
export interface Toll {
  counted: Counted;
  effect: Effect;
  start: number;
  end: number;
  /** `before`: the verb stands before the victims; those who follow after "and" share it. */
  order: 'before' | 'after' | 'counted' | 'included';
}

/** How far back something governs a number, in words. */
const GOVERNED_REACH = 10;
/** How far before its victims a verb may stand, and after them. */
const BEFORE_REACH = 7;
const AFTER_REACH = 5;
/** A tally ("the number of dead in the quake has risen to") and its number. */
const TALLY_REACH = 10;
/** How far after the victims a part of them may be counted. */
const PART_REACH = 16;
/** How far after them their verb may stand when words describe them. */
const PLACE_REACH = 9;
/** How far back the verb of a list may stand. */
const LIST_REACH = 16;

/** What happened to the people counted from `words[at]` on; `previous` is the toll read before. */
export function tollAt(
  words: readonly Word[],
  at: number,
  counted: Counted,
  { language, previous }: { language: Language; previous: Toll | undefined },
): Toll | null {
  if (isUnreal(words, at, language)) return null;
  const told = { words, at, counted, language };
  return (
    (counted.effect === 'casualties' ? (sufferedToll(told) ?? inflictedToll(told)) : null) ??
    countedToll(told) ??
    includedToll(told, previous) ??
    sufferedToll(told) ??
    inflictedToll(told) ??
    tallyToll(told) ??
    partnerToll(told, previous) ??
    listedToll(told)
  );
}

interface Told {
  words: readonly Word[];
  at: number;
  counted: Counted;
  language: Language;
}

/** "Feared", "could", "accused of" before it in its clause. */
function isUnreal(words: readonly Word[], at: number, language: Language): boolean {
  for (let back = at - 1; back >= Math.max(0, at - GOVERNED_REACH); back -= 1) {
    const word = words[back];
    // "Fears, that": the comma is no end.
    const isEnd = word?.isMark === true && /^[;,،.:«"“]$/.test(word.form);
    if (isEnd && language.sources.that.at(words, back + 1) === null) break;
    if (language.unreal.at(words, back) !== null) return true;
  }
  return false;
}

/** "12 dead"; in "12 dead soldiers" the soldiers are counted. */
function countedToll({ words, at, counted, language }: Told): Toll | null {
  if (counted.effect === null || isNegated(words, at, language)) return null;
  return { counted, effect: counted.effect, start: at, end: counted.end, order: 'counted' };
}

/** "12 people were killed", "12 people and a child were killed". */
function sufferedToll(told: Told): Toll | null {
  const { words, at, counted, language } = told;
  const isLone = counted.quantity.kind === 'one' && !counted.hasNoun;
  if (isLone) return null;
  const found = effectAfter(words, afterPart(told), language) ?? effectOfBoth(told) ?? effectAfterPlace(told);
  if (found === null) return null;
  return { counted, effect: found.value, start: at, end: found.end, order: 'after' };
}

/** After ", including five children,". */
function afterPart({ words, counted, language }: Told): number {
  const { end } = counted;
  if (!/^[,،(]$/.test(words[end]?.form ?? '') || language.including.at(words, end + 1) === null) return end;
  const close = words.findIndex(({ form }, at) => at > end && at < end + PART_REACH && /^[,،)]$/.test(form));
  return close < 0 ? end : close + 1;
}

interface Effected {
  value: Effect;
  end: number;
}

function effectAfter(words: readonly Word[], from: number, language: Language): Effected | null {
  // "Двое — ранены."
  let at = /^[—–-]$/.test(words[from]?.form ?? '') ? from + 1 : from;
  while (at <= from + AFTER_REACH) {
    const effect = language.after.at(words, at);
    if (effect !== null) return effect;
    const gap = language.afterGap.at(words, at);
    if (gap === null || language.not.at(words, at) !== null) return null;
    at = gap.end;
  }
  return null;
}

/** "Dix membres *de la rédaction* ont été tués": what describes them may stand between. */
function effectAfterPlace({ words, counted, language }: Told): Effected | null {
  const { end, hasNoun } = counted;
  if (!hasNoun || language.isVerbFirst || language.of.at(words, end) === null) return null;
  for (let at = end + 2; at <= end + PLACE_REACH; at += 1) {
    const word = words[at];
    if (word === undefined || word.isMark || /^\d/.test(word.form) || language.statements.at(words, at))
      return null;
    if (language.finite.at(words, at) !== null) return effectAfter(words, at, language);
    if (language.after.at(words, at) !== null || language.before.at(words, at) !== null) return null;
  }
  return null;
}

/** "Two soldiers *and three civilians were killed*": the evidence is only the first part, for the verb is not theirs alone. */
function effectOfBoth({ words, counted, language }: Told): Effected | null {
  const and = counted.hasNoun ? language.and.at(words, counted.end) : null;
  const partner = and === null ? null : countedAt(words, and.end, language);
  if (!partner?.hasNoun || partner.effect !== null) return null;
  return effectAfter(words, partner.end, language);
}

/** "Killed 12 people", "the death of 12 people", "killing, on Monday, 12 people". */
function inflictedToll({ words, at, counted, language }: Told): Toll | null {
  const isOver = counted.hasNoun || isPhraseEnd(words, counted.end, language);
  if (!isOver) return null;
  for (let start = at - 1; start >= Math.max(0, at - BEFORE_REACH); start -= 1) {
    const effect = language.before.at(words, start);
    if (effect !== null && effect.end <= at) {
      const isClose = isGap(words, effect.end, { to: at, language, isOne: counted.quantity.kind === 'one' });
      if (!isClose || isNegated(words, start, language)) return null;
      return { counted, effect: effect.value, start, end: counted.end, order: 'before' };
    }
    if (words[start]?.isMark) return null;
  }
  return null;
}

/** Whether only words stand there that may be between a verb and its victims. */
function isGap(
  words: readonly Word[],
  from: number,
  { to, language, isOne }: { to: number; language: Language; isOne: boolean },
): boolean {
  let at = from;
  while (at < to) {
    const gap =
      language.beforeGap.at(words, at) ?? language.days.week.at(words, at) ?? placeAt(words, at, language);
    const isSubject =
      language.isVerbFirst && !isOne && !words[at]?.isMark && language.notSubject.at(words, at) === null;
    if (gap === null && !isSubject) return false;
    at = gap?.end ?? at + 1;
  }
  return true;
}

/** "In Gaza", "في بغداد", "عام 2019". */
function placeAt(
  words: readonly Word[],
  at: number,
  { inPlace, isVerbFirst }: Language,
): { end: number } | null {
  if (/^(?:19|20)\d\d$/.test(words[at]?.form ?? '')) return { end: at + 1 };
  const place = inPlace.at(words, at);
  const word = place === null ? undefined : words[place.end];
  const isPlace =
    word !== undefined && !word.isMark && (word.isCapital || (isVerbFirst && !/^\d/.test(word.form)));
  return isPlace && place !== null ? { end: place.end + 1 } : null;
}

function isNegated(words: readonly Word[], at: number, language: Language): boolean {
  for (let back = at - 1; back >= Math.max(0, at - 3); back -= 1) {
    if (words[back]?.isMark) return false;
    if (language.not.at(words, back) !== null) return true;
  }
  return false;
}

/** Nothing that the number could count follows. */
function isPhraseEnd(words: readonly Word[], at: number, language: Language): boolean {
  const word = words[at];
  return (
    word === undefined ||
    (word.isMark && !/^[%:°/]$/.test(word.form)) ||
    language.and.at(words, at) !== null ||
    language.prepositions.at(words, at) !== null
  );
}

/** "The number of dead has risen to 12", "injured — 120". */
function tallyToll(told: Told): Toll | null {
  const { words, at, counted, language } = told;
  const tally = tallyBefore(told);
  if (tally === null) return null;
  const between = words.slice(tally.end, at);
  const isRisen =
    /^[—–:-]$/.test(between[0]?.form ?? '') ||
    between.some((_, index) => language.rises.at(words, tally.end + index) !== null);
  const isOver = counted.hasNoun || isPhraseEnd(words, counted.end, language);
  if (!isRisen || !isOver) return null;
  const { value: effect, start } = tally;
  return { counted: risenTo(words, counted, language), effect, start, end: counted.end, order: 'before' };
}

function tallyBefore({ words, at, language }: Told): (Effected & { start: number }) | null {
  for (let start = at - 1; start >= Math.max(0, at - TALLY_REACH); start -= 1) {
    const tally = language.tally.at(words, start);
    if (tally !== null) return { ...tally, start };
    if (/^[;.]$/.test(words[start]?.form ?? '')) return null;
  }
  return null;
}

/** "Up to 45" after "has risen" is 45. */
function risenTo(words: readonly Word[], counted: Counted, { rises }: Language): Counted {
  const { quantity } = counted;
  const isTo = quantity.min === null && rises.at(words, quantity.start) !== null;
  return isTo
    ? { ...counted, quantity: { ...quantity, min: quantity.max, start: quantity.numberStart } }
    : counted;
}

/** "12 dead, *including six children*", "*and four women*". */
function includedToll({ words, at, counted, language }: Told, host: Toll | undefined): Toll | null {
  const distance = host === undefined ? -1 : at - host.counted.end;
  if (host === undefined || !counted.hasNoun || distance < 0 || distance > PART_REACH) return null;
  // "Five hurt, of whom one died."
  if (effectAfter(words, counted.end, language) !== null) return null;
  const opening = [1, 2, 3, 4].find((back) => language.including.at(words, at - back)?.end === at);
  const isNext = host.order === 'included' && isJoined(words, host.end, { to: at, language });
  if (opening === undefined && !isNext) return null;
  return { counted, effect: host.effect, start: at - (opening ?? 0), end: counted.end, order: 'included' };
}

/** "Killed three soldiers *and two guards*". */
function partnerToll({ words, at, counted, language }: Told, host: Toll | undefined): Toll | null {
  if (host?.order !== 'before' || !counted.hasNoun) return null;
  // "قتل ضابطان في الجيش وثلاثة عناصر": a place may stand between.
  const reach = language.isVerbFirst ? [0, 1, 2, 3] : [0];
  if (!reach.some((gap) => isJoined(words, host.end + gap, { to: at, language }))) return null;
  return { counted, effect: host.effect, start: at, end: counted.end, order: 'before' };
}

/** "Killed Abu Omar, a commander, *and two bodyguards*". */
function listedToll(told: Told): Toll | null {
  const { words, at, counted, language } = told;
  const isPreceded = [1, 2].some((back) => isJoined(words, at - back, { to: at, language }));
  const isMember = counted.hasNoun && isPreceded && isPhraseEnd(words, counted.end, language);
  // "Abu Omar, a commander" is one person.
  const isApposition = counted.quantity.kind === 'one' && words[at - 1]?.isMark === true;
  const verb = isMember && !isApposition ? verbBefore(told) : null;
  if (verb === null || isNegated(words, verb.start, language)) return null;
  let name = verb.end;
  while (language.beforeGap.at(words, name) !== null) name += 1;
  if (!words[name]?.isCapital) return null;
  return { counted, effect: verb.value, start: verb.start, end: counted.end, order: 'before' };
}

/** The verb that a list may begin with. */
function verbBefore({ words, at, language }: Told): (Effected & { start: number }) | null {
  for (let start = at - 2; start >= Math.max(0, at - LIST_REACH); start -= 1) {
    const effect = language.before.at(words, start);
    if (effect !== null) return { ...effect, start };
  }
  return null;
}

function isJoined(
  words: readonly Word[],
  from: number,
  { to, language }: { to: number; language: Language },
): boolean {
  const and =
    words[from]?.form === ',' || words[from]?.form === '،' ? from + 1 : language.and.at(words, from)?.end;
  return and !== undefined && isGap(words, and, { to, language, isOne: true });
}

/** Nobody, and what happened to nobody. */
export interface Nobody {
  effect: Effect;
  start: number;
  end: number;
  group: { start: number; end: number } | null;
}

/** "No one was hurt", "no civilian was killed"; what was only not reported is no zero. */
export function nobodyAt(words: readonly Word[], at: number, language: Language): Nobody | null {
  const none = language.none.at(words, at);
  const no = none ?? language.no.at(words, at);
  if (no === null || language.unconfirmed.at(words, at) !== null) return null;
  if (none !== null && language.unreported.at(words, none.end) !== null) return null;
  if (none !== null) return { effect: none.value, start: at, end: none.end, group: null };
  const counted = language.counted.at(words, no.end);
  if (counted !== null && isPhraseEnd(words, counted.end, language))
    return { effect: counted.value, start: at, end: counted.end, group: null };
  const noun = language.people.nouns.at(words, no.end);
  const effect = noun && effectAfter(words, noun.end, language);
  if (!noun || !effect) return null;
  const group = noun.value === 'anybody' ? null : { start: no.end, end: noun.end };
  return { effect: effect.value, start: at, end: effect.end, group };
}
