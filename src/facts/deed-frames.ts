import type { Deed } from '../model/fact.ts';
import { DOES, DOING, DONE, NOUNS } from './deed-words.ts';
import { listFrom, type Phrase, phraseFrom, phraseUpTo, subjectsOf } from './noun-phrases.ts';
import { HARMS, isDoneTo } from './parties.ts';
import type { Word } from './quantities.ts';
import { ANY_WEAPON } from './weapon-words.ts';
import { isAdverb, isAuxiliary, isDeterminer, isNumber, isPreposition, isVerb } from './word-classes.ts';
import { table } from './word-tables.ts';

/** What a sentence says was done, by whom and to whom, as phrases of its words. */
export interface Told {
  deed: Deed;
  /** Index of the word that tells it. */
  at: number;
  doers: Phrase[];
  targets: Phrase[];
  /** "The murder of X": that somebody denies a part in it makes it no less real. */
  isNoun?: boolean;
}

/** What the word at `at` tells was done: nothing for most words. */
export function toldAt(words: readonly Word[], at: number): Told[] {
  const lower = words[at]?.lower ?? '';
  const done = DONE.get(lower);
  if (done !== undefined)
    return some(
      amongAt(words, at),
      invertedAt(words, at, done),
      passiveAt(words, at, done),
      activeAt(words, at, done),
      insertedAt(words, at, done),
    );
  const does = DOES.get(lower);
  if (does !== undefined && isHeadlineVerb(words, at)) {
    const told = activeAt(words, at, does);
    if (told !== null) return [told];
  }
  const doing = DOING.get(lower);
  if (doing !== undefined && !/^(?:the|an?|this|that|of)$/.test(lowerAt(words, at - 1)))
    return /^(?:of|on|against|by)$/.test(lowerAt(words, at + 1))
      ? nounAt(words, at, doing)
      : [{ deed: doing, at, doers: [], targets: listFrom(words, at + 1) }];
  const noun = NOUNS.get(lower);
  return noun === undefined ? idiomAt(words, at) : nounAt(words, at, noun);
}

function lowerAt(words: readonly Word[], at: number): string {
  return words[at]?.lower ?? '';
}

/** The first that is not null. */
function some(...told: (Told | null)[]): Told[] {
  const first = told.find((one) => one !== null);
  return first == null ? [] : [first];
}

const BE = /^(?:was|were|is|are|been|being|be|got|get)$/;
/** Words between "was" and the deed: "was shot and killed", "were seriously wounded". */
const BESIDE =
  /^(?:shot|stabbed|beaten|tortured|burned|captured|kidnapped|abducted|ambushed|struck|attacked)$/;
/** After a participle without "was": "three policemen killed by gunmen", "a guard killed in Lima". */
const AFTER_REDUCED = /^(?:by|in|during|when|after|near|at|outside|here|yesterday|today|last|this|on|[.,;])$/;

function passiveAt(words: readonly Word[], at: number, deed: Deed): Told | null {
  const verb = verbStart(words, at);
  const before = lowerAt(words, verb - 1);
  const isPassive = BE.test(before) || (BE.test(lowerAt(words, verb - 2)) && before === 'not');
  const isReduced = words[at + 1] === undefined || AFTER_REDUCED.test(lowerAt(words, at + 1));
  if (!isPassive && (!isReduced || /^(?:have|has|had|having|to|who|which|and)$/.test(before))) return null;
  return { deed, at, doers: agentAfter(words, at + 1), targets: subjectsOf(words, verb) };
}

function verbStart(words: readonly Word[], at: number): number {
  let verb = at;
  while (isAdverb(words, verb - 1) || isBeside(words, verb - 1)) verb -= 1;
  return verb;
}

/** "was *shot and* killed", "were *kidnapped or* murdered". */
function isBeside(words: readonly Word[], at: number): boolean {
  const isJoint = /^(?:and|or)$/.test(lowerAt(words, at));
  return BESIDE.test(lowerAt(words, isJoint ? at - 1 : at));
}

/** "Two businessmen, kidnapped 11 days ago in Medellin, were freed". */
function insertedAt(words: readonly Word[], at: number, deed: Deed): Told | null {
  if (lowerAt(words, at - 1) !== ',') return null;
  const targets = subjectsOf(words, at - 1).filter((phrase) => isDoneTo(words, phrase, deed));
  return targets.length === 0 ? null : { deed, at, doers: agentAfter(words, at + 1), targets };
}

