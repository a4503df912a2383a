import type { Fingerprint, StoryMember } from '../model/story.ts';
import { compareKinds } from './event-kind.ts';
import { comparePlaces, type PlaceAgreement, placeName } from './event-place.ts';
import { compareDays, type DayAgreement, daysApart, sharedDay } from './event-time.ts';
import { ENOUGH, type Likeness, likenessOf } from './likeness.ts';
import { type Rarity, sharedShare, sharedTerms, termsWeight } from './shared-terms.ts';

/** Whether an article joins a story, and why in one sentence. */
export interface Verdict {
  joins: boolean;
  /** 2: the same link, 1: a copy of the text, 0: judged by place, day and words. */
  proof: 0 | 1 | 2;
  /** How alike article and story are. */
  score: number;
  reason: string;
  /** Stems that it shares with the closest article of the story, the most telling first. */
  shared: string[];
}

const DAY_MS = 86_400_000;

/** How far back an article looks for its story: coverage comes back after two weeks, hardly after three. */
export const STORY_WINDOW_MS = 21 * DAY_MS;
/** Events further apart than this are two, however alike they are told. */
const MAX_DAYS_APART = 7;
/** So are events this far apart that were also told this far apart; told together, one of the days is misread. */
const MAX_DAYS_AFTER = 3;

/** Copies of one text share this much of their headline's words, or of all their telling words. */
const COPY_TITLE_SHARE = 0.8;
const COPY_TERMS_SHARE = 0.7;
/** A headline alone is no proof ("Markets at the close"): a word of the lead must be shared too. */
const MIN_SHARED_LEAD = 1;
/** Fewer words than these are shared by chance. */
const MIN_COPY_TITLE = 4;
const MIN_COPY_TERMS = 10;

/** Weights of shared words that make the same event at a place, by how well days agree. */
type Needed = Record<Exclude<DayAgreement, 'none'>, number>;
/** Each doubt about where or when asks for more words in common. */
const NEEDED: Record<Exclude<PlaceAgreement, 'none' | 'unknown'>, Needed> = {
  settlement: { same: 3, next: 4, recent: 4 },
  province: { same: 3.5, next: 4.5, recent: 4.5 },
};
/**
 * Without this much in common in headline and lead two texts are only of one world, or, the place apart, of one place:
 * two bombings of a city are told by one ministry.
 */
const NEEDED_ANYWHERE = 1.5;
const NEEDED_AT_ONE_PLACE = 2.5;
/** One kind of event at one place on one day is rarely two events. */
const KIND_DOUBT = { same: -0.5, unknown: 0, different: 1 };

/** True when both articles have the same address. */
export function isSameLink(one: Fingerprint, other: Fingerprint): boolean {
  return one.link !== null && one.link === other.link;
}

/** Judges whether an article tells the event of a story, of which these are the members to compare with. */
export function judgeStory(article: Fingerprint, members: StoryMember[], rarity: Rarity): Verdict {
  const likeness = likenessOf(article, members, rarity);
  const { score, shared } = likeness;
  const verdict = (joins: boolean, proof: Verdict['proof'], reason: string): Verdict => {
    return { joins, proof, score, reason, shared };
  };
  if (members.some((member) => isSameLink(article, member))) {
    return verdict(true, 2, 'It has the same link as an article of this story.');
  }
  const differences = members.map((member) => differenceOf(article, member));
  const open = members.filter((_, index) => differences[index] === null);
  if (open.length === 0) return verdict(false, 0, differences[0] ?? '');
  if (open.some((member) => isCopy(article, member))) {
    return verdict(true, 1, 'Its headline and lead are nearly those of an article of this story.');
  }
  const near = open.find((member) => isSamePlaceAndDay(article, member, rarity));
  if (near !== undefined) {
    return {
      ...verdict(true, 0, placeReason(article, near)),
      shared: sharedTerms(article.terms, near.terms),
    };
  }
  const isTold = likeness.isEnough && open.some((member) => saysEnough(article, member, rarity));
  return verdict(isTold, 0, isTold ? likenessReason(likeness) : refusal(article, open, likeness));
}

/** Whether headlines and leads have enough in common, and not the headline of a daily column alone. */
function saysEnough(article: Fingerprint, member: StoryMember, rarity: Rarity): boolean {
  const weight = termsWeight(sharedTerms(article.terms, member.terms), rarity);
  const { agreement } = comparePlaces(article.places, member.places);
  const isOnePlace = agreement === 'settlement' || agreement === 'province';
  if (weight < (isOnePlace ? NEEDED_AT_ONE_PLACE : NEEDED_ANYWHERE)) return false;
  if (sharedShare(article.titleTerms, member.titleTerms) < COPY_TITLE_SHARE) return true;
  return sharesLead(article, member) && !differInNumbers(article, member);
}

