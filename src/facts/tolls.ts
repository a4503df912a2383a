import {
  ADVERBS,
  AUXILIARIES,
  EFFECT_OF,
  type Effect,
  GOES_ON,
  INFLICT,
  INFLICTED,
  STATES,
  SUFFERED,
  UNREAL,
} from './casualty-words.ts';
import { quantityAt, type Word } from './quantities.ts';
import { type Counted, countedBy, isInflicting } from './victims.ts';

/** A number of victims with what happened to them: `words[start..end)` is its evidence. */
export interface Toll {
  counted: Counted;
  effect: Effect;
  start: number;
  end: number;
  /** It counts some of the victims of the toll before. */
  isIncluded?: boolean;
}

/** How far back a denial, a condition or a purpose governs a number, in words. */
const GOVERNED_REACH = 10;
/** How far after the victims their verb may stand, in words: adverbs, a place, an insertion between commas. */
const VERB_REACH = 7;
const PLACE_REACH = 9;
const INSERTION_REACH = 16;

/** What happened to the counted people; `previous` is the toll read before, whose victims they may be part of. */
export function tollOf(words: readonly Word[], counted: Counted, previous: Toll | undefined): Toll | null {
  if (counted.quantity.kind === 'none') return noneOf(words, counted);
  if (isGoverned(words, counted.quantity.start)) return null;
  return (
    countedToll(words, counted) ??
    sufferedToll(words, counted) ??
    inflictedToll(words, counted) ??
    deathToll(words, counted) ??
    includedToll(words, counted, previous)
  );
}