/** "*Also injured were* X and Y", "*Killed by the blast were:* X; Y". */
function invertedAt(words: readonly Word[], at: number, deed: Deed): Told | null {
  if (at > 0 && !/^(?:also|[.;])$/.test(lowerAt(words, at - 1))) return null;
  const targets = subjectsAfterBe(words, at + 1);
  return targets.length === 0 ? null : { deed, at, doers: agentAfter(words, at + 1), targets };
}

/** How far a verb may stand from what it is put before, in words. */
const INVERSION_REACH = 6;

/** The list behind the "was" or "were:" that is the first verb from `from` on. */
function subjectsAfterBe(words: readonly Word[], from: number): Phrase[] {
  for (let at = from; at < from + INVERSION_REACH; at += 1) {
    const lower = lowerAt(words, at);
    if (/^(?:was|were|is|are)$/.test(lower))
      return listFrom(words, lowerAt(words, at + 1) === ':' ? at + 2 : at + 1);
    if (!/^\p{L}/u.test(lower) || isVerb(words, at, false)) return [];
  }
  return [];
}

/** What was done to "the injured" of "among the injured were X and Y". */
const OF_VICTIMS = table<Deed>({
  killed: 'dead killed victims fatalities murdered',
  injured: 'injured wounded',
  kidnapped: 'hostages kidnapped',
});

/** "Among the dead were X and Y", "the victims are X; Y; and Z". */
function amongAt(words: readonly Word[], at: number): Told | null {
  const deed = OF_VICTIMS.get(lowerAt(words, at));
  const isAmong = lowerAt(words, at - 2) === 'among' && lowerAt(words, at - 1) === 'the';
  if (deed === undefined || !isAmong) return null;
  const targets = subjectsAfterBe(words, at + 1);
  return targets.length === 0 ? null : { deed, at, doers: [], targets };
}

/** How far after a deed its agent stands: "killed on Monday in the town of X by gunmen". */
const AGENT_REACH = 14;

