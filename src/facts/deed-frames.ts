import type { Deed } from '../model/fact.ts';
import {
  activeAt,
  agentOfNoun,
  amongAt,
  insertedAt,
  invertedAt,
  lowerAt,
  passiveAt,
  some,
  type Told,
} from './deed-clauses.ts';
import { idiomAt } from './deed-idioms.ts';
import { DOES, DOING, DONE, NOUNS } from './deed-words.ts';
import { listFrom, type Phrase, phraseUpTo } from './noun-phrases.ts';
import { HARMS, isDoneTo } from './parties.ts';
import type { Word } from './quantities.ts';
import { isAuxiliary, isDeterminer, isPreposition } from './word-classes.ts';

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
      : [{ deed: doing, at, doers: [], targets: listFrom(words, afterQuote(words, at + 1)) }];
  const noun = isOtherBody(words, at) ? undefined : NOUNS.get(lower);
  return noun === undefined ? idiomAt(words, at) : nounAt(words, at, noun);
}

/** "The body of experts": a body that nobody found is no dead one. */
function isOtherBody(words: readonly Word[], at: number): boolean {
  return (
    lowerAt(words, at) === 'body' &&
    !words.some(({ lower }) => /^(?:found|discovered|recovered|dumped)$/.test(lower))
  );
}

/** Past the mark in "“murdering” two clerks". */
function afterQuote(words: readonly Word[], at: number): number {
  return /^["”’]$/.test(lowerAt(words, at)) ? at + 1 : at;
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
