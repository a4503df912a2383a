import type { Count, FactItem } from '../model/alert.ts';
import type { Span } from '../model/article.ts';
import type { CasualtyFact, Fact, Place, Reading } from '../model/fact.ts';
import { fold } from '../text/tokens.ts';

/**
 * What a later account is to a known one: it says the same, it brings the count up to date, the two conflict, or they
 * count different people or events (or one tells too little to say), and then both stand for themselves.
 */
export type Comparison = 'same' | 'update' | 'conflict' | 'apart';

/** A count beside others, of what one has seen, or of more than one event: it stands for itself. */
const INCOMPARABLE =
  /\b(?:(?:saw|seen|counted|received|recovered|found) (?:\p{L}+ ){0,3}bod(?:y|ies)|bod(?:y|ies) (?:\p{L}+ ){0,3}(?:seen|counted|received|recovered|found)|another|additional|further|others?|more people|this (?:week|month|year)|so far|since)\b/iu;

/** What a toll counts, and of which event; null when its words give no number or count only a part of what happened. */
export function countOf(fact: CasualtyFact, { article, facts }: Reading): Count | null {
  const { effect, min, max, group } = fact.value;
  const { sentence } = fact;
  if (min === null || INCOMPARABLE.test(article.text.slice(sentence.start, sentence.end))) return null;
  return {
    ...{ effect, min, max, group: group === null ? null : fold(group) },
    places: told(facts, sentence, provinceOf),
    days: told(facts, sentence, (one) =>
      one.kind === 'date' && one.scope === 'event' ? one.value.day : null,
    ),
    articleId: article.id,
    outlet: article.outlet,
    at: article.publishedAt ?? article.firstSeenAt,
  };
}

/** What the sentence says of it; what the article says where it says one thing only. */
function told(facts: readonly Fact[], sentence: Span, read: (fact: Fact) => string | null): string[] {
  const values = (some: readonly Fact[]) => [...new Set(some.flatMap((fact) => read(fact) ?? []))];
  const own = values(facts.filter((fact) => fact.sentence.start === sentence.start));
  const all = values(facts);
  return own.length > 0 ? own : all.length === 1 ? all : [];
}

/**
 * Compares accounts of the same effect on the same group. Only counts that exclude each other differ. The newer one is
 * an update where an article takes its own count back, or where the same voice, or another outlet in its own, tells a
 * higher count of the same event. Named speakers who differ conflict. What might be a part, another event or somebody
 * else is apart: a false conflict or update is worse than two lines.
 */
export function compareAccounts(known: FactItem, item: FactItem): Comparison {
  const [before, after] = [known.count, item.count];
  if (!before || !after || before.effect !== after.effect || before.group !== after.group) return 'apart';
  const event = compareEvents(before, after);
  if (event === 'other') return 'apart';
  if (isSameCount(before, after)) return isSaidAnew(known, item) ? 'apart' : 'same';
  const isOneEvent = before.articleId === after.articleId || event === 'same';
  if (!isOneEvent) return 'apart';
  if (!areDisjoint(before, after)) return isRaised(known, item, [before, after]) ? 'update' : 'apart';
  return contradiction(known, item, [before, after]);
}

/** Who says that a toll has risen speaks of the one before, whoever told that. */
const RISEN = /\b(?:r(?:ises?|ose|isen|ising)|climb(?:s|ed)|jump(?:s|ed)|increase[sd]?|grown?|grew)\b/iu;

/** For counts of one event that exclude each other. */
function contradiction(known: FactItem, item: FactItem, [before, after]: [Count, Count]): Comparison {
  const hasRisen = RISEN.test(item.text) && after.at >= before.at && after.min > before.min;
  if (hasRisen) return 'update';
  if (compareSpeakers(known, item) === 'other') return isPart(before, after) ? 'apart' : 'conflict';
  return isUpdate(known, item, [before, after]) ? 'update' : 'apart';
}

/** Who says a count is news too. */
function isSaidAnew(known: FactItem, item: FactItem): boolean {
  return compareSpeakers(known, item) === 'other' || (known.speaker === null && item.speaker !== null);
}

/** Whether the two count in different places or on different days. */
export function areOfOtherEvents({ count: one }: FactItem, { count: other }: FactItem): boolean {
  return one !== undefined && other !== undefined && compareEvents(one, other) === 'other';
}

/** Whether two counts have the same bounds. */
export function isSameCount(one: Count, other: Count): boolean {
  const isSame = one.effect === other.effect && one.group === other.group;
  return isSame && one.min === other.min && one.max === other.max;
}

/** Of speakers who may be the same: the same name, or both the outlet's own voice. */
function isUpdate(known: FactItem, item: FactItem, [before, after]: [Count, Count]): boolean {
  if (after.at < before.at || !isOneVoice(known, item)) return false;
  return before.articleId === after.articleId || (before.min > 0 && after.min > before.min);
}

/** "At least 32" and, from the same named voice, "59" exclude each other no more than they say the same. */
function isRaised(known: FactItem, item: FactItem, counts: [Count, Count]): boolean {
  const [before, after] = counts;
  return known.speaker !== null && after.min > before.min && isUpdate(known, item, counts);
}

const PRONOUN = /^(?:he|she|they|it|who)$/iu;

function isOneVoice(known: FactItem, item: FactItem): boolean {
  if (known.speaker === null || item.speaker === null) return known.speaker === item.speaker;
  return compareSpeakers(known, item) === 'same' && !PRONOUN.test(known.speaker);
}

/** Fewer than half of them may be some of them: who died on the way to hospital. Nobody is no part of anybody. */
function isPart(one: Count, other: Count): boolean {
  const [less, more] = one.min < other.min ? [one, other] : [other, one];
  return less.min > 0 && 2 * (less.max ?? less.min) < more.min;
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

/** Only names tell speakers apart: one "official" may be another, and the Observatory is the Syrian Observatory. */
function compareSpeakers({ speaker }: FactItem, { speaker: other }: FactItem): Agreement {
  if (speaker === null || other === null) return 'unknown';
  const [one, two] = [sameWords(speaker), sameWords(other)];
  if (one === two) return 'same';
  const isShort = one.includes(two) || two.includes(one);
  return isShort || one.split(' ').some((word) => word.length > 4 && two.split(' ').includes(word))
    ? 'unknown'
    : 'other';
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
