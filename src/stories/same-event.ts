import type { Fingerprint, StoryMember } from '../model/story.ts';
import { compareKinds } from './event-kind.ts';
import { comparePlaces, type PlaceAgreement, placeName } from './event-place.ts';
import { compareDays, type DayAgreement, sharedDay } from './event-time.ts';
import { sharedShare, sharedTerms, type TermSpread, termsWeight } from './shared-terms.ts';

/** Whether an article joins the story of a member, and why in one sentence. */
export interface Verdict {
  joins: boolean;
  /** 2: the same link, 1: a copy of the text, 0: judged by place, day and words. */
  proof: 0 | 1 | 2;
  /** Weight of the telling words that both have. */
  score: number;
  reason: string;
}

/** Copies of one text share this much of their headline's words, or of all their telling words. */
const COPY_TITLE_SHARE = 0.8;
const COPY_TERMS_SHARE = 0.7;
/** A headline alone is no proof ("Markets at the close"): a word of the lead must be shared too. */
const MIN_SHARED_LEAD = 1;
/** Fewer words than these are shared by chance. */
const MIN_COPY_TITLE = 4;
const MIN_COPY_TERMS = 10;

/** Weights of shared words that make the same event, by how well days agree. */
type Needed = Record<Exclude<DayAgreement, 'none'>, number>;
/**
 * Each doubt about where or when asks for more words in common. On the clustering yardsticks (dev, no places read)
 * the last row merges no two stories of a news stream and tells 31 % of the later articles as new ones; 6 tells 40 %.
 */
const NEEDED: Record<Exclude<PlaceAgreement, 'none'>, Needed> = {
  settlement: { same: 3, next: 4, recent: 4 },
  province: { same: 3.5, next: 4.5, recent: 4.5 },
  unknown: { same: 4, next: 6, recent: 4 },
};
/** One kind of event at one place on one day is rarely two events. */
const KIND_DOUBT = { same: -0.5, unknown: 0, different: 1 };
/** Without a place in common the headlines must share this much as well. */
const PLACELESS_TITLE_SHARE = 0.2;

/** True when both articles have the same address. */
export function isSameLink(one: Fingerprint, other: Fingerprint): boolean {
  return one.link !== null && one.link === other.link;
}

/** Judges whether an article tells the same event as a member of a story. */
export function judgeMember(article: Fingerprint, member: StoryMember, spread: TermSpread): Verdict {
  const shared = sharedTerms(article.terms, member.terms);
  const score = termsWeight(shared, spread);
  if (isSameLink(article, member)) {
    return { joins: true, proof: 2, score, reason: 'It has the same link as an article of this story.' };
  }
  const objection = differenceOf(article, member);
  if (objection !== null) return { joins: false, proof: 0, score, reason: objection };
  if (isCopy(article, member)) {
    const reason = 'Its headline and lead are nearly those of an article of this story.';
    return { joins: true, proof: 1, score, reason };
  }
  if (isSameEvent(article, member, score)) {
    return { joins: true, proof: 0, score, reason: likenessOf(article, member, shared.length) };
  }
  const reason = `The closest recent article has only ${countWords(shared.length)} in common with it.`;
  return { joins: false, proof: 0, score, reason };
}

/** What makes two articles tell different events however alike their words are; null when nothing does. */
function differenceOf(article: Fingerprint, member: StoryMember): string | null {
  if (comparePlaces(article.places, member.places).agreement === 'none') {
    return `The closest recent article is about another place (${member.places.map(placeName).join(', ')}).`;
  }
  if (compareDays(article, member) === 'none') {
    return `The closest recent article is about another time (${member.days.join(', ') || 'more than 36 hours apart'}).`;
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

function isSameEvent(article: Fingerprint, member: StoryMember, score: number): boolean {
  const { agreement } = comparePlaces(article.places, member.places);
  const days = compareDays(article, member);
  if (agreement === 'none' || days === 'none') return false;
  if (agreement === 'unknown' && !hasLikeTexts(article, member)) return false;
  const doubt = agreement === 'unknown' ? 0 : KIND_DOUBT[compareKinds(article, member)];
  return score >= NEEDED[agreement][days] + doubt;
}

/** What must speak for one event where no place does. */
function hasLikeTexts(article: Fingerprint, member: StoryMember): boolean {
  const titles = sharedShare(article.titleTerms, member.titleTerms);
  return titles >= PLACELESS_TITLE_SHARE && sharesLead(article, member) && !differInNumbers(article, member);
}

function likenessOf(article: Fingerprint, member: StoryMember, words: number): string {
  const { agreement, path } = comparePlaces(article.places, member.places);
  const place = agreement === 'unknown' ? [] : [`the same place (${placeName(path)})`];
  const day = sharedDay(article, member);
  const time = day === null ? 'about the same time' : `the same day (${day})`;
  return `It has ${[...place, time].join(', ')} and ${countWords(words)} in common with an article of this story.`;
}

function countWords(count: number): string {
  return count === 1 ? '1 telling word' : `${count} telling words`;
}
