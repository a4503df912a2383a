import { ADVERBS, AUXILIARIES, type Effect, GOES_ON, STATES, SUFFERED, UNREAL } from './casualty-words.ts';
import { phraseOf, quantityAt, type Word } from './quantities.ts';
import { type Counted, countedBy, isInflicting, type Toll } from './victims.ts';

/** How far after the victims their verb may stand, in words: adverbs, a place, an insertion between commas. */
const VERB_REACH = 7;
const PLACE_REACH = 9;
const INSERTION_REACH = 16;

/** "13 people were killed", "13 people, including six children, have died", "13 dead". */
export function sufferedToll(words: readonly Word[], counted: Counted): Toll | null {
  for (const from of verbStarts(words, counted)) {
    const verb = verbAt(words, from);
    if (verb === null) continue;
    const isState = STATES.has(words[verb.end - 1]?.lower ?? '') && !hasObject(words, verb.end);
    const isWhole = verb.hasAuxiliary || isState;
    const isClose = from === counted.end || isPartner(words, counted.end);
    // "13 gunmen killed 5": a bare participle with an object is what they did.
    if (isWhole || (isClose && goesOn(words, verb.end)))
      return { counted, effect: verb.effect, start: counted.quantity.start, end: verb.end };
  }
  return null;
}

/** "A student shot dead *14 people*": that is what he did. */
function hasObject(words: readonly Word[], at: number): boolean {
  if (words[at - 1]?.lower !== 'dead') return false;
  return quantityAt(words, at) !== null || /^(?:the|his|her|their|its)$/.test(words[at]?.lower ?? '');
}

/** "Four soldiers*, 12 rebels* killed". */
function isPartner(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'and' || (words[at]?.text === ',' && quantityAt(words, at + 1) !== null);
}

/** Where the verb of the victims may begin: next to them, after an insertion between commas, after "in the town". */
function verbStarts(words: readonly Word[], counted: Counted): number[] {
  const { end, quantity, hasNoun } = counted;
  if (!hasNoun) return quantity.kind === 'one' ? [] : [end];
  const next = words[end]?.lower ?? '';
  if (/^(?:who|that)$/.test(next)) return [end + 1];
  if (next === 'and') return afterPartner(words, end + 1);
  if (next === 'aboard') return [end + 1];
  if (next === ',' && quantityAt(words, end + 1) !== null)
    return [...afterPartner(words, end + 1), ...afterInsertion(words, end + 1)];
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
    if (AUXILIARIES.has(word.lower) || /^(?:died|perished|drowned)$/.test(word.lower)) return [at];
  }
  return [];
}

interface Verb {
  effect: Effect;
  end: number;
  hasAuxiliary: boolean;
}

export function verbAt(words: readonly Word[], from: number): Verb | null {
  let auxiliary = '';
  for (let at = from; at < from + VERB_REACH; at += 1) {
    const word = words[at]?.lower ?? '';
    const verb = phraseVerb(words, at) ?? participleAt(words, at, auxiliary);
    if (verb !== null) return verb;
    if (!mayPrecedeVerb(word) || isYetToBe(words, at)) return null;
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

/** "Had to be killed", "were to be executed": nobody says that they were. */
function isYetToBe(words: readonly Word[], at: number): boolean {
  return (
    words[at]?.lower === 'to' && words[at + 1]?.lower === 'be' && AUXILIARIES.has(words[at - 1]?.lower ?? '')
  );
}

function mayPrecedeVerb(word: string): boolean {
  return !UNREAL.has(word) && (AUXILIARIES.has(word) || ADVERBS.has(word));
}

const PARTICIPLE = [...SUFFERED.keys()].join('|');
const participlesOf = (wanted: Effect) =>
  [...SUFFERED].flatMap(([word, effect]) => (effect === wanted ? [word] : [])).join('|');
const SLAIN = participlesOf('killed');
const TAKEN = participlesOf('detained');
/** Verbs of more than one word; "13 people were killed or injured" counts both together. */
const PHRASES: [RegExp, Effect][] = [
  [/^lost their lives\b/, 'killed'],
  [/^to death\b/, 'killed'],
  [/^(?:taken|held) (?:hostage|prisoner|captive)\b/, 'detained'],
  [/^(?:suffered|sustained) (?:\p{L}+ )?(?:injuries|wounds|burns|concussions)\b/u, 'injured'],
  [/^treated for (?:\p{L}+ )?(?:injuries|wounds|burns)\b/u, 'injured'],
  [
    /^fl(?:ed|ee) (?:from )?(?:their |the )?(?:\p{L}+ )?(?:homes|houses|villages|fighting|violence|clashes|shelling|bombing|floods)\b/u,
    'displaced',
  ],
  [/^among (?:the|those) (?:dead|fatalities|killed|victims)\b/, 'killed'],
  [/^among (?:the|those) (?:injured|wounded)\b/, 'injured'],
  [/^(?:forced|driven) (?:from|out of) their (?:homes|houses|villages)\b/, 'displaced'],
  [/^forced to (?:flee|leave their)\b/, 'displaced'],
  [new RegExp(`^(?:${TAKEN}) and (?:later )?(?:${SLAIN})\\b`), 'killed'],
  [new RegExp(`^(?:${PARTICIPLE}) or (?:been )?(?:${PARTICIPLE})\\b`), 'casualties'],
  [new RegExp(`^(?:${SLAIN}) and (?:injured|wounded|hurt)\\b`), 'casualties'],
];
const PHRASE_REACH = 5;

/** "lost their lives", "were taken hostage", "suffered injuries". */
function phraseVerb(words: readonly Word[], at: number): Verb | null {
  const phrase = phraseOf(words.slice(at, at + PHRASE_REACH));
  for (const [pattern, effect] of PHRASES) {
    const match = pattern.exec(phrase)?.[0];
    if (match !== undefined) return { effect, end: at + match.split(' ').length, hasAuxiliary: true };
  }
  return null;
}

/** Whether the phrase is over at `at`, so that a bare participle or number stands for itself. */
export function goesOn(words: readonly Word[], at: number): boolean {
  const next = words[at];
  if (next === undefined) return true;
  if (GOES_ON.has(next.lower)) return quantityAt(words, at)?.kind !== 'number';
  return /^[^\p{L}\d]/u.test(next.text) || /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(next.lower);
}