/** What makes two articles tell different events however alike their words are; null when nothing does. */
function differenceOf(article: Fingerprint, member: StoryMember): string | null {
  // An article that names several places may tell of the victims' homes.
  const isClear = article.places.length === 1 && member.places.length === 1;
  if (isClear && comparePlaces(article.places, member.places).agreement === 'none') {
    return `The closest recent article is about another place (${member.places.map(placeName).join(', ')}).`;
  }
  const seenMs = Math.abs(article.at - member.at);
  const days = daysApart(article, member) ?? 0;
  const isLater = Math.min(days, seenMs / DAY_MS) > MAX_DAYS_AFTER;
  if (days > MAX_DAYS_APART || isLater || seenMs > STORY_WINDOW_MS) {
    return `The closest recent article is about another time (${member.days.join(', ') || 'more than three weeks apart'}).`;
  }
  const [measures, others] = [decimalsOf(article), decimalsOf(member)];
  if (measures.length > 0 && others.length > 0 && sharedTerms(measures, others).length === 0) {
    return `The closest recent article gives another measure (${others.join(', ')}).`;
  }
  return null;
}

/** Magnitudes and the like: two quakes differ by them, while a toll is a whole number and rises. */
function decimalsOf(article: Fingerprint): string[] {
  const terms = new Set([...article.titleTerms, ...article.terms]);
  return [...terms].filter((term) => /^\d+\.\d+$/.test(term));
}

function isCopy(article: Fingerprint, member: StoryMember): boolean {
  const isLong = Math.min(article.terms.length, member.terms.length) >= MIN_COPY_TERMS;
  if (isLong && sharedShare(article.terms, member.terms) >= COPY_TERMS_SHARE) return true;
  const hasLongTitle = Math.min(article.titleTerms.length, member.titleTerms.length) >= MIN_COPY_TITLE;
  if (!hasLongTitle || !sharesLead(article, member) || differInNumbers(article, member)) return false;
  return sharedShare(article.titleTerms, member.titleTerms) >= COPY_TITLE_SHARE;
}

/** Flight 302 is not flight 714; without a place, a toll that rose cannot be told from another toll. */
function differInNumbers(article: Fingerprint, member: StoryMember): boolean {
  const [numbers = [], others = []] = [article, member].map(({ titleTerms }) =>
    titleTerms.filter((term) => /^\d/.test(term)),
  );
  return numbers.length > 0 && others.length > 0 && sharedTerms(numbers, others).length === 0;
}

/** True when the leads have words in common that are not of both headlines, or when one has no lead to tell. */
function sharesLead(article: Fingerprint, member: StoryMember): boolean {
  const [lead, otherLead] = [article, member].map(({ terms, titleTerms }) =>
    terms.filter((term) => !titleTerms.includes(term)),
  );
  if (lead?.length === 0 || otherLead?.length === 0) return true;
  const titles = sharedTerms(article.titleTerms, member.titleTerms);
  const shared = sharedTerms(article.terms, member.terms).filter((term) => !titles.includes(term));
  return shared.length >= MIN_SHARED_LEAD;
}

function isSamePlaceAndDay(article: Fingerprint, member: StoryMember, rarity: Rarity): boolean {
  const { agreement } = comparePlaces(article.places, member.places);
  const days = compareDays(article, member);
  if (agreement === 'none' || agreement === 'unknown' || days === 'none') return false;
  const shared = sharedTerms(article.terms, member.terms);
  return termsWeight(shared, rarity) >= NEEDED[agreement][days] + KIND_DOUBT[compareKinds(article, member)];
}

function placeReason(article: Fingerprint, member: StoryMember): string {
  const { path } = comparePlaces(article.places, member.places);
  const day = sharedDay(article, member);
  const time = day === null ? 'about the same time' : `the same day (${day})`;
  const words = countWords(sharedTerms(article.terms, member.terms).length);
  return `It has the same place (${placeName(path)}), ${time} and ${words} in common with an article of this story.`;
}

function likenessReason({ score }: Likeness): string {
  return `Its text is much like this story's: likeness ${score.toFixed(1)}, where ${ENOUGH} makes one event.`;
}

function refusal(article: Fingerprint, members: StoryMember[], { isEnough, score, doubt }: Likeness): string {
  const shared = Math.max(...members.map(({ terms }) => sharedTerms(article.terms, terms).length));
  const words = countWords(shared);
  if (isEnough) return `Headline and lead have only ${words} in common with the closest recent article.`;
  if (score >= ENOUGH && doubt !== null) return doubt;
  return `The closest recent article has only ${words} in common with it: likeness ${score.toFixed(1)}, where ${ENOUGH} makes one event.`;
}

function countWords(count: number): string {
  return count === 1 ? '1 telling word' : `${count} telling words`;
}