/** The agent of a deed, when nothing ends the clause before it. */
function agentAfter(words: readonly Word[], from: number): Phrase[] {
  for (let at = from; at < from + AGENT_REACH; at += 1) {
    const lower = words[at]?.lower ?? '.';
    if (/^(?:[.;:()"“”]|and|who|which|that|when|while|after|as|but)$/.test(lower)) return [];
    if (lower === 'by') return listFrom(words, at + 1).slice(0, 2);
  }
  return [];
}

/** "The attack in Lima by rebels": no verb stands between, as in "the death was confirmed by a doctor". */
function agentOfNoun(words: readonly Word[], from: number): Phrase[] {
  const agents = agentAfter(words, from);
  const to = agents[0]?.start ?? from;
  const between = [...words.keys()].slice(from, to);
  return between.some((at) => isAuxiliary(words, at) || isVerb(words, at, false)) ? [] : agents;
}

/** The object follows the verb and takes the deed; otherwise the words tell something else. */
function activeAt(words: readonly Word[], at: number, deed: Deed, objectAt = at + 1): Told | null {
  if (isParticipleOfNoun(words, at)) return null;
  const targets = listedFrom(words, objectAt);
  const [first] = targets;
  if (first?.start !== objectAt || !targets.some((phrase) => isDoneTo(words, phrase, deed))) return null;
  const verb = verbStart(words, at);
  // "They shot X and wounded Y": the subject is that of the verb before.
  const doers = lowerAt(words, verb - 1) === 'and' ? [] : subjectsOf(words, verb);
  return { deed, at, doers, targets };
}

/** "Killed *three reporters: Ana Ruiz and Luis Paz*": the names of those who are counted are theirs too. */
function listedFrom(words: readonly Word[], at: number): Phrase[] {
  const list = listFrom(words, at);
  const end = list.at(-1)?.end ?? at;
  return lowerAt(words, end) === ':' ? [...list, ...listFrom(words, end + 1)] : list;
}

/** "The two *wounded* men", "on *injured* reserve"; of "the blast that *killed* two" it is the verb. */
function isParticipleOfNoun(words: readonly Word[], at: number): boolean {
  const before = at - 1;
  const isRelative = lowerAt(words, before) === 'that' && !isPreposition(words, before - 1) && before > 0;
  if (isRelative) return false;
  return (
    isDeterminer(words, before) ||
    isNumber(words, before) ||
    /^(?:in|on|of|for|with|to|from)$/.test(lowerAt(words, before))
  );
}

/** Longer ones are no headlines, in words. */
const HEADLINE = 20;

/** In headlines verbs are in the present: "Gunmen kill", and base forms stand only after a plural. */
function isHeadlineVerb(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  if (before === undefined || words.length > HEADLINE || /^[.!?]$/.test(words.at(-1)?.text ?? ''))
    return false;
  if (isPreposition(words, at - 1) || isDeterminer(words, at - 1) || !/^\p{L}/u.test(before.text))
    return false;
  const isThird = /s$/.test(lowerAt(words, at));
  return isThird || /(?:s|men|people|police|troops)$/.test(before.lower);
}

/** "the murder of X by Y", "the attack on X", "the attack by Y", "Y's attack on X". */
function nounAt(words: readonly Word[], at: number, deed: Deed): Told[] {
  const link = linkAfter(words, at, deed);
  const isTargeted = link !== null;
  const targets = isTargeted ? listFrom(words, link + 1) : ownersOf(words, at, deed);
  const last = isTargeted ? (targets.at(-1)?.end ?? at + 1) : at + 1;
  const doers = lowerAt(words, last) === 'by' || !isTargeted ? agentOfNoun(words, last) : [];
  return targets.length + doers.length === 0 ? [] : [{ deed, at, doers, targets, isNoun: isTargeted }];
}

/** How far a place or a time may put off whom a deed was done to, in words. */
const LINK_REACH = 9;

/** Where the "of" of "the murder *of* X" is, or of "the murder in Lima on Monday *of* X"; null when there is none. */
function linkAfter(words: readonly Word[], at: number, deed: Deed): number | null {
  if (targetLinks(deed).test(lowerAt(words, at + 1))) return at + 1;
  const isPutOff = isPreposition(words, at + 1) || /^(?:this|last)$/.test(lowerAt(words, at + 1));
  if (!HARMS.has(deed) || !isPutOff) return null;
  const link = words.findIndex(
    ({ lower }, index) => index > at + 1 && lower === 'of' && isPlaceOrTime(words[index - 1]),
  );
  const isNear = link > 0 && link < at + LINK_REACH && !endsBetween(words, at + 1, link);
  return isNear && listFrom(words, link + 1).some((phrase) => isDoneTo(words, phrase, deed)) ? link : null;
}

function endsBetween(words: readonly Word[], from: number, to: number): boolean {
  return [...words.keys()]
    .slice(from, to)
    .some((at) => /^(?:[.,;:]|by)$/.test(lowerAt(words, at)) || isAuxiliary(words, at));
}

/** "Lima", "Monday", "hours": no noun that an "of" goes on with, as that of "the town of". */
function isPlaceOrTime(word: Word | undefined): boolean {
  return /^\p{Lu}\p{Ll}|^\d+$|^(?:minutes?|hours?|days?|weeks?|months?|morning|night|evening)$/u.test(
    word?.text ?? '',
  );
}

/** "An attack of rebels" is not on them. */
function targetLinks(deed: Deed): RegExp {
  return deed === 'attacked' ? /^(?:on|against|at)$/ : /^(?:of|on|against|at)$/;
}

/** Of "the senator's murder" the senator was killed; "the rebels' attack" is theirs. */
function ownersOf(words: readonly Word[], at: number, deed: Deed): Phrase[] {
  if (deed === 'attacked' || deed === 'bombed' || !/['’]s?$/u.test(words[at - 1]?.text ?? '')) return [];
  const owner = phraseUpTo(words, at);
  return owner === null ? [] : [owner];
}

/** Deeds that take more than one word. */
function idiomAt(words: readonly Word[], at: number): Told[] {
  const lower = lowerAt(words, at);
  const among = amongAt(words, at);
  if (among !== null) return [among];
  if (/^(?:died|dies|die|perished)$/.test(lower))
    return [{ deed: 'killed', at, doers: [], targets: subjectsOf(words, verbStart(words, at)) }];
  if (lower === 'shot' || lower === 'gunned') return shotAt(words, at);
  if (/^attempts?$/.test(lower)) return attemptAt(words, at);
  const told = [leavingAt, hostagesAt, burningAt, blowingUpAt, firingAt, weaponAt].map((read) =>
    read(words, at),
  );
  return told.find((some) => some.length > 0) ?? (EXPLODES.test(lower) ? explosionAt(words, at) : []);
}

function passive(words: readonly Word[], at: number, deed: Deed): Told {
  return { deed, at, doers: agentAfter(words, at + 1), targets: subjectsOf(words, at) };
}

/** "Rebels blew up a bridge", "a bridge was blown up by rebels". */
function blowingUpAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:blew|blow|blown|blowing)$/.test(lowerAt(words, at)) || lowerAt(words, at + 1) !== 'up') return [];
  if (BE.test(lowerAt(words, at - 1))) return [passive(words, at, 'bombed')];
  return some(activeAt(words, at, 'bombed', at + 2));
}

/** "The blast left four children injured". */
function leavingAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:left|leaving|leaves)$/.test(lowerAt(words, at))) return [];
  const targets = listFrom(words, at + 1);
  const state = lowerAt(words, targets.at(-1)?.end ?? at);
  if (!/^(?:dead|injured|wounded|hurt)$/.test(state)) return [];
  return [{ deed: state === 'dead' ? 'killed' : 'injured', at, doers: [], targets }];
}

