import { AUXILIARIES, COUNTED, PEOPLE, STATES, SUFFERED } from './casualty-words.ts';
import { inflictedToll } from './inflicted-tolls.ts';
import { includedToll, partnerToll } from './partial-tolls.ts';
import { phraseOf, type Word } from './quantities.ts';
import { goesOn, sufferedToll, verbAt } from './suffered-tolls.ts';
import type { Counted, Toll } from './victims.ts';

/** How far back a denial, a condition or a purpose governs a number, in words. */
const GOVERNED_REACH = 10;
/** How far after the victims their verb may stand, in words: adverbs, a place, an insertion between commas. */

/** What happened to the counted people; `previous` is the toll read before, whose victims they may be part of. */
export function tollOf(words: readonly Word[], counted: Counted, previous: Toll | undefined): Toll | null {
  if (counted.quantity.kind === 'none') return noneOf(words, counted);
  if (isGoverned(words, counted.quantity.start)) return null;
  return (
    countedToll(words, counted) ??
    sufferedToll(words, counted) ??
    inflictedToll(words, counted) ??
    deathToll(words, counted) ??
    includedToll(words, counted, previous) ??
    partnerToll(words, counted, previous) ??
    describedToll(words, counted)
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
  // "14 of the dead" are some of them, not how many there are.
  if (words[counted.quantity.end]?.lower === 'of' && counted.start > counted.quantity.end + 1) return null;
  const isSubject = /^(?:were|are|have|had)$/.test(words[counted.end]?.lower ?? '');
  if (SUFFERED.has(noun) && !isSubject && !goesOn(words, counted.end)) return null;
  return { counted, effect: counted.effect, start: counted.quantity.start, end: counted.end };
}

/** "The death toll *from the quake in Nepal*", "the number *of dead*". */
const TOLL_OF = 14;
const TOLL_WORD =
  /^(?:has|had|have|now|also|rose|risen|rises|rising|climbed|climbs|stands|stood|reached|reaches|hit|passed|passes|topped|tops|exceeds|exceeded|surpasses|surpassed|was|is|at|to|of|from|jumped|increased|put|as|far|so|by|the|further)$/;

/** "the death toll rose from 9 to 13": the second number is the toll. */
function deathToll(words: readonly Word[], counted: Counted): Toll | null {
  const { quantity } = counted;
  const isUpdate = words[quantity.start - 1]?.lower === 'from';
  const told = tollBefore(words, quantity.start);
  if (told === null) return null;
  if (isUpdate && (quantity.max === null || quantity.min === quantity.max)) return null;
  const latest = isUpdate ? { ...quantity, min: quantity.max } : quantity;
  const updated = isPassed(words, quantity.start) ? { ...latest, max: null } : latest;
  return { counted: { ...counted, quantity: updated }, ...told, end: counted.end };
}

/** What is counted before the number at `end`, and where it begins: "the death toll", "the number of dead". */
function tollBefore(words: readonly Word[], end: number): Pick<Toll, 'effect' | 'start'> | null {
  let at = end - 1;
  while (TOLL_WORD.test(words[at]?.lower ?? '')) at -= 1;
  if (at < end - 1) at = tollNounBefore(words, at) ?? at;
  if (words[at]?.lower !== 'toll') return numberOf(words, at);
  return words[at - 1]?.lower === 'death' ? { effect: 'killed', start: at - 1 } : null;
}

/** "The number of dead", "the number of dead soldiers", ending at `words[at]`. */
function numberOf(words: readonly Word[], at: number): Pick<Toll, 'effect' | 'start'> | null {
  let noun = at;
  while (PEOPLE.has(words[noun]?.lower ?? '')) noun -= 1;
  const effect = COUNTED.get(words[noun]?.lower ?? '');
  const isNumber = words[noun - 1]?.lower === 'of' && words[noun - 2]?.lower === 'number';
  return effect !== undefined && isNumber ? { effect, start: noun - 2 } : null;
}

/** "The death toll passes 1,000": it is more. */
function isPassed(words: readonly Word[], at: number): boolean {
  return /^(?:pass(?:ed|es)|tops|topped|exceed(?:s|ed)|surpass(?:es|ed))$/.test(words[at - 1]?.lower ?? '');
}

/** Where "death toll" stands before "from the quake", or "number of dead" ends; null when it does not. */
function tollNounBefore(words: readonly Word[], at: number): number | null {
  for (let back = at; back > Math.max(0, at - TOLL_OF); back -= 1) {
    const word = words[back];
    if (word?.lower === 'toll')
      return /^(?:from|in|of|for|across)$/.test(words[back + 1]?.lower ?? '') ? back : null;
    if (word === undefined || !/^[\p{L}\d]/u.test(word.text) || AUXILIARIES.has(word.lower)) return null;
  }
  return null;
}

/** "Rescuers were searching for *26 missing passengers*", "among the dead were *three children*". */
function describedToll(words: readonly Word[], counted: Counted): Toll | null {
  const { start, kind } = counted.quantity;
  const isSomeOf = words[counted.quantity.end]?.lower === 'of';
  if (!counted.hasNoun || counted.effect !== null || kind === 'one' || isSomeOf) return null;
  const described = words
    .slice(counted.start, counted.end)
    .find(({ lower }) => /^(?:missing|injured|wounded|dead)$/.test(lower));
  const effect = SUFFERED.get(described?.lower ?? '');
  if (effect !== undefined) return { counted, effect, start, end: counted.end };
  const before = phraseOf(words.slice(Math.max(0, start - 5), start));
  const among =
    /\b(?:(?:among the (dead|killed|injured|wounded|missing|victims) (?:were|are|was|is))|the (dead|injured|wounded|missing) included?)$/.exec(
      before,
    );
  const whose = among?.[1] ?? among?.[2];
  if (whose === undefined) return null;
  return { counted, effect: SUFFERED.get(whose) ?? 'casualties', start, end: counted.end, isIncluded: true };
}

/** "No other casualties" tells of some. */
const MORE = /^(?:other|more|additional|new)$/;
/** Who "knew of no deaths" does not say that there are none. */
const UNKNOWN = /\b(?:(?:kn[eo]ws?|aware|heard|told|learn(?:ed|t)|notified) of|saw|seen|found|heard)$/;
/** What is only a first impression is no zero either. */
const ASSUMED =
  /^(?:assess\p{L}*|indicat\p{L}*|preliminary|believe[sd]?|thought|thinks?|suggest\p{L}*|appear\p{L}*)$/u;
const PURPOSE =
  /^(?:ensure|ensuring|sure|hope|hopes|hoped|hoping|if|would|will|guarantee|whether|pray|prayed|prayers)$/;

/** An asserted none: "no US casualties", "no one was hurt". What was only not reported is no zero. */
function noneOf(words: readonly Word[], counted: Counted): Toll | null {
  const { start, end } = counted.quantity;
  const inside = words.slice(end, counted.end);
  const isNone = !inside.some((word) => MORE.test(word.lower)) && !isOnlyUnreported(words, counted.end);
  const isPurpose = words
    .slice(Math.max(0, start - GOVERNED_REACH), start)
    .some(({ lower }) => PURPOSE.test(lower) || ASSUMED.test(lower));
  const isUnknown = UNKNOWN.test(phraseOf(words.slice(Math.max(0, start - 2), start)));
  if (!isNone || isPurpose || isUnknown) return null;
  if (counted.effect !== null)
    return goesOn(words, counted.end) ? { counted, effect: counted.effect, start, end: counted.end } : null;
  const verb = words[start]?.lower === 'without' ? null : verbAt(words, counted.end);
  const isWhole = verb?.hasAuxiliary || STATES.has(words[counted.end]?.lower ?? '');
  return verb !== null && isWhole ? { counted, effect: verb.effect, start, end: verb.end } : null;
}

/** "no casualties were reported", "no injuries have been confirmed". */
function isOnlyUnreported(words: readonly Word[], from: number): boolean {
  let at = from;
  if (/^(?:so|yet)$/.test(words[at]?.lower ?? '')) return true;
  while (/^(?:was|were|has|have|had|been|immediately|initially)$/.test(words[at]?.lower ?? '')) at += 1;
  return /^(?:reported|confirmed|recorded|announced|known)$/.test(words[at]?.lower ?? '');
}