const GOVERNS =
  /^(?:if|whether|unless|den(?:y|ied|ies|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|disput(?:es|ed|ing)|apologi[sz]\p{L}+|compensat\p{L}+|inquest|inquiry|jailed|sentenced|guilty|acquitted|cleared|commemorat\p{L}+|memorial|false|untrue|fear(?:s|ed|ing)?|expect(?:s|ed|ing)?|initially|vow(?:s|ed)?|attempt(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|plan(?:s|ned|ning)?|want(?:s|ed)?|threaten(?:ed|s|ing)?|charged|convicted|suspected|plot(?:ted|ting)?|risk(?:s|ing)?|could|would|may|might|avoid|prevent)$/u;

/** "denied that 13 people …", "if 13 people …", "accused of killing 13 people". */
function isGoverned(words: readonly Word[], at: number): boolean {
  for (let back = at - 1; back >= Math.max(0, at - GOVERNED_REACH); back -= 1) {
    const word = words[back]?.text === 'May' ? '' : (words[back]?.lower ?? '');
    if (/^[;,.:]$/.test(word)) return false;
    const isAccused = word === 'accused' && words[back + 1]?.lower === 'of';
    if (isAccused || GOVERNS.test(word)) return true;
  }
  return false;
}

/** "multiple civilian casualties", "at least 20 dead". */
function countedToll(words: readonly Word[], counted: Counted): Toll | null {
  if (counted.effect === null || counted.quantity.kind === 'one') return null;
  const noun = words[counted.end - 1]?.lower ?? '';
  // One person suffers "multiple injuries".
  if (counted.quantity.kind === 'vague' && noun === 'injuries') return null;
  if (SUFFERED.has(noun) && !goesOn(words, counted.end)) return null;
  return { counted, effect: counted.effect, start: counted.quantity.start, end: counted.end };
}

/** "13 people were killed", "13 people, including six children, have died", "13 dead". */
function sufferedToll(words: readonly Word[], counted: Counted): Toll | null {
  for (const from of verbStarts(words, counted)) {
    const verb = verbAt(words, from);
    if (verb === null) continue;
    const isWhole = verb.hasAuxiliary || STATES.has(words[verb.end - 1]?.lower ?? '');
    const isClose = from === counted.end || words[counted.end]?.lower === 'and';
    // "13 gunmen killed 5": a bare participle with an object is what they did.
    if (isWhole || (isClose && goesOn(words, verb.end)))
      return { counted, effect: verb.effect, start: counted.quantity.start, end: verb.end };
  }
  return null;
}

/** Where the verb of the victims may begin: next to them, after an insertion between commas, after "in the town". */
function verbStarts(words: readonly Word[], counted: Counted): number[] {
  const { end, quantity, hasNoun } = counted;
  if (!hasNoun) return quantity.kind === 'one' ? [] : [end];
  const next = words[end]?.lower ?? '';
  if (/^(?:who|that)$/.test(next)) return [end + 1];
  if (next === 'and') return afterPartner(words, end + 1);
  if (next === ',' || next === '-' || next === '–') return afterInsertion(words, end + 1);
  if (/^(?:of|from|in|at|on|near|aboard|inside|with|including)$/.test(next))
    return afterPlace(words, end + 2);
  return [end];
}

/** "Five children *and four nurses* were killed", "three reporters *and their driver* were killed". */
function afterPartner(words: readonly Word[], from: number): number[] {
  const quantity = quantityAt(words, from);
  const partner = quantity === null ? null : countedBy(words, quantity);
  if (partner?.hasNoun) return partner.effect === null ? [partner.end] : [];
  return /^(?:his|her|their|its)$/.test(words[from]?.lower ?? '') ? afterPlace(words, from + 1) : [];
}

function afterInsertion(words: readonly Word[], from: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < from + INSERTION_REACH; at += 1)
    if (/^[,—–-]$/.test(words[at]?.text ?? '')) starts.push(at + 1);
  return starts;
}

function afterPlace(words: readonly Word[], from: number): number[] {
  for (let at = from; at < from + PLACE_REACH; at += 1) {
    const word = words[at];
    if (word === undefined || /^[^\p{L}\d]/u.test(word.text) || isInflicting(word)) return [];
    if (AUXILIARIES.has(word.lower)) return [at];
  }
  return [];
}

interface Verb {
  effect: Effect;
  end: number;
  hasAuxiliary: boolean;
}

function verbAt(words: readonly Word[], from: number): Verb | null {
  let auxiliary = '';
  for (let at = from; at < from + VERB_REACH; at += 1) {
    const word = words[at]?.lower ?? '';
    const verb = participleAt(words, at, auxiliary) ?? phraseVerb(words, at);
    if (verb !== null) return verb;
    if (!mayPrecedeVerb(word)) return null;
    if (AUXILIARIES.has(word)) auxiliary = word;
  }
  return null;
}

/** "An officer had killed" somebody; "an officer had died" himself. */
function participleAt(words: readonly Word[], at: number, auxiliary: string): Verb | null {
  const word = words[at]?.lower ?? '';
  const effect = SUFFERED.get(word);
  const isActive = /^(?:has|have|had)$/.test(auxiliary) && !STATES.has(word);
  return effect === undefined || isActive ? null : { effect, end: at + 1, hasAuxiliary: auxiliary !== '' };
}

function mayPrecedeVerb(word: string): boolean {
  return !UNREAL.has(word) && (AUXILIARIES.has(word) || ADVERBS.has(word));
}

/** "lost their lives", "were taken hostage", "suffered injuries". */
function phraseVerb(words: readonly Word[], at: number): Verb | null {
  const phrase = words
    .slice(at, at + 3)
    .map((word) => word.lower)
    .join(' ');
  if (phrase === 'lost their lives') return { effect: 'killed', end: at + 3, hasAuxiliary: true };
  if (/^taken (?:hostage|prisoner|captive)\b/.test(phrase))
    return { effect: 'detained', end: at + 2, hasAuxiliary: true };
  const wounds = /^(?:suffered|sustained) (?:\p{L}+ )?(?:injuries|wounds)\b/u.exec(phrase)?.[0];
  return wounds === undefined
    ? null
    : { effect: 'injured', end: at + wounds.split(' ').length, hasAuxiliary: true };
}

/** Whether the phrase is over at `at`, so that a bare participle or number stands for itself. */
function goesOn(words: readonly Word[], at: number): boolean {
  const next = words[at];
  if (next === undefined) return true;
  if (GOES_ON.has(next.lower)) return quantityAt(words, at)?.kind !== 'number';
  return /^[^\p{L}\d]/u.test(next.text) || /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(next.lower);
}

/** "killed at least 13 people", "Gunmen kill 13", "claimed the lives of 13", "the deaths of 13 people". */
function inflictedToll(words: readonly Word[], counted: Counted): Toll | null {
  const isMore = /^(?:more|others)$/.test(words[counted.end]?.lower ?? '');
  if (!counted.hasNoun && !isMore && !goesOn(words, counted.end)) return null;
  let at = counted.quantity.start - 1;
  while (/^(?:reportedly|allegedly|another|additional|also|the|its|their|an)$/.test(words[at]?.lower ?? ''))
    at -= 1;
  const cause = words[at]?.lower === 'of' ? nounCause(words, at - 1) : verbCause(words, at);
  return cause === null ? null : { counted, ...cause, end: counted.end };
}

type Cause = Pick<Toll, 'effect' | 'start'>;

function verbCause(words: readonly Word[], at: number): Cause | null {
  const word = words[at]?.lower ?? '';
  const before = words[at - 1]?.lower ?? '';
  const isPassive = /^(?:was|were|is|are|been|being|be|get|got)$/.test(before);
  const inflicted = INFLICTED.get(word);
  if (inflicted !== undefined)
    return isPassive || UNREAL.has(before) ? null : { effect: inflicted, start: at };
  const inflict = INFLICT.get(word);
  const isPossible = /^(?:to|a|the|may|might|and|or)$/.test(before) || UNREAL.has(before);
  return inflict === undefined || isPossible ? null : { effect: inflict, start: at };
}

function nounCause(words: readonly Word[], at: number): Cause | null {
  const word = words[at]?.lower ?? '';
  const noun = EFFECT_OF.get(word);
  if (noun !== undefined) return { effect: noun, start: at };
  const isClaim = word === 'lives' && /^claim(?:ed|s|ing)$/.test(words[at - 2]?.lower ?? '');
  return isClaim ? { effect: 'killed', start: at - 2 } : null;
}

const TOLL_WORD =
  /^(?:has|had|have|now|also|rose|risen|rises|rising|climbed|climbs|stands|stood|reached|reaches|hit|passed|passes|topped|was|is|at|to|of|from|jumped|increased|put|as|far|so|by|the|further)$/;

/** "the death toll rose from 9 to 13": the second number is the toll. */
function deathToll(words: readonly Word[], counted: Counted): Toll | null {
  const { quantity } = counted;
  const isUpdate = words[quantity.start - 1]?.lower === 'from';
  let at = quantity.start - 1;
  while (TOLL_WORD.test(words[at]?.lower ?? '')) at -= 1;
  if (words[at]?.lower !== 'toll' || words[at - 1]?.lower !== 'death') return null;
  if (isUpdate && (quantity.max === null || quantity.min === quantity.max)) return null;
  const updated = isUpdate ? { ...quantity, min: quantity.max } : quantity;
  return { counted: { ...counted, quantity: updated }, effect: 'killed', start: at - 1, end: counted.end };
}

/** "killed 13 people, including six children and four women", "six of them children": they share the effect. */
function includedToll(words: readonly Word[], counted: Counted, host: Toll | undefined): Toll | null {
  const { start, kind } = counted.quantity;
  if (host === undefined || !counted.hasNoun || kind === 'one') return null;
  if (start < host.counted.end || start > host.counted.end + INSERTION_REACH) return null;
  // The host's own verb may come before the inclusion or after it.
  const from = start >= host.end ? host.end : host.counted.end;
  const between = words
    .slice(from, start)
    .map((word) => word.lower)
    .join(' ');
  const toll = { counted, effect: host.effect, start, end: counted.end, isIncluded: true };
  if (isOfThem(words, counted.quantity.end) || host.isIncluded)
    return /^(?:,|and|, and)$/.test(between) ? toll : null;
  const opening = /^(?:, )?(?:including|among)(?: them)?$/.test(between);
  return opening ? { ...toll, start: between.startsWith(',') ? from + 1 : from } : null;
}

function isOfThem(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'of' && /^(?:them|whom)$/.test(words[at + 1]?.lower ?? '');
}

/** "No other casualties" tells of some. */
const MORE = /^(?:other|more|additional|new)$/;
const PURPOSE =
  /^(?:ensure|ensuring|sure|hope|hopes|hoped|hoping|if|would|will|guarantee|whether|pray|prayed|prayers)$/;

/** An asserted none: "no US casualties", "no one was hurt". What was only not reported is no zero. */
function noneOf(words: readonly Word[], counted: Counted): Toll | null {
  const { start, end } = counted.quantity;
  const inside = words.slice(end, counted.end);
  const isNone = !inside.some((word) => MORE.test(word.lower)) && !isOnlyUnreported(words, counted.end);
  const isPurpose = words
    .slice(Math.max(0, start - GOVERNED_REACH), start)
    .some(({ lower }) => PURPOSE.test(lower));
  if (!isNone || isPurpose) return null;
  if (counted.effect !== null)
    return goesOn(words, counted.end) ? { counted, effect: counted.effect, start, end: counted.end } : null;
  const verb = words[start]?.lower === 'without' ? null : verbAt(words, counted.end);
  return verb?.hasAuxiliary ? { counted, effect: verb.effect, start, end: verb.end } : null;
}

/** "no casualties were reported", "no injuries have been confirmed". */
function isOnlyUnreported(words: readonly Word[], from: number): boolean {
  let at = from;
  if (/^(?:so|yet)$/.test(words[at]?.lower ?? '')) return true;
  while (/^(?:was|were|has|have|had|been|immediately|initially)$/.test(words[at]?.lower ?? '')) at += 1;
  return /^(?:reported|confirmed|recorded|announced|known)$/.test(words[at]?.lower ?? '');
}