const HELD = /^(?:hostages?|captives?)$/;

/** "Took 23 sailors hostage", "took as hostages 23 sailors", "the sailors were held hostage". */
function hostagesAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:took|take|takes|taken|taking|held|hold|holds|holding|kept)$/.test(lowerAt(words, at))) return [];
  if (HELD.test(lowerAt(words, at + 1))) return [passive(words, at, 'kidnapped')];
  const targets = heldIn(words, at + 1);
  const doers = lowerAt(words, at - 1) === 'and' ? [] : subjectsOf(words, at);
  return targets.length > 0 ? [{ deed: 'kidnapped', at, doers, targets }] : [];
}

function heldIn(words: readonly Word[], at: number): Phrase[] {
  const isAs = (from: number) => lowerAt(words, from) === 'as' && HELD.test(lowerAt(words, from + 1));
  if (isAs(at)) return listFrom(words, at + 2);
  const taken = listFrom(words, at);
  const last = taken.at(-1);
  if (last === undefined) return [];
  if (isAs(last.end)) return taken;
  const held = { start: last.start, end: last.end - 1 };
  return HELD.test(lowerAt(words, held.end)) && held.end > held.start ? [...taken.slice(0, -1), held] : [];
}

/** "Set fire to X", "X was set on fire". */
function burningAt(words: readonly Word[], at: number): Told[] {
  const next = lowerAt(words, at + 1);
  if (lowerAt(words, at) !== 'set' || !/^(?:fire|ablaze|afire|on)$/.test(next)) return [];
  if (BE.test(lowerAt(words, at - 1))) return [passive(words, at, 'burned')];
  return next === 'fire'
    ? some(activeAt(words, at, 'burned', lowerAt(words, at + 2) === 'to' ? at + 3 : at + 2))
    : [];
}

/** "Gunmen opened fire on X", "opened fire in a market", "fired at X". */
function firingAt(words: readonly Word[], at: number): Told[] {
  const lower = lowerAt(words, at);
  const isOpening = /^open(?:ed|s|ing)?$/.test(lower) && lowerAt(words, at + 1) === 'fire';
  const link = isOpening ? at + 2 : at + 1;
  const isAimed = /^(?:on|at|against|upon)$/.test(lowerAt(words, link));
  if (!isOpening && !(lower === 'fired' && isAimed)) return [];
  if (!isAimed) return [{ deed: 'attacked', at, doers: subjectsOf(words, at), targets: [] }];
  return some(activeAt(words, at, 'attacked', link + 1));
}

const SETS_OFF =
  /^(?:placed|planted|threw|thrown|hurled|tossed|lobbed|detonated|launched|dropped|activated|fired|exploded|set|throw|throws|hurl|hurls|plant|plants|place|detonate|detonates|throwing|hurling|planting|placing|detonating|firing|left|used|using)$/;
