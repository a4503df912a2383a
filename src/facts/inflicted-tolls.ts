import { EFFECT_OF, INFLICT, INFLICTED, NOUN_ENDS, UNREAL } from './casualty-words.ts';
import { phraseOf, type Word } from './quantities.ts';
import { goesOn } from './suffered-tolls.ts';
import type { Counted, Toll } from './victims.ts';

/** How far back the verb of a list may stand, in words: "killed Abu Omar, a commander, and two bodyguards". */
const LIST_REACH = 16;

/** "killed at least 13 people", "Gunmen kill 13", "claimed the lives of 13", "the deaths of 13 people". */
export function inflictedToll(words: readonly Word[], counted: Counted): Toll | null {
  const isMore = /^(?:more|others)$/.test(words[counted.end]?.lower ?? '');
  if (!counted.hasNoun && !isMore && !goesOn(words, counted.end)) return null;
  let at = counted.quantity.start - 1;
  while (
    /^(?:reportedly|allegedly|only|just|another|additional|also|all|the|its|their|an)$/.test(
      words[at]?.lower ?? '',
    )
  )
    at -= 1;
  const isNominal = /^(?:of|to)$/.test(words[at]?.lower ?? '');
  const cause = isNominal ? nounCause(words, at - 1) : verbCause(words, at);
  if (cause !== null) return { counted, ...cause, end: counted.end };
  return livesToll(words, counted, at) ?? drivenToll(words, counted, at) ?? namedFirst(words, counted, at);
}

/** "claimed 27 lives". */
function livesToll(words: readonly Word[], counted: Counted, at: number): Toll | null {
  const isLives = words[counted.end - 1]?.lower === 'lives';
  const isClaimed = /^(?:claim(?:ed|s|ing)?|cost|costs|costing)$/.test(words[at]?.lower ?? '');
  return isLives && isClaimed ? { counted, effect: 'killed', start: at, end: counted.end } : null;
}

const TAKES = /^(?:took|taken|takes|taking|take|held|holds|holding|hold|kept|keeping)$/;
const HELD = /^(?:hostage|prisoner|captive)s?$/;
const DRIVES = /^(?:forced|forces|forcing|drove|drives|driving|driven)$/;

/** "took 17 sailors hostage", "forced 23,000 people from their homes": what follows them says what was done. */
function drivenToll(words: readonly Word[], counted: Counted, at: number): Toll | null {
  const verb = words[at]?.lower ?? '';
  const after = phraseOf(words.slice(counted.end, counted.end + 4));
  const held = words.slice(counted.end - 1, counted.end + 1).findIndex(({ lower }) => HELD.test(lower));
  if (TAKES.test(verb) && held >= 0)
    return { counted, effect: 'detained', start: at, end: counted.end + held };
  const isDriven =
    /^(?:(?:from|out of) (?:their|his|her)(?: homes?| houses?| villages?)?|to (?:flee|leave))\b/.exec(
      after,
    )?.[0];
  return DRIVES.test(verb) && isDriven !== undefined
    ? { counted, effect: 'displaced', start: at, end: counted.end + isDriven.split(' ').length }
    : null;
}

/** "killed Abu Omar, a commander, *and two bodyguards*", "killed him, his wife *and three children*". */
function namedFirst(words: readonly Word[], counted: Counted, at: number): Toll | null {
  if (words[at]?.lower !== 'and' || !counted.hasNoun || !goesOn(words, counted.end)) return null;
  for (let back = at - 1; back > at - LIST_REACH; back -= 1) {
    const word = words[back];
    if (word === undefined) return null;
    // "Gunshot wounds" are no verb.
    const cause = word.lower === 'wounds' ? null : verbCause(words, back);
    if (cause !== null) return { counted, ...cause, end: counted.end };
    if (!isPartOfList(word)) return null;
  }
  return null;
}

/** Names, descriptions and the commas between them, but no verb's or clause's beginning. */
function isPartOfList({ text, lower }: Word): boolean {
  return (
    /^(?:an?|the|his|her|its|their|,)$/.test(lower) || (/^[\p{L}\d]/u.test(text) && !NOUN_ENDS.has(lower))
  );
}

type Cause = Pick<Toll, 'effect' | 'start'>;

/** Where "shot dead", "gunned down" or "fatally stabbed" begins that ends at `words[at]`, or null. */
function slainBy(words: readonly Word[], at: number): number | null {
  const [first = '', second = ''] = [words[at - 1]?.lower, words[at]?.lower];
  const isSlain =
    (/^(?:shot|shoots|shooting)$/.test(first) && second === 'dead') ||
    (/^(?:gunned|guns|gunning)$/.test(first) && second === 'down') ||
    (first === 'fatally' &&
      /^(?:sho(?:t|oting)|stabb(?:ed|ing)|wound(?:ed|ing)|str(?:uck|iking))$/.test(second));
  const isPassive = /^(?:was|were|is|are|been|being)$/.test(words[at - 2]?.lower ?? '');
  return isSlain && !isPassive ? at - 1 : null;
}

function verbCause(words: readonly Word[], at: number): Cause | null {
  const word = words[at]?.lower ?? '';
  const before = words[at - 1]?.lower ?? '';
  const isPassive = /^(?:was|were|is|are|been|being|be|get|got)$/.test(before);
  const phrase = slainBy(words, at);
  if (phrase !== null) return { effect: 'killed', start: phrase };
  const inflicted = INFLICTED.get(word);
  if (inflicted !== undefined)
    return isPassive || UNREAL.has(before) ? null : { effect: inflicted, start: at };
  const inflict = INFLICT.get(word);
  const isPossible = /^(?:to|a|the|may|might|and|or)$/.test(before) || UNREAL.has(before);
  return inflict === undefined || isPossible ? null : { effect: inflict, start: at };
}

function nounCause(words: readonly Word[], at: number): Cause | null {
  const word = words[at]?.lower ?? '';
  if (words[at + 1]?.lower === 'to')
    return /^(?:injuries|wounds)$/.test(word) ? { effect: 'injured', start: at } : null;
  const noun = EFFECT_OF.get(word);
  if (noun !== undefined) return { effect: noun, start: at };
  const isClaim = word === 'lives' && /^claim(?:ed|s|ing)$/.test(words[at - 2]?.lower ?? '');
  return isClaim ? { effect: 'killed', start: at - 2 } : null;
}
