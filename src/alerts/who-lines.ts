import type { FactItem } from '../model/alert.ts';
import type { Span } from '../model/article.ts';
import type { Fact, PerpetratorFact, WeaponFact } from '../model/fact.ts';
import { overlaps } from '../text/spans.ts';
import { sameWords } from './accounts.ts';

/** The surest first. */
const STATUSES: PerpetratorFact['value']['status'][] = ['claimed', 'blamed', 'reported', 'suspected'];
/** "The man" and "the bomber" tell nobody who did it. */
const NOBODY =
  /^(?:the|an?|one|both|these|those|this|that) (?:men|man|women|woman|shooters?|attackers?|assailants?|suspects?|persons?|people|individuals?|groups?|others?|perpetrators?|killers?|murderers?|kidnappers?)$|^the (?:bombers?|gunm[ae]n|drivers?|hijackers?|raiders?)$/iu;

/** Who did it, as far as it can be shown: who claims it first, nobody twice, and no doubt that the words leave out. */
export function shownParties(facts: readonly Fact[], title: Span): PerpetratorFact[] {
  const all = facts.filter((fact) => fact.kind === 'perpetrator').filter(isShowable);
  // What the headline says of them the article says better.
  const isTold = (fact: PerpetratorFact) =>
    overlaps(fact, title) &&
    all.some((other) => other.value.status === fact.value.status && !overlaps(other, title));
  const parties = all.filter((fact) => fact.value.status !== 'reported' || !isTold(fact));
  const ranked = parties.toSorted((a, b) => rankOf(a) - rankOf(b) || a.start - b.start);
  return ranked.filter(
    ({ evidence }, index) => !ranked.slice(0, index).some((other) => isSameParty(other.evidence, evidence)),
  );
}

function isShowable({ evidence, hedge, value }: PerpetratorFact): boolean {
  const isDoubted = hedge !== null && value.status !== 'suspected' && !evidence.includes(hedge);
  return !NOBODY.test(evidence) && !isDoubted;
}

function rankOf({ value }: PerpetratorFact): number {
  return STATUSES.indexOf(value.status);
}

/** One weapon of a kind, the exact instead of the general ("car bomb", not "bomb"), when neither headline nor doubt tells it. */
export function shownWeapons(facts: readonly Fact[], title: Span): WeaponFact[] {
  const weapons = facts.filter((fact) => fact.kind === 'weapon').filter(({ hedge }) => hedge === null);
  const inTitle = weapons.filter((fact) => overlaps(fact, title));
  const isTold = (fact: WeaponFact, by: readonly WeaponFact[]) =>
    by.some((other) => other !== fact && tellsWeapon(other.value.weapon, fact.value.weapon));
  return weapons.filter((fact, index) => {
    const exact = weapons.filter(({ value }) => value.weapon !== fact.value.weapon);
    return !inTitle.includes(fact) && !isTold(fact, [...inTitle, ...exact, ...weapons.slice(0, index)]);
  });
}

/** Names in general that more exact ones tell. */
const EXACTLY: Record<string, RegExp> = {
  bomb: /bomb|explosive|dynamite|suicide belt|mine/,
  explosives: /bomb|dynamite|suicide belt/,
  firearm: /gun|rifle|pistol/,
};

function tellsWeapon(known: string, weapon: string): boolean {
  return known === weapon || (EXACTLY[weapon]?.test(known) ?? false);
}

/** Whether a reader who knows the first item learns no further weapon or party from the second. */
export function tellsWho(known: FactItem, item: FactItem): boolean {
  if (known.weapon !== undefined && item.weapon !== undefined) return tellsWeapon(known.weapon, item.weapon);
  if (known.status === undefined || item.status === undefined) return false;
  // Every outlet has its own word for gunmen.
  if (item.status === 'reported' || item.status === 'suspected') return true;
  return known.status === item.status && isSameParty(known.text, item.text);
}

/** "Islamic State" and "the Islamic State group". */
function isSameParty(one: string, other: string): boolean {
  const [a, b] = [sameWords(one), sameWords(other)];
  return a === b || ` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `);
}