const EXPLODES = /^(?:exploded|explodes|explode|detonated|off|explosions?|blasts?)$/;
const WEAPON_REACH = 8;
const AIMED = /^(?:at|against|in|inside|under|into|outside|near|beside|on|toward|towards)$/;

/** "Rebels threw a bomb at the office", "a bomb was thrown at the office by rebels". */
function weaponAt(words: readonly Word[], at: number): Told[] {
  if (!SETS_OFF.test(lowerAt(words, at))) return [];
  const isArmed = (from: number, to: number) =>
    words.slice(Math.max(0, from), to).some(({ text }) => ANY_WEAPON.test(text));
  if (BE.test(lowerAt(words, verbStart(words, at) - 1))) {
    if (!isArmed(at - WEAPON_REACH, at)) return [];
    return [{ deed: 'bombed', at, doers: agentAfter(words, at + 1), targets: aimedAfter(words, at + 1) }];
  }
  const by = lowerAt(words, at + 1) === 'off' ? at + 2 : at + 1;
  // "Blasts set off by the rebels".
  if (lowerAt(words, by) === 'by')
    return isArmed(at - 2, at) || EXPLODES.test(lowerAt(words, at - 1))
      ? [{ deed: 'bombed', at, doers: agentAfter(words, by), targets: [] }]
      : [];
  const object = phraseFrom(words, lowerAt(words, at + 1) === 'off' ? at + 2 : at + 1);
  if (object === null || !isArmed(object.start, object.end)) return [];
  return [{ deed: 'bombed', at, doers: subjectsOf(words, at), targets: aimedAfter(words, object.end) }];
}

function aimedAfter(words: readonly Word[], from: number): Phrase[] {
  for (let at = from; at < from + 4; at += 1)
    if (AIMED.test(lowerAt(words, at))) return listFrom(words, behindFront(words, at + 1));
  return [];
}

/** Past the "front of" in "in front of the bank". */
function behindFront(words: readonly Word[], at: number): number {
  return lowerAt(words, at) === 'front' && lowerAt(words, at + 1) === 'of' ? at + 2 : at;
}

function shotAt(words: readonly Word[], at: number): Told[] {
  if (lowerAt(words, at + 1) === 'and') return [];
  const isToDeath = lowerAt(words, at + 1) === 'to' && lowerAt(words, at + 2) === 'death';
  const isDead = isToDeath || /^(?:dead|down)$/.test(lowerAt(words, at + 1));
  const end = at + 1 + (isToDeath ? 2 : isDead ? 1 : 0);
  const deed = isDead ? 'killed' : 'injured';
  const verb = verbStart(words, at);
  if (BE.test(lowerAt(words, verb - 1)))
    return [{ deed, at, doers: agentAfter(words, end), targets: subjectsOf(words, verb) }];
  return some(activeAt(words, at, deed, lowerAt(words, end) === 'at' ? end + 1 : end));
}

/** "an attempt on the life of X", "an assassination attempt against X". */
function attemptAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:on|against)$/.test(lowerAt(words, at + 1))) return [];
  let from = at + 2;
  while (/^(?:the|his|her|life|lives|of)$/.test(lowerAt(words, from)) && from < at + 5) from += 1;
  return [{ deed: 'attacked', at, doers: [], targets: listFrom(words, from) }];
}

const PLACED = /^(?:in|at|outside|near|inside|under|behind|beside|opposite|against)$/;
const PLACE_REACH = 8;

/** "a bomb exploded outside X": what stands there is what was bombed, if it is a thing. */
function explosionAt(words: readonly Word[], at: number): Told[] {
  if (lowerAt(words, at) === 'off' && !/^(?:went|go|goes)$/.test(lowerAt(words, at - 1))) return [];
  for (let from = at + 1; from < at + PLACE_REACH; from += 1) {
    const word = words[from];
    if (word === undefined || /^[.;:"”]$/.test(word.text)) return [];
    if (!PLACED.test(word.lower)) continue;
    const targets = listFrom(words, behindFront(words, from + 1));
    if (targets.some((phrase) => isDoneTo(words, phrase, 'bombed')))
      return [{ deed: 'bombed', at, doers: [], targets }];
  }
  return [];
}
