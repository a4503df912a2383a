import type { Deed } from '../model/fact.ts';
import { ANIMALS } from './casualty-words.ts';
import { BEARERS, DOES, GROUPS, THINGS } from './deed-words.ts';
import { tellsOfEvent } from './event-words.ts';
import type { Phrase } from './noun-phrases.ts';
import type { Word } from './quantities.ts';
import { isPerson } from './victims.ts';

/** Whether the phrase names people: by a noun of people, a title, or a name of two words that no thing bears. */
export function namesPeople(words: readonly Word[], phrase: Phrase): boolean {
  const inside = beforeOf(words, phrase);
  const head = headOf(inside);
  if (head === undefined) return false;
  if (isPerson(head.lower) || BEARERS.has(head.lower)) return true;
  if (THINGS.has(head.lower)) return false;
  const isTitled = inside.some(({ lower }) => TITLES.test(lower) || isPerson(lower) || BEARERS.has(lower));
  return isTitled ? /^\p{Lu}/u.test(head.text) : isName(inside, 2);
}

const TITLES =
  /^(?:mr|mrs|ms|dr|general|gen|colonel|col|lt|captain|capt|sgt|major|maj|father|monsignor|msgr|bishop|senator|president|minister|mayor|judge|governor|deputy|engineer|eng|professor|prof|don)$/;

/** What a phrase is about stands after the "of" of these: "one of his guards", "the basement of the bank". */
const PART =
  /^(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|most|many|several|both|all|group|groups|column|columns|crowd|number|dozens|scores|hundreds|thousands|majority|pair|couple|part|parts|front|back|rear|basement|entrance|roof|facade|premises|side|interior|gates?|doors?|windows?)$/;

/** The words of a phrase up to its "of", without what it has in brackets. */
function beforeOf(words: readonly Word[], { start, end }: Phrase): readonly Word[] {
  const inside = withoutBrackets(words.slice(start, end));
  const of = inside.findIndex(
    ({ text }, index) => index > 0 && text === 'of' && !PART.test(inside[index - 1]?.lower ?? ''),
  );
  return of < 0 ? inside : inside.slice(0, of);
}

function withoutBrackets(inside: readonly Word[]): readonly Word[] {
  let depth = 0;
  return inside.filter(({ text }) => {
    if (/^[[(]$/.test(text)) depth += 1;
    const isOutside = depth === 0;
    if (/^[\])]$/.test(text)) depth -= 1;
    return isOutside;
  });
}

/** The noun that the phrase is about: the last before "of" or a bracket. */
function headOf(inside: readonly Word[]): Word | undefined {
  return inside.findLast(({ text }) => /^[\p{L}\d]/u.test(text));
}

