import type { Fingerprint, StoryMember } from '../model/story.ts';
import { comparePlaces, type PlaceAgreement } from './event-place.ts';
import { daysApart } from './event-time.ts';
import { type Rarity, sharedTerms } from './shared-terms.ts';
import { mostFrequent } from './text-print.ts';
import { cosines, meanVector, part, type TextVector, textVector } from './text-vector.ts';

/**
 * What each measure says for or against an article telling the event of a story: fitted by logistic regression on
 * halves of the clustering yardsticks, checked on the other halves, and rounded.
 */
const WEIGHTS = {
  /** The closest member, from 0 to 1; more where a text is short, since short texts share less. */
  closest: 2,
  short: 1.4,
  /** The middle of all members. */
  whole: 2,
  /** Without names and numbers: who speaks changes from article to article, and look-alikes share the names. */
  words: 8.5,
  numbers: 3.5,
  /** How much of the leading names of each side the other one has. */
  names: 2.5,
  /** The people of each side whom the other one never names. */
  strangers: -1.4,
  samePlace: 1,
  otherPlace: -2,
  otherDay: -0.8,
  /** Logarithm of the days since the nearest member was seen. */
  seen: -1.1,
  /** One says at its head when it was written and the other does not: one of them is old. */
  undated: -4,
  /** Logarithm of the number of members: some of many is always close. */
  size: -1.3,
};
/** The sum that makes one event. */
export const ENOUGH = 3;

/**
 * Texts that both lead with names and share fewer than this are about others, however alike they are told: no two
 * articles of one story were, on the clustering yardsticks.
 */
const FEW_SHARED_NAMES = 0.3;
const SEVERAL_NAMES = 3;
/** Nor do two names alone make an event: they may be one company, one team or one minister. */
const TOO_FEW_NAMES = 2;

const OTHERS = 'The closest recent article is told alike, but leads with other names.';
const NAMES_ALONE = 'The closest recent article has only names in common with it.';

const DAY_MS = 86_400_000;
/** Texts of this many telling words are long. */
const LONG_TEXT = 150;
const SHORTEST_TEXT = 10;
/** Days of events that are this much further apart than a day are as good as any. */
const FAR_DAYS = 10;

/** How alike an article and a story are. */
export interface Likeness {
  isEnough: boolean;
  score: number;
  /** Why it is not enough however high the score is, as a sentence; null for nothing but the score. */
  doubt: string | null;
  /** The most telling words that it shares with the closest member. */
  shared: string[];
}

/** Weighs all that speaks for and against the article telling the event of these members of one story. */
export function likenessOf(article: Fingerprint, members: StoryMember[], rarity: Rarity): Likeness {
  const own = textVector(article, rarity);
  const others = members.map((member) => textVector(member, rarity));
  const alike = others.map((other) => cosines(own, other));
  const closest = Math.max(...alike.map(({ all }) => all));
  const nearest = others[alike.findIndex(({ all }) => all === closest)] ?? own;
  const mean = meanVector(others);
  const longest = Math.max(...others.map(({ weights }) => weights.size));
  const length = Math.max(SHORTEST_TEXT, Math.min(own.weights.size, longest));
  const measures: Record<keyof typeof WEIGHTS, number> = {
    closest,
    short: closest * Math.log(LONG_TEXT / length),
    whole: cosines(own, mean).all,
    words: Math.max(...alike.map(({ words }) => words)),
    numbers: Math.max(...others.map((other) => sharedNumbers(own, other))),
    names: (knownNames(own, mean) + knownNames(mean, own)) / 2,
    strangers: strangers(article, members, { own, mean }),
    ...placeMeasures(article, members),
    ...timeMeasures(article, members),
    size: Math.log(members.length),
  };
  let score = 0;
  for (const [name, weight] of Object.entries(WEIGHTS))
    score += weight * measures[name as keyof typeof WEIGHTS];
  const shared = sharedTerms([...own.weights.keys()], [...nearest.weights.keys()]);
  const haveNames = Math.min(own.leading.length, mean.leading.length) >= SEVERAL_NAMES;
  const isOthers = haveNames && measures.names < FEW_SHARED_NAMES;
  const isNamesAlone = measures.words === 0 && shared.length <= TOO_FEW_NAMES;
  const doubt = isOthers ? OTHERS : isNamesAlone ? NAMES_ALONE : null;
  return { isEnough: score >= ENOUGH && doubt === null, score, doubt, shared };
}

function sharedNumbers(one: TextVector, other: TextVector): number {
  const shared = sharedTerms(one.numbers, other.numbers).length;
  return shared / Math.sqrt((1 + one.numbers.length) * (1 + other.numbers.length));
}

/** How much of the leading names of one text the other one has; half when it has none. */
function knownNames(one: TextVector, other: TextVector): number {
  let [known, all] = [0, 0];
  for (const name of one.leading) {
    const weight = one.weights.get(name) ?? 0;
    all += weight;
    if (other.weights.has(name)) known += weight;
  }
  const trust = Math.min(1, one.leading.length / SEVERAL_NAMES);
  return 0.5 + trust * (part(known, all) - 0.5);
}

/** Articles quote many people; only where each side has its own are they two events. */
function strangers(
  article: Fingerprint,
  members: StoryMember[],
  { own, mean }: { own: TextVector; mean: TextVector },
): number {
  const mine = article.text?.people ?? [];
  const theirs = mostFrequent(members.flatMap(({ text }) => text?.people ?? []));
  const unknown = (people: [string, string][], text: TextVector) =>
    part(people.filter(([, last]) => !text.weights.has(last)).length, people.length);
  return Math.min(unknown(mine, mean), unknown(theirs, own));
}

function placeMeasures(article: Fingerprint, members: StoryMember[]) {
  const agreements = members.map((member) => comparePlaces(article.places, member.places).agreement);
  const count = (wanted: PlaceAgreement) => agreements.filter((agreement) => agreement === wanted).length;
  if (count('settlement') > 0) return { samePlace: 1, otherPlace: 0 };
  if (count('province') > 0) return { samePlace: 0.5, otherPlace: 0 };
  return { samePlace: 0, otherPlace: count('none') / agreements.length };
}

function timeMeasures(article: Fingerprint, members: StoryMember[]) {
  const apart = members.map((member) => daysApart(article, member)).filter((days) => days !== null);
  const nearest = apart.length === 0 ? 0 : Math.min(...apart);
  const seenMs = Math.min(...members.map(({ at }) => Math.abs(at - article.at)));
  const isDated = ({ text }: Fingerprint) => typeof text?.writtenAt === 'number';
  const undated = members.filter((member) => isDated(member) !== isDated(article)).length;
  return {
    otherDay: Math.min(1, Math.max(0, nearest - 1) / FAR_DAYS),
    seen: Math.log1p(seenMs / DAY_MS),
    undated: undated / members.length,
  };
}
