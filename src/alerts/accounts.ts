import type { Count, FactItem } from '../model/alert.ts';
import type { CasualtyFact, Fact, Place, Reading } from '../model/fact.ts';
import { fold } from '../text/tokens.ts';

/**
 * What a later account is to a known one: it says the same, it brings the count up to date, the two conflict, or they
 * count different people or events (or one tells too little to say), and then both stand for themselves.
 */
export type Comparison = 'same' | 'update' | 'conflict' | 'apart';

/** What a toll counts, and of which event; null when its words give no number. */
export function countOf({ value }: CasualtyFact, { article, facts }: Reading): Count | null {
  const { effect, min, max, group } = value;
  if (min === null) return null;
  const places = facts.flatMap((fact) => provinceOf(fact) ?? []);
  const days = facts.flatMap((fact) =>
    fact.kind === 'date' && fact.scope === 'event' ? [fact.value.day] : [],
  );
  return {
    ...{ effect, min, max, group: group === null ? null : fold(group) },
    places: [...new Set(places)],
    days: [...new Set(days)],
    outlet: article.outlet,
    at: article.publishedAt ?? article.firstSeenAt,
  };
}

/**
 * Compares accounts of the same effect on the same group. The newer one is an update where the same voice speaks again
 * or another outlet tells a higher count of the same event; named speakers who differ conflict, and so does a lower
 * count of another outlet, which may just be older.
 */
export function compareAccounts(known: FactItem, item: FactItem): Comparison {
  const [before, after] = [known.count, item.count];
  if (!before || !after || before.effect !== after.effect || before.group !== after.group) return 'apart';
  const speakers = compareSpeakers(known, item);
  if (before.min === after.min && before.max === after.max) {
    // Who says it is news too.
    return speakers === 'other' || (known.speaker === null && item.speaker !== null) ? 'apart' : 'same';
  }
  return compareEvents(before, after) === 'other' ? 'apart' : compareCounts(before, after, speakers);
}

/** For counts of one group that differ. */
function compareCounts(before: Count, after: Count, speakers: Agreement): Comparison {
  const isSameOutlet = before.outlet === after.outlet;
  const isSameVoice = speakers === 'same' || (isSameOutlet && speakers === 'unknown');
  const isNewer = after.at >= before.at;
  if (isSameVoice) return isNewer ? 'update' : 'apart';
  if (!isSameOutlet && compareEvents(before, after) === 'unknown') return 'apart';
  if (speakers === 'unknown' && isNewer && after.min > before.min) return 'update';
  return areDisjoint(before, after) ? 'conflict' : 'apart';
}

/** The items with those that conflict put together, in the order of the first of each. */
export function groupAccounts(items: readonly FactItem[]): FactItem[][] {
  const groups: FactItem[][] = [];
  for (const item of items) {
    const rivals = groups.find((group) => group.some((one) => areRivals(one, item)));
    if (rivals === undefined) groups.push([item]);
    else rivals.push(item);
  }
  return groups;
}

/** Whichever of two accounts is the newer one. */
export function areRivals(one: FactItem, other: FactItem): boolean {
  return compareAccounts(one, other) === 'conflict' || compareAccounts(other, one) === 'conflict';
}

/** Whether two things are the same; `unknown` when one of them is not told. */
type Agreement = 'same' | 'other' | 'unknown';

function compareSpeakers({ speaker }: FactItem, { speaker: other }: FactItem): Agreement {
  if (speaker === null || other === null) return 'unknown';
  return sameWords(speaker) === sameWords(other) ? 'same' : 'other';
}

/** "The U.S." and "US" are the same words. */
export function sameWords(text: string): string {
  const bare = text
    .toLowerCase()
    .replaceAll('.', '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return bare.trim().replace(/^the /, '');
}

/** `same` needs a shared province, and no days that differ. */
function compareEvents(one: Count, other: Count): Agreement {
  const [place, day] = [compareLists(one.places, other.places), compareLists(one.days, other.days)];
  if (place === 'other' || day === 'other') return 'other';
  return place;
}

function compareLists(one: readonly string[], other: readonly string[]): Agreement {
  if (one.length === 0 || other.length === 0) return 'unknown';
  return one.some((value) => other.includes(value)) ? 'same' : 'other';
}

function areDisjoint(one: Count, other: Count): boolean {
  const isBelow = (a: Count, b: Count) => a.max !== null && a.max < b.min;
  return isBelow(one, other) || isBelow(other, one);
}

/** `SY/Idlib` for a place of the event; null for a country, which is too wide to tell events apart. */
function provinceOf(fact: Fact): string | null {
  if (fact.kind !== 'place' || fact.value.role !== 'event' || fact.value.country === null) return null;
  const { country, kind, admin, name }: Place = fact.value;
  const province = kind === 'admin' ? name : admin;
  return province === null ? null : `${country}/${province}`;
}