/** "Carlos Soto": as many capitalized words, and nothing else but particles. */
function isName(words: readonly Word[], least: number): boolean {
  const capitals = words.filter(({ text }) => /^\p{Lu}[\p{L}’'-]/u.test(text));
  const rest = words.filter(
    ({ text }) =>
      !/^\p{Lu}/u.test(text) &&
      !/^(?:de|la|del|los|las|y|al|bin|ibn|el|van|von|der|da|dos|the|\.|-)$/.test(text),
  );
  return capitals.length >= least && rest.length === 0 && !words.some(({ lower }) => DAY.test(lower));
}

const DAY = /^(?:eve|christmas|day|year|easter|ramadan|eid|night)$/;

/** Whether something of this kind can be done to what the phrase names. */
export function isDoneTo(words: readonly Word[], phrase: Phrase, deed: Deed): boolean {
  const head = headOf(beforeOf(words, phrase));
  if (head === undefined || ANIMALS.has(head.lower) || hasVerb(beforeOf(words, phrase))) return false;
  if (namesPeople(words, phrase) || isSingleName(words, phrase, deed) || isNamedBearer(words, phrase, deed))
    return deed !== 'bombed' || !isName(beforeOf(words, phrase), 1);
  return THINGS.has(head.lower) && !HARMS.has(deed);
}

/** What is done to people only. */
export const HARMS: ReadonlySet<Deed> = new Set(['killed', 'injured', 'kidnapped']);

/** "Killed *ideologue Ana Ruiz*": whatever word stands before a full name, where only people are killed or taken. */
function isNamedBearer(words: readonly Word[], phrase: Phrase, deed: Deed): boolean {
  const inside = beforeOf(words, phrase);
  const name = inside.slice(-2);
  const isThing = inside.some(({ lower }) => THINGS.has(lower) || CAUSES.test(lower));
  return HARMS.has(deed) && inside.length > 2 && !isThing && isName(name, 2);
}

/** "Kidnapped *Piescher*": one name, where only people are killed or taken, and a capital tells a name. */
function isSingleName(words: readonly Word[], { start, end }: Phrase, deed: Deed): boolean {
  const word = words[start];
  if (word === undefined || end !== start + 1 || !HARMS.has(deed)) return false;
  return (
    start > 0 && /^\p{Lu}\p{Ll}{2,}/u.test(word.text) && !THINGS.has(word.lower) && !CAUSES.test(word.lower)
  );
}

/** Whether the phrase names somebody who can have done it: people or a group, and no weapon, car or disease. */
export function isDoer(words: readonly Word[], phrase: Phrase): boolean {
  const inside = beforeOf(words, phrase);
  const head = headOf(inside);
  if (head === undefined || !isNamable(inside, head)) return false;
  if (isPerson(head.lower) || BEARERS.has(head.lower) || GROUPS.has(head.lower)) return !isRest(inside);
  return !tellsOfEvent(head.text) && isNamed(inside);
}

/** Whether the phrase can name who says that they did it, or whom somebody blames. */
export function isParty(words: readonly Word[], phrase: Phrase): boolean {
  const inside = beforeOf(words, phrase);
  const head = headOf(inside);
  if (head === undefined || !isNamable(inside, head)) return false;
  const isOwned = inside.some(({ text }) => /['’]s?$/u.test(text)) && !/^\p{Lu}/u.test(head.text);
  return (
    isDoer(words, phrase) ||
    (!isOwned &&
      !tellsOfEvent(head.text) &&
      inside.some(({ text, start }) => start > 0 && /^\p{Lu}/u.test(text)))
  );
}

/** "Army convoy kills 12 soldiers": a headline. */
function hasVerb(inside: readonly Word[]): boolean {
  return inside.some(({ lower }, index) => index > 0 && DOES.has(lower) && !GROUPS.has(lower));
}

/** No pronoun, nobody, and no sentence of a headline: "Twin blasts kill 30 fighters". */
function isNamable(inside: readonly Word[], head: Word): boolean {
  return (
    !THINGS.has(head.lower) &&
    /^\p{L}/u.test(head.text) &&
    !NUMBER.test(head.lower) &&
    !/^(?:others?|\p{L}+ly)$/u.test(head.lower) &&
    !NOBODY.test(inside[0]?.lower ?? '') &&
    !inside.some(({ lower }) => CAUSES.test(lower)) &&
    !hasVerb(inside)
  );
}

const NUMBER = /^(?:two|three|four|five|six|seven|eight|nine|ten|several|many|more)$/;
const NOBODY =
  /^(?:he|she|it|they|we|i|you|who|which|no|nobody|none|nothing|others?|some|many|this|these|both|each)$/;

/** "Their men", "the wounded policeman": whom a sentence speaks of already, or a victim. */
function isRest(inside: readonly Word[]): boolean {
  return inside.some(({ lower }) =>
    /^(?:injured|wounded|killed|murdered|slain|dead|kidnapped|his|her|their|its)$/.test(lower),
  );
}

/** "the Shining Path", "ISIS": a name, which a sentence's first word is not yet by its capital. */
function isNamed(inside: readonly Word[]): boolean {
  return isName(inside, inside[0]?.start === 0 ? 2 : 1);
}

/** What kills without being anybody. */
const CAUSES =
  /^(?:hurricane|storm|storms|cyclone|typhoon|tornado|avalanche|flood|floods|flooding|earthquake|quake|tsunami|fire|fires|wildfire|blaze|heat|cold|virus|covid|coronavirus|covid-19|ebola|cholera|cancer|disease|hunger|famine|train|bullet|bullets|explosion|blast|weather|lightning|war|crash|accident|collapse|landslide|poison|gas|smoke|shrapnel|debris|attack|attacks|violence|clashes|bombs?|mines?|missiles?|rockets?|gunfire|shelling|strikes?|airstrikes?|raids?|moment|decision|action|actions|\d+)$/;
