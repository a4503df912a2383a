import type { Deed } from '../model/fact.ts';
import { listFrom, type Phrase, subjectsOf } from './noun-phrases.ts';
import { isDoneTo } from './parties.ts';
import type { Word } from './quantities.ts';
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

export function lowerAt(words: readonly Word[], at: number): string {
  return words[at]?.lower ?? '';
}

/** The first that is not null. */
export function some(...told: (Told | null)[]): Told[] {
  const first = told.find((one) => one !== null);
  return first == null ? [] : [first];
}

export const BE = /^(?:was|were|is|are|been|being|be|got|get)$/;
/** Words between "was" and the deed: "was shot and killed", "were seriously wounded". */
const BESIDE =
  /^(?:shot|stabbed|beaten|tortured|burned|captured|kidnapped|abducted|ambushed|struck|attacked)$/;
/** After a participle without "was": "three policemen killed by gunmen", "a guard killed in Lima". */
const AFTER_REDUCED = /^(?:by|in|during|when|after|near|at|outside|here|yesterday|today|last|this|on|[.,;])$/;

export function passiveAt(words: readonly Word[], at: number, deed: Deed): Told | null {
  const verb = verbStart(words, at);
  const before = lowerAt(words, verb - 1);
  const isPassive = BE.test(before) || (BE.test(lowerAt(words, verb - 2)) && before === 'not');
  const isReduced = words[at + 1] === undefined || AFTER_REDUCED.test(lowerAt(words, at + 1));
  if (!isPassive && (!isReduced || /^(?:have|has|had|having|to|who|which|and)$/.test(before))) return null;
  return { deed, at, doers: agentAfter(words, at + 1), targets: sufferersOf(words, verb) };
}

/** The subjects of a passive; of "Ana Ruiz, a senator and a judge, *was* shot" only the first, as the rest is what she is. */
export function sufferersOf(words: readonly Word[], verb: number): Phrase[] {
  const subjects = subjectsOf(words, verb);
  const isOne = /^(?:was|is)$/.test(lowerAt(words, verb - 1)) && lowerAt(words, verb - 2) === ',';
  const first = subjects.toSorted((a, b) => a.start - b.start).slice(0, 1);
  return isOne ? first : subjects;
}

export function verbStart(words: readonly Word[], at: number): number {
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
export function insertedAt(words: readonly Word[], at: number, deed: Deed): Told | null {
  if (lowerAt(words, at - 1) !== ',') return null;
  const targets = subjectsOf(words, at - 1).filter((phrase) => isDoneTo(words, phrase, deed));
  return targets.length === 0 ? null : { deed, at, doers: agentAfter(words, at + 1), targets };
}

/** "*Also injured were* X and Y", "*Killed by the blast were:* X; Y". */
export function invertedAt(words: readonly Word[], at: number, deed: Deed): Told | null {
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
export function amongAt(words: readonly Word[], at: number): Told | null {
  const deed = OF_VICTIMS.get(lowerAt(words, at));
  const isAmong = lowerAt(words, at - 2) === 'among' && lowerAt(words, at - 1) === 'the';
  if (deed === undefined || !isAmong) return null;
  const targets = subjectsAfterBe(words, at + 1);
  return targets.length === 0 ? null : { deed, at, doers: [], targets };
}

/** How far after a deed its agent stands: "killed on Monday in the town of X by gunmen". */
const AGENT_REACH = 14;

/** The agent of a deed, when nothing ends the clause before it. */
export function agentAfter(words: readonly Word[], from: number): Phrase[] {
  for (let at = from; at < from + AGENT_REACH; at += 1) {
    const lower = words[at]?.lower ?? '.';
    if (/^(?:[.;:()"“”]|and|who|which|that|when|while|after|as|but)$/.test(lower)) return [];
    if (lower === 'by') return listFrom(words, at + 1).slice(0, 2);
  }
  return [];
}

/** "The attack in Lima by rebels": no verb stands between, as in "the death was confirmed by a doctor". */
export function agentOfNoun(words: readonly Word[], from: number): Phrase[] {
  const agents = agentAfter(words, from);
  const to = agents[0]?.start ?? from;
  const between = [...words.keys()].slice(from, to);
  return between.some((at) => isAuxiliary(words, at) || isVerb(words, at, false)) ? [] : agents;
}

/** The object follows the verb and takes the deed; otherwise the words tell something else. */
export function activeAt(words: readonly Word[], at: number, deed: Deed, objectAt = at + 1): Told | null {
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
